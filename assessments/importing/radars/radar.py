"""A technology radar as read: its rings and sectors in their order, and one blip a technology."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.errors import IntakeError
from intake.text import clean_text

MOST_BLIPS = 300
MOST_NAMES = 100
NAME = 200


@dataclass(frozen=True)
class Blip:
    """`place` names its row in the file, `key` is how the radar knows it again, and `facts` are
    what it says beside: moves, tags, links, earlier rings. What is not taken stays out."""

    place: str
    key: str
    name: str
    ring: str
    sector: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    is_taken: bool = True

    @property
    def troubles(self) -> list["Trouble"]:
        """A trouble for each column that it needs and that is empty."""
        needed = [("name", self.name), ("ring", self.ring), ("quadrant", self.sector)]
        return [
            Trouble(self.place, column, f"The {column} is empty; fill it in.")
            for column, value in needed
            if not value.strip()
        ]


@dataclass(frozen=True)
class Trouble:
    """A row that cannot be read, with its column."""

    place: str
    column: str
    words: str


@dataclass(frozen=True)
class Radar:
    """`why` says how the format was recognised; `aside` names what the file holds that belongs
    to no row."""

    format: str
    why: str
    dated: date | None
    rings: tuple[str, ...]
    sectors: tuple[str, ...]
    blips: tuple[Blip, ...]
    aside: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The format with its article."""
        return f"{'an' if self.format[:1] in 'AEIO' else 'a'} {self.format}"

    @property
    def counted(self) -> str:
        return counted(len(self.blips))

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(trouble for blip in self.blips for trouble in blip.troubles)


def counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def in_order(named: Iterable[str], used: Iterable[str]) -> tuple[str, ...]:
    """The names that the file lists, then those that its rows use beside them."""
    return tuple(dict.fromkeys(name for name in [*named, *used] if name))


def checked(radar: Radar) -> Radar:
    """The radar, or IntakeError where it is empty or too large to look at in one page."""
    if not radar.blips:
        raise IntakeError(f"The {radar.format} has no entries. Send one that has some.")
    if len(radar.blips) > MOST_BLIPS:
        raise IntakeError(
            f"The {radar.format} has {len(radar.blips):,} entries; at most {MOST_BLIPS} are read"
            " at once. Send it in parts."
        )
    for blip in radar.blips:
        _refuse_hidden(blip)
    if max(len(radar.rings), len(radar.sectors)) > MOST_NAMES:
        raise IntakeError(
            f"The {radar.format} names {len(radar.rings)} rings and {len(radar.sectors)} sectors;"
            f" at most {MOST_NAMES} of each can be mapped."
        )
    return radar


def _refuse_hidden(blip: Blip) -> None:
    """What cannot be seen or is very long is no name to be mapped."""
    for column, name in (("ring", blip.ring), ("quadrant", blip.sector)):
        try:
            clean_text(name, multiline=False, field=f"The {column}", max_length=NAME)
        except IntakeError as error:
            raise IntakeError(f"{blip.place}, {column}: {error.message}") from error
