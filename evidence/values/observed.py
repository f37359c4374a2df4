"""One figure as it was handed in, and whether it can stand in a series."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from evidence.values.facts import NOTE_CHARACTERS, IndicatorFacts, clean_address
from evidence.values.periods import first_day, parse_period
from intake.errors import IntakeError
from intake.numbers import parse_decimal
from intake.text import clean_text

LABEL_CHARACTERS = 120
SOURCE_CHARACTERS = 200
REASON_CHARACTERS = 1000
ENTERED_CHARACTERS = 60
LARGEST = 1e15
EARLIEST_VINTAGE = date(1500, 1, 1)


@dataclass(frozen=True)
class Observed:
    """`entered` is the figure as typed; `vintage` is the day on which it was published.

    `is_withdrawn`: this vintage takes the figure back. `is_correction`: the same vintage was
    typed wrongly before. `place` says where it came from, such as "row 3".
    """

    period: str
    entered: str
    vintage: date
    label: str = ""
    source: str = ""
    source_url: str = ""
    note: str = ""
    is_withdrawn: bool = False
    is_correction: bool = False
    place: str = ""

    @property
    def value(self) -> float:
        """Of a row that was checked."""
        return float(self.entered) + 0.0


@dataclass(frozen=True)
class Fault:
    """What is wrong with one column of one row."""

    place: str
    column: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.place, self.column) if part)
        return f"{where[:1].upper()}{where[1:]}: {self.message}" if where else self.message


# As people call them.
_COLUMNS = {"entered": "value"}

Check = Callable[[Observed, IndicatorFacts], str]


def check_observed(
    row: Observed, facts: IndicatorFacts, *, today: date
) -> tuple[Observed, list[Fault]]:
    """The row with clean texts, and everything that speaks against it."""
    faults: list[Fault] = []
    clean: dict[str, str] = {}
    for column, check in _CHECKS.items():
        try:
            clean[column] = check(row, facts)
        except IntakeError as error:
            faults.append(Fault(row.place, _COLUMNS.get(column, column), error.message))
    row = replace(row, **clean)  # type: ignore[arg-type]
    wrong = _wrong_with_vintage(row, today, has_period="period" in clean)
    if wrong:
        faults.append(Fault(row.place, "vintage", wrong))
    return row, faults


def _period(row: Observed, facts: IndicatorFacts) -> str:
    if facts.is_snapshot and not row.period.strip():
        return ""
    return parse_period(row.period, facts.cadence)


def _entered(row: Observed, facts: IndicatorFacts) -> str:
    text = row.entered.strip(" \t")
    if len(text) > ENTERED_CHARACTERS:
        raise IntakeError(
            f"The value has {len(text):,} characters; at most {ENTERED_CHARACTERS} are kept."
        )
    value = float(parse_decimal(text, -LARGEST, LARGEST, field="The value"))
    wrong = wrong_with_value(value, facts)
    if wrong:
        raise IntakeError(wrong)
    return text


def wrong_with_value(value: float, facts: IndicatorFacts) -> str:
    """Why an indicator of that kind cannot have the value, if it cannot."""
    if facts.is_snapshot:
        return ""
    if facts.kind in {"cost", "performance"} and value <= 0:
        return (
            f"The value is {value:g}, and a {facts.kind} is above 0. If the measure can be 0 or"
            " less, it is of another kind."
        )
    if facts.kind == "count" and value < 0:
        return f"The value is {value:g}, and a count is 0 or more."
    if facts.kind == "share":
        return _wrong_with_share(value, facts)
    return ""


def _wrong_with_share(value: float, facts: IndicatorFacts) -> str:
    if not 0 <= value <= 100:
        return f"The value is {value:g}, and a share is in per cent, from 0 to 100."
    if facts.ceiling_high is not None and value > facts.ceiling_high:
        return (
            f"The value is {value:g}, above the ceiling of {facts.ceiling_high:g} that was given"
            " for this share. Check the figure, or raise the ceiling first."
        )
    return ""


def _text(column: str, field: str, length: int) -> Check:
    return lambda row, _: clean_text(
        getattr(row, column), multiline=False, field=field, max_length=length
    )


def _note(row: Observed, _: IndicatorFacts) -> str:
    return clean_text(row.note, multiline=True, field="The note", max_length=NOTE_CHARACTERS)


_CHECKS: dict[str, Check] = {
    "period": _period,
    "entered": _entered,
    "label": _text("label", "The label", LABEL_CHARACTERS),
    "source": _text("source", "The source", SOURCE_CHARACTERS),
    "source_url": lambda row, _: clean_address(row.source_url, "The address of the source"),
    "note": _note,
}


def _wrong_with_vintage(row: Observed, today: date, *, has_period: bool) -> str:
    if row.vintage > today:
        return f"The vintage is {row.vintage}, after today, {today}."
    if row.vintage < EARLIEST_VINTAGE:
        return f"The vintage is {row.vintage}; give the day on which the figure was published."
    if has_period and row.period and first_day(row.period) > row.vintage:
        if first_day(row.period) > today:
            return f"The period {row.period} lies in the future; nothing was measured yet."
        return (
            f"The vintage is {row.vintage}, and the period {row.period} begins after that. Give"
            " the day on which the figure was published."
        )
    return ""
