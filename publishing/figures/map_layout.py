"""Where each technology stands on the map: strata by impact, time to the right, packed lanes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publishing.fields import Field
from publishing.figures.lettering import shortened, text_width

LEVELS = ("5+", "5/5+", "5", "4/5", "4", "3/4", "3", "2/3", "2", "1/2", "1")
WHOLE_LEVELS = frozenset({"5+", "5", "4", "3", "2", "1"})
YEARS_SHOWN = 25
OPEN_END_MEDIAN = 7
RING = 10.5
GAP = 8.0
MOST_NAMED = 60
LEAST_ROOM = 110.0
MOST_DRAWN = 300
YEARS_A_CELL = 5
NAMED_A_STRATUM = 6


@dataclass(frozen=True)
class Mark:
    """A technology with both an impact and a time: years from the beginning of `year_from` to
    the end of `year_to`, or the year in which the market is recorded to have opened."""

    name: str
    url: str
    field: Field
    level: str
    certainty: str
    year_from: int | None = None
    year_to: int | None = None
    opened: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One of the three sizes that the map is drawn in."""

    width: int
    gutter: float
    right: float
    lane: float
    head: float
    label_size: float
    is_label_above: bool
    is_brief: bool = False
    stratum_head: float = 0.0


SHEETS = (
    Sheet(1200, 196, 16, 29, 64, 14.5, is_label_above=False),
    Sheet(720, 132, 12, 28, 44, 14.5, is_label_above=False, is_brief=True),
    Sheet(328, 4, 8, 43, 40, 14, is_label_above=True, stratum_head=24),
)


@dataclass(frozen=True)
class Span:
    """The years on the axis and the pixels they take."""

    first: int
    last: int
    left: float
    right: float

    def x(self, year: float) -> float:
        share = (year - self.first) / (self.last - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True)
class Placed:
    """A mark with its pixels; `left` and `right` are the outermost of mark and label."""

    mark: Mark
    lane: int
    x_from: float
    x_to: float
    x_disc: float
    is_open_end: bool
    label: str
    label_x: float
    left: float
    right: float

    @property
    def aside(self) -> str:
        return f" open {self.mark.opened}" if self.mark.opened else ""


@dataclass(frozen=True)
class Stratum:
    level: str
    top: float
    height: float
    placed: tuple[Placed, ...]
    counts: tuple[tuple[float, int], ...] = ()


def span_of(sheet: Sheet, today: float) -> Span:
    first = int(today) // 5 * 5 - 5
    return Span(first, first + YEARS_SHOWN, sheet.gutter, sheet.width - sheet.right)


def lay_out(marks: Sequence[Mark], sheet: Sheet, today: float) -> tuple[Stratum, ...]:
    """The strata from the highest impact down, each as high as its lanes need."""
    span = span_of(sheet, today)
    strata: list[Stratum] = []
    top = sheet.head
    for level in LEVELS:
        here = [mark for mark in marks if mark.level == level]
        if not here and level not in WHOLE_LEVELS:
            continue
        is_crowd = len(marks) > MOST_DRAWN
        names = len(here) if len(marks) <= MOST_NAMED else NAMED_A_STRATUM
        placed = () if is_crowd else _packed(here, sheet, span, names)
        height = _height(placed, sheet)
        counts = _counted(here, span) if is_crowd else ()
        strata.append(Stratum(level, top, height, placed, counts))
        top += height
    return tuple(strata)


def _counted(marks: Sequence[Mark], span: Span) -> tuple[tuple[float, int], ...]:
    """How many marks fall into each five years, at the middle of those years."""
    middles = [min(max(_middle(mark), span.first), span.last - 1) for mark in marks]
    cells = range(span.first, span.last, YEARS_A_CELL)
    counts = [(cell, sum(cell <= year < cell + YEARS_A_CELL for year in middles)) for cell in cells]
    return tuple((span.x(cell + YEARS_A_CELL / 2), count) for cell, count in counts if count)


def _height(placed: Sequence[Placed], sheet: Sheet) -> float:
    lanes = 1 + max((row.lane for row in placed), default=0)
    if sheet.is_label_above and not placed:
        return sheet.stratum_head + 20
    if sheet.is_label_above:
        return sheet.stratum_head + lanes * sheet.lane + 14
    return max(lanes * sheet.lane + 20, 58 if sheet.is_brief else 0)


def _packed(marks: Sequence[Mark], sheet: Sheet, span: Span, names: int) -> tuple[Placed, ...]:
    """Earlier ones first; each goes into the highest lane that its label leaves free."""
    ends: list[float] = []
    rows: list[Placed] = []
    ordered = sorted(marks, key=lambda mark: (_middle(mark), mark.name))
    for position, mark in enumerate(ordered):
        row = _placed(mark, sheet, span, is_named=position < names)
        lane = next((i for i, end in enumerate(ends) if end <= row.left), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = row.right + GAP
        rows.append(replace(row, lane=lane))
    return tuple(rows)


def _middle(mark: Mark) -> float:
    if mark.opened:
        return mark.opened + 0.5
    start = mark.year_from or 0
    if mark.year_to is None:
        return float(start + OPEN_END_MEDIAN)
    return (start + mark.year_to + 1) / 2


def _placed(mark: Mark, sheet: Sheet, span: Span, *, is_named: bool) -> Placed:
    disc = min(max(span.x(_middle(mark)), span.left + RING + 1), span.right - RING - 1)
    is_open_end = not mark.opened and (mark.year_to is None or mark.year_to >= span.last)
    if is_open_end:
        disc = min(disc, span.right - 42)
    x_from = disc if mark.opened else min(span.x(mark.year_from or 0), disc)
    x_to = disc if mark.opened else max(span.x((mark.year_to or span.last) + 1), disc)
    if is_open_end:
        x_to = span.right
    left, right = min(x_from, disc - RING), max(x_to, disc + RING)
    bare = Placed(mark, 0, x_from, x_to, disc, is_open_end, "", 0.0, left, right)
    return _labelled(bare, sheet, span) if is_named else bare


def _labelled(row: Placed, sheet: Sheet, span: Span) -> Placed:
    """The name stands above on narrow sheets, else right of the mark, else left of it."""
    size, aside = sheet.label_size, text_width(row.aside, sheet.label_size)
    if sheet.is_label_above:
        label = shortened(row.mark.name, size, sheet.width - aside - 8)
        wide = text_width(label, size) + aside
        x = max(min(row.left, sheet.width - wide - 2), 2.0)
        return _with_label(row, label, x, min(row.left, x), max(row.right, x + wide))
    room_right = sheet.width - row.right - GAP
    room_left = row.left - GAP - span.left
    wide = text_width(row.mark.name, size) + aside
    if max(room_right, room_left) < min(wide, LEAST_ROOM):
        return _labelled_on_bar(row, size, aside)
    if wide <= room_right or room_right >= room_left:
        label = shortened(row.mark.name, size, room_right - aside)
        wide = text_width(label, size) + aside
        return _with_label(row, label, row.right + GAP, row.left, row.right + GAP + wide)
    label = shortened(row.mark.name, size, room_left - aside)
    x = row.left - GAP - text_width(label, size) - aside
    return _with_label(row, label, x, x, row.right)


def _labelled_on_bar(row: Placed, size: float, aside: float) -> Placed:
    """A window as wide as the map leaves room on itself alone, on the longer side of the disc."""
    after, before = row.right - row.x_disc - RING - GAP, row.x_disc - RING - GAP - row.left
    label = shortened(row.mark.name, size, max(after, before) - GAP - aside)
    wide = text_width(label, size) + aside
    x = row.x_disc + RING + GAP if after >= before else row.x_disc - RING - GAP - wide
    return _with_label(row, label, x, row.left, row.right)


def _with_label(row: Placed, label: str, x: float, left: float, right: float) -> Placed:
    return replace(row, label=label, label_x=x, left=left, right=right)
