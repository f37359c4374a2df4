"""Anyone's series, read from a file of comma-separated values."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from intake.errors import IntakeError
from intake.numbers import parse_decimal
from intake.showing import shown
from intake.text import NAME_CHARACTERS, clean_text
from record.errors import DomainError
from scoring.engine.rolling import History

MAX_BYTES = 20_000_000
NAMES, VALUES = ("series", "entity"), ("value", "share_pct")
FIRST_YEAR, LAST_YEAR = 1000, 3000
LIMITS = {"cost": (0, 10**17), "share": (0, 100)}


@dataclass(frozen=True)
class Point:
    """A line of the file as it is numbered there."""

    line: int
    series: str
    group: str
    year: float
    value: float


def read_histories(*, data: bytes, kind: str, progress: str) -> list[History]:
    """The series of the file by name, points by year; DomainError names line and column."""
    points: dict[str, dict[float, Point]] = {}
    for point in _points(_text(data), kind):
        of_series = points.setdefault(point.series, {})
        if point.year in of_series:
            raise DomainError(
                f"Line {point.line}, column year: {point.series} has {point.year:g} already, on"
                f" line {of_series[point.year].line}. Keep one value for each year."
            )
        of_series[point.year] = point
    if not points:
        raise DomainError("The file has no line below its header. Give at least one series.")
    return [_history(name, list(found.values()), progress) for name, found in points.items()]


def _history(name: str, points: list[Point], progress: str) -> History:
    ordered = sorted(points, key=lambda point: point.year)
    years = np.array([point.year for point in ordered])
    values = np.array([point.value for point in ordered])
    return History(name, ordered[0].group, years, values, progress)


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise DomainError(
            f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Split it."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError(
            f"The file is not UTF-8: byte {error.start} cannot be read. Save it as UTF-8."
        ) from None


def _points(text: str, kind: str) -> Iterator[Point]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = _columns(reader.fieldnames or ())
        for row in reader:
            yield _point(reader.line_num, row, columns, kind)
    except csv.Error as error:
        raise DomainError(
            f"Line {reader.line_num} cannot be read as comma-separated values: {error}. Check its"
            " quotes."
        ) from None


def _columns(names: Sequence[str]) -> dict[str, str]:
    """Which of the file's columns holds the name, the year and the value."""
    there = list(names)
    found = {"year": "year", "group": "group"}
    for what, choice in (("name", NAMES), ("value", VALUES), ("year", ("year",))):
        fitting = [name for name in choice if name in there]
        if len(fitting) != 1:
            problem = "no column" if not fitting else "more than one column"
            raise DomainError(
                f"The header has {problem} {' or '.join(choice)}: it reads"
                f" {shown(','.join(there))}. Name the columns series or entity, year, and value"
                " or share_pct."
            )
        found[what] = fitting[0]
    return found


def _point(
    line: int, row: Mapping[str | None, str | None], columns: Mapping[str, str], kind: str
) -> Point:
    low, high = LIMITS[kind]
    name = _cell(row, columns["name"], line)
    try:
        name = clean_text(name, multiline=False, field="The name", max_length=NAME_CHARACTERS)
        year = parse_decimal(_cell(row, "year", line), FIRST_YEAR, LAST_YEAR, field="The year")
        value = parse_decimal(_cell(row, columns["value"], line), low, high, field="The value")
    except IntakeError as error:
        raise DomainError(f"Line {line}: {error.message}") from None
    if not name:
        raise DomainError(f"Line {line}, column {columns['name']}: the name is empty. Fill it in.")
    if kind == "cost" and float(value) <= 0:
        raise DomainError(
            f"Line {line}, column {columns['value']}: a cost of {value} has no logarithm. Give a"
            " value above 0, or leave the line out."
        )
    return Point(line, name, (row.get("group") or name).strip(), float(year), float(value))


def _cell(row: Mapping[str | None, str | None], column: str, line: int) -> str:
    found = row.get(column)
    if found is None or None in row:
        raise DomainError(
            f"Line {line} has not as many cells as the header, so its {column} cannot be told."
            " Give one cell a column."
        )
    return found
