"""Items out of a file of another program, each known again by its reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence.values.item import REFERENCE, ItemFacts
from intake.errors import IntakeError
from intake.showing import kind_of, shown
from record.canonical import digest

MOST_ITEMS = 500


@dataclass(frozen=True)
class BroughtItem:
    """`place` says where it stands in the file, `places` where each of its passages does; `left`
    names what has no field here. `said` is what the file says where `facts` were corrected, and
    `choices` settles by field what the library says otherwise, as of its `newest` version."""

    place: str
    reference: str
    facts: ItemFacts
    left: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    said: ItemFacts | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    newest: int = 0

    def place_of(self, name: str) -> tuple[str, str]:
        """Row and column of a field such as "title" or "passages.3.comment"."""
        part, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if part != "passages" or not number or not self.places:
            return self.place, name
        return self.places[int(number)], column


def reference_of(program: str, name: str) -> str:
    """The reference of a thing by the name that its program has for it."""
    plain = f"{program}:{' '.join(name.split())}"
    # No database looks a NUL up.
    is_kept = len(plain) <= REFERENCE and "\x00" not in plain
    return plain if is_kept else f"{program}:{digest(name.encode())}"


def refuse_many(count: int, what: str) -> None:
    if count > MOST_ITEMS:
        raise IntakeError(
            f"The file has {count:,} {what}; at most {MOST_ITEMS:,} are read. Split it."
        )
    if count == 0:
        raise IntakeError(f"The file holds no {what}.")


def text_of(value: object, pointer: str) -> str:
    """A text or a number as text; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise IntakeError(f"{pointer} must be text, not {kind_of(value)}.")
    return str(value).strip()


def object_of(value: object, pointer: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise IntakeError(f"{pointer} must be an object, not {kind_of(value)}.")
    return value


def list_of(value: object, pointer: str) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise IntakeError(f"{pointer} must be a list, not {kind_of(value)}.")
    return value


def unknown(value: Mapping[str, object], known: frozenset[str]) -> tuple[str, ...]:
    """What a mapping holds besides the known keys, as it is told to the person."""
    return tuple(f"{name}: {shown(value[name])}" for name in value if name not in known)
