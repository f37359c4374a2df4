"""The words in a fan: each stands on the thing that it names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from publishing.figures.density import Shape
from publishing.figures.fan_plot import BANDS, Plot
from publishing.figures.lettering import shortened, text_width
from publishing.figures.scales import number_words
from publishing.figures.svg import NOTHING, block, circle, figure, joined, line, tag, text

if TYPE_CHECKING:
    from publishing.figures.fan import Fan, Happened, Marked

LEAST_APART = 18.0
MOST_PEOPLE = 6


def ends_named(fan: "Fan", plot: Plot) -> SafeString:
    """What share of the paths each band holds, and where the middle one ends."""
    if not fan.years:
        return NOTHING
    is_narrow = plot.sheet.is_narrow
    named = [
        (plot.y.within(fan.quantiles[high][-1]), _band_words(name, is_narrow=is_narrow), "note")
        for _, high, name in BANDS
    ]
    middle = fan.quantiles["0.5"][-1]
    words = f"mid {number_words(middle)}" if is_narrow else f"middle path: {number_words(middle)}"
    named.append((plot.y.within(middle), words, "middle-words"))
    places = spread_out([place for place, _, _ in named], plot.top + 4, plot.bottom)
    parts = []
    for (place, words, class_), y in zip(named, places, strict=True):
        parts.append(line(plot.right + 1, place, plot.right + 12, y, "tick"))
        parts.append(text(words, plot.right + 16, y + 4.5, class_))
    return joined(parts)


def _band_words(name: str, *, is_narrow: bool) -> str:
    if is_narrow:
        return name
    return f"{name} of 100 paths inside" if name == "95" else f"{name} of 100"


def spread_out(places: Sequence[float], top: float, bottom: float) -> list[float]:
    """The same order from the top, no two nearer than a line of text."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + LEAST_APART) if found else max(place, top))
    over = found[-1] - bottom if found else 0.0
    if over > 0:
        found[-1] = bottom
        for i in range(len(found) - 2, -1, -1):
            found[i] = min(found[i], found[i + 1] - LEAST_APART)
    return found


def share_named(fan: "Fan", plot: Plot, shape: Shape | None) -> SafeString:
    """Left of the deadline, on the satisfying side of the threshold, with a line to the part."""
    first, second = fan.share
    if not first or shape is None or fan.deadline is None or fan.threshold is None:
        return NOTHING
    x, at = plot.x.at(fan.deadline), plot.y.at(fan.threshold)
    wanted = at - 48 if fan.is_above else at + 26
    y = min(max(wanted, plot.top + 8), plot.bottom - 30)
    wide = max(text_width(first, 14.5), text_width(second, 13))
    parts = [
        block(x - 26 - wide, y - 13, wide + 8, 36.0, "halo"),
        text(first, x - 22, y, "share-words", "end"),
        text(second, x - 22, y + 17, "share-more", "end"),
    ]
    if shape.beyond:
        reach = shape.middle if fan.is_above else min(shape.middle, plot.bottom)
        curve = f"M{figure(x - 18)} {figure(y + 3)}Q{figure(x - 2)} {figure(y + 4)}"
        parts.append(tag("path", d=f"{curve} {figure(x + 4)} {figure(reach)}", class_="leader"))
    return joined(parts)


def people_marked(people: Sequence["Marked"], plot: Plot) -> SafeString:
    """One upright line a person, right of the deadline; only the first few, the table has all."""
    if not people:
        return NOTHING
    step = 13.0
    start = plot.right - step * min(len(people), MOST_PEOPLE)
    return joined(
        _person(mark, start + step * place, plot) for place, mark in enumerate(people[:MOST_PEOPLE])
    )


def _person(mark: "Marked", x: float, plot: Plot) -> SafeString:
    y = plot.y.within(mark.best)
    low = plot.y.within(mark.low) if mark.low is not None else y
    high = plot.y.within(mark.high) if mark.high is not None else y
    letter = mark.name[:1].upper()
    return joined(
        [
            line(x, low, x, high, "person-range"),
            circle(x, y, 8.5, "person-ground"),
            circle(x, y, 7.0, "person"),
            text(letter, x, y + 4, "person-letter", "middle"),
        ]
    )


def resolution_marked(happened: "Happened | None", plot: Plot) -> SafeString:
    if happened is None:
        return NOTHING
    x, y = plot.x.within(happened.time), plot.y.within(happened.value)
    words = shortened(happened.words, 14.5, max(plot.sheet.width / 2.2, 150.0))
    wide = text_width(words, 14.5)
    is_left = x + 18 + wide > plot.sheet.width - 4
    start = x - 16 - wide if is_left else x + 16
    return joined(
        [
            circle(x, y, 10.0, "resolution-ring"),
            circle(x, y, 5.0, "resolution-dot"),
            block(start - 3, y - 13, wide + 6, 20.0, "halo"),
            text(words, start, y + 4.5, "resolution-words"),
        ]
    )
