"""What was measured, where it may go, and what a prediction needs: one drawing at three widths."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString

from publishing.figures.density import Shape, shape_of
from publishing.figures.fan_labels import ends_named, people_marked, resolution_marked, share_named
from publishing.figures.fan_plot import BANDS, Plot, Sheet, plot_of
from publishing.figures.lettering import shortened, text_width
from publishing.figures.scales import number_words, years_printed
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

Quantiles = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Marked:
    """A number that somebody gives, with the range that they give for it."""

    name: str
    best: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Happened:
    """What came out, on the axes of the chart."""

    time: float
    value: float
    words: str


@dataclass(frozen=True)
class Fan:
    """All that the drawing shows. Times are calendar years. The forecast starts from the last of
    `history`, and `later` are figures that came since. `simulated` are the quantiles of 1 to
    99 % of what is read at the deadline, `share` the two lines that name the part of them that
    satisfies the statement, which is above the threshold where `is_above`."""

    history: tuple[tuple[float, float], ...]
    later: tuple[tuple[float, float], ...] = ()
    years: tuple[float, ...] = ()
    quantiles: Quantiles = field(default_factory=dict)
    deadline: float | None = None
    deadline_words: str = "deadline"
    threshold: float | None = None
    threshold_words: str = ""
    is_above: bool = True
    simulated: tuple[float, ...] = ()
    share: tuple[str, str] = ("", "")
    people: tuple[Marked, ...] = ()
    happened: Happened | None = None
    is_share: bool = False

    @property
    def measured(self) -> tuple[tuple[float, float], ...]:
        return (*self.history, *self.later)

    @property
    def is_empty(self) -> bool:
        return not self.measured and not self.years


SHEETS = (
    Sheet(width=1200, height=430, left=58.0, right=176.0, ticks=6),
    Sheet(width=720, height=400, left=58.0, right=158.0, ticks=6),
    Sheet(width=328, height=380, left=46.0, right=62.0, ticks=4, is_narrow=True),
)


def fan_drawing(fan: Fan, *, words: str) -> SafeString:
    """The stylesheet shows one of the three; `words` say the whole in one sentence."""
    return joined(_sheet(fan, sheet, words) for sheet in SHEETS)


def _sheet(fan: Fan, sheet: Sheet, words: str) -> SafeString:
    plot = plot_of(fan, sheet)
    shape = _shape(fan, plot)
    parts = [
        _grid(plot),
        _bands(fan, plot),
        _threshold(fan, plot),
        _deadline(fan, plot),
        _density(shape, fan, plot),
        _measured(fan, plot),
        _years(fan, plot),
        ends_named(fan, plot),
        share_named(fan, plot, shape),
        people_marked(fan.people, plot),
        resolution_marked(fan.happened, plot),
        _threshold_words(fan, plot),
    ]
    class_ = f"fan at-{sheet.width}"
    return drawing(sheet.width, float(sheet.height), joined(parts), words=words, class_=class_)


def _grid(plot: Plot) -> SafeString:
    parts = []
    for value in plot.y.ticks:
        y = plot.y.at(value)
        parts.append(line(plot.left, y, plot.right, y, "grid"))
        parts.append(text(number_words(value), plot.left - 8, y + 4.5, "axis", "end"))
    return joined(parts)


def _bands(fan: Fan, plot: Plot) -> SafeString:
    if not fan.years:
        return NOTHING
    parts = [_band(fan, plot, low, high, name) for low, high, name in BANDS]
    middle = _points(fan, plot, "0.5")
    return joined([*parts, tag("path", d=_path(middle), class_="middle")])


def _band(fan: Fan, plot: Plot, low: str, high: str, name: str) -> SafeString:
    upper, lower = _points(fan, plot, high), _points(fan, plot, low)
    outline = _path([*upper, *reversed(lower)]) + "Z"
    return tag("path", d=outline, class_=f"band{name}")


def _points(fan: Fan, plot: Plot, level: str) -> list[tuple[float, float]]:
    """From the last figure on; the forecast begins there."""
    start = [plot.point(*fan.history[-1])] if fan.history else []
    ahead = zip(fan.years, fan.quantiles[level], strict=True)
    return [*start, *(plot.point(year, value) for year, value in ahead)]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{figure(x)} {figure(y)}" for x, y in points)


def _threshold(fan: Fan, plot: Plot) -> SafeString:
    if fan.threshold is None:
        return NOTHING
    y = plot.y.at(fan.threshold)
    halo = line(plot.left, y, plot.right + 4, y, "threshold-halo")
    return halo + line(plot.left, y, plot.right + 4, y, "threshold")


def _threshold_words(fan: Fan, plot: Plot) -> SafeString:
    """On the line, on the side where the measured line is not in the way."""
    if fan.threshold is None or not fan.threshold_words:
        return NOTHING
    y = plot.y.at(fan.threshold)
    room = (plot.x.at(fan.deadline) if fan.deadline else plot.right) - plot.left - 30
    said = fan.threshold_words.partition(":")[0] if plot.sheet.is_narrow else fan.threshold_words
    words = shortened(said, 14.5, room)
    is_over = _is_clear(fan, plot, y - 20, y - 4, text_width(words, 14.5))
    above = y - 8
    below = y + 19
    baseline = above if is_over or y + 24 > plot.bottom else below
    halo = block(plot.left + 4, baseline - 14, text_width(words, 14.5) + 8, 18.0, "halo")
    return halo + text(words, plot.left + 8, baseline, "threshold-words")


def _is_clear(fan: Fan, plot: Plot, top: float, bottom: float, width: float) -> bool:
    marks = [plot.point(*row) for row in plot.shown(fan.measured)]
    if fan.happened is not None:
        marks.append((plot.left, plot.y.within(fan.happened.value)))
    return not any(x < plot.left + width + 16 and top - 6 < y < bottom + 6 for x, y in marks)


def _deadline(fan: Fan, plot: Plot) -> SafeString:
    if fan.deadline is None:
        return NOTHING
    x = plot.x.at(fan.deadline)
    label = text(fan.deadline_words, x - 6, plot.top - 8, "note", "end")
    return line(x, plot.top - 18, x, plot.bottom, "deadline") + label


def _shape(fan: Fan, plot: Plot) -> Shape | None:
    if fan.deadline is None or len(fan.simulated) < 3:
        return None
    wide = min(max((plot.right - plot.x.at(fan.deadline)) * 0.4, 26.0), 78.0)
    places = [plot.y.within(value) for value in fan.simulated]
    split = None if fan.threshold is None else plot.y.at(fan.threshold)
    within = (plot.top, plot.bottom)
    return shape_of(places, split=split, wide=wide, is_above=fan.is_above, within=within)


def _density(shape: Shape | None, fan: Fan, plot: Plot) -> SafeString:
    if shape is None or fan.deadline is None:
        return NOTHING
    x = plot.x.at(fan.deadline)
    whole = _path([(x + far, y) for far, y in shape.outline]) + "Z"
    parts = [tag("path", d=whole, class_="density")]
    if shape.beyond:
        part = _path([(x + far, y) for far, y in shape.beyond]) + "Z"
        parts.append(tag("path", d=part, class_="beyond"))
    return joined(parts)


def _measured(fan: Fan, plot: Plot) -> SafeString:
    marks = [plot.point(*row) for row in plot.shown(fan.measured)]
    if not marks:
        return NOTHING
    radius = 2.6 if len(marks) <= 60 else 1.6
    dots = [circle(x, y, radius, "measured-dot") for x, y in marks]
    last = f"measured, to {math.floor(fan.measured[-1][0] + 1e-9)}"
    said = NOTHING if plot.sheet.is_narrow else _said(last, marks, plot)
    return joined([tag("path", d=_path(marks), class_="measured"), *dots, said])


def _said(words: str, marks: Sequence[tuple[float, float]], plot: Plot) -> SafeString:
    """Beside the line, at the first place that the line does not cross."""
    wide = text_width(words, 14.0)
    for part, down in ((0.66, 26), (0.66, -16), (0.45, 26), (0.45, -16), (0.85, 30), (0.2, -16)):
        x, y = marks[min(int(len(marks) * part), len(marks) - 1)]
        middle = min(max(x, plot.left + wide / 2 + 6), plot.right - wide / 2)
        box = (middle - wide / 2 - 4, y + down - 14, middle + wide / 2 + 4, y + down + 6)
        if plot.top < box[1] and box[3] < plot.bottom and _crosses_nothing(box, marks):
            return text(words, middle, y + down, "measured-words", "middle")
    return NOTHING


def _crosses_nothing(
    box: tuple[float, float, float, float], marks: Sequence[tuple[float, float]]
) -> bool:
    left, top, right, bottom = box
    return not any(
        left < x0 + (x1 - x0) * step / 12 < right and top < y0 + (y1 - y0) * step / 12 < bottom
        for (x0, y0), (x1, y1) in pairwise(marks)
        for step in range(13)
    )


def _years(fan: Fan, plot: Plot) -> SafeString:
    y = plot.bottom + 22
    taken: list[float] = []
    parts: list[SafeString] = []
    if fan.deadline is not None:
        taken.append(plot.x.at(fan.deadline))
        year = str(math.floor(fan.deadline + 1e-9))
        parts.append(text(year, taken[0], y, "axis is-strong", "middle"))
    for printed in years_printed(plot.x.low, plot.x.high, plot.sheet.ticks):
        x = plot.x.at(printed)
        if all(abs(x - other) > 40 for other in taken):
            parts.append(text(str(printed), x, y, "axis", "middle"))
    return joined(parts)
