"""A thumbnail of the map: all others in grey, one technology in the accent and named."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.lettering import shortened, text_width
from publishing.figures.map_layout import LEVELS, WHOLE_LEVELS, YEARS_SHOWN
from publishing.figures.svg import NOTHING, block, circle, drawing, joined, line, text

WIDTH = 328
LEFT = 34.0
ROW = 22.0
DOT = 3.4


@dataclass(frozen=True)
class Dot:
    """A technology by its impact level and the middle year of its window."""

    level: str
    year: float
    name: str = ""


def place_on_map(others: Sequence[Dot], this: Dot, *, today: float) -> SafeString:
    levels = [
        level
        for level in LEVELS
        if level in WHOLE_LEVELS or any(dot.level == level for dot in [*others, this])
    ]
    bottom = len(levels) * ROW
    parts = [_row(level, i, this) for i, level in enumerate(levels)]
    at = _x(today, today)
    parts += [line(at, 0.0, at, bottom, "today"), *_crowd(others, levels, today)]
    parts += [_this(this, levels, today), *_years(today, bottom)]
    words = f"{this.name} on the map: impact {this.level}, about {this.year:.0f}"
    return drawing(WIDTH, bottom + 20, joined(parts), words=words, class_="thumbnail map")


def _x(year: float, today: float) -> float:
    first = int(today) // 5 * 5 - 5
    share = min(max((year - first) / YEARS_SHOWN, 0.01), 0.985)
    return LEFT + share * (WIDTH - LEFT)


def _row(level: str, position: int, this: Dot) -> SafeString:
    class_ = "axis is-this" if level == this.level else "axis"
    numeral = text(level, LEFT - 8, position * ROW + 16, class_, "end")
    if position % 2:
        return numeral
    return block(LEFT, position * ROW, WIDTH - LEFT, ROW, "stratum") + numeral


def _crowd(others: Sequence[Dot], levels: Sequence[str], today: float) -> list[SafeString]:
    """Dots that would cover one another are moved up and down by turns."""
    taken: dict[tuple[str, int], int] = {}
    drawn = []
    for dot in others:
        x = _x(dot.year, today)
        cell = (dot.level, int(x / (2 * DOT)))
        turn = taken.get(cell, 0)
        taken[cell] = turn + 1
        shift = (0, -5.5, 5.5)[turn % 3]
        drawn.append(circle(x, levels.index(dot.level) * ROW + ROW / 2 + shift, DOT, "other"))
    return drawn


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
