"""A thumbnail of the map: all others in grey, one technology in the accent and named."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from publishing.figures.lettering import shortened, text_width
from publishing.figures.map_layout import LEVELS, WHOLE_LEVELS, YEARS_SHOWN
from publishing.figures.svg import (
    NOTHING,
    block,
    circle,
    drawing,
    figure,
    joined,
    line,
    tag,
    text,
)

WIDTH = 328
LEFT = 34.0
ROW = 22.0
DOT = 3.4
SHIFTS = (0.0, -5.5, 5.5)


@dataclass(frozen=True)
class Dot:
    """A technology by its impact level and the middle year of its window."""

    level: str
    year: float
    name: str = ""


class Crowd:
    """Every technology on the map, laid out once for the thumbnails of all of them. `drawn` are
    the dots with their shift up or down: a fourth in one place would hide behind three."""

    def __init__(self, dots: Sequence[Dot], today: float) -> None:
        self.today = today
        self.levels = levels_shown(dots)
        cells: dict[tuple[str, int], list[Dot]] = {}
        for dot in dots:
            cells.setdefault((dot.level, int(_x(dot.year, today) / (2 * DOT))), []).append(dot)
        self.drawn = [pair for cell in cells.values() for pair in zip(cell, SHIFTS, strict=False)]

    def points_without(self, this: Dot, levels: Sequence[str]) -> str:
        """The path of all dots but one, whose technology is drawn over them."""
        if this.level not in self.levels:
            return "".join(self._points(levels))
        return "".join(
            point
            for (dot, _), point in zip(self.drawn, self._own_points, strict=True)
            if dot.name != this.name
        )

    @cached_property
    def _own_points(self) -> list[str]:
        return self._points(self.levels)

    def _points(self, levels: Sequence[str]) -> list[str]:
        tops = {level: i * ROW + ROW / 2 for i, level in enumerate(levels)}
        return [
            f"M{figure(_x(dot.year, self.today))} {figure(tops[dot.level] + shift)}h0"
            for dot, shift in self.drawn
        ]


def levels_shown(dots: Sequence[Dot]) -> list[str]:
    """Whole levels always, a span only where somebody stands on it."""
    taken = WHOLE_LEVELS | {dot.level for dot in dots}
    return [level for level in LEVELS if level in taken]


def place_on_map(crowd: Crowd, this: Dot) -> SafeString:
    """`this` is one of the crowd, or a technology beside it."""
    today = crowd.today
    taken = {*crowd.levels, this.level}
    levels = [level for level in LEVELS if level in taken]
    bottom = len(levels) * ROW
    parts = [_row(level, i, this) for i, level in enumerate(levels)]
    at = _x(today, today)
    parts += [line(at, 0.0, at, bottom, "today"), _others(crowd, this, levels)]
    parts += [_this(this, levels, today), *_years(today, bottom)]
    words = f"{this.name} on the map: impact {this.level}, about {this.year:.0f}"
    return drawing(WIDTH, bottom + 20, joined(parts), words=words, class_="thumbnail map")


def share_of_years(year: float, today: float) -> float:
    """Where a year lies between the first and the last shown, never on the very edge."""
    first = int(today) // 5 * 5 - 5
    return min(max((year - first) / YEARS_SHOWN, 0.01), 0.985)


def years_shown(today: float) -> range:
    """Every fifth year of the axis but the first and the last."""
    first = int(today) // 5 * 5 - 5
    return range(first + 5, first + YEARS_SHOWN, 5)


def _x(year: float, today: float) -> float:
    return LEFT + share_of_years(year, today) * (WIDTH - LEFT)


def _row(level: str, position: int, this: Dot) -> SafeString:
    class_ = "axis is-this" if level == this.level else "axis"
    numeral = text(level, LEFT - 8, position * ROW + 16, class_, "end")
    if position % 2:
        return numeral
    return block(LEFT, position * ROW, WIDTH - LEFT, ROW, "stratum") + numeral


def _others(crowd: Crowd, this: Dot, levels: Sequence[str]) -> SafeString:
    """One path of points with round ends: a thousand circles would be the most of the page."""
    points = crowd.points_without(this, levels)
    return tag("path", d=points, class_="others") if points else NOTHING


def _this(this: Dot, levels: Sequence[str], today: float) -> SafeString:
    x, y = _x(this.year, today), levels.index(this.level) * ROW + ROW / 2
    name = shortened(this.name, 14, max(WIDTH - x - 14, x - LEFT - 14))
    wide = text_width(name, 14)
    is_left = x + 12 + wide > WIDTH
    start = x - 12 - wide if is_left else x + 12
    halo = block(start - 2, y - 9, wide + 4, 18.0, "halo")
    label = text(name, x - 12 if is_left else x + 12, y + 5, "name", "end" if is_left else "start")
    return joined([halo, circle(x, y, 8.0, "halo"), circle(x, y, 6.0, "this"), label])


def _years(today: float, bottom: float) -> list[SafeString]:
    first = int(today) // 5 * 5 - 5
    return (
        [
            text("today", _x(today, today), bottom + 15, "axis", "middle"),
            text(str(first + 15), _x(first + 15, today), bottom + 15, "axis", "middle"),
            text(str(first + YEARS_SHOWN), float(WIDTH), bottom + 15, "axis", "end"),
        ]
        if bottom
        else [NOTHING]
    )
