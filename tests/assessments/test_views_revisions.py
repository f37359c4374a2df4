"""Revisions: the team sees all of them, readers what was published."""

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


@pytest.mark.parametrize("visitor", ["", "rita"])
def test_readers_find_no_draft(visitor: str) -> None:
    client = signed_in(visitor, "reader") if visitor else Client()
    draft = saved("edge-ai")
    assert client.get(f"/cards/{draft.card_id}/revisions/").status_code == 404
    assert client.get(f"/cards/{draft.card_id}/revisions/1/").status_code == 404


def test_readers_see_what_was_published_and_nothing_in_between() -> None:
    first = published().revision
    draft = saved("edge-ai", parent=first.content_hash, summary="A secret draft.", reason="No.")
    second = published("edge-ai", parent=draft.content_hash, summary="Said in public.").revision
    newest = saved("edge-ai", parent=second.content_hash, summary="A later secret.", reason="No.")
    card = f"/cards/{first.card_id}/revisions/"
    page = Client().get(card).content.decode()
    assert "2 published revisions." in page
    assert f"{card}{draft.number}/" not in page
    assert Client().get(f"{card}{draft.number}/").status_code == 404
    assert Client().get(f"{card}{newest.number}/").status_code == 404
    detail = Client().get(f"{card}{second.number}/").content.decode()
    assert "Said in public." in detail.replace("<ins>", "").replace("</ins>", "")
    assert "secret" not in detail
    assert "draft" not in detail


def test_readers_get_the_name_that_was_published() -> None:
    revision = published().revision
    technology = revision.card.technology
    technology.name = "A name nobody has published"
    technology.save()
    page = Client().get(f"/cards/{revision.card_id}/revisions/1/").content.decode()
    assert "Edge ai" in page
    assert "A name nobody has published" not in page


def test_notes_stay_with_the_team() -> None:
    revision = published().revision
    path = f"/cards/{revision.card_id}/notes/"
    answer = signed_in("otto").post(path, {"text": "We might\nbuy shares."}, follow=True)
    assert "We might\nbuy shares." in answer.content.decode()
    assert InternalNote.objects.get().author.username == "otto"
    page = Client().get(f"/cards/{revision.card_id}/revisions/").content.decode()
    assert "buy shares" not in page
    assert "Notes of the team" not in page
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
