"""What the card itself tells a reviewer to look at."""

from datetime import date
from typing import Any

import pytest

from assessments.values.checklist import Checklist, Known, Weight, checklist
from tests.assessments.factories import card_json, score

TODAY = date(2026, 6, 1)
LOW = {"name": "low", "text": "It stays a niche.", "impact_level": "2", "probability": None}
HIGH = {"name": "high", "text": "It pays for itself.", "impact_level": "5+", "probability": None}
BUT_TWO = ("viability", "drivers", "novelty")
QUESTION = {"question": "Who buys it?", "answer": None, "answered_on": None}


def found(
    published: dict[str, Any] | None = None, today: date = TODAY, **changes: Any
) -> Checklist:
    return checklist(card_json(**changes), Known(today=today, published=published))


def said(result: Checklist, part: str) -> str:
    return " ".join(item.sentence for item in result.of(part))


def prediction(statement: str, deadline: str | None = "2030-12-31") -> dict[str, Any]:
    row = dict.fromkeys(("metric", "direction", "threshold", "population", "baseline", "kind"))
    row |= dict.fromkeys(("resolution_rule", "resolvability", "wording_problem", "later_status"))
    return row | {"statement": statement, "deadline": deadline}


CHECKABLE = (
    "According to the register of the European Medicines Agency, at least 3 edge devices are"
    " approved in the European Union by 31 December 2030."
)


def whole() -> dict[str, Any]:
    """A card with nothing left to look at."""
    wanted = ("viability", "drivers", "novelty", "diffusion", "impact", "timing")
    return card_json(
        scenarios=[LOW],
        p_never=0.1,
        companies=[{"name": "A firm", "note": "", "disclosure": "We hold nothing of it."}],
        predictions=[prediction(CHECKABLE)],
        citations=[{"dimension": dimension} for dimension in wanted],
    )


def test_a_card_with_nothing_left_says_what_is_in_order() -> None:
    result = checklist(whole(), Known(today=TODAY))
    assert [item.sentence for item in result.open] == []
    sentences = [item.sentence for item in result.met]
    assert "Every dimension has an answer." in sentences
    assert "Every scored dimension has a citation." in sentences
    assert "Its prediction for 2030 can be checked." in sentences


def test_every_item_is_met_or_open_and_gaps_come_first() -> None:
    result = found()
    assert set(result.items) == {*result.open, *result.met}
    weights = [item.weight for item in result.open]
    assert weights == sorted(weights, key=lambda weight: weight is Weight.DOUBT)
    assert Weight.GAP in weights
    assert Weight.DOUBT in weights


@pytest.mark.parametrize(
    ("part", "words", "changes"),
    [
        ("novelty", "Nobody has assessed it", {"novelty": score(None)}),
        ("impact", "without a certainty", {"impact": score(certainty=None)}),
        ("drivers", "shorter than a sentence", {"drivers": score(rationale="Demand.")}),
        ("sources", "Nothing is cited for viability, drivers, novelty", {}),
        (
            "diffusion",
            "Nothing is cited for it; the card names no source",
            {"citations": [{"dimension": one} for one in (*BUT_TWO, "timing")]},
        ),
        ("scenarios", "Impact 5+ without a high scenario", {"impact": score("5+")}),
        ("scenarios", "Impact 5+ without", {"impact": score("5", level_to="5+")}),
        ("scenarios", "No low scenario", {"scenarios": [HIGH]}),
        ("timing", "never opens", {}),
        ("predictions", "No prediction for 2030", {}),
        ("predictions", "No prediction for 2030", {"predictions": [prediction("It sells.", None)]}),
        ("predictions", "Of the prediction:", {"predictions": [prediction("It is widely used.")]}),
        (
            "companies",
            "what we hold of A firm",
            {"companies": [{"name": "A firm", "note": "", "disclosure": None}]},
        ),
    ],
)
def test_a_gap_is_found_in_its_part(part: str, words: str, changes: dict[str, Any]) -> None:
    assert words in said(found(**changes), part)


def test_a_source_of_the_card_makes_an_uncited_dimension_a_doubt() -> None:
    result = found(sources=[{"title": "A report", "url": None, "accessed_on": None}])
    assert {item.weight for item in result.of("sources")} == {Weight.DOUBT}
    assert "the one source of the card may say why" in said(result, "sources")


def test_a_window_that_passed_and_an_old_day_are_named() -> None:
    later = found(today=date(2031, 2, 1))
    assert "ended with 2029" in said(later, "timing")
    assert "57 months ago" in said(later, "as_of")
    assert said(found(), "as_of") == ""


def test_a_changed_level_needs_another_reason_than_the_published_one() -> None:
    before = card_json()
    assert "word for word" in said(found(before, viability=score("4")), "viability")
    changed = found(before, viability=score("4", rationale="A third vendor ships it now."))
    assert said(changed, "viability").find("word for word") < 0
    assert "word for word" not in said(found(before, viability=score("3")), "viability")


def test_questions_of_the_card_before_wait_for_their_answer() -> None:
    before = card_json(open_questions=[QUESTION])
    assert "Who buys it?" in said(found(before, open_questions=[QUESTION]), "open_questions")
    answered = QUESTION | {"answer": "Hospitals."}
    assert said(found(before, open_questions=[answered]), "open_questions") == ""
    assert said(found(open_questions=[QUESTION]), "open_questions") == ""


def test_a_sketch_is_asked_for_no_texts() -> None:
    result = found(detail="sketch", drivers=score(rationale=""))
    assert {item.part for item in result.items} <= {"viability", "impact", "timing", "as_of"}
