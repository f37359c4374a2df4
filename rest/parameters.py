"""The parameters of an address: each declared once, read strictly, shown in the documentation."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from intake.errors import IntakeError
from intake.numbers import parse_integer
from intake.showing import shown
from intake.text import clean_text
from rest.problems import Fault, Problem

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What clean_text takes; half characters cannot stand in an address in the first place.
_NO_CHARACTERS = "".join(
    chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
PLAIN_TEXT = (
    r"^[^\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069"
    rf"\uFDD0-\uFDEF\uFFFE\uFFFF{_NO_CHARACTERS}]*$"
)


@dataclass(frozen=True)
class Parameter:
    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any] = str
    example: Any = None
    unless_given: Any = field(default=None, kw_only=True)
    is_repeatable: bool = field(default=False, kw_only=True)
    is_required: bool = field(default=False, kw_only=True)


def integer(
    name: str, description: str, *, low: int, high: int, unless_given: int | None = None
) -> Parameter:
    schema: dict[str, Any] = {"type": "integer", "minimum": low, "maximum": high}
    if unless_given is not None:
        schema["default"] = unless_given

    def read(text: str) -> int:
        # A blank before a number is trimmed elsewhere; in an address it is a mistake.
        if text != text.strip():
            raise IntakeError(f"{name} is {shown(text)}; write a whole number such as {low}.")
        return parse_integer(text, low, high, field=name)

    return Parameter(name, description, schema, read, low, unless_given=unless_given)


def day(name: str, description: str) -> Parameter:
    def read(text: str) -> datetime.date:
        try:
            if _DAY.fullmatch(text):
                return datetime.date.fromisoformat(text)
        except ValueError:
            pass
        raise IntakeError(f"{name} is {shown(text)}; write a date as 2026-11-21.")

    return Parameter(name, description, {"type": "string", "format": "date"}, read, "2026-11-21")


def choice(name: str, description: str, choices: Sequence[str]) -> Parameter:
    def read(text: str) -> str:
        if text not in choices:
            raise IntakeError(f"{name} is {shown(text)}; choose out of {', '.join(choices)}.")
        return text

    schema = {"type": "string", "enum": list(choices)}
    return Parameter(name, description, schema, read, choices[0])


def flag(name: str, description: str) -> Parameter:
    def read(text: str) -> bool:
        if text not in {"true", "false"}:
            raise IntakeError(f"{name} is {shown(text)}; write true or false.")
        return text == "true"

    schema = {"type": "boolean", "default": False}
    return Parameter(name, description, schema, read, example=True, unless_given=False)


def words(name: str, description: str, *, longest: int, example: str) -> Parameter:
    def read(text: str) -> str:
        return clean_text(text, multiline=False, field=name, max_length=longest)

    schema = {"type": "string", "maxLength": longest, "pattern": PLAIN_TEXT}
    return Parameter(name, description, schema, read, example)


def spelled(
    name: str, description: str, pattern: str, *, example: str, is_required: bool = False
) -> Parameter:
    """A text of a fixed spelling; any text that is spelled so is taken."""
    spelling = re.compile(pattern)

    def read(text: str) -> str:
        if not spelling.search(text):
            raise IntakeError(f"{name} is {shown(text)}; write it like {example}.")
        return text

    schema = {"type": "string", "pattern": pattern}
    return Parameter(name, description, schema, read, example, is_required=is_required)


def read_parameters(query: QueryDict, declared: Iterable[Parameter]) -> dict[str, Any]:
    """Every declared parameter by its name; 400 names all that is wrong at once."""
    known = {parameter.name: parameter for parameter in declared}
    faults = [_unknown(name, known) for name in query if name not in known]
    read: dict[str, Any] = {}
    for name, parameter in known.items():
        given = query.getlist(name)
        try:
            read[name] = _read(parameter, given)
        except IntakeError as error:
            faults.append(Fault(f"?{name}", "malformed", error.message))
    if faults:
        raise Problem(400, " ".join(fault.detail for fault in faults), faults=faults)
    return read


def _read(parameter: Parameter, given: Sequence[str]) -> Any:
    if not given and parameter.is_required:
        raise IntakeError(f"{parameter.name} is missing; write it like {parameter.example}.")
    if not given:
        return parameter.unless_given
    if parameter.is_repeatable:
        return [parameter.read(text) for text in given]
    if len(given) > 1:
        raise IntakeError(f"{parameter.name} stands {len(given)} times; give it once.")
    return parameter.read(given[0])


def _unknown(name: str, known: Mapping[str, Parameter]) -> Fault:
    names = ", ".join(known)
    ending = f"known here: {names}." if known else "this address takes none."
    return Fault("?", "unknown_parameter", f"There is no parameter {shown(name)}; {ending}")
