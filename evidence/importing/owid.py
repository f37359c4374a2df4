"""A chart of Our World in Data: its CSV, and what its metadata says of a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence.importing.tables import Grid, Line, read_grid
from evidence.values.facts import ADDRESS_CHARACTERS, NAME_CHARACTERS, NOTE_CHARACTERS
from evidence.values.facts import UNIT_CHARACTERS as UNIT
from evidence.values.observed import Observed
from intake.errors import IntakeError
from intake.strict_json import loads

ENTITY, CODE = "Entity", "Code"
CADENCES = {"Year": "year", "Day": "day"}
OF_ANOTHER_YEAR = "(Original Year)"
SOURCE = "Our World in Data"


@dataclass(frozen=True)
class OwidFile:
    """`columns` are those of data; `time` is Year or Day."""

    grid: Grid
    time: str
    columns: tuple[str, ...]
    entities: tuple[str, ...]

    @property
    def cadence(self) -> str:
        return CADENCES[self.time]


@dataclass(frozen=True)
class Described:
    """What the metadata says, as far as it says it; empty where it does not."""

    name: str = ""
    unit: str = ""
    publisher: str = ""
    source_url: str = ""
    licence: str = ""
    licence_url: str = ""
    comparability: str = ""
    last_updated: date | None = None


@dataclass(frozen=True)
class LeftOut:
    place: str
    words: str


def read_owid(text: str) -> OwidFile:
    """The file, if it is of that shape; IntakeError says what is missing."""
    grid = read_grid(text)
    time = next((name for name in CADENCES if name in grid.header), None)
    if ENTITY not in grid.header or time is None:
        raise IntakeError(
            "This is not a chart's CSV of Our World in Data: the columns Entity and Year or Day"
            " are missing. Download it with “Data, full data (CSV)”."
        )
    own = {ENTITY, CODE, time}
    columns = [
        name for name in grid.header if name not in own and not name.endswith(OF_ANOTHER_YEAR)
    ]
    if not columns:
        raise IntakeError("The file has no column of data beside Entity, Code and Year.")
    place = grid.column(ENTITY)
    entities = dict.fromkeys(line.cells[place].strip() for line in grid.lines)
    return OwidFile(grid, time, tuple(columns), tuple(sorted(entities)))


def observed_in(
    file: OwidFile, entity: str, column: str, vintage: date
) -> tuple[list[Observed], list[LeftOut]]:
    """The figures of one entity, and the lines that hold none of their own."""
    grid = file.grid
    places = (grid.column(ENTITY), grid.column(file.time), grid.column(column))
    original = f"{column} {OF_ANOTHER_YEAR}"
    elsewhere = grid.column(original) if original in grid.header else None
    rows: list[Observed] = []
    left: list[LeftOut] = []
    for line in grid.lines:
        who, period, value = (line.cells[place].strip() for place in places)
        if who != entity:
            continue
        words = _why_left_out(line, period, value, elsewhere)
        if words:
            left.append(LeftOut(line.place, words))
        else:
            rows.append(Observed(_padded(period), value, vintage, source=SOURCE, place=line.place))
    return rows, left


def _why_left_out(line: Line, period: str, value: str, elsewhere: int | None) -> str:
    if not value:
        return f"{period} has no figure."
    original = line.cells[elsewhere].strip() if elsewhere is not None else ""
    if original and original != period:
        return f"{period} repeats the figure of {original}."
    return ""


def _padded(period: str) -> str:
    """Years before 1000 are written with four digits here."""
    return period.zfill(4) if period.isascii() and period.isdigit() else period


def read_metadata(text: str, column: str) -> Described:
    """What is said of the column, or of the chart where only that is said."""
    if not text.strip():
        return Described()
    data = _object(loads(text))
    chart, said = _object(data.get("chart")), _column(_object(data.get("columns")), column)
    return Described(
        name=_first(NAME_CHARACTERS, said, chart, ("titleShort", "titleLong", "title")),
        unit=_first(UNIT, said, {}, ("unit", "shortUnit")),
        publisher=_publisher(_first(NOTE_CHARACTERS, said, chart, ("citationShort", "citation"))),
        source_url=_first(ADDRESS_CHARACTERS, chart, said, ("originalChartUrl",)),
        licence=_licence(said, chart, "name"),
        licence_url=_licence(said, chart, "url"),
        comparability=_comparability(said, chart),
        last_updated=_day(said.get("lastUpdated")),
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _column(columns: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if name in columns:
        return _object(columns[name])
    for value in columns.values():
        said = _object(value)
        if name in (said.get("titleShort"), said.get("titleLong"), said.get("shortName")):
            return said
    return _object(next(iter(columns.values()))) if len(columns) == 1 else {}


def _first(
    longest: int, said: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, ...]
) -> str:
    found = (source.get(name) for source in (said, other) for name in names)
    text = next((one.strip() for one in found if isinstance(one, str) and one.strip()), "")
    return " ".join(text.split())[:longest].strip()


def _publisher(citation: str) -> str:
    """Who made the figures; who processed them stands after a dash."""
    return citation.partition(" – ")[0].partition(" -- ")[0][:NAME_CHARACTERS].strip()


def _licence(said: Mapping[str, Any], chart: Mapping[str, Any], part: str) -> str:
    for source in (said, chart):
        for name in ("license", "licence"):
            value = source.get(name)
            if isinstance(value, str) and part == "name":
                return value.strip()[:NAME_CHARACTERS]
            if isinstance(value, dict) and isinstance(value.get(part), str):
                return str(value[part]).strip()[:ADDRESS_CHARACTERS]
    return ""


def _comparability(said: Mapping[str, Any], chart: Mapping[str, Any]) -> str:
    """The key points came as a list once and come as one text now."""
    points = said.get("descriptionKey")
    listed = points if isinstance(points, list) else [points]
    parts = [said.get("descriptionShort"), *listed, chart.get("note")]
    texts = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
    return "\n".join(dict.fromkeys(texts))[:NOTE_CHARACTERS].strip()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
