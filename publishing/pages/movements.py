"""Movements between two rankings in words and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from publishing.cards import technology_url
from publishing.charts.chart import Cell, Table
from publishing.results import Movement, Movements, SaidOtherwise
from publishing.wording import counted, in_words, opening_words

NOTABLE = 0.1
"""Ranks: what is less is not told in words."""
LEAST_PART = 0.05
MOST_CHANGES = 3
MOST_IN_WORDS = 30
MOST_IN_TABLE = 200
CAUSE_WORDS = {
    "own": "Own scores",
    "others": "Others’ scores",
    "series": "Another series",
    "entries": "Entries",
    "lens": "Lens",
    "method": "Method",
    "calendar": "Calendar",
}


@dataclass(frozen=True)
class MovedView:
    """`is_better` tells the direction of the sign before the sentence."""

    name: str
    url: str
    sentence: str
    is_better: bool
    is_break: bool


@dataclass(frozen=True)
class MovementsView:
    moved: tuple[MovedView, ...]
    rest: str
    entries: tuple[str, ...]
    table: Table
    is_cut: bool


def movements_view(movements: Movements) -> MovementsView:
    notable = moved_notably(movements)
    shown = notable[:MOST_IN_WORDS]
    table = movements_table(movements)
    return MovementsView(
        moved=tuple(_moved(row, movements) for row in shown),
        rest=_rest(movements, len(movements.rows) - len(notable), len(notable) - len(shown)),
        entries=tuple(_entries(movements)),
        table=_shown_table(table),
        is_cut=len(table.rows) > MOST_IN_TABLE,
    )


def moved_notably(movements: Movements) -> list[Movement]:
    """Against the others; what entries did to everybody counts for nobody."""
    rows = movements.by_size
    return [row for row in rows if abs(row.against_field) >= NOTABLE or row.is_break]


def _moved(row: Movement, movements: Movements) -> MovedView:
    return MovedView(
        name=row.name,
        url=technology_url(row.slug),
        sentence=movement_sentence(row, movements),
        is_better=row.against_field < 0,
        is_break=row.is_break,
    )


def movement_sentence(row: Movement, movements: Movements) -> str:
    """It moved from 4.2 to 2.8: its own viability went from 3 to 4 (−1.1 ranks); ..."""
    start = f"moved from {row.before:.1f} to {row.after:.1f}"
    # Entries come last: they move everybody.
    parts = sorted(row.parts.items(), key=lambda part: (part[0] == "entries", -abs(part[1])))
    told = [
        f"{_cause_sentence(cause, row, movements)} ({signed(part)})"
        for cause, part in parts
        if abs(part) >= LEAST_PART
    ]
    if not told and row.is_break:
        return f"{start}: {_cause_sentence('series', row, movements)}."
    if not told:
        return f"{start}, by causes of less than a tenth of a rank each."
    told[0] = told[0][:-1] + (" rank)" if told[0].endswith("1.0)") else " ranks)")
    return f"{start}: {'; '.join(told)}."


def signed(ranks: float) -> str:
    return f"{ranks:+.1f}".replace("-", "−")


def _cause_sentence(cause: str, row: Movement, movements: Movements) -> str:
    if cause == "own":
        return _own_words(row.own_changes)
    if cause == "entries":
        return _entry_words(movements)
    if cause == "series" and row.is_break:
        return "its card is of another series than before, which is no change of its scores"
    if cause == "lens":
        return f"the lens is {movements.after.lens} in place of {movements.before.lens}"
    return {
        "others": "scores of others changed",
        "series": "cards of others are of another series than before",
        "method": "the method changed",
        "calendar": "cards grew older",
    }[cause]


def _own_words(changes: Sequence[SaidOtherwise]) -> str:
    if not changes:
        return "its own cards changed"
    if len(changes) > MOST_CHANGES:
        return f"{counted(len(changes), 'thing')} on its own card changed"
    told = [f"{row.what} went from {row.before} to {row.after}" for row in changes]
    return f"its own {' and '.join(told)}"


def _entry_words(movements: Movements) -> str:
    told: list[str] = []
    for count, what in ((movements.added_count, "added"), (movements.removed_count, "removed")):
        if count:
            which = in_words(count) if told else counted(count, "entry", "entries")
            told.append(f"{which} {'was' if count == 1 else 'were'} {what}")
    return " and ".join(told)


def _entries(movements: Movements) -> list[str]:
    """A sentence each on who came and who left."""
    came = _whole_list(movements.added, movements.added_count)
    left = _whole_list(movements.removed, movements.removed_count)
    told = [f"New in the ranking: {', '.join(came)}."] if came else []
    return [*told, f"No longer ranked: {', '.join(left)}."] if left else told


def _whole_list(entries: Sequence[tuple[str, str]], count: int) -> list[str]:
    names = [name for _, name in entries]
    if count > len(names):
        hidden = counted(count - len(names), "entry", "entries")
        names.append(f"{hidden} that readers do not see now")
    return names


def _rest(movements: Movements, still: int, untold: int) -> str:
    told = []
    if untold:
        told.append(f"{opening_words(untold)} more moved; the table has them all.")
    if still:
        which = "technology" if still == 1 else "technologies"
        told.append(
            f"{opening_words(still)} {which} moved against the others by less than a tenth of a"
            " rank, or not at all."
        )
    pushed = max((abs(row.parts["entries"]) for row in movements.rows), default=0.0)
    if pushed >= LEAST_PART:
        words = _entry_words(movements)
        told.append(f"{words[:1].upper()}{words[1:]}, which moves ranks by up to {pushed:.1f}.")
    return " ".join(told)


def movements_table(movements: Movements) -> Table:
    """Ranks in two decimals: the causes of a row add up to its change."""
    columns = ("Technology", "Rank then", "Rank now", "Change", *CAUSE_WORDS.values())
    columns += ("Beats then, %", "Beats now, %", "Break of series")
    return Table(columns, tuple(_table_row(row) for row in movements.by_size))


def _shown_table(table: Table) -> Table:
    """The first rows in two decimals, without columns that say nothing of anybody."""
    rows = table.rows[:MOST_IN_TABLE]
    kept = [i for i in range(len(table.columns)) if i < 4 or any(row[i] for row in rows)]
    return Table(
        tuple(table.columns[i] for i in kept),
        tuple(tuple(_shown_cell(row[i]) for i in kept) for row in rows),
    )


def _shown_cell(cell: Cell) -> Cell:
    return f"{cell:.2f}".replace("-", "−") if isinstance(cell, float) else cell


def _table_row(row: Movement) -> tuple[Cell, ...]:
    ranks = (row.before, row.after, row.change, *(row.parts[cause] for cause in CAUSE_WORDS))
    shares = (row.share_before, row.share_after)
    return (
        row.name,
        *(round(rank, 2) + 0.0 for rank in ranks),
        *(None if share is None else round(100 * share, 2) for share in shares),
        "yes" if row.is_break else "",
    )
