"""Axes of drawings: where a value lies, and which values are printed beside it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

MOST_TICKS = 6
DECADE = 10.0
LOG_FROM_SPAN = 12.0
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LOG_STEPS = ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MILLION, THOUSAND = 1e6, 1e3


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` lie from pixel `start` to pixel `end`."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        share = (self._placed(value) - self._placed(self.low)) / (
            self._placed(self.high) - self._placed(self.low)
        )
        return self.start + share * (self.end - self.start)

    def within(self, value: float) -> float:
        """The same, held between the ends."""
        return self.at(min(max(value, self.low), self.high))

    def _placed(self, value: float) -> float:
        return math.log(value) if self.is_log else value

    @property
    def ticks(self) -> tuple[float, ...]:
        return tuple(_log_ticks(self) if self.is_log else _linear_ticks(self))


def _linear_ticks(scale: Scale) -> Iterator[float]:
    span = scale.high - scale.low
    power = DECADE ** math.floor(math.log10(span / MOST_TICKS))
    step = next(
        power * factor * more
        for more in (1.0, DECADE)
        for factor in STEPS
        if span / (power * factor * more) <= MOST_TICKS - 1
    )
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    yield from (number * step for number in range(first, last + 1))


def _log_ticks(scale: Scale) -> Iterator[float]:
    first = math.floor(math.log10(scale.low))
    last = math.ceil(math.log10(scale.high))
    for factors in LOG_STEPS:
        found = [
            value
            for power in range(first, last + 1)
            for factor in factors
            if scale.low <= (value := factor * DECADE**power) <= scale.high
        ]
        if len(found) <= MOST_TICKS:
            return iter(found)
    every = -(-len(found) // MOST_TICKS)
    return iter(found[::every])


def wants_log(values: list[float]) -> bool:
    """Whether so wide a span of values is read more easily by its ratios."""
    return bool(values) and min(values) > 0 and max(values) / min(values) >= LOG_FROM_SPAN


def scale_over(
    values: list[float], start: float, end: float, *, is_log: bool, ceiling: float | None = None
) -> Scale:
    """A scale that holds the values with a little room; a share's does not leave 0 to 100."""
    low, high = min(values), max(values)
    if is_log:
        room = max((high / low) ** 0.05, 1.02)
        return Scale(low / room, high * room, start, end, is_log=True)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    bottom, top = low - room, high + room
    if low >= 0:
        bottom = 0.0 if low < (high - low) * 0.5 else max(bottom, 0.0)
    return Scale(bottom, top if ceiling is None else min(top, max(ceiling, high)), start, end)


def years_printed(first: float, last: float, most: int) -> tuple[int, ...]:
    """Round years inside the span, at most so many."""
    start, end = math.ceil(first - 1e-9), math.floor(last + 1e-9)
    for step in YEAR_STEPS:
        years = [year for year in range(start, end + 1) if year % step == 0]
        if len(years) <= most:
            return tuple(years)
    return (start, end)


def number_words(value: float) -> str:
    """Three figures, and words for what is very large."""
    if abs(value) >= MILLION:
        for size, name in ((1e12, "trillion"), (1e9, "billion"), (MILLION, "million")):
            if abs(value) >= size:
                return f"{value / size:.3g} {name}"
    if abs(value) >= THOUSAND:
        return f"{float(f'{value:.3g}'):,.0f}"
    return _plain(value)


def _plain(value: float) -> str:
    written = f"{value:.3g}"
    if "e" in written:
        written = f"{float(written):.12f}".rstrip("0").rstrip(".")
    return written.replace("-", "−")
