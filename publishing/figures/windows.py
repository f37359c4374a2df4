"""Windows of a few technologies on one axis of years, each with its stated certainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from publishing.fields import Field
from publishing.figures.lettering import shortened, text_width
from publishing.figures.map_layout import OPEN_END_MEDIAN, RING, YEARS_SHOWN, Span
from publishing.figures.shapes import Shape, shape_at
from publishing.figures.svg import NOTHING, block, circle, drawing, figure, joined, line, tag, text

DEADLINE = 2030
FOOT = 30.0
LEAST_APART = 46


@dataclass(frozen=True)
class WindowRow:
    """Years from the beginning of `year_from` to the end of `year_to`, or the year in which the
    market opened. Without either, `words` say why."""

    name: str
    shape: Shape
    field: Field
    words: str
    certainty: str = ""
    year_from: int | None = None
    year_to: int | None = None
    opened: int | None = None


@dataclass(frozen=True)
class _Sheet:
    """A width that the rows are drawn at; names stand above the bars on the narrow one."""

    width: int
    left: float
    row: float
    bar: float
    step: int
    is_name_above: bool = False


SHEETS = (
    _Sheet(1200, 270.0, 44.0, 22.0, 5),
    _Sheet(720, 190.0, 44.0, 22.0, 5),
    _Sheet(328, 10.0, 58.0, 40.0, 10, is_name_above=True),
)
HEAD = 18.0


def windows_drawing(rows: Sequence[WindowRow], *, today: date, words: str) -> SafeString:
    """The same rows at three widths, of which the stylesheet shows one."""
    year = today.year + (today.timetuple().tm_yday - 1) / 365.25
    return joined(_sheet(rows, sheet, year, words) for sheet in SHEETS)


def _sheet(rows: Sequence[WindowRow], sheet: _Sheet, today: float, words: str) -> SafeString:
    first = _first_year(rows, today)
    last = max(int(today) // 5 * 5 - 5 + YEARS_SHOWN, first + YEARS_SHOWN)
    span = Span(first, last, sheet.left, sheet.width - 14.0)
    bottom = HEAD + len(rows) * sheet.row + 4
    parts = [
        _ground(span, sheet, bottom, today),
        *(_row(row, HEAD + i * sheet.row, sheet, span) for i, row in enumerate(rows)),
        _axis(span, sheet, bottom, today),
    ]
    class_ = f"map windows at-{sheet.width}"
    return drawing(sheet.width, bottom + FOOT, joined(parts), words=words, class_=class_)


def _first_year(rows: Sequence[WindowRow], today: float) -> int:
    """Five years back, or as far as a market that opened before."""
    opened = [row.opened // 5 * 5 for row in rows if row.opened]
    return max(min([int(today) // 5 * 5 - 5, *opened]), int(today) // 5 * 5 - 30)


def _ground(span: Span, sheet: _Sheet, bottom: float, today: float) -> SafeString:
    years = range(span.first, span.last + 1, 5)
    parts = [line(span.x(year), HEAD, span.x(year), bottom, "grid") for year in years]
    at, end = span.x(today), span.x(DEADLINE + 1)
    triangle = f"M{figure(at - 6)} {figure(HEAD - 14)}h12l-6 9z"
    parts += [
        line(end, HEAD, end, bottom, "deadline"),
        line(at, HEAD - 6, at, bottom + 4, "today"),
        tag("path", d=triangle, class_="today-mark"),
        line(0.0, bottom, float(sheet.width), bottom, "baseline"),
    ]
    return joined(parts)


def _axis(span: Span, sheet: _Sheet, bottom: float, today: float) -> SafeString:
    taken = [span.x(today), span.x(DEADLINE + 1)]
    parts = [
        text("today", taken[0], bottom + 20, "axis is-strong", "middle"),
        text(f"end {DEADLINE}", taken[1], bottom + 20, "axis is-strong", "middle"),
    ]
    for year in range(span.first, span.last + 1, sheet.step):
        x = span.x(year)
        if min(abs(x - other) for other in taken) >= LEAST_APART:
            anchor = "end" if x > sheet.width - 24 else "start" if x < 20 else "middle"
            parts.append(text(str(year), x, bottom + 20, "axis", anchor))
    return joined(parts)


def _row(row: WindowRow, top: float, sheet: _Sheet, span: Span) -> SafeString:
    y = top + sheet.bar
    name_y = top + 16 if sheet.is_name_above else y + 5
    room = sheet.width - 24 if sheet.is_name_above else sheet.left - 34
    name = shortened(row.name, 14.5, room)
    parts = [
        line(0.0, top + sheet.row, float(sheet.width), top + sheet.row, "rule"),
        block(0.0, name_y - 14, text_width(name, 14.5) + 26, 18.0, "halo"),
        shape_at(row.shape, 8.0, name_y - 5, "mark-disc"),
        text(name, 22.0, name_y, "name"),
        _bar(row, y, span),
    ]
    return tag("g", joined(parts), class_=f"field-{row.field.colour}")


def _bar(row: WindowRow, y: float, span: Span) -> SafeString:
    if row.opened:
        return _opened(row, y, span)
    if row.year_from is None:
        wide = text_width(row.words, 14)
        halo = block(span.left + 1, y - 9, wide + 6, 18.0, "halo")
        return halo + text(row.words, span.left + 4, y + 5, "note")
    is_open_end = row.year_to is None or row.year_to >= span.last
    x_from = span.x(row.year_from)
    x_to = span.right if is_open_end else span.x((row.year_to or 0) + 1)
    disc = min(span.x(_middle(row)), span.right - (42 if is_open_end else 0))
    disc = max(disc, x_from)
    end = _open_end(disc, x_to, y) if is_open_end else _closed_end(disc, x_to, y)
    return joined(
        [
            line(x_from, y, disc, y, "mark-bar"),
            line(x_from, y - 4.5, x_from, y + 4.5, "mark-bar"),
            end,
            _mark(row, disc, y),
        ]
    )


def _middle(row: WindowRow) -> float:
    start = row.year_from or 0
    if row.year_to is None:
        return float(start + OPEN_END_MEDIAN)
    return (start + row.year_to + 1) / 2


def _closed_end(disc: float, x_to: float, y: float) -> SafeString:
    bar = line(disc, y, x_to, y, "mark-bar")
    return bar + line(x_to, y - 4.5, x_to, y + 4.5, "mark-bar")


def _open_end(disc: float, x_to: float, y: float) -> SafeString:
    tip = f"M{figure(x_to - 6)} {figure(y - 4.5)}l6 4.5l-6 4.5"
    dashes = line(disc + RING + 3, y, x_to - 1, y, "mark-open")
    return dashes + tag("path", d=tip, class_="mark-arrow")


def _opened(row: WindowRow, y: float, span: Span) -> SafeString:
    x = span.x((row.opened or 0) + 0.5)
    label = text(f"open since {row.opened}", x + 16, y + 5, "note")
    halo = block(x + 13, y - 9, 104.0, 18.0, "halo")
    return joined([line(x, y, span.right, y, "mark-since"), halo, label, _mark(row, x, y)])


def _mark(row: WindowRow, x: float, y: float) -> SafeString:
    """Without a stated certainty there is no ring."""
    ring = circle(x, y, RING, f"mark-ring is-{row.certainty}") if row.certainty else NOTHING
    return joined(
        [circle(x, y, RING + 2, "mark-ground"), ring, shape_at(row.shape, x, y, "mark-disc")]
    )
