"""What the rows of a table say of each dimension, as the parts that headings open elsewhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assessments.importing.newsletter.bodies import Body
from assessments.importing.newsletter.headings import heading_of, said_in
from assessments.importing.newsletter.issue import Quoted, Reading, Slot, Span
from assessments.importing.newsletter.lines import Ledger, Line, quoted
from assessments.importing.newsletter.opening import LONGEST, Heading, Said
from assessments.importing.newsletter.scores import CERTAINTY, certainty_meaning
from assessments.importing.newsletter.section import Section
from assessments.importing.newsletter.tables import Cell, Record, Role, Row, Table, is_empty
from assessments.importing.newsletter.vocabulary import Opens
from assessments.values.scale import Certainty, Dimension

_LETTERS = {"h": Certainty.HIGH, "m": Certainty.MEDIUM, "l": Certainty.LOW}
_EDGES, _LONGEST_ROW = " \t\u00a0|", 2 * LONGEST
_NONE_GIVEN = re.compile(r"n/?a|none|unknown|unclear|not (?:given|stated|said)|\?+", re.IGNORECASE)


def sections_of(table: Table, dated: date | None, ledger: Ledger) -> list[Section]:
    """One section for each dimension and each other part of a card that has its row, and one more
    to which the lines below the table belong."""
    for row in table.rows:
        # The bar before its first cell.
        ledger.take(Span(row.line.start, row.cells[0].start), Slot.HEADING)
    for label in table.labels:
        ledger.take(Span(label.start, label.end), Slot.HEADING)
    sections = [_Reader(record, dated, ledger).section(table.start) for record in table.records]
    for row in table.others:
        other = _other(row, dated, ledger)
        sections += [other] if other else []
    return [*sections, Section(table.last, Heading(Opens.NOTHING, 0))]


def _other(row: Row, dated: date | None, ledger: Ledger) -> Section | None:
    """“Rating | underrated”: a row that is headed as another part of a card."""
    heading = heading_of(row.cells[0], dated)
    if heading is None or heading.opens in {Opens.OTHER, Opens.DIMENSION}:
        return None
    ledger.take(Span(row.cells[0].start, row.cells[0].end), Slot.HEADING)
    said = [Body(cell) for cell in row.cells[1:] if not is_empty(cell)]
    return Section(row.cells[0], heading, said)


@dataclass
class _Reader:
    """One dimension of a table while its cells are read."""

    record: Record
    dated: date | None
    ledger: Ledger
    said: list[Said] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    @property
    def dimension(self) -> Dimension:
        return self.record.dimension

    def section(self, table: int) -> Section:
        name = self.record.name
        self._take_whole(name)
        heading = heading_of(name, self.dated)
        own = heading.said if heading else None
        if own and own.dimension is self.dimension:
            self._say(own.value, own.certainty, name)
        for role in (Role.LEVEL, Role.CERTAINTY, Role.WHY, Role.NAME, Role.BEFORE):
            for cell in self._cells(role):
                self._take(cell)
        self._take_unknown(list(self._cells(Role.UNKNOWN)))
        said = Said(self.dimension, None, None, 0, len(name.text))
        opened = Heading(Opens.DIMENSION, len(name.text), said)
        self.bodies.sort(key=lambda body: body.line.start)
        return Section(name, opened, self.bodies, self.said, table)

    def _cells(self, role: Role) -> Iterator[Cell]:
        yield from (one for one in self.record.cells if one.role is role and not one.is_empty)

    def _take(self, cell: Cell) -> None:
        if cell.role is Role.LEVEL:
            self._take_level(cell)
        elif cell.role is Role.WHY:
            self.bodies.append(Body(cell.line))
        elif cell.role is not Role.BEFORE or self._is_shown(cell.row):
            if cell.role is Role.CERTAINTY:
                self._say(None, _certainty(cell.line), cell.row)
            self._take_whole(cell.line)

    def _take_level(self, cell: Cell) -> None:
        said = said_in(cell.line, self.dimension, self.dated)
        if said.value is None:
            what = "names no years" if self.dimension is Dimension.TIMING else "is no level"
            value = Reading((), cell.line.quoted(), f"“{cell.line.words[:60]}” {what}.")
            self._say(value, None, cell.row)
            self._take_whole(cell.line)
            return
        self._say(said.value, said.certainty, cell.row)
        self.ledger.take(Span(cell.line.start, cell.line.start + said.end), Slot.SCORE)
        if cell.line.text[said.end :].strip():
            self.bodies.append(Body(cell.line, said.end))

    def _take_unknown(self, cells: Sequence[Cell]) -> None:
        """Below a label that is not known, or none, stand levels, a certainty, or words."""
        has_level, has_why = any(said.value for said in self.said), bool(self.bodies)
        levels: list[tuple[Cell, Said]] = []
        words: list[tuple[Cell, Said]] = []
        for cell in cells:
            said = said_in(cell.line, self.dimension, self.dated)
            is_all = not cell.line.plain[said.end :].strip(" .")
            if CERTAINTY.fullmatch(cell.line.words.strip(" .")):
                words.append((cell, said))
            elif said.value and is_all:
                levels += [] if has_level else [(cell, said)]
            elif not has_why:
                self.bodies.append(Body(cell.line))
        if words and not (levels or has_level) and words[0][1].value:
            # No level stands anywhere: “high” is said of the dimension itself.
            levels.append(words.pop(0))
        self._say_one_of(levels)
        for cell, _ in words:
            if not any(said.certainty for said in self.said):
                self._say(None, _certainty(cell.line), cell.row)
                self._take_whole(cell.line)

    def _say_one_of(self, levels: Sequence[tuple[Cell, Said]]) -> None:
        """Where several columns give different levels it is asked, with what heads them."""
        is_torn = len({said.value and said.value.values for _, said in levels}) > 1
        heads = ", ".join(f"“{cell.label}”" for cell, _ in levels if cell.label)
        why = f"The table gives it more than once{': ' if heads else ''}{heads}."
        for cell, said in levels:
            self._take_whole(cell.line)
            value = said.value
            if value and is_torn:
                beside = cell.head.quoted() if cell.head else None
                value = replace(value, why=f"{value.why} {why}".strip(), beside=beside)
            self._say(value, said.certainty, cell.row)

    def _say(self, value: Reading | None, certainty: Reading | None, row: Line) -> None:
        """Each is shown with the row that it stands in."""
        if value or certainty:
            quote = _quote(row)
            told = [one and replace(one, quote=quote) for one in (value, certainty)]
            self.said.append(Said(self.dimension, told[0], told[1], 0, 0))

    def _is_shown(self, row: Line) -> bool:
        """Whether the row stands beside its score whole, and with it what was before."""
        return bool(self.said) and len(row.text) <= _LONGEST_ROW

    def _take_whole(self, cell: Line) -> None:
        self.ledger.take(Span(cell.start, cell.end), Slot.SCORE)


def _quote(row: Line) -> Quoted:
    """The row without the bars around it, as far as one reads to see where a score came from."""
    bare = row.text[:_LONGEST_ROW].strip(_EDGES)
    return quoted(bare, row.start + row.text.find(bare))


def _certainty(cell: Line) -> Reading | None:
    """What the cell of a column of certainties means; None where it says that there is none."""
    words = cell.words.strip(" .").casefold()
    if _NONE_GIVEN.fullmatch(words):
        return None
    if words in _LETTERS:
        return Reading((_LETTERS[words],), cell.quoted())
    found = CERTAINTY.fullmatch(words)
    meaning = certainty_meaning(found) if found else None
    if meaning is None:
        why = "Certainty is low, medium or high, and nothing between."
        return Reading(tuple(Certainty), cell.quoted(), why)
    return Reading(meaning.values, cell.quoted(), meaning.why)
