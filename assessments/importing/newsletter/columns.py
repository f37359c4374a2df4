"""Tables that score several technologies: one a column, or one a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.importing.newsletter.lines import Line, Mark
from assessments.importing.newsletter.naming import Known, known_in
from assessments.importing.newsletter.tables import Cell, Role, Row, Table

_CORNER = re.compile(r"(?:the )?technolog(?:y|ies)|what we scored", re.IGNORECASE)
# Years and scenarios are no technologies.
_OTHER = re.compile(r"[\W\d]*|.*\b(?:case|scenario)s?", re.IGNORECASE)
_FEWEST = 2


def split(table: Table, lines: Sequence[Line], known: Sequence[Known]) -> list[tuple[Line, Table]]:
    """What the table says of each technology, below its name. None where the labels may be
    something else: people, years, other opinions. Then the columns are asked about."""
    heads = list(_heads(table))
    if len(heads) < _FEWEST or not all(_has(table, head) for head in heads):
        return []
    corner = table.rows[0].cells[0].words
    said = [line.words.casefold() for line in lines if _is_heading(line, lines)]
    if not _CORNER.fullmatch(corner) and not all(_is_named(head, said, known) for head in heads):
        return []
    return [(head, _only(table, head)) for head in heads]


def _heads(table: Table) -> Iterator[Line]:
    """The labels that are not known, where no other column gives levels."""
    cells = [cell for record in table.records for cell in record.cells]
    if any(cell.role is Role.LEVEL for cell in cells):
        return
    unknown = [cell.head for cell in cells if cell.role is Role.UNKNOWN and cell.head]
    heads = {head.start: head for head in unknown}.values()
    if not any(_OTHER.fullmatch(head.words) for head in heads):
        yield from heads


def _has(table: Table, head: Line) -> bool:
    return all(any(_is_below(cell, head) for cell in one.cells) for one in table.records)


def _is_below(cell: Cell, head: Line) -> bool:
    return cell.head is not None and cell.head.start == head.start


def _is_heading(line: Line, lines: Sequence[Line]) -> bool:
    return line.mark is Mark.HEADING or line.is_titled or line is lines[0]


def _is_named(head: Line, said: Sequence[str], known: Sequence[Known]) -> bool:
    """Whether the record knows a technology of that name, or a heading speaks of it."""
    name = rf"\b{re.escape(head.words.casefold())}\b"
    return any(known_in(head.quoted(), known)) or any(re.search(name, one) for one in said)


def _only(table: Table, head: Line) -> Table:
    records = [
        replace(one, cells=tuple(cell for cell in one.cells if _keeps(cell, head)))
        for one in table.records
    ]
    place = next((i for i, one in enumerate(table.rows[0].cells) if one.start == head.start), None)
    others = [
        Row(row.line, (row.cells[0], row.cells[place]))
        for row in table.others
        if place is not None and place < len(row.cells)
    ]
    return replace(table, records=tuple(records), others=tuple(others))


def _keeps(cell: Cell, head: Line) -> bool:
    return cell.role is not Role.UNKNOWN or _is_below(cell, head)
