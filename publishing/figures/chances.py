"""How the chance of one prediction moved: the pool with its range, and the model beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.safestring import SafeString

from publishing.figures.scales import Scale
from publishing.figures.svg import NOTHING, circle, drawing, figure, joined, line, tag, text

WIDTHS = (780, 560, 328)
HEIGHT, TOP, FOOT, LEFT, RIGHT = 190.0, 14.0, 28.0, 36.0, 92.0
STEPS = (0.05, 0.1, 0.25)
MOST_TICKS = 5


@dataclass(frozen=True)
class ChanceThen:
    day: date
    pool: float | None
    low: float | None
    high: float | None
    model: float | None


def chances_drawing(rows: Sequence[ChanceThen], *, words: str) -> SafeString:
    """At three widths of a column, of which the stylesheet shows one."""
    return joined(_sheet(rows, wide, words) for wide in WIDTHS)


def _sheet(rows: Sequence[ChanceThen], wide: int, words: str) -> SafeString:
    first, last = rows[0].day.toordinal(), rows[-1].day.toordinal()
    x = Scale(float(first), float(max(last, first + 1)), LEFT, wide - RIGHT)
    step, top = _top(rows)
    y = Scale(0.0, top, HEIGHT - FOOT, TOP)
    parts = [_grid(y, x, step), _days(rows, x), _band(rows, x, y)]
    parts += [_line(rows, x, y, "model"), _line(rows, x, y, "pool"), _ends(rows, x, y)]
    class_ = f"chances is-{wide}"
    return drawing(wide, HEIGHT, joined(parts), words=words, class_=class_)


def _top(rows: Sequence[ChanceThen]) -> tuple[float, float]:
    """The step of the axis, and where it ends: small chances would else lie on its foot."""
    values = [value for row in rows for value in (row.pool, row.high, row.model) if value]
    most = max(values, default=1.0)
    step = next((step for step in STEPS if most <= step * (MOST_TICKS - 1)), STEPS[-1])
    return step, step * ceil(max(most, step) / step)


def _grid(y: Scale, x: Scale, step: float) -> SafeString:
    parts = []
    for value in (step * number for number in range(round(y.high / step) + 1)):
        parts.append(line(x.start, y.at(value), x.end, y.at(value), "grid"))
        parts.append(text(f"{100 * value:.0f}", x.start - 8, y.at(value) + 4.5, "axis", "end"))
    return joined(parts)


def _days(rows: Sequence[ChanceThen], x: Scale) -> SafeString:
    first, last = rows[0].day, rows[-1].day
    parts = [text(f"{first.day} {first:%b %Y}", x.start, HEIGHT - 8, "axis")]
    if last != first:
        parts.append(text(f"{last.day} {last:%b %Y}", x.end, HEIGHT - 8, "axis", "end"))
    return joined(parts)


def _band(rows: Sequence[ChanceThen], x: Scale, y: Scale) -> SafeString:
    known = [row for row in rows if row.low is not None and row.high is not None]
    if len(known) < 2:
        return NOTHING
    upper = [(x.at(row.day.toordinal()), y.at(row.high or 0.0)) for row in known]
    lower = [(x.at(row.day.toordinal()), y.at(row.low or 0.0)) for row in reversed(known)]
    return tag("path", d=_path([*upper, *lower]) + "Z", class_="band")


def _line(rows: Sequence[ChanceThen], x: Scale, y: Scale, who: str) -> SafeString:
    """A chance stands until the next run, so the line goes in steps."""
    marks = [(row.day, value) for row in rows if (value := getattr(row, who)) is not None]
    if not marks:
        return NOTHING
    corners: list[tuple[float, float]] = []
    for day, value in marks:
        at = x.at(day.toordinal())
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, y.at(value)))
    dots = [circle(x.at(day.toordinal()), y.at(value), 3.0, f"{who}-dot") for day, value in marks]
    return joined([tag("path", d=_path(corners), class_=f"{who}-line"), *dots])


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{figure(x)} {figure(y)}" for x, y in points)


def _ends(rows: Sequence[ChanceThen], x: Scale, y: Scale) -> SafeString:
    """The last values, named at the end of their lines and kept apart."""
    named = []
    for who, word in (("pool", "pooled"), ("model", "model")):
        values = [value for row in rows if (value := getattr(row, who)) is not None]
        if values:
            named.append((y.at(values[-1]), f"{word} {100 * values[-1]:.0f}", f"{who}-words"))
    named.sort()
    if len(named) == 2 and named[1][0] - named[0][0] < 18:
        middle = (named[0][0] + named[1][0]) / 2
        named = [(middle + side, *row[1:]) for side, row in zip((-9, 9), named, strict=True)]
    return joined(text(words, x.end + 10, at + 5, class_) for at, words, class_ in named)
