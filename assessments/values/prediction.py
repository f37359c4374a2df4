"""A prediction in the parts that make it checkable, as plain values with one JSON spelling."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from assessments.values import limits
from assessments.values.fields import FieldProblem, Fields
from intake.errors import IntakeError
from intake.numbers import check_number, parse_decimal

LARGEST = 1e15
PERIOD = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
LONGEST_WORDS = limits.NOTE


class Kind(StrEnum):
    YES_NO = "yes or no"
    NUMBER = "number"
    DATE = "date"


class Comparator(StrEnum):
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOVE = "above"
    BELOW = "below"


class ThresholdKind(StrEnum):
    ABSOLUTE = "absolute"
    CHANGE = "change"  # baseline x (1 + r), r in per cent


class Window(StrEnum):
    AT = "at"
    ANY_TIME_BY = "any time by"
    AVERAGE_OVER = "average over"


class VintageRule(StrEnum):
    FIRST = "first published"
    LATEST = "latest at resolution"


class StatusQuo(StrEnum):
    NO = "no"
    YES = "yes"


@dataclass(frozen=True)
class Spec:
    """What is read, where, when, and what makes the statement true."""

    deadline: date
    reads_on: date
    indicator: str | None = None
    metric: str = ""
    unit: str = ""
    comparator: Comparator | None = None
    threshold: float | None = None
    threshold_text: str = ""
    threshold_kind: ThresholdKind | None = None
    baseline_period: str | None = None
    window: Window = Window.AT
    window_from: str | None = None
    geography: str = ""
    population: str = ""
    publisher: str = ""
    vintage_rule: VintageRule = VintageRule.FIRST
    if_it_stops: str = "annulled"
    event: str = ""
    resolution_rule: str = ""
    definitions: str = ""
    cause: str | None = None
    status_quo: StatusQuo | None = None
    """The answer if nothing changes, where no series tells it."""

    @property
    def is_measured(self) -> bool:
        """Whether a series or a named measure decides, and not the words of an event alone."""
        return bool(self.indicator or self.metric)

    @property
    def is_change(self) -> bool:
        return self.threshold_kind == ThresholdKind.CHANGE

    def to_json(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "metric": self.metric,
            "unit": self.unit,
            "comparator": self.comparator and self.comparator.value,
            "threshold": self.threshold,
            "threshold_text": self.threshold_text,
            "threshold_kind": self.threshold_kind and self.threshold_kind.value,
            "baseline_period": self.baseline_period,
            "window": self.window.value,
            "window_from": self.window_from,
            "deadline": self.deadline.isoformat(),
            "geography": self.geography,
            "population": self.population,
            "publisher": self.publisher,
            "vintage_rule": self.vintage_rule.value,
            "reads_on": self.reads_on.isoformat(),
            "if_it_stops": self.if_it_stops,
            "event": self.event,
            "resolution_rule": self.resolution_rule,
            "definitions": self.definitions,
            "cause": self.cause,
            "status_quo": self.status_quo and self.status_quo.value,
        }


class SpecInvalid(ValueError):
    """The parts cannot be read; `errors` names every one that is wrong."""

    def __init__(self, errors: list[FieldProblem]) -> None:
        super().__init__(" ".join(f"{error.field}: {error.message}" for error in errors[:5]))
        self.errors = errors


def parse_spec(value: object) -> Spec:
    """The spec that the JSON spells; a round trip gives the same bytes."""
    problems: list[FieldProblem] = []
    spec = read_spec(Fields(value, "spec", problems))
    if problems or spec is None:
        raise SpecInvalid(problems)
    return spec


def read_spec(fields: Fields) -> Spec | None:
    """None where the deadline is missing; every other fault is noted and read as empty."""
    deadline = fields.day("deadline")
    if deadline is None and fields.raw("deadline") is None:
        message = "A prediction needs a deadline: the day by which it is true or not."
        fields.note("deadline", None, message, "missing")
    threshold, text = _threshold(fields)
    spec = Spec(
        deadline=deadline or date.max,
        reads_on=fields.day("reads_on") or deadline or date.max,
        indicator=None if fields.raw("indicator") in {None, ""} else fields.slug("indicator"),
        metric=_words(fields, "metric"),
        unit=_words(fields, "unit", limits.NAME),
        comparator=fields.optional_choice("comparator", Comparator),
        threshold=threshold,
        threshold_text=text,
        threshold_kind=_threshold_kind(fields, threshold),
        baseline_period=_period(fields, "baseline_period"),
        window=fields.choice("window", Window, Window.AT),
        window_from=_period(fields, "window_from"),
        geography=_words(fields, "geography", limits.NAME),
        population=_words(fields, "population"),
        publisher=_words(fields, "publisher", limits.TITLE),
        vintage_rule=fields.choice("vintage_rule", VintageRule, VintageRule.FIRST),
        if_it_stops=_words(fields, "if_it_stops") or "annulled",
        event=_words(fields, "event"),
        resolution_rule=fields.text("resolution_rule", limit=limits.PASSAGE),
        definitions=fields.text("definitions", limit=limits.PASSAGE),
        cause=_words(fields, "cause") or None,
        status_quo=fields.optional_choice("status_quo", StatusQuo),
    )
    fields.finish()
    return spec if deadline else None


def _words(fields: Fields, key: str, limit: int = LONGEST_WORDS) -> str:
    """One line, empty where there is none."""
    return "" if fields.raw(key) in {None, ""} else fields.name(key, limit=limit)


def _threshold(fields: Fields) -> tuple[float | None, str]:
    """The number, and its text as it was typed."""
    raw, text = fields.raw("threshold"), _words(fields, "threshold_text", 40)
    if raw is None or raw == "":
        return None, ""
    try:
        value, typed = read_number(raw, "The threshold")
        if text and read_number(text, "The text of the threshold")[0] == value:
            return value, text
    except IntakeError as error:
        fields.note("threshold", raw, error.message)
        return None, ""
    return value, typed


def read_number(raw: object, field: str) -> tuple[float, str]:
    """A number that was typed or decoded, and its text."""
    if isinstance(raw, str):
        return float(parse_decimal(raw, -LARGEST, LARGEST, field=field)), raw.strip()
    value = check_number(raw, -LARGEST, LARGEST, field=field)
    return value, f"{value:.15g}"


def _threshold_kind(fields: Fields, threshold: float | None) -> ThresholdKind | None:
    given = fields.optional_choice("threshold_kind", ThresholdKind)
    return None if threshold is None else given or ThresholdKind.ABSOLUTE


def _period(fields: Fields, key: str) -> str | None:
    raw = fields.raw(key)
    if raw is None or raw == "":
        return None
    if isinstance(raw, str) and PERIOD.fullmatch(raw):
        return raw
    message = "A period is a year, a month or a day: 2022, 2022-05 or 2022-05-17."
    fields.note(key, raw, message)
    return None


def wrong_parts(kind: Kind, spec: Spec) -> list[FieldProblem]:
    """What keeps the parts from making one statement of that kind; these cannot be overruled."""
    found = [*_wrong_subject(kind, spec), *_wrong_threshold(kind, spec), *_wrong_days(spec)]
    if not spec.resolution_rule and not spec.indicator:
        message = "Needed: how the answer is found out, and from whom. Write the resolution rule."
        found.append(FieldProblem("resolution_rule", "", message, "no-rule"))
    return found


def _wrong_subject(kind: Kind, spec: Spec) -> list[FieldProblem]:
    if spec.is_measured or (kind != Kind.NUMBER and spec.event):
        return []
    if kind == Kind.NUMBER:
        message = "Needed: what is measured. Choose an indicator, or name the measure and its unit."
        return [FieldProblem("metric", "", message, "no-metric")]
    message = "Needed: what happens. Choose an indicator with a threshold, or describe the event."
    return [FieldProblem("event", "", message, "no-metric")]


def _wrong_threshold(kind: Kind, spec: Spec) -> list[FieldProblem]:
    if kind == Kind.NUMBER:
        return _without_threshold(spec)
    if not spec.is_measured:
        return []
    found = []
    if spec.comparator is None:
        message = "Needed: on which side of the threshold it is true, such as “at least”."
        found.append(FieldProblem("comparator", "", message, "no-threshold"))
    if spec.threshold is None:
        message = "Needed: the number that it must reach."
        found.append(FieldProblem("threshold", "", message, "no-threshold"))
    if spec.is_change and not spec.baseline_period:
        message = "A change needs the period that it is counted from, such as 2022."
        found.append(FieldProblem("baseline_period", "", message, "no-baseline"))
    return found


def _without_threshold(spec: Spec) -> list[FieldProblem]:
    if spec.threshold is None and spec.comparator is None:
        return []
    message = "A number is asked for, so there is no threshold. Take it out, or ask yes or no."
    return [FieldProblem("threshold", spec.threshold_text, message, "contradiction")]


def _wrong_days(spec: Spec) -> list[FieldProblem]:
    found = []
    if spec.reads_on < spec.deadline:
        message = "The answer is read on or after the deadline. Give a later day."
        day = spec.reads_on.isoformat()
        found.append(FieldProblem("reads_on", day, message, "contradiction"))
    if spec.window == Window.AVERAGE_OVER and not spec.window_from:
        message = "An average needs the first period that it runs over, such as 2030."
        found.append(FieldProblem("window_from", "", message, "missing"))
    if spec.window_from and spec.window_from > spec.deadline.isoformat():
        message = "The average begins after the deadline. Give an earlier period."
        found.append(FieldProblem("window_from", spec.window_from, message, "contradiction"))
    return found
