"""The map: impact if it succeeds against the years in which the market is expected to open."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from publishing.figures.lettering import text_width
from publishing.figures.map_layout import (
    RING,
    SHEETS,
    Mark,
    Placed,
    Sheet,
    Span,
    Stratum,
    lay_out,
    span_of,
)
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

# Per level two lines, and one for where there is no room.
MEANINGS = {
    "5+": ("beyond what markets", "can measure", "beyond markets"),
    "5": ("over 5 tn USD a year", "most sectors change", "over 5 tn USD"),
    "4": ("300 bn to 5 tn", "", ""),
    "3": ("30 to 300 bn", "an industry", ""),
    "2": ("5 to 30 bn", "a niche", ""),
    "1": ("under 5 bn", "", ""),
}
HORIZONS = (("Now", "in 2 years", 0, 2), ("Soon", "2 to 5 years", 2, 5))
HORIZONS_FAR = (("Later", "5 to 10 years", 5, 10), ("Distant", "over 10 years", 10, None))
EMPTY = "no technology is scored here"
DEADLINE = 2030
FOOT = 30.0
LEAST_APART = 46


def deep_tech_map(marks: Sequence[Mark], *, today: date, today_words: str = "today") -> SafeString:
    """The same map at three widths, of which the stylesheet shows one; `today_words` name the
    day under the axis where it is another."""
    return joined(
        _sheet(lay_out(marks, sheet, _year(today)), sheet, _year(today), today_words)
        for sheet in SHEETS
    )


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _sheet(strata: Sequence[Stratum], sheet: Sheet, today: float, words: str) -> SafeString:
    span = span_of(sheet, today)
    bottom = strata[-1].top + strata[-1].height
    layers = [
        *(_ground(stratum, sheet, is_odd=i % 2 == 1) for i, stratum in enumerate(strata)),
        _grid(span, sheet, bottom, today),
        _epochs(span, sheet, today),
        *(_heading(stratum, sheet, is_odd=i % 2 == 1) for i, stratum in enumerate(strata)),
        *(_marks(stratum, sheet, is_odd=i % 2 == 1) for i, stratum in enumerate(strata)),
        _axis(span, bottom, today, words),
    ]
    return drawing(sheet.width, bottom + FOOT, joined(layers), words="", class_=f"at-{sheet.width}")


def _ground(stratum: Stratum, sheet: Sheet, *, is_odd: bool) -> SafeString:
    parts = [line(0.0, stratum.top, float(sheet.width), stratum.top, "rule")]
    if is_odd:
        parts.insert(0, block(0.0, stratum.top, float(sheet.width), stratum.height, "stratum"))
    return joined(parts)


def _heading(stratum: Stratum, sheet: Sheet, *, is_odd: bool) -> SafeString:
    first, second, brief = _meaning(stratum.level)
    top = stratum.top
    if sheet.is_label_above:
        beside = 12 + text_width(stratum.level, 17)
        ground = "halo on-row" if is_odd else "halo"
        parts = [
            block(beside - 3, top + 5, text_width(first, 13) + 4, 16.0, ground),
            text(stratum.level, 6.0, top + 18, "numeral"),
            text(first, beside, top + 17, "meaning"),
        ]
    elif sheet.is_brief:
        parts = [
            text(stratum.level, 8.0, top + 28, "numeral"),
            text(brief or first, 8.0, top + 46, "meaning"),
        ]
    else:
        parts = [
            text(stratum.level, 8.0, top + 29, "numeral"),
            text(first, 60.0, top + (21 if second else 27), "meaning"),
            text(second, 60.0, top + 37, "meaning"),
        ]
    return joined(parts)


def _meaning(level: str) -> tuple[str, str, str]:
    if level in MEANINGS:
        return MEANINGS[level]
    low, high = level.split("/")
    return f"between {low} and {high}", "", ""


def _grid(span: Span, sheet: Sheet, bottom: float, today: float) -> SafeString:
    years = range(span.first, span.last + 1, 5)
    parts = [line(span.x(year), sheet.head, span.x(year), bottom, "grid") for year in years]
    parts += [
        line(span.x(today + years_on), sheet.head - 34, span.x(today + years_on), bottom, "horizon")
        for years_on in (2, 5, 10)
    ]
    at, triangle = span.x(today), 12 if sheet.is_label_above else 28
    parts += [
        line(span.x(DEADLINE + 1), sheet.head, span.x(DEADLINE + 1), bottom, "deadline"),
        line(at, sheet.head - triangle, at, bottom + 4, "today"),
        tag("path", d=_triangle(at, sheet.head - triangle - 4), class_="today-mark"),
    ]
    return joined(parts)


def _triangle(x: float, y: float) -> str:
    return f"M{figure(x - 6)} {figure(y)}h12l-6 9z"


def _epochs(span: Span, sheet: Sheet, today: float) -> SafeString:
    name_y = sheet.head - (26 if sheet.is_label_above else 28 if sheet.head > 60 else 12)
    before = (span.left + span.x(today)) / 2
    parts = [text("past", before, name_y, "epoch is-name", "middle")]
    for name, sub, start, end in (*HORIZONS, *HORIZONS_FAR):
        from_x, to_x = span.x(today + start), span.x(today + end) if end else span.right
        middle = (from_x + to_x) / 2
        parts.append(text(name, middle, name_y, "epoch is-name", "middle"))
        if sheet.head > 60:
            parts.append(text(sub, middle, name_y + 17, "epoch", "middle"))
    return joined(parts)


def _axis(span: Span, bottom: float, today: float, words: str) -> SafeString:
    """A tick is the beginning of its year; the deadline is the end of one."""
    step = 5 if span.right - span.left > 400 else 10
    taken = [span.x(today), span.x(DEADLINE + 1)]
    parts = [
        line(0.0, bottom, span.right + 8, bottom, "baseline"),
        text(words, taken[0], bottom + 20, "axis is-strong", "middle"),
        text(f"end {DEADLINE}", taken[1], bottom + 20, "axis is-strong", "middle"),
    ]
    for year in range(span.first, span.last + 1, step):
        x = span.x(year)
        if min(abs(x - other) for other in taken) < LEAST_APART:
            continue
        anchor = "end" if year == span.last else "start" if x < 20 else "middle"
        parts.append(text(str(year), x, bottom + 20, "axis", anchor))
    return joined(parts)


def _marks(stratum: Stratum, sheet: Sheet, *, is_odd: bool) -> SafeString:
    if stratum.counts:
        return joined(_count(x, count, stratum) for x, count in stratum.counts)
    if not stratum.placed:
        x = 6.0 if sheet.is_label_above else sheet.gutter + 8
        y = stratum.top + (stratum.height - 8 if sheet.is_label_above else stratum.height / 2 + 5)
        wide = text_width(EMPTY, 13)
        ground = "halo on-row" if is_odd else "halo"
        return block(x - 3, y - 13, wide + 6, 17.0, ground) + text(EMPTY, x, y, "note")
    return joined(_mark(row, stratum, sheet, is_odd=is_odd) for row in stratum.placed)


def _count(x: float, count: int, stratum: Stratum) -> SafeString:
    middle = stratum.top + stratum.height / 2
    return text(str(count), x, middle + 5, "name", "middle")


def _mark(row: Placed, stratum: Stratum, sheet: Sheet, *, is_odd: bool) -> SafeString:
    lane_top = stratum.top + sheet.stratum_head + row.lane * sheet.lane
    y = lane_top + (30 if sheet.is_label_above else 10 + sheet.lane / 2)
    label_y = lane_top + 13 if sheet.is_label_above else y + 5
    ground = "halo on-row" if is_odd else "halo"
    parts = [
        _window(row, y),
        _halo(row, sheet, label_y, ground),
        _disc(row, y),
        _label(row, label_y),
    ]
    return tag(
        "a",
        tag("title", _spoken(row.mark)) + joined(parts),
        href=row.mark.url,
        tabindex="-1",
        class_=f"field-{row.mark.field.colour}",
    )


def _halo(row: Placed, sheet: Sheet, label_y: float, ground: str) -> SafeString:
    if not row.label:
        return NOTHING
    wide = text_width(row.label + row.aside, sheet.label_size)
    return block(row.label_x - 2, label_y - 13, wide + 2, 17.0, ground)


def _window(row: Placed, y: float) -> SafeString:
    if row.mark.opened:
        return NOTHING
    solid_to = row.x_disc if row.is_open_end else row.x_to
    parts = [
        line(row.x_from, y, solid_to, y, "mark-bar"),
        line(row.x_from, y - 4.5, row.x_from, y + 4.5, "mark-bar"),
    ]
    if row.is_open_end:
        tip = f"M{figure(row.x_to - 6)} {figure(y - 4.5)}l6 4.5l-6 4.5"
        parts += [
            line(row.x_disc + RING + 3, y, row.x_to - 1, y, "mark-open"),
            tag("path", d=tip, class_="mark-arrow"),
        ]
    else:
        parts.append(line(row.x_to, y - 4.5, row.x_to, y + 4.5, "mark-bar"))
    return joined(parts)


def _disc(row: Placed, y: float) -> SafeString:
    """Without a stated certainty there is no ring."""
    certainty = row.mark.certainty
    ring = circle(row.x_disc, y, RING, f"mark-ring is-{certainty}") if certainty else NOTHING
    return joined(
        [
            circle(row.x_disc, y, RING + 2, "mark-ground"),
            ring,
            circle(row.x_disc, y, 7.5, "mark-disc"),
            text(row.mark.field.letter, row.x_disc, y + 3.8, "mark-letter"),
        ]
    )


def _label(row: Placed, y: float) -> SafeString:
    if not row.label:
        return NOTHING
    aside = tag("tspan", row.aside, class_="aside") if row.aside else NOTHING
    return tag("text", tag("tspan", row.label) + aside, x=row.label_x, y=y, class_="name")


def _spoken(mark: Mark) -> str:
    if mark.opened:
        return f"{mark.name}: impact {mark.level}, open since {mark.opened}"
    end = f"to {mark.year_to}" if mark.year_to else "or later"
    sure = f", {mark.certainty} certainty" if mark.certainty else ""
    return f"{mark.name}: impact {mark.level}, {mark.year_from} {end}{sure}"
