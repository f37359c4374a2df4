"""Whatever is sent to the card editor is answered with sentences, and nothing is half saved."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from assessments.models import Buffer, Card, Publication, Revision
from tests.assessments.typed_cards import (
    LISTS,
    edit_path,
    first_saved,
    signed_in,
    technology,
    typed,
)

pytestmark = pytest.mark.django_db

NEW = "/cards/new/?technology=edge-ai"
HOSTILE = [
    "a\x00b",
    "a\u202eb",
    "a\x1bb",
    "\ufdd0",
    "x" * 60_000,
    "9" * 5_000,
    "1e999",
    "NaN",
    "-inf",
    "٢٠٣٠",
    "<script>alert(1)</script>",
    "{% now %}",
    "[]",
]
NUMBERS = ("timing-year_from", "timing-year_to", "p_never", "scenarios-0-probability")
CHOICES = (
    *("viability-level", "impact-level", "impact-certainty", "timing-certainty"),
    *("rating_value", "detail", "as_of", "parent", "scenarios-0-impact_level"),
    *("predictions-0-deadline", "sources-0-accessed_on", "open_questions-0-answered_on"),
)
TEXTS = (
    *("summary", "text", "series", "rating_note", "novelty-rationale"),
    *("companies-0-name", "tripwires-0-sentence", "sources-0-url", "predictions-0-metric"),
)
REFUSED_AS_TEXT = HOSTILE[:4]


def refused(sent: dict[str, Any]) -> str:
    technology()
    answer = signed_in().post(NEW, sent)
    assert answer.status_code == 422
    assert not Card.objects.exists()
    return str(answer.content.decode())


def filled(field: str, value: str) -> dict[str, Any]:
    return typed() | {
        "scenarios-0-name": "high",
        "sources-0-title": "A report",
        "predictions-0-statement": "It holds.",
        "open_questions-0-question": "Who?",
        "open_questions-0-answer": "They.",
        field: value,
    }


def spread(fields: Sequence[str], values: Sequence[str]) -> list[tuple[str, str]]:
    """Every field with three of the values, every value somewhere; all pairs would take minutes."""
    return [
        (field, values[(3 * place + step) % len(values)])
        for place, field in enumerate(fields)
        for step in range(min(3, len(values)))
    ]


@pytest.mark.parametrize(("field", "value"), spread([*NUMBERS, *CHOICES], HOSTILE))
def test_a_field_that_is_no_text_refuses_all_of_them(field: str, value: str) -> None:
    page = refused(filled(field, value))
    assert "Nothing was saved." in page
    assert re.search(r'<a href="#(id_|card-form)', page)


@pytest.mark.parametrize(("field", "value"), spread(TEXTS, REFUSED_AS_TEXT))
def test_a_text_refuses_what_cannot_be_seen(field: str, value: str) -> None:
    page = refused(filled(field, value))
    assert f'href="#id_{field}"' in page


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_beyond_its_length_is_refused(field: str) -> None:
    assert f'href="#id_{field}"' in refused(filled(field, "x" * 60_000))


def test_markup_is_shown_as_it_was_typed() -> None:
    revision = first_saved(summary="<script>alert(1)</script>", impact__rationale="<b>bold</b>")
    for path in (f"/cards/{revision.card_id}/revisions/1/", f"/review/{revision.pk}/"):
        page = signed_in().get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_wrong_field_is_told_at_once() -> None:
    page = refused(
        typed(
            viability__level="7",
            impact__certainty="sure",
            timing__year_from="soon",
            p_never="2",
            as_of="yesterday",
            scenarios__1__probability="0,5",
        )
    )
    for anchor in (
        *("viability-level", "impact-certainty", "timing-year_from", "p_never", "as_of"),
        *("scenarios-1-name", "scenarios-1-probability"),
    ):
        assert f'href="#id_{anchor}"' in page


def test_what_was_typed_is_still_there() -> None:
    page = refused(typed(p_never="2", text="A long text.", companies__1__name="Nowhere Chips"))
    assert "A long text." in page
    assert 'value="Nowhere Chips"' in page
    assert 'value="2"' in page


@pytest.mark.parametrize("value", ["", "-1", "x", "1000000000", "9" * 5_000, "\x00"])
def test_a_row_count_that_lies_breaks_nothing(value: str) -> None:
    technology()
    lies = {f"{name}-{which}_FORMS": value for name in LISTS for which in ("TOTAL", "INITIAL")}
    answer = signed_in().post(NEW, typed() | lies)
    assert answer.status_code in {302, 422}


def test_more_rows_than_are_kept_are_refused() -> None:
    rows = {f"tripwires-{number}-sentence": f"Wire {number}." for number in range(55)}
    page = refused(typed() | rows | {"tripwires-TOTAL_FORMS": "55"})
    assert "at most 50" in page


def test_scenarios_that_do_not_add_up_are_told_beside_the_first() -> None:
    page = refused(
        typed(scenarios__0__name="high", scenarios__0__probability="0.9")
        | {"scenarios-1-name": "low", "scenarios-1-probability": "0.9"}
    )
    assert 'href="#id_scenarios-0-probability"' in page
    assert "add up to 1.8" in page


def test_a_span_above_the_highest_level_is_told() -> None:
    page = refused(typed(viability__level="5", viability__is_span="on"))
    assert 'href="#id_viability-is_span"' in page


def test_a_window_and_a_reason_for_none_exclude_each_other() -> None:
    page = refused(typed(timing__is_unscored="on", timing__unscored_reason="not applicable"))
    assert 'href="#id_timing-unscored_reason"' in page


def test_an_empty_body_is_told_what_it_lacks() -> None:
    page = refused({})
    assert "Give the date that the card speaks of" in page


@pytest.mark.parametrize("then", ["", "x", "\x00", "discard", "continue"])
def test_an_unknown_wish_saves_a_draft(then: str) -> None:
    assert first_saved(then=then).events.count() == 0


def test_what_is_kept_while_typing_is_kept_whatever_it_is() -> None:
    revision, client = first_saved(), signed_in()
    for value in HOSTILE:
        sent = filled("summary", value) | {"parent": value, value[:50]: value}
        assert client.post(f"/cards/{revision.card_id}/buffer/", sent).status_code == 200
        assert client.get(edit_path(revision)).status_code == 200
    assert Buffer.objects.count() == 1


@pytest.mark.parametrize("step", ["submit", "approve", "return", "publish", "withdraw"])
def test_a_step_of_the_review_survives_them_too(step: str) -> None:
    revision, root = first_saved(), signed_in("root", "admin")
    for value in HOSTILE:
        sent = dict.fromkeys(["shown_hash", "note", "reason", "override_reason"], value)
        answer = root.post(f"/cards/{revision.card_id}/{step}/", sent)
        assert answer.status_code == 302
    assert not Publication.objects.exists()


@pytest.mark.parametrize("query", ["%00", "%ff", "a" * 3000, "%E2%80%AE", "../../etc", "new"])
def test_a_technology_that_cannot_be_is_not_found(query: str) -> None:
    answer = signed_in().get(f"/cards/new/?technology={query}")
    assert answer.status_code in {400, 404}


def test_bytes_that_are_no_text_are_read_as_far_as_they_go() -> None:
    technology()
    client: Client = signed_in()
    body = b"summary=%ed%a0%80%ff&role=%ff&then=draft"
    answer = client.generic("POST", NEW, body, "application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert not Revision.objects.exists()


@pytest.mark.parametrize("number", [0, 999, 2**31, 2**63, 10**30])
def test_a_number_that_belongs_to_nothing_is_not_found(number: int) -> None:
    revision, root = first_saved(), signed_in("root", "admin")
    cards = [f"/cards/{number}/{page}/" for page in ("edit", "revisions", "revisions/1")]
    own = f"/cards/{revision.card_id}/revisions/{number}/"
    for path in (*cards, own, f"/review/{number}/"):
        assert root.get(path).status_code == 404
    for step in ("submit", "approve", "return", "publish", "withdraw", "notes", "buffer"):
        assert root.post(f"/cards/{number}/{step}/").status_code == 404
