"""From draft to published over HTTP, by the right people only."""

import pytest
from django.test import Client

from assessments.models import Publication, ReviewEvent, Revision
from assessments.selectors import state_of
from assessments.states import State
from tests.assessments.factories import published, score
from tests.assessments.typed_cards import edit_path, first_saved, signed_in, typed

pytestmark = pytest.mark.django_db


def post(client: Client, revision: Revision, step: str, **more: str) -> str:
    """The page after a step of the review."""
    sent = {"shown_hash": revision.content_hash} | more
    answer = client.post(f"/cards/{revision.card_id}/{step}/", sent, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def ben() -> Client:
    return signed_in("ben", "editor")


def test_a_card_goes_the_whole_way() -> None:
    revision = first_saved()
    assert "waits for a second pair of eyes" in post(signed_in(), revision, "submit")
    assert state_of(revision) is State.IN_REVIEW
    assert "Approved. It can be published now." in post(ben(), revision, "approve")
    assert state_of(revision) is State.APPROVED
    page = post(ben(), revision, "publish")
    assert state_of(revision) is State.PUBLISHED
    assert '<a href="/technologies/edge-ai/">the page of Edge ai</a>' in page
    assert "A new ranking is being computed." in page
    assert Publication.objects.get().oversight == "approved by one editor"


def test_a_returned_card_goes_back_with_its_note() -> None:
    revision = first_saved(then="review")
    assert "Returned to anna" in post(ben(), revision, "return", note="Which vendors?")
    assert state_of(revision) is State.RETURNED
    queue = signed_in().get("/review/").content.decode()
    assert "Which vendors?" in queue
    post(signed_in(), revision, "submit")
    assert state_of(revision) is State.IN_REVIEW


def test_a_return_without_a_note_says_what_is_missing() -> None:
    revision = first_saved(then="review")
    page = post(ben(), revision, "return", note="  ")
    assert "Needed: one sentence on what the author should change." in page
    assert state_of(revision) is State.IN_REVIEW


def test_the_author_does_not_approve() -> None:
    client = ben()
    revision = first_saved(client, then="review")
    assert "somebody else has to approve it" in post(client, revision, "approve")
    assert state_of(revision) is State.IN_REVIEW
    page = client.get(f"/review/{revision.pk}/").content.decode()
    assert "<h2>Approve</h2>" not in page


def test_an_administrator_overrides_with_a_printed_reason() -> None:
    root = signed_in("root", "admin")
    revision = first_saved(root, then="review")
    page = post(root, revision, "approve", override_reason="")
    assert "Needed: why this cannot wait for a second person." in page
    post(root, revision, "approve", override_reason="Nobody else is here in August.")
    post(root, revision, "publish")
    assert "Nobody else is here in August." in Publication.objects.get().oversight


def test_an_editor_cannot_override() -> None:
    client = ben()
    revision = first_saved(client, then="review")
    page = post(client, revision, "approve", override_reason="I am in a hurry.")
    assert "Only an administrator" in page
    assert state_of(revision) is State.IN_REVIEW


def test_beyond_markets_needs_two_approvers() -> None:
    revision = first_saved(then="review", impact__level="5+")
    assert "One more editor has to approve it." in post(ben(), revision, "approve")
    assert "1 of 2" in ben().get("/review/").content.decode()
    assert "is in review; only an approved revision" in post(ben(), revision, "publish")
    assert "another editor is needed" in post(ben(), revision, "approve")
    carla = signed_in("carla", "editor")
    assert "Approved. It can be published now." in post(carla, revision, "approve")
    post(carla, revision, "publish")
    assert Publication.objects.get().oversight == "approved by two editors"


def test_an_approval_of_another_content_does_not_count() -> None:
    revision = first_saved(then="review")
    page = post(ben(), revision, "approve", shown_hash="0" * 64)
    assert "The card changed after this page was opened." in page
    assert state_of(revision) is State.IN_REVIEW


def test_a_revision_that_is_no_longer_the_newest_is_not_approved() -> None:
    revision = first_saved(then="review")
    signed_in("otto").post(
        edit_path(revision), typed(parent=revision.content_hash, summary="Another summary.")
    )
    page = post(ben(), revision, "approve")
    assert "cannot be approved now" in page
    assert not ReviewEvent.objects.filter(kind="approved").exists()


def test_a_revision_in_review_with_a_newer_one_is_superseded_and_leads_there() -> None:
    first = first_saved(then="review")
    sent = typed(parent=first.content_hash, summary="Another summary.")
    signed_in("otto").post(edit_path(first), sent)
    newest = Revision.objects.get(number=2)
    page = ben().get(f"/review/{first.pk}/").content.decode()
    assert "superseded by revision 2." in page
    assert f'<a href="/review/{newest.pk}/">look at the newest</a>' in page
    assert "<h2>Approve</h2>" not in page
    assert "<h2>Return</h2>" not in page
    listed = ben().get(f"/cards/{first.card_id}/revisions/").content.decode()
    assert f'<a href="/review/{first.pk}/">superseded</a>' in listed


def test_an_approved_revision_is_not_offered_once_a_newer_one_is_published() -> None:
    first = first_saved(then="review")
    post(ben(), first, "approve")
    sent = typed(parent=first.content_hash, summary="Another summary.", then="review")
    signed_in().post(edit_path(first), sent)
    assert "<h2>Publish</h2>" in ben().get(f"/review/{first.pk}/").content.decode()
    newest = Revision.objects.get(number=2)
    post(ben(), newest, "approve")
    post(ben(), newest, "publish")
    page = ben().get(f"/review/{first.pk}/").content.decode()
    assert "superseded; it was approved" in page
    assert "<h2>Publish</h2>" not in page


@pytest.mark.parametrize(
    ("step", "state"), [("approve", "draft"), ("return", "draft"), ("publish", "draft")]
)
def test_a_step_out_of_turn_is_a_sentence(step: str, state: str) -> None:
    revision = first_saved()
    assert f"is {state}" in post(ben(), revision, step, note="No.")
    assert not ReviewEvent.objects.exists()


def test_a_second_submission_is_a_sentence() -> None:
    revision = first_saved(then="review")
    assert "is in review and cannot be sent to review now" in post(signed_in(), revision, "submit")


@pytest.mark.parametrize("step", ["approve", "return", "publish", "withdraw"])
@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_steps_of_editors_are_closed_to_others(step: str, role: str) -> None:
    revision = published().revision
    answer = signed_in("nobody", role).post(f"/cards/{revision.card_id}/{step}/")
    assert answer.status_code == 403
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("step", ["submit", "approve", "return", "publish", "withdraw", "notes"])
def test_steps_are_closed_to_strangers(step: str) -> None:
    revision = published().revision
    assert Client().post(f"/cards/{revision.card_id}/{step}/").status_code == 403


def test_steps_of_a_card_that_is_not_there_are_not_found() -> None:
    for step in ("submit", "approve", "return", "publish", "withdraw"):
        assert ben().post(f"/cards/999/{step}/").status_code == 404


@pytest.mark.parametrize("path", ["/review/", "/review/1/"])
def test_the_queue_is_closed_to_readers(path: str) -> None:
    assert signed_in("rita", "reader").get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_the_review_shows_what_would_change() -> None:
    before = published().revision
    revision = first_saved_on(before, summary="Lamps.", impact__level="4")
    page = ben().get(f"/review/{revision.pk}/").content.decode()
    assert "What would change for readers" in page
    assert "from 3" in page
    assert "<ins>Lamps.</ins>" in page
    assert revision.content_hash in page
    assert "A third vendor." in page


def first_saved_on(before: Revision, **changes: str) -> Revision:
    sent = typed(parent=before.content_hash, reason="A third vendor.", then="review", **changes)
    answer = signed_in("anna").post(edit_path(before), sent)
    assert answer.status_code == 302
    revision: Revision = Revision.objects.get(parent=before)
    return revision


def test_the_queue_says_what_waits_and_for_whom() -> None:
    before = published().revision
    first_saved_on(before, impact__level="4")
    page = ben().get("/review/").content.decode()
    assert "One card waits for a second pair of eyes." in page
    assert "Impact 4, from 3" in page
    assert "0 of 1" in page


def test_the_queue_answers_its_polling_only_when_it_moved() -> None:
    client = ben()
    revision = first_saved(then="review")
    page = client.get("/review/")
    seen = str(page.context["page"].state)
    part = {"HX-Request": "true"}
    assert client.get("/review/", {"seen": seen}, headers=part).status_code == 204
    post(client, revision, "approve")
    moved = client.get("/review/", {"seen": seen}, headers=part)
    assert moved.status_code == 200
    assert moved.content.decode().lstrip().startswith('<section id="live"')


def test_a_withdrawn_card_is_gone_for_readers() -> None:
    revision = published(impact=score("4")).revision
    page = post(ben(), revision, "withdraw", reason="")
    assert "Needed: why the card is withdrawn." in page
    post(ben(), revision, "withdraw", reason="It rests on a retracted paper.")
    assert Client().get("/technologies/edge-ai/").status_code == 404
    assert "Readers see nothing of this card." in post(ben(), revision, "withdraw", reason="Again.")
