"""What figures on their way in look like before they are saved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.comparison import Comparison, Written
from evidence.importing.owid import LeftOut
from evidence.values import Fault, Observed, last_day
from record.clock import today

NEW, REVISED, KNOWN, LEFT, REFUSED = "new", "revised", "known", "left out", "refused"
MOST_SHOWN = 2_000


@dataclass(frozen=True)
class PreviewRow:
    """`fate` is one of the words above; `words` say more where there is more to say."""

    place: str
    period: str
    entered: str
    vintage: date | None
    fate: str
    words: str

    @property
    def number(self) -> int:
        digits = "".join(filter(str.isdigit, self.place))
        return int(digits) if digits else 0


@dataclass(frozen=True)
class Preview:
    """All rows in the order of the table; `is_whole` when saving would write something."""

    sentence: str
    rows: tuple[PreviewRow, ...]
    more: int
    is_whole: bool


def preview(
    comparison: Comparison, left_out: Sequence[LeftOut] = (), faults: Sequence[Fault] = ()
) -> Preview:
    every = [*faults, *comparison.faults]
    rows = sorted(
        [*_rows(comparison), *map(_refused, every), *map(_left, left_out)],
        key=lambda row: row.number,
    )
    return Preview(
        sentence=_sentence(comparison, len(left_out), len(every)),
        rows=tuple(rows[:MOST_SHOWN]),
        more=max(len(rows) - MOST_SHOWN, 0),
        is_whole=bool(comparison.written) and not every,
    )


def _sentence(comparison: Comparison, left: int, wrong: int) -> str:
    if wrong:
        return f"{wrong:,} of the cells cannot stand, so nothing would be saved."
    parts = [
        f"{len(comparison.created):,} created",
        f"{len(comparison.revised):,} revised",
        f"{len(comparison.unchanged):,} unchanged",
    ]
    if left:
        parts.append(f"{left:,} left out")
    return f"{', '.join(parts)}."


def _rows(comparison: Comparison) -> Iterator[PreviewRow]:
    for one in comparison.created:
        yield _written(one, NEW, "")
    for one in comparison.revised:
        before = "" if one.before is None else f"before: {one.before:g}"
        yield _written(one, REVISED, before)
    for row in comparison.unchanged:
        yield _row(row, KNOWN, "in the record already")


def _written(one: Written, fate: str, words: str) -> PreviewRow:
    return _row(one.row, fate, words)


def _row(row: Observed, fate: str, words: str) -> PreviewRow:
    notes = [words, *_doubts(row)]
    return PreviewRow(
        place=row.place,
        period=row.period or row.label,
        entered=row.entered,
        vintage=row.vintage,
        fate=fate,
        words="; ".join(filter(None, notes)),
    )


def _doubts(row: Observed) -> Iterable[str]:
    if row.period and last_day(row.period) > min(row.vintage, today()):
        yield f"{row.period} had not ended when this was published"
    if row.is_withdrawn:
        yield "taken back"


def _refused(fault: Fault) -> PreviewRow:
    words = f"{fault.column}: {fault.message}" if fault.column else fault.message
    return PreviewRow(fault.place, "", "", None, REFUSED, words)


def _left(row: LeftOut) -> PreviewRow:
    return PreviewRow(row.place, "", "", None, LEFT, row.words)
