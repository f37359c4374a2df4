"""What counts as yes, how the wording came about, and what came out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assessments.values.prediction import Spec, VintageRule, Window
from publishing.pages.prediction.facts import NUMBER, PredictionFacts
from publishing.pages.prediction.words import SIGNS, with_unit
from publishing.pages.published import day_words
from scoring.resolution_states import Event

VINTAGES = {
    VintageRule.FIRST: "as first published",
    VintageRule.LATEST: "as last published by that day",
}
STEPS = {
    "proposed": "proposed",
    "confirmed": "confirmed",
    "refused": "refused",
    "undone": "undone: open again",
}
HEADINGS = {"number": "What is read", "date": "What counts as the day"}


@dataclass(frozen=True)
class Fact:
    """One line of what decides; `url` leads to what it names."""

    name: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Wording:
    """`original` is the sentence that the prediction was made from, `asked` what the linter found
    in it; `overruled` are warnings that the author set aside, with the reasons."""

    original: str
    asked: tuple[str, ...]
    overruled: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StepRow:
    """A step of the way from open to resolved."""

    on: date
    words: str
    who: str
    note: str
    evidence: str
    is_address: bool


def facts_that_decide(facts: PredictionFacts, indicator_url: str = "") -> tuple[Fact, ...]:
    return tuple(fact for fact in _facts(facts, indicator_url) if fact.words)


def _facts(facts: PredictionFacts, indicator_url: str) -> Iterator[Fact]:
    spec = facts.record.spec
    if facts.series is not None:
        place = spec.geography or facts.series.geography
        words = ", ".join(filter(None, (facts.series.name, place, facts.series.unit)))
        yield Fact("Series", words, indicator_url)
    else:
        yield Fact("Measure", ", ".join(filter(None, (spec.metric, spec.geography, spec.unit))))
    yield Fact("Event", spec.event)
    yield Fact("Of", spec.population)
    yield Fact("Test", test_words(spec, facts))
    publisher = spec.publisher or (facts.series.publisher if facts.series else "")
    yield Fact("Published by", publisher)
    vintage = f", {VINTAGES[spec.vintage_rule]}" if spec.is_measured else ""
    yield Fact("Deadline", f"the end of {day_words(spec.deadline)}")
    yield Fact("Read on", f"{day_words(spec.reads_on)}{vintage}")
    yield Fact("Rule", spec.resolution_rule)
    yield Fact("Words mean", spec.definitions)
    yield Fact("Because of", f"{spec.cause}; a panel judges the cause" if spec.cause else "")
    unchanged = f"{spec.status_quo}, said its author" if spec.status_quo else ""
    yield Fact("If nothing changes", unchanged)
    yield Fact("If it stops", spec.if_it_stops if spec.is_measured else "")


def test_words(spec: Spec, facts: PredictionFacts) -> str:
    """The comparison itself: 2030 value ÷ 2022 value ≥ 1.12."""
    if facts.record.kind == NUMBER:
        return f"the {_value_words(spec)}, in {facts.unit}" if facts.unit else _value_words(spec)
    if spec.comparator is None or spec.threshold is None:
        return ""
    sign = SIGNS[spec.comparator.value]
    if spec.is_change:
        factor = f"{1 + spec.threshold / 100:.6g}"
        return f"{_value_words(spec)} ÷ {spec.baseline_period} value {sign} {factor}"
    return f"{_value_words(spec)} {sign} {with_unit(spec.threshold, facts.unit)}"


def _value_words(spec: Spec) -> str:
    year = spec.deadline.year
    if spec.window == Window.ANY_TIME_BY:
        start = f" from {spec.window_from}" if spec.window_from else ""
        return f"any value{start} up to {day_words(spec.deadline)}"
    if spec.window == Window.AVERAGE_OVER:
        return f"mean of the values from {spec.window_from} to {day_words(spec.deadline)}"
    return f"{year} value"


def heading_of(kind: str) -> str:
    return HEADINGS.get(kind, "What counts as yes")


def wording_of(facts: PredictionFacts) -> Wording | None:
    """None where the statement was made in parts from the start and no warning was set aside."""
    record = facts.record
    original = record.original_wording if record.original_wording != record.statement else ""
    overruled = tuple(
        (facts.questions.get(row["rule"], row["rule"]), row["reason"]) for row in record.overruled
    )
    if not original and not overruled:
        return None
    asked = tuple(facts.asked) if original else ()
    return Wording(original=original, asked=asked, overruled=overruled)


def step_rows(facts: PredictionFacts) -> tuple[StepRow, ...]:
    return tuple(_step(event, facts) for event in facts.state.events)


def _step(event: Event, facts: PredictionFacts) -> StepRow:
    what = STEPS.get(event.kind, event.kind)
    said = [] if event.kind == "undone" else [event.outcome]
    if event.value is not None and event.kind == "proposed":
        said.append(with_unit(event.value, facts.unit))
    if event.happened_on is not None and event.kind == "proposed":
        said.append(f"on {day_words(event.happened_on)}")
    outcome = ", ".join(filter(None, said))
    return StepRow(
        on=event.at.date(),
        words=f"{what}: {outcome}" if outcome else what,
        who=event.by or "the machine, when the deciding figure came",
        note=event.note,
        evidence=event.evidence,
        is_address=event.evidence.startswith(("https://", "http://"))
        and not any(letter.isspace() for letter in event.evidence),
    )
