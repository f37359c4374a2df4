"""What an indicator measures and how, apart from its figures."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from intake.errors import IntakeError
from intake.numbers import check_number
from intake.showing import shown
from intake.text import clean_name, clean_text

PROGRESS = ("up", "down")
KINDS = ("cost", "performance", "share", "count")
CADENCES = ("year", "month", "day")
RESERVED = frozenset({"new", "import"})
LONGEST_LAG_DAYS = 3650
NAME_CHARACTERS = 120
UNIT_CHARACTERS = 80
ADDRESS_CHARACTERS = 500
NOTE_CHARACTERS = 2000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
Check = Callable[[Any], object]

_CHOICES = {"progress": PROGRESS, "kind": KINDS, "cadence": CADENCES}


class FactsInvalid(ValueError):
    """Each field that cannot stand, with the sentence that says why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class IndicatorFacts:
    """`release_lag_days`: how long after the end of a period its figure appears."""

    slug: str
    name: str
    unit: str
    progress: str
    kind: str
    cadence: str = "year"
    geography: str = ""
    publisher: str = ""
    source_url: str = ""
    licence: str = ""
    licence_url: str = ""
    comparability: str = ""
    ceiling_low: float | None = None
    ceiling_high: float | None = None
    release_lag_days: int = 0
    is_snapshot: bool = False
    is_public: bool = True

    @property
    def ceiling(self) -> tuple[float, float] | None:
        if self.ceiling_low is None or self.ceiling_high is None:
            return None
        return self.ceiling_low, self.ceiling_high


def facts_json(facts: IndicatorFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def check_facts(facts: IndicatorFacts) -> IndicatorFacts:
    """The facts with clean texts; FactsInvalid names every field that cannot stand."""
    faults: dict[str, str] = {}
    clean: dict[str, object] = {}
    for name, check in _CHECKS.items():
        try:
            clean[name] = check(getattr(facts, name))
        except IntakeError as error:
            faults[name] = error.message
    if not faults:
        facts = replace(facts, **clean)  # type: ignore[arg-type]
        faults = _faults_together(facts)
    if faults:
        raise FactsInvalid(faults)
    return facts


def _slug(value: str) -> str:
    slug = clean_name(value, field="The address", max_length=80)
    if not _SLUG.fullmatch(slug):
        raise IntakeError(
            f"The address is {shown(slug)}; write it in small letters, digits and single hyphens,"
            " such as cost-per-genome."
        )
    if slug in RESERVED:
        raise IntakeError(f"The address “{slug}” belongs to a page of the site. Choose another.")
    return slug


def _one_of(name: str, value: str) -> str:
    choices = _CHOICES[name]
    if value not in choices:
        raise IntakeError(f"The {name} is {shown(value)}; choose {', '.join(choices)}.")
    return value


def clean_address(value: str, field: str) -> str:
    text = clean_text(value, multiline=False, field=field, max_length=ADDRESS_CHARACTERS)
    if text and not _ADDRESS.fullmatch(text):
        raise IntakeError(f"{field} is {shown(text)}; give an address that begins with https://.")
    return text


def _lag(value: int) -> int:
    number = check_number(value, 0, LONGEST_LAG_DAYS, field="The days until release")
    if not number.is_integer():
        raise IntakeError("The days until release are whole days.")
    return int(number)


def _line(field: str, length: int) -> Check:
    return lambda value: clean_text(value, multiline=False, field=field, max_length=length)


def _name(field: str, length: int) -> Check:
    return lambda value: clean_name(value, field=field, max_length=length)


def _ceiling(field: str) -> Check:
    return lambda value: None if value is None else check_number(value, 0, 100, field=field)


def _choice(name: str) -> Check:
    return lambda value: _one_of(name, value)


def _note(value: str) -> str:
    field = "The note on comparability"
    return clean_text(value, multiline=True, field=field, max_length=NOTE_CHARACTERS)


_CHECKS: dict[str, Check] = {
    "slug": _slug,
    "name": _name("The name", NAME_CHARACTERS),
    "unit": _name("The unit", UNIT_CHARACTERS),
    "progress": _choice("progress"),
    "kind": _choice("kind"),
    "cadence": _choice("cadence"),
    "geography": _line("The geography", NAME_CHARACTERS),
    "publisher": _name("The publisher", NAME_CHARACTERS),
    "source_url": lambda value: clean_address(value, "The address of the source"),
    "licence": _line("The licence", NAME_CHARACTERS),
    "licence_url": lambda value: clean_address(value, "The address of the licence"),
    "comparability": _note,
    "ceiling_low": _ceiling("The lower end of the ceiling"),
    "ceiling_high": _ceiling("The upper end of the ceiling"),
    "release_lag_days": _lag,
}


def _faults_together(facts: IndicatorFacts) -> dict[str, str]:
    low, high = facts.ceiling_low, facts.ceiling_high
    if low is None and high is None:
        return {}
    if facts.kind != "share":
        return {"ceiling_high": "Only a share has a ceiling; leave both ends empty."}
    if low is None or high is None:
        return {"ceiling_high": "A ceiling is a range: give both ends, or leave both empty."}
    if not 0 < low < high:
        return {"ceiling_high": "The ceiling's lower end is above 0 and below its upper end."}
    return {}
