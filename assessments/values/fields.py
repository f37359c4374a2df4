"""Reading one JSON object field by field: problems are collected, so that all are told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from assessments.values import limits
from intake.errors import IntakeError
from intake.numbers import check_integer, check_number
from intake.showing import kind_of, shown
from intake.text import clean_name, clean_text

MAX_PROBLEMS = 200
# Of values that are each good and do not go together: no schema can say it.
CONTRADICTION = "contradiction"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOUNS = {
    "accessed_on": "The date of access",
    "answered_on": "The date of the answer",
    "as_of": "The date that the card speaks of",
    "certainty": "The certainty",
    "from": "The first year",
    "level_to": "The upper level",
    "p_never": "The probability of never",
    "to": "The last year",
    "url": "The address",
    "variant_of": "The technology that this one varies",
}
_A = TypeVar("_A")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field: its path, its value as printed, a sentence, and a word for
    programs."""

    field: str
    value: str
    message: str
    code: str = "invalid"


class CardInvalid(ValueError):
    """The card cannot be read; `errors` names every field that is wrong."""

    def __init__(self, errors: list[FieldProblem]) -> None:
        super().__init__(" ".join(f"{error.field}: {error.message}" for error in errors[:5]))
        self.errors = errors


class Fields:
    """One object of a card; every read gives a usable value and notes what was wrong."""

    def __init__(self, value: object, path: str, problems: list[FieldProblem]) -> None:
        self.path = path
        self.problems = problems
        self._read: set[str] = set()
        self._values: Mapping[object, object] = {}
        self.is_object = isinstance(value, dict)
        if isinstance(value, dict):
            self._values = value
        else:
            what = "This" if path else "The card"
            self.note("", value, f"{what} must be an object, not {kind_of(value)}.")

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def note(self, key: str, value: object, message: str, code: str = "invalid") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(FieldProblem(self.at(key), shown(value), message, code))

    def raw(self, key: str) -> object:
        """The value under the key, or None where there is none."""
        self._read.add(key)
        return self._values.get(key)

    def has(self, key: str) -> bool:
        """Whether the key is there; a missing one is noted."""
        if key in self._values:
            return True
        self._read.add(key)
        if self.is_object:
            self.note(key, None, f"The key {shown(key)} is missing; add it.", "missing")
        return False

    def name(self, key: str, *, limit: int = limits.NAME) -> str:
        return self._checked(
            key, "", lambda raw: clean_name(raw, field=noun(key), max_length=limit)
        )

    def required_name(self, key: str, *, limit: int = limits.NAME) -> str:
        return self.name(key, limit=limit) if self.has(key) else ""

    def text(self, key: str, *, limit: int) -> str:
        """A text of many lines; empty where there is none."""
        if self.raw(key) is None:
            return ""
        return self._checked(key, "", lambda raw: _long(raw, key, limit))

    def optional(self, key: str, *, limit: int) -> str | None:
        """A text, or None where there is none or an empty one."""
        return self.text(key, limit=limit) or None

    def line(self, key: str, *, limit: int) -> str | None:
        """A text of one line, or None where there is none."""
        return None if self.raw(key) is None else self.name(key, limit=limit)

    def slug(self, key: str) -> str:
        return self._checked(key, "", lambda raw: _slug(raw, key))

    def choice(self, key: str, options: type[_E], default: _E) -> _E:
        return self.optional_choice(key, options) or default

    def optional_choice(self, key: str, options: type[_E]) -> _E | None:
        if self.raw(key) is None:
            return None
        return self._checked(key, None, lambda raw: _choice(raw, key, options))

    def year(self, key: str) -> int | None:
        if self.raw(key) is None:
            return None
        low, high = limits.FIRST_YEAR, limits.LAST_YEAR
        return self._checked(key, None, lambda raw: check_integer(raw, low, high, field=noun(key)))

    def probability(self, key: str) -> float | None:
        if self.raw(key) is None:
            return None
        return self._checked(key, None, lambda raw: check_number(raw, 0, 1, field=noun(key)))

    def day(self, key: str) -> date | None:
        if self.raw(key) is None:
            return None
        return self._checked(key, None, lambda raw: read_date(raw, noun(key)))

    def inner(self, key: str) -> "Fields":
        return Fields(self.raw(key), self.at(key), self.problems)

    def each(self, key: str) -> list["Fields"]:
        items = self._list(key)
        return [
            Fields(item, f"{self.at(key)}[{position}]", self.problems)
            for position, item in enumerate(items)
        ]

    def names(self, key: str, *, limit: int = limits.NAME) -> tuple[str, ...]:
        """A list of one-line texts, each given once whatever its case."""
        found = self.lines(key, limit=limit)
        folded = [name.casefold() for name in found]
        for position, name in enumerate(found):
            if name and folded[position] in folded[:position]:
                message = f"{shown(name)} is listed twice; keep one of them."
                self.note(f"{key}[{position}]", name, message, CONTRADICTION)
        return found

    def lines(self, key: str, *, limit: int) -> tuple[str, ...]:
        """A list of one-line texts, which may repeat."""
        return tuple(
            self._item(f"{key}[{position}]", raw, limit)
            for position, raw in enumerate(self._list(key))
        )

    def finish(self) -> None:
        """Notes every key that nobody asked for."""
        for key in self._values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                name = key if isinstance(key, str) and key.isidentifier() else shown(key)
                message = f"There is no such key here; the keys are {known}. Take it out."
                self.note(name, self._values[key], message, "unknown_key")

    def _list(self, key: str) -> list[object]:
        raw = self.raw(key)
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.note(key, raw, f"{noun(key)} must be a list, not {kind_of(raw)}.")
            return []
        if len(raw) > limits.ITEMS:
            message = f"{noun(key)} must be at most {limits.ITEMS} in number, not {len(raw)}."
            self.note(key, raw, f"{message} Shorten the list.")
            return []
        return raw

    def _item(self, place: str, raw: object, limit: int) -> str:
        try:
            return clean_name(raw, field="The item", max_length=limit)
        except IntakeError as error:
            self.note(place, raw, error.message)
            return ""

    def _checked(self, key: str, instead: _A, read: Callable[[object], _A]) -> _A:
        raw = self.raw(key)
        try:
            return read(raw)
        except IntakeError as error:
            self.note(key, raw, error.message)
            return instead


def noun(key: str) -> str:
    """What a sentence about the field begins with."""
    return _NOUNS.get(key) or f"The {key.replace('_', ' ')}"


def read_date(raw: object, field: str) -> date:
    """The day that an ISO date names."""
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            found = date.fromisoformat(raw)
        except ValueError:
            raise IntakeError(f"{field} is no day of the calendar: {shown(raw)}.") from None
        if limits.FIRST_YEAR <= found.year <= limits.LAST_YEAR:
            return found
        span = f"{limits.FIRST_YEAR} to {limits.LAST_YEAR}"
        raise IntakeError(f"{field} must fall in the years {span}.")
    raise IntakeError(f"{field} must be a date written as YYYY-MM-DD.")


def _slug(raw: object, key: str) -> str:
    text = clean_text(raw, multiline=False, field=noun(key), max_length=limits.SLUG)
    if text == raw and _SLUG.fullmatch(text):
        return text
    raise IntakeError(
        f"{noun(key)} must be small letters a to z, digits and single hyphens between them,"
        f" at most {limits.SLUG} characters."
    )


def _long(raw: object, key: str, limit: int) -> str:
    return clean_text(raw, multiline=True, field=noun(key), max_length=limit)


def _choice(raw: object, key: str, options: type[_E]) -> _E:
    # Membership by value would hash the value, which a list or an object cannot do.
    if isinstance(raw, str) and raw in {option.value for option in options}:
        return options(raw)
    listed = ", ".join(options)
    raise IntakeError(f"{noun(key)} must be one of: {listed}.")
