"""The parameters that a list shares with its page, read as strictly as all others."""

from collections.abc import Callable
from typing import Any

from intake.errors import IntakeError
from record.filtering import ListFilters, Words
from record.filtering import Parameter as Filter
from rest.parameters import PLAIN_TEXT, Parameter


def filter_parameters(filters: type[ListFilters]) -> tuple[Parameter, ...]:
    return tuple(_parameter(name, declared) for name, declared in filters.parameters())


def _parameter(name: str, declared: Filter) -> Parameter:
    schema = dict(declared.schema)
    if isinstance(declared, Words):
        schema["pattern"] = PLAIN_TEXT
    return Parameter(
        name,
        declared.description,
        schema,
        _reader(name, declared),
        declared.example,
        is_repeatable=declared.is_repeatable,
    )


def _reader(name: str, declared: Filter) -> Callable[[str], Any]:
    """A form leaves fields empty; a program that sends nothing for a value has made a mistake."""

    def read(text: str) -> Any:
        if not text and not isinstance(declared, Words):
            raise IntakeError(f"{name} is empty; give it a value or leave it out.")
        return declared.read(text)

    return read
