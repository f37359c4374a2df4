"""Who says what, on one axis: people as discs, the model as a square, the pool as a diamond."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.lettering import shortened, text_width
from publishing.figures.scales import Scale, number_words, scale_over, years_printed
from publishing.figures.svg import NOTHING, block, circle, drawing, figure, joined, line, tag, text

CHANCES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99)
WIDTHS = (780, 560, 328)
LANE, ROW, ROW_NARROW = 27.0, 34.0, 46.0
MOST_LANES = 5
FIRST_Y = 16.0
CHANCE, YEAR = "chance", "year"


@dataclass(frozen=True)
class Said:
    """What one of them says; `low` and `high` are the ends of the range that goes with it."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def values(self) -> list[float]:
        return [value for value in (self.value, self.low, self.high) if value is not None]


@dataclass(frozen=True)
class Opinions:
    """`unit` is "chance", "year" or the unit of a number. `answer` is what came out, where it has
    a place on the axis."""

    unit: str
    people: tuple[Said, ...] = ()
    model: Said | None = None
    pool: Said | None = None
    answer: Said | None = None

    @property
    def marks(self) -> tuple[tuple[Said, str], ...]:
        """Those with a row of their own, with the sign that each is drawn with."""
        rows = ((self.model, "model"), (self.pool, "pool"), (self.answer, "answer"))
        return tuple((mark, sign) for mark, sign in rows if mark)

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.marks

    @property
    def values(self) -> list[float]:
        every = [*self.people, *(mark for mark, _ in self.marks)]
        return [value for mark in every for value in mark.values]


@dataclass(frozen=True)
class _Axis:
    """Chances lie by their log-odds, so that the ends are stretched."""

    scale: Scale
    is_chance: bool
    wide: int

    def at(self, value: float) -> float:
        return self.scale.within(log_odds(value) if self.is_chance else value)

    @property
    def is_narrow(self) -> bool:
        """Names then stand above their marks: beside them is no room."""
        return self.wide == WIDTHS[-1]

    @property
    def row(self) -> float:
        return ROW_NARROW if self.is_narrow else ROW


def log_odds(chance: float) -> float:
    held = min(max(chance, 0.004), 0.996)
    return math.log(held / (1 - held))


def opinions_drawing(opinions: Opinions, *, words: str) -> SafeString:
    """At three widths of a column, of which the stylesheet shows one."""
    return joined(_sheet(opinions, _axis(opinions, wide), words) for wide in WIDTHS)


def _axis(opinions: Opinions, wide: int) -> _Axis:
    values = opinions.values
    if opinions.unit != CHANCE:
        scale = scale_over(values, 30.0, wide - 30.0, is_log=False)
        return _Axis(scale, is_chance=False, wide=wide)
    low = max(min([0.02, *(value * 0.7 for value in values)]), 0.006)
    high = min(max([0.7, *(1 - (1 - value) * 0.7 for value in values)]), 0.994)
    scale = Scale(log_odds(low), log_odds(high), 18.0, wide - 18.0)
    return _Axis(scale, is_chance=True, wide=wide)


def _sheet(opinions: Opinions, axis: _Axis, words: str) -> SafeString:
    lanes = _lanes(opinions.people, axis)
    top = FIRST_Y + LANE * (max(lanes, default=-1) + 1)
    bottom = top + axis.row * len(opinions.marks) + 10
    parts = [_grid(opinions, axis, bottom)]
    for mark, lane in zip(opinions.people, lanes, strict=True):
        parts.append(_person(mark, axis, FIRST_Y + LANE * lane))
    for row, (mark, sign) in enumerate(opinions.marks):
        below = 28 if axis.is_narrow else 14
        parts.append(_row(mark, sign, axis, top + below + axis.row * row))
    class_ = f"opinions is-{axis.wide}"
    return drawing(axis.wide, bottom + 44, joined(parts), words=words, class_=class_)


def _lanes(people: Sequence[Said], axis: _Axis) -> list[int]:
    """The highest lane in which the name has room; the last one takes what fits nowhere."""
    ends = [-math.inf] * MOST_LANES
    found = []
    for mark in people:
        left, right = _reach(mark, axis)
        free = [lane for lane, end in enumerate(ends) if end < left]
        lane = free[0] if free else MOST_LANES - 1
        ends[lane] = right + 20 + text_width(_name(mark), 14)
        found.append(lane)
    return found


def _reach(mark: Said, axis: _Axis) -> tuple[float, float]:
    """From where to where the mark with its range goes."""
    places = [axis.at(value) for value in mark.values]
    return min(*places, places[0] - 8), max(*places, places[0] + 8)


def _name(mark: Said) -> str:
    return shortened(mark.name, 14, 110)


def _person(mark: Said, axis: _Axis, y: float) -> SafeString:
    x, name = axis.at(mark.value), _name(mark)
    left, right = _reach(mark, axis)
    is_left = right + 8 + text_width(name, 14) > axis.wide
    place, anchor = (left - 6, "end") if is_left else (right + 6, "start")
    label = text(name, place, y + 5, "name", anchor)
    disc = circle(x, y, 8.5, "ground") + circle(x, y, 6.5, "person")
    return joined([_range(mark, axis, y), disc, label])


def _range(mark: Said, axis: _Axis, y: float) -> SafeString:
    if mark.low is None or mark.high is None:
        return NOTHING
    left, right = axis.at(mark.low), axis.at(mark.high)
    ends = [line(x, y - 4, x, y + 4, "range") for x in (left, right)]
    return joined([line(left, y, right, y, "range"), *ends])


def _row(mark: Said, sign: str, axis: _Axis, y: float) -> SafeString:
    wide = text_width(mark.name, 14.5)
    start, baseline = _label_place(mark, axis, wide, y)
    halo = block(start - 3, baseline - 17, wide + 6, 22.0, "ground")
    label = text(mark.name, start, baseline, f"name is-{sign}")
    parts = [_range(mark, axis, y), halo, label, _sign(sign, axis.at(mark.value), y)]
    return tag("g", joined(parts), class_=sign)


def _label_place(mark: Said, axis: _Axis, wide: float, y: float) -> tuple[float, float]:
    """Right of the mark and its range, or left of them; above where a column is narrow."""
    left, right = _reach(mark, axis)
    if axis.is_narrow:
        return max(min(axis.at(mark.value) - wide / 2, axis.wide - wide - 2), 2.0), y - 13
    if right + 10 + wide <= axis.wide:
        return right + 10, y + 5
    return max(left - 10 - wide, 2.0), y + 5


def _sign(sign: str, x: float, y: float) -> SafeString:
    if sign == "model":
        return block(x - 6, y - 6, 12.0, 12.0, "square")
    if sign == "answer":
        return circle(x, y, 8.0, "ring") + circle(x, y, 4.0, "person")
    outline = f"M{figure(x)} {figure(y - 9)}l9 9l-9 9l-9 -9z"
    return tag("path", d=outline, class_="diamond")


def _grid(opinions: Opinions, axis: _Axis, bottom: float) -> SafeString:
    parts = [line(0.0, bottom, float(axis.wide), bottom, "base")]
    taken: list[float] = []
    for value, words in _ticks(opinions, axis):
        x = axis.at(value)
        parts.append(line(x, 4.0, x, bottom, "grid"))
        if all(abs(x - other) >= 30 for other in taken):
            parts.append(text(words, x, bottom + 18, "axis", "middle"))
            taken.append(x)
    parts.append(text(_axis_words(opinions), axis.wide - 2.0, bottom + 37, "axis", "end"))
    return joined(parts)


def _ticks(opinions: Opinions, axis: _Axis) -> list[tuple[float, str]]:
    low, high = axis.scale.low, axis.scale.high
    if opinions.unit == CHANCE:
        inside = [chance for chance in CHANCES if low <= log_odds(chance) <= high]
        return [(chance, f"{100 * chance:.0f}") for chance in inside]
    if opinions.unit == YEAR:
        years = years_printed(low, high, 6 if axis.wide > WIDTHS[-1] else 4)
        return [(float(year), str(year)) for year in years]
    return [(value, number_words(value)) for value in axis.scale.ticks]


def _axis_words(opinions: Opinions) -> str:
    if opinions.unit == CHANCE:
        return "chance in 100; the ends are stretched"
    return "year" if opinions.unit == YEAR else opinions.unit
