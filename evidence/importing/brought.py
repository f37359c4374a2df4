"""Items out of a file of another program, each known again by its reference."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence.values.item import REFERENCE, ItemFacts
from intake.errors import IntakeError
from intake.showing import kind_of
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
    return tuple(f"{name}: {spelt(value[name])}" for name in value if name not in known)


def spelt(value: object) -> str:
    """The whole value on one line, as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def refuse_strange(rows: Iterable[object], known: frozenset[str], what: str) -> None:
    """A file none of whose rows has a single key of the format is of another format."""
    if not any(isinstance(row, dict) and known & row.keys() for row in rows):
        raise IntakeError(f"The file holds no {what}. Choose what the file is once more.")


class OddRow:
    """A row of a stranger's file: what is legal and cannot be read goes to `left`, whole."""

    def __init__(self, value: object) -> None:
        self.said: Mapping[str, object] = value if isinstance(value, dict) else {}
        self.left: list[str] = [] if isinstance(value, dict) else [f"row: {spelt(value)}"]

    def leave(self, name: str, value: object) -> None:
        """None says nothing, and so do an empty text, list and object."""
        if value not in (None, "", [], {}):
            self.left.append(f"{name}: {spelt(value)}")

    def leave_others(self, name: str, said: Mapping[str, object], known: Collection[str]) -> None:
        """What an object inside of the row holds besides the known keys."""
        for key in said:
            if key not in known:
                self.leave(f"{name}, {key}", said[key])

    def text(self, name: str) -> str:
        """The text or number of that name; anything else is left."""
        return self.text_in(self.said, name, name)

    def text_in(self, said: Mapping[str, object], key: str, name: str) -> str:
        """The same of an object inside of the row, which is called `name`."""
        return self.plain(said.get(key), name)

    def plain(self, value: object, name: str) -> str:
        try:
            return text_of(value, name)
        except IntakeError:
            self.leave(name, value)
            return ""

    def listed(self, name: str) -> Sequence[object]:
        """The list of that name, or the only one that stands in its place."""
        value = self.said.get(name)
        return value if isinstance(value, list) else () if value is None else (value,)


def known_once(items: Iterable[BroughtItem]) -> list[BroughtItem]:
    """Two rows of one reference stay two: a later one is known by its number too, and says so."""
    found: dict[str, BroughtItem] = {}
    for item in items:
        one, number = item, 1
        while one.reference in found:
            number += 1
            line = f"id: the same as that of {found[item.reference].place}"
            notes = "\n\n".join(filter(None, (item.facts.notes, f"- {line}")))
            one = replace(
                item,
                reference=reference_of("again", f"{number} {item.reference}"),
                facts=replace(item.facts, notes=notes),
                left=(*item.left, line),
            )
        found[one.reference] = one
    return list(found.values())
