"""The parts of the desk: things that wait, each with the link that ends it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")

MOST_ROWS = 10


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits, and the link that ends it; it could move its technology by `ranks`
    in the ranking, which `stake` says in words."""

    name: str
    url: str
    words: str
    what: str
    tag: str = ""
    note: str = ""
    stake: str = ""
    ranks: float = 0.0


@dataclass(frozen=True)
class DeskSection:
    """`rows` are the first of `total`; an empty section says so in `empty`."""

    heading: str
    caption: str
    rows: tuple[DeskRow, ...]
    total: int
    empty: str

    @property
    def ranks(self) -> float:
        """By how much the row of it that could move the ranking most could move it."""
        return max((row.ranks for row in self.rows), default=0.0)


def by_ranks(sections: Iterable[DeskSection]) -> tuple[DeskSection, ...]:
    """What could move the ranking most first; those that move nothing as they came."""
    return tuple(sorted(sections, key=lambda one: -one.ranks))


def section(
    words: tuple[str, str],
    found: Sequence[Found],
    row: Callable[[Found], DeskRow],
    *,
    empty: str = "",
) -> DeskSection:
    """`words` are the heading and the caption; rows are made of the first alone."""
    rows = tuple(row(one) for one in found[:MOST_ROWS])
    return DeskSection(*words, rows, len(found), empty)
