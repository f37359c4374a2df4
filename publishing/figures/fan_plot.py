"""The two axes of a fan: which years and which values the drawing holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publishing.figures.scales import Scale, scale_over, wants_log

if TYPE_CHECKING:
    from publishing.figures.fan import Fan

BANDS = (("0.025", "0.975", "95"), ("0.1", "0.9", "80"), ("0.25", "0.75", "50"))
LONGEST_PAST = 30.0
MOST_SPAN = 1.8
TOP, FOOT = 34.0, 34.0


@dataclass(frozen=True)
class Sheet:
    """A width that a fan is drawn at, with the room left and right of the plot."""

    width: int
    height: int
    left: float
    right: float
    ticks: int
    is_narrow: bool = False


@dataclass(frozen=True)
class Plot:
    sheet: Sheet
    x: Scale
    y: Scale

    @property
    def left(self) -> float:
        return self.x.start

    @property
    def right(self) -> float:
        return self.x.end

    @property
    def top(self) -> float:
        return self.y.end

    @property
    def bottom(self) -> float:
        return self.y.start

    def point(self, time: float, value: float) -> tuple[float, float]:
        return self.x.at(time), self.y.within(value)

    def shown(self, history: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """The figures that the axis of years reaches back to."""
        return [row for row in history if row[0] >= self.x.low - 1e-9]


def first_shown(fan: "Fan") -> float:
    """A past that is much longer than what lies ahead would leave no room for it."""
    first = fan.measured[0][0] if fan.measured else min(fan.years)
    return max(first, _last(fan) - LONGEST_PAST)


def is_on_log_axis(fan: "Fan") -> bool:
    return not fan.is_share and wants_log(list(_values(fan)))


def plot_of(fan: "Fan", sheet: Sheet) -> Plot:
    x = Scale(first_shown(fan), _last(fan), sheet.left, sheet.width - sheet.right)
    bottom = sheet.height - FOOT
    ceiling = 100.0 if fan.is_share else None
    y = scale_over(list(_values(fan)), bottom, TOP, is_log=is_on_log_axis(fan), ceiling=ceiling)
    return Plot(sheet, x, y)


def axis_words(fan: "Fan") -> str:
    """What has to be said of an axis that is stretched, or that does not begin at nought."""
    if is_on_log_axis(fan):
        return "The upright axis goes by ratios: the same step is as many times more everywhere."
    low = plot_of(fan, Sheet(width=720, height=400, left=58.0, right=158.0, ticks=6)).y.low
    return "" if low <= 0 else "The upright axis does not begin at 0."


def _last(fan: "Fan") -> float:
    ends = [*fan.years[-1:], *(row[0] for row in fan.measured[-1:])]
    if fan.deadline is not None:
        ends.append(fan.deadline + (0.0 if fan.years else 1.0))
    return max(ends)


def _values(fan: "Fan") -> Iterator[float]:
    """What the axis has to hold; the widest band reaches over it where it dwarfs all else."""
    kept = list(_values_inside(fan))
    ends = [value for level in ("0.025", "0.975") for value in fan.quantiles.get(level, ())]
    yield from kept
    if ends and max(*ends, *kept) - min(*ends, *kept) <= MOST_SPAN * (max(kept) - min(kept)):
        yield from ends


def _values_inside(fan: "Fan") -> Iterator[float]:
    first = first_shown(fan)
    yield from (value for time, value in fan.measured if time >= first)
    for level in ("0.1", "0.5", "0.9"):
        yield from fan.quantiles.get(level, ())
    if fan.threshold is not None:
        yield fan.threshold
    for mark in fan.people:
        yield mark.best
    if fan.happened is not None:
        yield fan.happened.value
