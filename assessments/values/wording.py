"""The sentence of a prediction, written from its parts."""

from datetime import date

from assessments.values.measures import Measure
from assessments.values.prediction import Comparator, Kind, Spec, VintageRule, Window

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_BEYOND = {
    Comparator.AT_LEAST: "at least",
    Comparator.ABOVE: "more than",
    Comparator.AT_MOST: "at most",
    Comparator.BELOW: "less than",
}
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.BELOW: Comparator.ABOVE,
}


def statement(kind: Kind, spec: Spec, measure: Measure) -> str:
    """One sentence, or one question, that says all that decides it."""
    if not spec.is_measured:
        return _of_event(kind, spec)
    subject = _subject(spec, measure)
    if kind == Kind.NUMBER:
        unit = f", in {measure.unit}" if measure.unit else ""
        return f"What is {_inner(subject)} {_when(spec)}{unit}?"
    claim = f"{subject} {_verb(spec)} {_bound(spec, measure)}"
    if kind == Kind.DATE:
        return f"On which day is it first true, if by {day_in_words(spec.deadline)}: {claim}?"
    return f"{claim} {_when(spec)}."


def _of_event(kind: Kind, spec: Spec) -> str:
    event = spec.event.rstrip(". ")
    if kind == Kind.DATE:
        return f"On which day does it happen, if by {day_in_words(spec.deadline)}: {event}?"
    last = day_in_words(spec.deadline)
    return f"{event}{_place(spec.geography)}, by the end of {last}."


def _subject(spec: Spec, measure: Measure) -> str:
    share = f", share of {spec.population}," if spec.population else ""
    return f"{measure.name}{share}{_place(measure.geography)}"


def _place(geography: str) -> str:
    return f" ({geography})" if geography else ""


def _inner(subject: str) -> str:
    """The subject inside a sentence; a name such as “GDP” or “OECD” keeps its capitals."""
    second = subject[1:2]
    return subject if second.isupper() or not second.isalpha() else subject[0].lower() + subject[1:]


def _verb(spec: Spec) -> str:
    return "averages" if spec.window == Window.AVERAGE_OVER else "is"


def _bound(spec: Spec, measure: Measure) -> str:
    comparator = spec.comparator or Comparator.AT_LEAST
    value = spec.threshold or 0.0
    if not spec.is_change:
        unit = f" {measure.unit}" if measure.unit else ""
        return f"{_BEYOND[comparator]} {spec.threshold_text}{_spelled(unit)}"
    base = f"its value of {spec.baseline_period}"
    if value == 0:
        return f"{_BEYOND[comparator]} {base}"
    # "At most −50 %" and "at least 50 % below" are the same; people read the second right.
    if value < 0:
        side, word = _MIRRORED[comparator], "below"
    else:
        side, word = comparator, "above"
    return f"{_BEYOND[side]} {spec.threshold_text.lstrip('-')} % {word} {base}"


def _spelled(unit: str) -> str:
    """A unit that explains itself with commas or an equals sign stands in brackets."""
    bare = unit.strip()
    return f" ({bare})" if "=" in bare or "," in bare else unit


def _when(spec: Spec) -> str:
    last = day_in_words(spec.deadline)
    if spec.window == Window.ANY_TIME_BY:
        return f"at some time up to {last}"
    if spec.window == Window.AVERAGE_OVER:
        return f"over the time from {spec.window_from} to {last}"
    return f"on {last}"


def day_in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def resolution_rule(spec: Spec, measure: Measure) -> str:
    """How the answer is found out where an indicator decides and nobody wrote another rule."""
    by = f" by {measure.publisher}" if measure.publisher else ""
    vintage = (
        f"as first published{by}"
        if spec.vintage_rule == VintageRule.FIRST
        else f"as last published{by} by that day"
    )
    return (
        f"On {day_in_words(spec.reads_on)} the figures of {_inner(measure.name)} are read,"
        f" {vintage}. If the series stops before, the prediction is {spec.if_it_stops}."
    )
