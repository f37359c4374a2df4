"""Minor edits in the browser: the button, the page of one, and the desk."""

import pytest

from assessments.models import Publication, ReviewEvent, Revision
from assessments.services.minor import publish_minor_edit
from tests.assessments.factories import person, published, saved
from tests.assessments.typed_cards import edit_path, first_saved, resent, signed_in

pytestmark = pytest.mark.django_db

NEW = "Models that run where data arise."
BUTTON = 'value="minor"'


def shown_card() -> Revision:
    published()
    revision: Revision = Revision.objects.get()
    return revision


def minor_edit() -> Revision:
    shown = shown_card()
    edited = saved(summary=NEW, parent=shown.content_hash, reason="Words.")
    publish_minor_edit(revision=edited, by=person("anna"))
    return edited


def path_of(revision: Revision) -> str:
    return f"/cards/{revision.card_id}/minor/{revision.number}/"


def test_the_editor_publishes_words_at_once_and_leaves_the_day() -> None:
    shown, client = shown_card(), signed_in()
    page = client.get(edit_path(shown)).content.decode()
    assert BUTTON in page
    sent = resent(page) | {"summary": NEW, "then": "minor"}
    assert sent["as_of"] != "2026-05-04"
    answer = client.post(edit_path(shown), sent, follow=True)
    assert "an editor looks at it within 14 days." in answer.content.decode()
    newest = Publication.objects.latest("seq").revision
    assert (newest.number, newest.as_of.isoformat()) == (2, "2026-05-04")
    assert NEW in signed_in("rita", "reader").get("/technologies/edge-ai/").content.decode()


def test_more_than_words_stays_a_draft_and_is_told_why() -> None:
    shown, client = shown_card(), signed_in()
    sent = resent(client.get(edit_path(shown)).content.decode())
    sent |= {"impact-level": "4", "reason": "A third vendor.", "then": "minor"}
    page = client.post(edit_path(shown), sent, follow=True).content.decode()
    assert "Not published as a minor edit. Since it was published, this changed: impact." in page
    assert "Saved as revision 2." in page
    assert Publication.objects.count() == 1


def test_the_editor_says_why_there_is_no_button() -> None:
    draft = first_saved()
    page = signed_in().get(edit_path(draft)).content.decode()
    assert BUTTON not in page
    assert "What they see first is reviewed." in page


def test_a_draft_of_words_is_published_from_its_revisions() -> None:
    shown = shown_card()
    saved(summary=NEW, parent=shown.content_hash, reason="Words.")
    page = signed_in().get(f"/cards/{shown.card_id}/revisions/").content.decode()
    assert "Publish it as a minor edit" in page
    answer = signed_in().post(f"/cards/{shown.card_id}/minor/", follow=True)
    assert answer.status_code == 200
    assert "a minor edit, to be looked at within 14 days." in answer.content.decode()


def test_an_editor_confirms_it() -> None:
    edited = minor_edit()
    client = signed_in("ben", "editor")
    page = client.get(path_of(edited)).content.decode()
    assert "It may stay" in page
    assert "<del> the</del>" in page
    answer = client.post(f"{path_of(edited)}confirm/", {"note": "Fine."}, follow=True)
    assert "a minor edit, confirmed by ben." in answer.content.decode()
    assert "reviewed on" in signed_in().get("/technologies/edge-ai/").content.decode()


def test_an_editor_takes_it_back_with_a_reason() -> None:
    edited = minor_edit()
    client = signed_in("ben", "editor")
    answer = client.post(f"{path_of(edited)}take-back/", {"reason": ""})
    assert answer.status_code == 422
    assert "Needed: why it is taken back." in answer.content.decode()
    client.post(f"{path_of(edited)}take-back/", {"reason": "The old was clearer."})
    page = signed_in("rita", "reader").get("/technologies/edge-ai/").content.decode()
    assert NEW not in page


def test_its_author_and_analysts_are_told_who_may() -> None:
    edited = minor_edit()
    page = signed_in().get(path_of(edited)).content.decode()
    assert "It may stay" not in page
    assert "It stands on the desks of all who may." in page
    answer = signed_in("otto").post(f"{path_of(edited)}confirm/", {"note": ""})
    assert answer.status_code == 403
    assert not ReviewEvent.objects.filter(kind="confirmed").exists()


def test_the_desk_counts_the_days_and_marks_what_is_overdue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edited = minor_edit()
    client = signed_in("ben", "editor")
    page = client.get("/desk/").content.decode()
    assert "Minor edits to look at" in page
    assert "14 days left" in page
    assert path_of(edited) in page
    assert "Minor edits" not in signed_in("otto").get("/desk/").content.decode()
    monkeypatch.setattr("assessments.minor.DAYS", -1)
    assert '<span class="tag is-warning">overdue</span>' in client.get("/desk/").content.decode()


def test_a_revision_that_is_none_has_no_such_page() -> None:
    shown = shown_card()
    assert signed_in().get(path_of(shown)).status_code == 404
