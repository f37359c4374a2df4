"""What is typed becomes a card in the contract's shape, and problems find their fields."""

from typing import Any

import pytest
from django.http import QueryDict

from assessments.forms.card import CardEditor, editor_from, editor_of
from assessments.forms.reading import Frame, read_card, refuse_card, troubles
from assessments.values.card import CardDocument, to_json
from record.errors import DomainError
from tests.assessments.factories import card_json
from tests.assessments.typed_cards import typed

DRAFT = Frame(slug="edge-ai", name="Edge AI", role="lead", author="anna")
FINAL = Frame(slug="edge-ai", name="Edge AI", role="lead", author="anna", is_final=True)


def typed_in(**changes: Any) -> CardEditor:
    data = QueryDict(mutable=True)
    data.update(typed(**changes))
    return editor_from(data)


def read(**changes: Any) -> CardDocument:
    editor = typed_in(**changes)
    document = read_card(editor, DRAFT)
    assert document is not None, troubles(editor)
    return document


def anchors(frame: Frame = DRAFT, **changes: Any) -> list[str]:
    editor = typed_in(**changes)
    assert read_card(editor, frame) is None
    return [trouble.anchor.removeprefix("id_") for trouble in troubles(editor)]


def test_a_card_comes_back_as_it_was_shown() -> None:
    scenario = {"name": "high", "text": "So.", "impact_level": "4/5", "probability": 1.0}
    shown = card_json(
        scenarios=[scenario],
        tripwires=["A fab opens."],
        sources=[{"title": "A report", "url": None, "accessed_on": "2026-01-02"}],
        rating={"value": "overrated", "perspective": "utility", "note": "Too dear."},
    )
    editor, data = editor_of(shown), QueryDict(mutable=True)
    for _, form in editor.forms():
        for field in form:
            value = field.value()
            if value not in {None, "", False}:
                data[field.html_name] = "on" if value is True else str(value)
    for name, rows in editor.rows.items():
        data[f"{name}-TOTAL_FORMS"] = data[f"{name}-INITIAL_FORMS"] = str(len(rows.forms))
    data["as_of"] = shown["as_of"]
    document = read_card(editor_from(data), DRAFT)
    assert document is not None
    again = to_json(document)
    for key in ("scores", "scenarios", "tripwires", "sources", "rating", "summary", "series"):
        assert again[key] == shown[key]


def test_a_span_reaches_the_next_level() -> None:
    assert read(impact__level="5", impact__is_span="on").scores["impact"].printed == "5/5+"
    assert read(novelty__level="3", novelty__is_span="on").scores["novelty"].printed == "3/4"


def test_what_cannot_be_scored_keeps_its_reason_and_drops_the_certainty() -> None:
    score = read(drivers__level="unscored", drivers__unscored_reason="not applicable").scores[
        "drivers"
    ]
    assert (score.level, score.certainty) == (None, None)
    assert score.unscored_reason == "not applicable"


def test_a_mark_of_unscored_asks_for_its_reason_even_in_a_draft() -> None:
    assert anchors(drivers__level="unscored") == ["drivers-level"]
    assert anchors(timing__year_from="", timing__year_to="", timing__is_unscored="on") == [
        "timing-year_from"
    ]


def test_only_a_draft_may_leave_a_dimension_open() -> None:
    assert read(drivers__level="").scores["drivers"].unscored_reason == "not yet assessed"
    assert anchors(FINAL, drivers__level="") == ["drivers-level"]


def test_an_empty_row_is_no_item() -> None:
    document = read(tripwires__0__sentence="  ", tripwires__1__sentence="A fab opens.")
    assert document.tripwires == ("A fab opens.",)


def test_a_problem_is_told_at_the_row_it_was_typed_in() -> None:
    assert anchors(tripwires__1__sentence="a\x00b") == ["tripwires-1-sentence"]
    assert anchors(sources__1__title="A report", sources__1__url="ftp://x") == ["sources-1-url"]
    assert anchors(sources__0__url="https://example.org/") == ["sources-0-title"]


def test_a_year_that_cannot_be_read_is_told_once() -> None:
    assert anchors(timing__year_from="soon") == ["timing-year_from"]
    assert anchors(timing__year_from="2030", timing__year_to="2026") == ["timing-year_to"]


@pytest.mark.parametrize("text", ["0.5", " 0.5 ", "5e-1"])
def test_a_probability_is_read_by_the_one_grammar(text: str) -> None:
    assert read(p_never=text).p_never == 0.5


@pytest.mark.parametrize("text", ["0,5", "50 %", "½", "1.5", "-0.1", "nan", "1_0"])
def test_what_is_no_probability_is_refused(text: str) -> None:
    assert anchors(p_never=text) == ["p_never"]


def test_a_rating_without_its_word_is_refused_where_it_is_chosen() -> None:
    assert anchors(rating_note="Because.") == ["rating_value"]
    assert read(rating_perspective="utility").rating is None


def test_a_sketch_needs_its_sentence_alone() -> None:
    bare = {f"{name}__rationale": "" for name in ("viability", "impact", "timing")}
    assert read(detail="sketch", **bare).detail == "sketch"
    assert anchors(detail="sketch", summary="") == ["summary"]


def test_troubles_stand_in_the_order_of_the_page() -> None:
    found = anchors(
        summary="a\x00b", impact__level="7", viability__level="7", scenarios__0__probability="x"
    )
    assert found == [
        *("viability-level", "impact-level", "scenarios-0-name", "scenarios-0-probability"),
        "summary",
    ]


def test_a_refusal_stands_at_its_field_or_above_the_form() -> None:
    for field, anchor in (("as_of", "id_as_of"), ("nowhere", "card-form")):
        editor = typed_in()
        refuse_card(editor, DomainError("No.", field=field))
        assert [(one.anchor, one.message) for one in troubles(editor)] == [(anchor, "No.")]
