"""Revisions: the team sees all of them, readers none."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import InternalNote, Revision
from tests.assessments.factories import published, saved
from tests.assessments.typed_cards import edit_path, first_saved, signed_in, typed

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
