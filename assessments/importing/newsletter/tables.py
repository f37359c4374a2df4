"""Tables in an issue: rows of cells, parted by bars, by tabs or by wide gaps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.importing.newsletter.headings import named_in
from assessments.importing.newsletter.lines import Line, line_within
from assessments.values.scale import Dimension

_PARTINGS = ("|", "\t", None, ";")
_WIDE = re.compile(r"\s{2,}")
_FEWEST_ROWS, _FEWEST_NAMED, _MOST_ROWS, _MOST_CELLS = 2, 2, 60, 24
_RULE = re.compile(r"[\s|:+=_-]*")
_NOTHING = re.compile(r"[\s*_.–—-]*")


class Role(StrEnum):
    """What the cells below a label say."""

    NAME = "name"
    LEVEL = "level"
    CERTAINTY = "certainty"
    WHY = "why"
    BEFORE = "before"
    UNKNOWN = "unknown"


_LABELS = {
    Role.WHY: (
        r"(?:(?:our|the|my|a|short|main|in|one[- ]line) )*"
        r"(?:why|because|reason(?:s|ing)?|rationale|notes?|comments?|commentary|explanation|words"
        r"|evidence|basis|justification|remarks?|what we (?:see|saw|think)|argument|take|details?"
        r"|summary|discussion|thinking|view)\??|why\b.*|what (?:changed|moved)"
    ),
    Role.BEFORE: (
        r".*\b(?:before|previous(?:ly)?|prior|last (?:time|year|issue|month|quarter)|old|was|then"
        r"|change[ds]?|trend|delta|moved?|movement|direction|weight(?:ing)?|max(?:imum)?"
        r"|out of)\b.*|[Δ±+/-]+"
    ),
    Role.CERTAINTY: (
        r"(?:(?:our|level of|the) )*(?:certainty|confidence|conviction|sureness|certain|confident)"
        r"(?: level)?|how (?:sure|certain|confident)\b.*|sure\??"
    ),
    Role.LEVEL: (
        r"(?:(?:our|the|my|new|current|today's|latest) )*"
        r"(?:score|level|rating|grade|value|mark|points?|stars|result|verdict|assessment|window"
        r"|number|now|today)s?"
        r"(?: ?(?:or|/|&|and) ?(?:level|window|years?|score|range))*(?:\s*[(\[].{1,20}[)\]])?"
        r"|(?:out )?of (?:5|five)|/ ?5|1 ?(?:-|to) ?5\+?|#"
    ),
    Role.NAME: (
        r"(?:the |our )*(?:dimensions?|criteri(?:on|a)|aspects?|axis|axes|categor(?:y|ies)|factors?"
        r"|questions?|what(?: we ask)?|metrics?|lens|topic|measure|item|part)\??"
    ),
}
_ROLES = {role: re.compile(words, re.IGNORECASE) for role, words in _LABELS.items()}


@dataclass(frozen=True)
class Cell:
    """A cell as a line of its own, with the row that it stands in; `head` is what heads its
    column, or its row in a table on its side."""

    line: Line
    row: Line
    role: Role = Role.UNKNOWN
    head: Line | None = None

    @property
    def is_empty(self) -> bool:
        return is_empty(self.line)

    @property
    def label(self) -> str:
        return self.head.words if self.head else ""


@dataclass(frozen=True)
class Row:
    line: Line
    cells: tuple[Line, ...]


@dataclass(frozen=True)
class Record:
    """What a table says of one dimension."""

    dimension: Dimension
    name: Line
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Lines of the issue that score dimensions, one below or one beside the other; `others` are
    rows that speak of something else, `labels` the cells that head the columns."""

    rows: tuple[Row, ...]
    records: tuple[Record, ...]
    others: tuple[Row, ...]
    labels: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.rows[0].line.start

    @property
    def last(self) -> Line:
        return self.rows[-1].line


def is_empty(cell: Line) -> bool:
    """Whether the cell says nothing: it is blank, or holds a dash."""
    return bool(_NOTHING.fullmatch(cell.plain))


def tables_of(lines: Sequence[Line]) -> Iterator[tuple[int, int, Table]]:
    """Each table that scores two dimensions or more, from one place of the lines up to another."""
    place = 0
    while place < len(lines):
        end, table = _longest(lines, place)
        if table is not None:
            yield place, end, table
        place = max(end, place + 1)


def _longest(lines: Sequence[Line], place: int) -> tuple[int, Table | None]:
    """The table that begins there, and where it ends; else where the next may begin."""
    if _RULE.fullmatch(lines[place].text):
        return place + 1, None
    beyond = place + 1
    for parting in _PARTINGS:
        end, rows = _rows(lines, place, parting)
        table = _table(rows, parting) if len(rows) >= _FEWEST_ROWS else None
        if table is not None:
            return end, table
        if len(rows) >= _FEWEST_ROWS:
            beyond = max(beyond, end)
    return beyond, None


def _rows(lines: Sequence[Line], place: int, parting: str | None) -> tuple[int, list[Row]]:
    """The rows from there on, over rules between them."""
    rows: list[Row] = []
    end = at = place
    while at < len(lines) and len(rows) < _MOST_ROWS:
        line = lines[at]
        if _RULE.fullmatch(line.text):
            if not line.text.strip():
                break
            at += 1
            continue
        cells = _cells(line, parting)
        if len(cells) < 2:
            break
        rows.append(Row(line, tuple(cells)))
        at += 1
        end = at
    if parting is None and all(is_empty(row.cells[0]) for row in rows):
        # The whole of it stands further in.
        rows = [Row(row.line, row.cells[1:]) for row in rows]
    return end, rows


def _cells(line: Line, parting: str | None) -> list[Line]:
    edges = list(_edges(line.text, parting))
    if len(edges) > _MOST_CELLS:
        return []
    return [line_within(line, start, end) for start, end in edges]


def _edges(text: str, parting: str | None) -> Iterator[tuple[int, int]]:
    """From where to where each cell goes, in the line; bars around the row part nothing."""
    if parting is None:
        breaks = [(one.start(), one.end()) for one in _WIDE.finditer(text.rstrip())]
        edges = (0, len(text))
    else:
        bars = [place for place, one in enumerate(text) if one in {parting, "｜"}]
        if not bars:
            return
        first = len(text) - len(text.lstrip()) if parting == "|" else 0
        has_first = parting == "|" and bars[0] == first
        has_last = parting == "|" and bars[-1] == len(text.rstrip()) - 1 and len(bars) > 1
        edges = (bars[0] + 1 if has_first else 0, bars[-1] if has_last else len(text))
        inner = bars[1 if has_first else 0 : -1 if has_last else None]
        breaks = [(bar, bar + 1) for bar in inner]
    start = edges[0]
    for end, after in breaks:
        yield start, end
        start = after
    yield start, edges[1]


def _table(rows: Sequence[Row], parting: str | None) -> Table | None:
    named = [
        [named_in(cell, is_first=place == 0) for place, cell in enumerate(row.cells)]
        for row in rows
    ]
    across = [one for one in named[0] if one]
    beside = any(len([one for one in cells if one]) > 1 for cells in named[1:])
    if len(set(across)) >= _FEWEST_NAMED and not beside:
        return None if any(cells[0] for cells in named[1:]) else _across(rows, named[0])
    down = [cells[0] for cells in named if cells[0]]
    is_down = len(set(down)) >= _FEWEST_NAMED and not beside and len(across) <= 1
    return _down(rows, [cells[0] for cells in named], parting) if is_down else None


def _down(
    rows: Sequence[Row], named: Sequence[Dimension | None], parting: str | None
) -> Table | None:
    """The dimensions one below the other, and their columns headed by the first row or by none."""
    has_head = named[0] is None and _heads(rows[0].cells[1:])
    if not has_head and parting == ";":
        return None
    head = rows[0].cells if has_head else ()
    roles = [_role(cell) for cell in head]
    records: list[Record] = []
    others: list[Row] = []
    is_open = False
    for row, dimension in zip(rows, named, strict=True):
        cells = tuple(
            Cell(cell, row.line, *((roles[place], head[place]) if place < len(head) else ()))
            for place, cell in enumerate(row.cells[1:], start=1)
        )
        if has_head and row is rows[0]:
            continue
        if dimension is not None:
            records.append(Record(dimension, row.cells[0], cells))
            is_open = True
        elif records and is_open and not row.cells[0].words:
            last = records[-1]
            records[-1] = Record(last.dimension, last.name, (*last.cells, *cells))
        else:
            others.append(row)
            is_open = False
    labels = [cell for cell, role in zip(head, roles, strict=True) if role is not Role.UNKNOWN]
    return Table(tuple(rows), tuple(records), tuple(others), tuple(labels))


def _across(rows: Sequence[Row], named: Sequence[Dimension | None]) -> Table | None:
    """The dimensions one beside the other; what each row says stands before it, or nowhere."""
    labelled = named[0] is None
    records = []
    for place, dimension in enumerate(named):
        if dimension is None:
            continue
        cells = []
        for row in rows[1:]:
            if place < len(row.cells):
                label = row.cells[0] if labelled else None
                role = _role(label) if label else Role.UNKNOWN
                cells.append(Cell(row.cells[place], row.line, role, label))
        records.append(Record(dimension, rows[0].cells[place], tuple(cells)))
    heads = [row.cells[0] for row in rows] if labelled else []
    labels = [cell for cell in heads if _role(cell) is not Role.UNKNOWN]
    return Table(tuple(rows), tuple(records), (), tuple(labels))


def _heads(cells: Sequence[Line]) -> bool:
    """Whether the cells are labels of columns: one that is known, or words alone in all."""
    if any(_role(cell) is not Role.UNKNOWN for cell in cells):
        return True
    return all(len(cell.words) <= 40 and not re.search(r"\d", cell.words) for cell in cells)


def _role(label: Line) -> Role:
    words = label.words.strip(" :")
    if not words:
        return Role.NAME
    return next((role for role, known in _ROLES.items() if known.fullmatch(words)), Role.UNKNOWN)
