"""Revisions: the team sees all of them, readers none."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import InternalNote, Revision
from assessments.opinions import content_of
from tests.assessments.factories import published, saved, score
from tests.assessments.typed_cards import edit_path, first_saved, resent, signed_in, typed
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db


def test_the_team_sees_every_revision_with_its_state() -> None:
    revision = first_saved()
    signed_in().post(
        edit_path(revision),
        typed(parent=revision.content_hash, impact__level="4", reason="A third vendor."),
    )
    page = signed_in("otto").get(f"/cards/{revision.card_id}/revisions/").content.decode()
    assert "2 revisions. Readers see none of them." in page
    assert "A third vendor." in page
    assert ">draft</a>" in page


def test_a_revision_shows_its_difference_to_its_parent() -> None:
    revision = first_saved()
    sent = typed(parent=revision.content_hash, impact__level="4", reason="A third vendor.")
    signed_in().post(edit_path(revision), sent)
    page = signed_in().get(f"/cards/{revision.card_id}/revisions/2/").content.decode()
    assert "What it changed" in page
    assert "from 3" in page
    first = signed_in().get(f"/cards/{revision.card_id}/revisions/1/").content.decode()
    assert "What it changed" not in first


@pytest.mark.parametrize(("visitor", "status"), [("", 302), ("rita", 403)])
def test_revisions_are_for_the_team(visitor: str, status: int) -> None:
    client = signed_in(visitor, "reader") if visitor else Client()
    first = published().revision
    saved("edge-ai", parent=first.content_hash, summary="A secret draft.", reason="No.")
    for path in ("revisions/", "revisions/1/", "revisions/2/", "revisions/9/"):
        answer = client.get(f"/cards/{first.card_id}/{path}")
        assert answer.status_code == status
        assert "secret" not in answer.content.decode()


def test_readers_are_not_told_the_number_of_a_card() -> None:
    published()
    assert "/cards/" not in Client().get("/technologies/edge-ai/").content.decode()
    assert "/cards/" in signed_in().get("/technologies/edge-ai/").content.decode()


def test_notes_stay_with_the_team() -> None:
    revision = published().revision
    path = f"/cards/{revision.card_id}/notes/"
    answer = signed_in("otto").post(path, {"text": "We might\nbuy shares."}, follow=True)
    assert "We might\nbuy shares." in answer.content.decode()
    assert InternalNote.objects.get().author.username == "otto"
    page = Client().get("/technologies/edge-ai/").content.decode()
    assert "buy shares" not in page
    assert signed_in("rita", "reader").post(path, {"text": "Hello."}).status_code == 403


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "x" * 5_000, "a\u202eb"])
def test_a_note_that_cannot_be_kept_is_shown_with_the_reason(text: str) -> None:
    revision = first_saved()
    answer = signed_in().post(f"/cards/{revision.card_id}/notes/", {"text": text})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not InternalNote.objects.exists()


def test_a_list_costs_the_same_whatever_its_length() -> None:
    revision, client = first_saved(), signed_in()
    path = f"/cards/{revision.card_id}/revisions/"
    with CaptureQueriesContext(connection) as short:
        client.get(path)
    for number in range(2, 6):
        newest = Revision.objects.get(number=number - 1)
        sent = typed(parent=newest.content_hash, summary=f"Summary {number}.")
        client.post(edit_path(revision), sent)
    with CaptureQueriesContext(connection) as long:
        page = client.get(path).content.decode()
    assert "5 revisions." in page
    assert len(long) == len(short)


def test_any_two_revisions_stand_side_by_side() -> None:
    first = published().revision
    second = saved(
        author="otto", parent=first.content_hash, impact=score("4"), reason="A third vendor."
    )
    third = {"summary": "Third words.", "impact": score("4"), "reason": "Clearer."}
    saved(parent=second.content_hash, **third)
    path = f"/cards/{first.card_id}/compare/"
    page = signed_in().get(path).content.decode()
    assert "Revision 2 beside revision 3." in page
    assert "Third words." in page
    page = signed_in().get(f"{path}?old=3&new=1").content.decode()
    assert "Revision 1 beside revision 3." in page
    for words in ("Clearer.", "from 3", "published", "draft", "<h3>Impact</h3>"):
        assert words in page
    for odd in ("?old=x&new=9", "?old=2&new=2", "?old=99999999999"):
        assert signed_in().get(path + odd).status_code == 200


def test_the_evidence_of_a_revision_stands_beside_it() -> None:
    first = saved()
    item("A report on chips")
    page = signed_in().get(f"/cards/{first.card_id}/compare/").content.decode()
    assert "There are no two revisions to compare yet." in page
    saved(parent=first.content_hash, text="Two.", reason="Two.")
    page = signed_in().get(f"/cards/{first.card_id}/compare/").content.decode()
    assert "0 items in the evidence library" in page.partition("Revision 2</a></h3>")[0]
    assert "1 item in the evidence library" in page.partition("Revision 2</a></h3>")[2]


def test_an_older_revision_is_the_base_of_a_new_one_with_a_reason() -> None:
    first = first_saved()
    second = saved(author="otto", parent=first.content_hash, summary="Other.", reason="Two.")
    client = signed_in()
    page = client.get(f"/cards/{first.card_id}/revisions/1/").content.decode()
    assert f'href="/cards/{first.card_id}/edit/?from=1"' in page
    page = client.get(f"{edit_path(first)}?from=1").content.decode()
    assert "This is what revision 1 said." in page
    sent = resent(page)
    assert sent["parent"] == second.content_hash
    answer = client.post(f"{edit_path(first)}?from=1", sent | {"then": "draft"})
    assert answer.status_code == 422
    assert "why you go back to revision 1" in answer.content.decode()
    again = sent | {"then": "draft", "reason": "The first words were better."}
    assert client.post(f"{edit_path(first)}?from=1", again).status_code == 302
    third = Revision.objects.get(number=3)
    assert third.parent == second
    assert content_of(third)["summary"] == content_of(first)["summary"]


def test_going_back_while_somebody_saves_loses_nothing() -> None:
    first = first_saved()
    second = saved(author="otto", parent=first.content_hash, summary="Other.", reason="Two.")
    sent = resent(signed_in().get(f"{edit_path(first)}?from=1").content.decode())
    saved(author="otto", parent=second.content_hash, summary="Other.", text="New.", reason="x")
    sent |= {"then": "draft", "reason": "The first words were better."}
    assert signed_in().post(f"{edit_path(first)}?from=1", sent).status_code == 302
    newest = content_of(Revision.objects.get(number=4))
    assert newest["summary"] == content_of(first)["summary"]
    assert newest["text"] == "New."


def test_what_is_typed_and_not_saved_is_not_pushed_aside_by_an_older_revision() -> None:
    first = first_saved()
    signed_in().post(f"/cards/{first.card_id}/buffer/", typed(summary="Typed."))
    answer = signed_in().get(f"{edit_path(first)}?from=1", follow=True)
    assert "Typed." in answer.content.decode()
    assert "Save it or throw it away" in answer.content.decode()
    assert signed_in().get(f"{edit_path(first)}?from=7").status_code == 404
