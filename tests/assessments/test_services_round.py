"""Answers of the monthly round: rows that stay, about what readers see."""

import pytest
from django.db import DatabaseError, transaction

from assessments.models import Publication, RoundAnswer
from assessments.selectors import round_answers
from assessments.services.round import answer_round
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change, PublicChange
from scoring.models import Run
from tests.assessments.factories import person, published, saved
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db


def test_an_answer_says_who_found_which_revision_right_and_when() -> None:
    revision = published().revision
    row = answer_round(revision=revision, answer="still right", by=person("otto"))
    assert (row.revision, row.by.username, row.as_of) == (revision, "otto", today())
    assert round_answers(since=today()) == {revision.card_id: row}
    change = Change.objects.latest("seq")
    assert (change.kind, change.is_public) == ("round.answered", False)


def test_an_answer_changes_nothing_for_readers() -> None:
    revision = published().revision
    before = (Publication.objects.count(), PublicChange.objects.count(), Run.objects.count())
    answer_round(revision=revision, answer="open", by=person("otto"))
    after = (Publication.objects.count(), PublicChange.objects.count(), Run.objects.count())
    assert before == after


def test_the_database_keeps_every_answer() -> None:
    answer_round(revision=published().revision, answer="open", by=person("otto"))
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundAnswer.objects.update(answer="still right")
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundAnswer.objects.all().delete()


def test_the_last_answer_of_a_card_counts() -> None:
    revision = published().revision
    answer_round(revision=revision, answer="open", by=person("otto"))
    answer_round(revision=revision, answer="still right", by=person("anna"))
    assert round_answers(since=today())[revision.card_id].answer == "still right"


def test_what_readers_no_longer_see_is_not_answered() -> None:
    old = published().revision
    published(parent=old.content_hash, as_of="2026-06-01", reason="News.", summary="Newer.")
    with pytest.raises(Conflict, match="Readers no longer see revision 1"):
        answer_round(revision=old, answer="open", by=person("otto"))
    with pytest.raises(Conflict):
        answer_round(revision=saved("kelp"), answer="open", by=person("otto"))


def test_second_opinions_other_words_and_readers_are_refused() -> None:
    published()
    opinion = published(author="otto", role="second opinion").revision
    with pytest.raises(DomainError, match="lead cards alone"):
        answer_round(revision=opinion, answer="open", by=person("anna"))
    lead = Publication.objects.get(card__role="lead").revision
    with pytest.raises(DomainError, match="must be"):
        answer_round(revision=lead, answer="maybe", by=person("anna"))
    with pytest.raises(NotAllowed):
        answer_round(revision=lead, answer="open", by=person("rita", "reader"))


def test_the_page_answers_and_the_card_shows_it() -> None:
    card = published().card_id
    client = signed_in("otto")
    answer = client.post(f"/desk/round/{card}/", {"answer": "still right"})
    assert answer.headers["Location"] == "/desk/round/"
    assert "Still right: otto" in client.get(f"/cards/{card}/revisions/").content.decode()
    refused = client.post(f"/desk/round/{card}/", {"answer": "x"}, follow=True)
    assert RoundAnswer.objects.count() == 1
    assert "must be" in refused.content.decode()


def test_an_answer_to_an_older_page_is_refused() -> None:
    old = published().revision
    published(parent=old.content_hash, as_of="2026-06-01", reason="News.", summary="Newer.")
    sent = {"answer": "open", "shown_hash": old.content_hash}
    page = signed_in("otto").post(f"/desk/round/{old.card_id}/", sent, follow=True)
    assert "Readers no longer see revision 1" in page.content.decode()
    assert RoundAnswer.objects.count() == 0
