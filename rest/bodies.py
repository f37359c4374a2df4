"""What is read and what is written: strict JSON in, JSON, CSV and JSON Lines out."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import orjson
from rest_framework.parsers import BaseParser

from intake.errors import IntakeError
from intake.strict_json import loads
from rest.problems import Fault, Problem

_ACTS = tuple("=+-@\t\r\n\0＝＋－＠")
_PART = 64 * 1024


class StrictJSON(BaseParser):
    """No NaN, no key twice, no NUL, no half characters, and no depth that crashes."""

    media_type = "application/json"

    def parse(  # type: ignore[override]
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> object:
        try:
            return loads(stream.read())
        except IntakeError as error:
            raise Problem(
                400, error.message, faults=[Fault("#", "malformed", error.message)]
            ) from None


def json_bytes(value: object) -> bytes:
    return orjson.dumps(value)


def json_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """One object a line, in parts that are worth a packet."""
    return _in_parts(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table after RFC 4180 that no spreadsheet takes for formulas."""
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")

    def lines() -> Iterator[bytes]:
        writer.writerow([cell(name) for name in columns])
        yield line.taken()
        for row in rows:
            writer.writerow([cell(value) for value in row])
            yield line.taken()

    return _in_parts(lines())


def cell(value: object) -> object:
    """Numbers as they are; a text that a spreadsheet would run gets a quote before it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.lstrip(" ").startswith(_ACTS) else value


class _Line:
    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str) -> int:
        self._text += text
        return len(text)

    def taken(self) -> bytes:
        text, self._text = self._text, ""
        return text.encode()


def _in_parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for line in lines:
        waiting += line
        if len(waiting) >= _PART:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
