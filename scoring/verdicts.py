"""What the figures of a series say of a prediction whose reading is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evidence.values.periods import last_day
from scoring.readings import SAME_TIME, Reading

PERIODS_A_YEAR = {"year": 1, "month": 12}


@dataclass(frozen=True)
class Figure:
    """A figure of one vintage, as it stands in the record under that number."""

    id: int
    period: str
    time: float
    value: float
    vintage: date
    correction: int = 0
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Verdict:
    """What comes out: "yes", "no", "number" with its value or "date" with its day; and the figure
    that decided it."""

    outcome: str
    figure: Figure
    value: float | None = None
    happened_on: date | None = None


def verdict(
    kind: str, reading: Reading, figures: Sequence[Figure], *, cadence: str, is_read_out: bool
) -> Verdict | None:
    """None while the figures at hand do not decide it.

    figures: every vintage of every period. By the rule "first published" the first vintage of a
    period counts, by the other the newest one; a figure that was taken back counts as if it had
    never come. A baseline is read from the newest vintage of its period that was published no later
    than the figure it is compared with, so that a series whose base was changed is compared with
    itself. `is_read_out`: the day has come on which it is read; only then is a daily series, which
    may skip days, taken to have said all up to its deadline.
    """
    counted = _counted(reading, figures)
    upto = [figure for figure in counted if figure.time <= reading.deadline + SAME_TIME]
    is_complete = _is_complete(upto, reading, cadence, is_read_out=is_read_out)
    if kind == "number":
        return _number(reading, upto, cadence) if is_complete else None
    if reading.window == "any time by" or kind == "date":
        return _crossing(kind, reading, upto, figures, is_complete=is_complete)
    if not is_complete:
        return None
    return _at_the_end(reading, upto, figures, cadence)


def _counted(reading: Reading, figures: Sequence[Figure]) -> list[Figure]:
    """The one figure of each period that counts, in the order of time."""
    periods: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda row: (row.vintage, row.correction, row.id)):
        periods.setdefault(figure.period, []).append(figure)
    chosen = (
        _first(rows) if reading.is_first_vintage else _newest(rows) for rows in periods.values()
    )
    return sorted((figure for figure in chosen if figure), key=lambda row: row.time)


def _first(rows: Sequence[Figure]) -> Figure | None:
    for vintage in sorted({row.vintage for row in rows}):
        last = [row for row in rows if row.vintage == vintage][-1]
        if not last.is_withdrawn:
            return last
    return None


def _newest(rows: Sequence[Figure]) -> Figure | None:
    return None if rows[-1].is_withdrawn else rows[-1]


def _is_complete(
    upto: Sequence[Figure], reading: Reading, cadence: str, *, is_read_out: bool
) -> bool:
    """Whether the figure of the deadline itself is there."""
    if not upto:
        return False
    if cadence == "day":
        return is_read_out
    return abs(upto[-1].time - reading.deadline) <= SAME_TIME


def _height(reading: Reading, figure: Figure, figures: Sequence[Figure]) -> float | None:
    """The bar that the figure is held against; None while its baseline is not known."""
    if reading.threshold is None or reading.baseline_time is None:
        return reading.threshold
    base = [
        row
        for row in sorted(figures, key=lambda row: (row.vintage, row.correction, row.id))
        if abs(row.time - reading.baseline_time) <= SAME_TIME and row.vintage <= figure.vintage
    ]
    found = _newest(base) if base else None
    return None if found is None else reading.threshold * found.value


def _crossing(
    kind: str,
    reading: Reading,
    upto: Sequence[Figure],
    figures: Sequence[Figure],
    *,
    is_complete: bool,
) -> Verdict | None:
    start = reading.window_from if reading.window_from is not None else float("-inf")
    inside = [figure for figure in upto if figure.time >= start - SAME_TIME]
    for figure in inside:
        height = _height(reading, figure, figures)
        if height is not None and reading.is_met(figure.value, height):
            outcome = "date" if kind == "date" else "yes"
            return Verdict(outcome, figure, figure.value, last_day(figure.period))
    if not is_complete or not inside or _height(reading, inside[-1], figures) is None:
        return None
    return Verdict("no", inside[-1], inside[-1].value)


def _number(reading: Reading, upto: Sequence[Figure], cadence: str) -> Verdict | None:
    value = _value(reading, upto, cadence)
    return None if value is None else Verdict("number", upto[-1], value)


def _at_the_end(
    reading: Reading, upto: Sequence[Figure], figures: Sequence[Figure], cadence: str
) -> Verdict | None:
    value = _value(reading, upto, cadence)
    height = _height(reading, upto[-1], figures)
    if value is None or height is None:
        return None
    return Verdict("yes" if reading.is_met(value, height) else "no", upto[-1], value)


def _value(reading: Reading, upto: Sequence[Figure], cadence: str) -> float | None:
    """The last figure, or the mean of all within the window once none of them is missing."""
    if reading.window != "average over":
        return upto[-1].value
    start = reading.window_from if reading.window_from is not None else reading.deadline // 1
    inside = [figure.value for figure in upto if figure.time >= start - SAME_TIME]
    if cadence in PERIODS_A_YEAR:
        wanted = round((reading.deadline - start) * PERIODS_A_YEAR[cadence]) + 1
        if len(inside) < wanted:
            return None
    return sum(inside) / len(inside) if inside else None
