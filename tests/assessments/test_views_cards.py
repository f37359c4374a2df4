"""The card editor over HTTP: what is typed becomes one revision, or stays on the page."""

import json
from typing import Any

import pytest
from django.test import Client

from assessments.models import Buffer, Card, Revision
from assessments.selectors import state_of
from assessments.states import State
from tests.assessments.factories import person, published, saved
from tests.assessments.typed_cards import (
    edit_path,
    first_saved,
    resent,
    signed_in,
    technology,
    typed,
)

pytestmark = pytest.mark.django_db


def scores_of(revision: Revision) -> dict[str, Any]:
    scores: dict[str, Any] = json.loads(revision.content)["scores"]
    return scores


def test_the_first_card_is_the_lead_card() -> None:
    revision = first_saved()
    assert (revision.number, revision.card.role) == (1, Card.Role.LEAD)
    assert (revision.author.username, revision.origin) == ("anna", "hand")
    assert scores_of(revision)["impact"]["level"] == "3"
    assert scores_of(revision)["timing"]["to"] == 2029
    assert state_of(revision) is State.DRAFT


def test_a_colleague_gives_a_second_opinion() -> None:
    first_saved()
    client = signed_in("otto")
    page = client.get("/cards/new/?technology=edge-ai").content.decode()
    assert "anna wrote the lead card; this is your second opinion." in page
    client.post("/cards/new/?technology=edge-ai", typed(role="second opinion"))
    assert Card.objects.get(owner=person("otto")).role == Card.Role.SECOND


def test_whoever_has_a_card_goes_on_with_it() -> None:
    revision = first_saved()
    answer = signed_in().get("/cards/new/?technology=edge-ai")
    assert answer.headers["Location"] == edit_path(revision)


def test_a_second_opinion_is_changed_by_nobody_else() -> None:
    first_saved()
    revision = saved("edge-ai", "otto", role="second opinion")
    client = signed_in("anna")
    assert client.get(edit_path(revision)).status_code == 403
    assert client.post(edit_path(revision), typed()).status_code == 403
    assert client.post(f"/cards/{revision.card_id}/buffer/", typed()).status_code == 403


def test_save_and_send_puts_the_card_into_review() -> None:
    assert state_of(first_saved(then="review")) is State.IN_REVIEW


def test_what_is_left_open_is_not_yet_assessed_in_a_draft() -> None:
    revision = first_saved(drivers__level=None, timing__year_from="", timing__year_to="")
    assert scores_of(revision)["drivers"]["unscored_reason"] == "not yet assessed"
    assert scores_of(revision)["drivers"]["rationale"] == "Two vendors ship it."
    assert scores_of(revision)["timing"]["unscored_reason"] == "not yet assessed"


def test_what_is_left_open_is_asked_for_before_review() -> None:
    technology()
    sent = typed(then="review", drivers__level=None, timing__year_from="", timing__year_to="")
    answer = signed_in().post("/cards/new/?technology=edge-ai", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give drivers a level, or say why it is unscored" in page
    assert "Give timing a first year" in page
    assert not Card.objects.exists()


def test_every_part_of_the_card_is_saved_and_shown_again() -> None:
    revision = first_saved(
        impact__level="5",
        impact__is_span="on",
        drivers__level="unscored",
        drivers__unscored_reason="looked and found nothing",
        drivers__certainty="high",
        scenarios__0__name="high",
        scenarios__0__probability="0.25",
        scenarios__0__impact_level="4/5",
        scenarios__1__name="low",
        scenarios__1__probability="0.75",
        companies__1__name="Nowhere Chips",
        companies__1__disclosure="We hold shares in it.",
        tripwires__0__sentence="A fab opens.",
        open_questions__0__question="Who pays?",
        predictions__0__statement="By 2030 one in ten phones runs it.",
        predictions__0__deadline="2030-12-31",
        predictions__0__kind="share",
        sources__0__title="A report",
        sources__0__url="https://example.org/report",
        rating_value="underrated",
        rating_perspective="",
        p_never="0.1",
        text="# More\nThan *this*.",
    )
    content = json.loads(revision.content)
    assert (content["scores"]["impact"]["level_to"], content["p_never"]) == ("5+", 0.1)
    assert content["scores"]["drivers"]["certainty"] is None
    assert content["scenarios"][0]["impact_level"] == "4/5"
    assert content["companies"][0]["disclosure"] == "We hold shares in it."
    assert content["tripwires"] == ["A fab opens."]
    assert content["rating"]["perspective"] == "ten-year venture fund"
    page = signed_in().get(edit_path(revision)).content.decode()
    for words in ("We hold shares in it.", "A fab opens.", "Who pays?", "https://example.org"):
        assert words in page
    assert 'value="2030-12-31"' in page
    assert "your level up to 5+ on 4 May 2026" in page


def test_saving_an_untouched_page_changes_nothing() -> None:
    revision = first_saved(text="One.\n\nTwo <b>three</b>.", tripwires__0__sentence="A fab opens.")
    client = signed_in()
    sent = resent(client.get(edit_path(revision)).content.decode())
    sent |= {"as_of": "2026-05-04", "then": "draft"}
    answer = client.post(edit_path(revision), sent, follow=True)
    assert "Nothing changed: no revision was made." in answer.content.decode()
    assert Revision.objects.count() == 1


def test_a_changed_score_needs_a_reason() -> None:
    revision = first_saved()
    sent = typed(parent=revision.content_hash, impact__level="4")
    answer = signed_in().post(edit_path(revision), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Needed: one sentence on what you have learnt. You changed impact." in page
    assert 'aria-invalid="true"' in page
    assert 'href="#id_reason"' in page
    answer = signed_in().post(edit_path(revision), sent | {"reason": "A third vendor."})
    assert answer.status_code == 302
    assert Revision.objects.get(number=2).reason == "A third vendor."


def test_a_score_without_a_reason_is_refused() -> None:
    technology()
    sent = typed(novelty__rationale=" ")
    answer = signed_in().post("/cards/new/?technology=edge-ai", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say in a sentence why novelty is &quot;3&quot;." in page
    assert 'href="#id_novelty-rationale"' in page
    assert "Models that run where the data arise." in page
    assert not Revision.objects.exists()


def test_a_date_in_the_future_is_refused_at_its_field() -> None:
    technology()
    answer = signed_in().post("/cards/new/?technology=edge-ai", typed(as_of="2199-01-01"))
    assert answer.status_code == 422
    assert 'href="#id_as_of"' in answer.content.decode()
    assert not Card.objects.exists()


def test_the_note_of_a_return_stands_above_the_form() -> None:
    revision = first_saved(then="review")
    signed_in("ben", "editor").post(
        f"/cards/{revision.card_id}/return/", {"note": "Which two vendors?"}
    )
    page = signed_in().get(edit_path(revision)).content.decode()
    assert "Which two vendors?" in page


def test_others_scores_are_hidden_until_one_has_scored() -> None:
    first_saved(impact__level="4", impact__certainty="high")
    client = signed_in("otto")
    page = client.get("/cards/new/?technology=edge-ai").content.decode()
    assert "Hidden until you save yours" in page
    assert "anna, lead" not in page
    client.post("/cards/new/?technology=edge-ai", typed(role="second opinion"))
    card = Card.objects.get(owner=person("otto"))
    assert "anna, lead" in client.get(f"/cards/{card.pk}/edit/").content.decode()


@pytest.mark.parametrize("path", ["/cards/new/", "/cards/new/?technology=edge-ai", "{edit}"])
def test_readers_do_not_come_here(path: str) -> None:
    revision = published().revision
    where = path.format(edit=edit_path(revision))
    assert signed_in("rita", "reader").get(where).status_code == 403
    assert Client().get(where).headers["Location"].startswith("/accounts/sign-in/?next=")


def test_an_unknown_technology_is_not_found() -> None:
    assert signed_in().get("/cards/new/?technology=nowhere").status_code == 404
    assert signed_in().post("/cards/new/?technology=nowhere", typed()).status_code == 404
    assert signed_in().get("/cards/999/edit/").status_code == 404


def test_the_choice_shows_what_nobody_has_scored_first() -> None:
    first_saved()
    technology("quantum-toasters")
    page = signed_in().get("/cards/new/").content.decode()
    assert page.index("Quantum toasters") < page.index("Edge ai")


def test_what_is_typed_is_kept_and_comes_back() -> None:
    revision = first_saved()
    client = signed_in()
    sent = typed(parent=revision.content_hash, summary="Half a sent\x00ence")
    answer = client.post(f"/cards/{revision.card_id}/buffer/", sent)
    assert set(answer.json()) == {"kept_at"}
    page = client.get(edit_path(revision)).content.decode()
    assert "Half a sentence" in page
    assert "is back.</b>" in page
    assert Revision.objects.count() == 1


def test_what_is_typed_before_the_first_save_is_kept_too() -> None:
    technology()
    client = signed_in()
    client.post("/cards/new/buffer/?technology=edge-ai", typed(summary="Half a sentence"))
    answer = client.get("/cards/new/?technology=edge-ai", follow=True)
    assert "Half a sentence" in answer.content.decode()
    assert not Revision.objects.exists()
    client.post("/cards/new/?technology=edge-ai", typed())
    assert not Buffer.objects.exists()


def test_what_was_kept_can_be_thrown_away() -> None:
    revision = first_saved()
    client = signed_in()
    buffer = f"/cards/{revision.card_id}/buffer/"
    client.post(buffer, typed(parent=revision.content_hash, summary="Half a sentence"))
    answer = client.post(buffer, {"then": "discard"}, follow=True)
    assert "Half a sentence" not in answer.content.decode()
    assert not Buffer.objects.exists()


def test_nobody_sees_what_another_keeps() -> None:
    revision = first_saved()
    signed_in("otto").post(f"/cards/{revision.card_id}/buffer/", typed(summary="Half a sentence"))
    page = signed_in("anna").get(edit_path(revision)).content.decode()
    assert "Half a sentence" not in page


def test_an_expired_session_loses_no_text() -> None:
    revision = first_saved()
    client = signed_in()
    sent = typed(parent=revision.content_hash, summary="Half a sentence")
    client.post(f"/cards/{revision.card_id}/buffer/", sent)
    client.logout()
    assert client.post(edit_path(revision), sent).status_code == 403
    sign_in = client.get(edit_path(revision)).headers["Location"]
    assert sign_in == f"/accounts/sign-in/?next={edit_path(revision)}"
    client.force_login(person("anna"))
    assert "Half a sentence" in client.get(edit_path(revision)).content.decode()


def test_whoever_did_not_look_at_the_scores_again_is_told_which_day_to_give() -> None:
    head = saved()
    page = signed_in().get(f"/cards/{head.card_id}/edit/").content.decode()
    assert "Revision 1 speaks of 4 May 2026: give that day where you did not look" in page


def test_the_list_of_parts_shows_a_span_whole() -> None:
    revision = first_saved(impact__level="5", impact__is_span="on", novelty__is_span="on")
    page = signed_in().get(edit_path(revision)).content.decode()
    steps = page.split('class="editor-steps', 1)[1].split("</nav>", 1)[0]
    assert ">5/5+, " in steps
    assert ">3/4, " in steps
