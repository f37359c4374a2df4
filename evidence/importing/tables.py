"""Tables of text as rows with the numbers of their lines."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from evidence.values.observed import Fault, Observed
from intake.errors import IntakeError
from intake.showing import shown

MOST_CHARACTERS = 2_000_000
MOST_LINES = 200_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t"
PERIOD_NAMES = ("period", "year", "month", "day", "date")
OTHERS = ("value", "vintage", "label", "source", "source_url", "note", "unit", "withdrawn")
YES, NO = ("yes", "true"), ("", "no", "false")


@dataclass(frozen=True)
class Line:
    """`number` is that of the line of the text on which it begins."""

    number: int
    cells: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"line {self.number}"


@dataclass(frozen=True)
class Grid:
    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def column(self, name: str) -> int:
        return self.header.index(name)


def read_grid(text: str) -> Grid:
    """The header and the lines below it; IntakeError says what keeps them from being read."""
    if len(text) > MOST_CHARACTERS:
        raise IntakeError(
            f"The table has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
            " Split it, or leave lines out, and send it again."
        )
    lines = list(_lines(text.removeprefix("\ufeff")))
    if len(lines) < 2:
        raise IntakeError("The table needs a line of column names and at least one line below it.")
    header = tuple(cell.strip() for cell in lines[0].cells)
    _refuse_header(header)
    for line in lines[1:]:
        if len(line.cells) != len(header):
            raise IntakeError(_ragged(line, header))
    return Grid(header, tuple(lines[1:]))


def _ragged(line: Line, header: Sequence[str]) -> str:
    count = len(line.cells)
    cells = "1 cell" if count == 1 else f"{count} cells"
    said = f"Line {line.number} has {cells} and the header has {len(header)}"
    if count < len(header):
        return (
            f"{said}: the column {shown(header[count])} has none. Give each line the same number."
        )
    return (
        f"{said}: {shown(line.cells[len(header)])} is below no column. Give each line the same"
        " number; a figure with a decimal comma reads as two cells."
    )


def _lines(text: str) -> Iterator[Line]:
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if reader.line_num > MOST_LINES:
                raise IntakeError(f"The table has more than {MOST_LINES:,} lines. Split it.")
            if any(cell.strip() for cell in cells):
                yield Line(begins, tuple(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise IntakeError(
                f"A cell that ends or goes on in line {reader.line_num} has more than"
                f" {csv.field_size_limit():,} characters. Shorten it, or close its quotes."
            ) from error
        raise IntakeError(
            f"Line {reader.line_num} of the table cannot be read ({error}). Check its quotes."
        ) from error


def _refuse_header(header: Sequence[str]) -> None:
    if len(header) > MOST_COLUMNS:
        raise IntakeError(f"The table has {len(header)} columns; at most {MOST_COLUMNS} are read.")
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise IntakeError(f"The column {shown(twice)} stands twice. Keep one of them.")


def read_observations(
    text: str, *, vintage: date | None, unit: str
) -> tuple[list[Observed], list[Fault]]:
    """The rows of a table with the columns period and value, and any of the others."""
    grid = read_grid(text)
    places = _places(grid.header)
    rows: list[Observed] = []
    faults: list[Fault] = []
    for line in grid.lines:
        cells = {name: line.cells[place].strip() for name, place in places.items()}
        wrong = _wrong(cells, unit)
        day = _vintage(cells, vintage, line, wrong)
        faults += [Fault(line.place, column, message) for column, message in wrong.items()]
        if not wrong and day is not None:
            rows.append(_row(cells, day, line))
    return rows, faults


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands, whatever the case of its name."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        known = name.casefold()
        known = "period" if known in PERIOD_NAMES else known
        if known not in {"period", *OTHERS}:
            names = ", ".join(["period", *OTHERS])
            raise IntakeError(f"The column {shown(name)} is not known; known are {names}.")
        if known in places:
            raise IntakeError(f"Two columns give the {known}. Keep one of them.")
        places[known] = place
    for needed in ("period", "value"):
        if needed not in places:
            raise IntakeError(f"The column {needed} is missing; name it in the first line.")
    return places


def _wrong(cells: Mapping[str, str], unit: str) -> dict[str, str]:
    wrong = {}
    if cells.get("unit", "") not in {"", unit}:
        wrong["unit"] = (
            f"The unit is {shown(cells['unit'])}, and this indicator is in {shown(unit)}. Convert"
            " the figures, or make another indicator."
        )
    if cells.get("withdrawn", "").casefold() not in YES + NO:
        wrong["withdrawn"] = f"This is {shown(cells['withdrawn'])}; write yes, or leave it empty."
    return wrong


def _vintage(
    cells: Mapping[str, str], given: date | None, line: Line, wrong: dict[str, str]
) -> date | None:
    text = cells.get("vintage", "")
    if not text:
        if given is None:
            wrong["vintage"] = "No vintage is given, neither in this line nor for the whole table."
        return given
    try:
        return read_day(text)
    except IntakeError as error:
        wrong["vintage"] = error.message
        return None


def read_day(text: str) -> date:
    try:
        if len(text) == len("2025-03-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise IntakeError(f"The vintage is {shown(text)}; write a date as 2025-03-01.")


def _row(cells: Mapping[str, str], vintage: date, line: Line) -> Observed:
    return Observed(
        period=cells["period"],
        entered=cells["value"],
        vintage=vintage,
        label=cells.get("label", ""),
        source=cells.get("source", ""),
        source_url=cells.get("source_url", ""),
        note=cells.get("note", ""),
        is_withdrawn=cells.get("withdrawn", "").casefold() in YES,
        place=line.place,
    )
