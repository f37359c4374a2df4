"""Minor edits: words alone, at once, approved by nobody, looked at within fourteen days."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from assessments.minor import minor_edit_of, unseen_for, why_not_minor
from assessments.models import Buffer, Publication, ReviewEvent, Revision
from assessments.opinions import content_of
from assessments.selectors import head_of, last_published, state_of
from assessments.services.drafting import keep_buffer
from assessments.services.minor import (
    confirm_minor_edit,
    publish_minor_edit,
    take_back_minor_edit,
)
from assessments.services.publication import publish_revision, withdraw_card
from assessments.services.review import approve_revision, return_revision, submit_revision
from assessments.states import State
from record.errors import Conflict, DomainError, NotAllowed
from tests.assessments.factories import person, published, saved, score

pytestmark = pytest.mark.django_db

NEW = "Models that run where data arise."
SCENARIO = {"name": "high", "text": "", "impact_level": None, "probability": 1.0}
COMPANY = {"name": "Acme", "note": "", "disclosure": None}


def on_top(revision: Revision, author: str = "anna", **changes: Any) -> Revision:
    wanted = {"summary": NEW, "parent": revision.content_hash, "reason": "Words."} | changes
    return saved(author=author, **wanted)


def minor() -> Revision:
    """A minor edit of anna's on a published card."""
    edited = on_top(published().revision)
    publish_minor_edit(revision=edited, by=person("anna"))
    return edited


def ben() -> Any:
    return person("ben", "editor")


def test_words_are_published_at_once_and_the_publication_says_so() -> None:
    edited = minor()
    shown = Publication.objects.latest("seq")
    assert shown.revision == edited
    assert shown.oversight.startswith("minor edit, approved by nobody, to be reviewed by ")
    assert state_of(edited) is State.PUBLISHED
    assert not edited.events.filter(kind="approved").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"impact": score("4")}, "impact"),
        ({"impact": score(certainty="high")}, "impact"),
        ({"rating": {"value": "overrated"}}, "rating"),
        ({"p_never": 0.1}, "p_never"),
        ({"predictions": [{"statement": "It holds."}]}, "predictions"),
        ({"scenarios": [SCENARIO]}, "the numbers of scenarios"),
        ({"companies": [COMPANY | {"disclosure": "We hold shares."}]}, "disclosures"),
        ({"as_of": "2026-06-01"}, "the day that it speaks of"),
        ({"series": "other"}, "series or detail"),
    ],
)
def test_what_is_more_than_words_is_reviewed(changes: dict[str, Any], words: str) -> None:
    edited = on_top(published().revision, **changes)
    with pytest.raises(DomainError, match=f"this changed: .*{words}"):
        publish_minor_edit(revision=edited, by=person("anna"))
    assert not ReviewEvent.objects.filter(kind="minor edit").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"impact": score(rationale="Three vendors ship it.")},
        {"text": "In full."},
        {"companies": [COMPANY]},
        {"tripwires": ["A recall."]},
        {"sources": [{"title": "A report"}]},
        {"open_questions": [{"question": "Who?"}]},
    ],
)
def test_words_are_minor(changes: dict[str, Any]) -> None:
    edited = on_top(published().revision, **changes)
    assert why_not_minor(edited.card) == ""


def test_a_score_that_went_up_and_down_again_is_no_minor_edit() -> None:
    shown = published().revision
    up = on_top(shown, impact=score("4"))
    edited = on_top(up)
    with pytest.raises(DomainError, match="impact"):
        publish_minor_edit(revision=edited, by=person("anna"))


def test_nothing_is_published_first_or_twice_in_this_way() -> None:
    draft = saved()
    with pytest.raises(DomainError, match="What they see first is reviewed"):
        publish_minor_edit(revision=draft, by=person("anna"))
    shown = published("kelp").revision
    with pytest.raises(DomainError, match="Nothing has changed"):
        publish_minor_edit(revision=shown, by=person("anna"))


def test_what_waits_for_review_or_came_back_from_it_stays_there() -> None:
    edited = on_top(published().revision)
    submit_revision(revision=edited, by=person("anna"))
    with pytest.raises(DomainError, match="is in review already"):
        publish_minor_edit(revision=edited, by=person("anna"))
    return_revision(revision=edited, by=ben(), note="Say where.")
    again = on_top(edited, text="There.")
    with pytest.raises(DomainError, match="An editor returned revision 2"):
        publish_minor_edit(revision=again, by=person("anna"))


def test_only_the_newest_revision_and_only_by_the_team() -> None:
    shown = published().revision
    edited = on_top(shown)
    with pytest.raises(NotAllowed):
        publish_minor_edit(revision=edited, by=person("rita", "reader"))
    on_top(edited, text="More.")
    with pytest.raises(Conflict, match="no longer the newest"):
        publish_minor_edit(revision=edited, by=person("anna"))


def test_a_withdrawn_card_does_not_come_back_in_this_way() -> None:
    shown = published().revision
    withdraw_card(revision=shown, by=ben(), reason="Wrong.")
    edited = on_top(shown)
    with pytest.raises(DomainError, match="Readers see nothing"):
        publish_minor_edit(revision=edited, by=person("anna"))


def test_it_waits_for_editors_who_wrote_no_part_of_it() -> None:
    shown = published().revision
    person("carla", "editor")
    otto = on_top(shown, "otto", text="Otto's.")
    edited = on_top(otto, "carla", text="Otto's.")
    publish_minor_edit(revision=edited, by=person("dora", "editor"))
    waiting = {
        name: [one.revision for one in unseen_for(person(name))]
        for name in ("ben", "carla", "dora", "otto")
    }
    assert waiting == {"ben": [edited], "carla": [], "dora": [], "otto": []}
    for name in ("carla", "dora"):
        with pytest.raises(NotAllowed, match="You wrote part of it"):
            confirm_minor_edit(revision=edited, by=person(name))
    with pytest.raises(NotAllowed, match="Only editors"):
        confirm_minor_edit(revision=edited, by=person("otto"))


def test_confirmed_it_stays_and_readers_are_told() -> None:
    edited = minor()
    confirm_minor_edit(revision=edited, by=ben(), note="Fine.")
    shown = Publication.objects.latest("seq")
    assert (shown.revision, shown.kind) == (edited, "facts")
    assert shown.oversight.startswith("minor edit, reviewed on ")
    assert unseen_for(ben()) == []
    with pytest.raises(Conflict, match="ben has looked at it already: it was confirmed"):
        take_back_minor_edit(revision=edited, by=person("carla", "editor"), reason="No.")


def test_taken_back_readers_see_what_they_saw_as_a_new_revision() -> None:
    shown = published().revision
    edited = on_top(shown)
    publish_minor_edit(revision=edited, by=person("anna"))
    publication = take_back_minor_edit(revision=edited, by=ben(), reason="The old was clearer.")
    restored = publication.revision
    assert (restored.number, restored.parent, restored.author) == (3, edited, ben())
    assert restored.reason == "The old was clearer."
    assert content_of(restored)["summary"] == content_of(shown)["summary"]
    assert publication.oversight == ("a minor edit taken back; what revision 1 said, word for word")
    assert last_published(shown.card) == restored


def test_a_draft_on_top_of_what_is_taken_back_stays_among_the_revisions() -> None:
    edited = minor()
    draft = on_top(edited, "otto", text="Otto's draft.")
    fields: dict[str, object] = {"summary": ["Typed."]}
    keep_buffer(card=edited.card, user=ben(), parent_hash="", fields=fields)
    publication = take_back_minor_edit(revision=edited, by=ben(), reason="The old was clearer.")
    assert publication.revision.parent == draft
    assert content_of(publication.revision)["text"] == ""
    assert Buffer.objects.get(user=ben()).fields == fields


def test_what_a_newer_publication_built_on_is_not_taken_back() -> None:
    edited = minor()
    newer = on_top(edited, text="In full.", impact=score("4"))
    submit_revision(revision=newer, by=person("anna"))
    approve_revision(revision=newer, by=ben(), shown_hash=newer.content_hash)
    from_review = published_of(newer)
    with pytest.raises(Conflict, match="newer revision"):
        take_back_minor_edit(revision=edited, by=ben(), reason="No.")
    confirm_minor_edit(revision=edited, by=ben())
    assert Publication.objects.latest("seq") == from_review


def published_of(revision: Revision) -> Publication:
    return publish_revision(revision=revision, by=ben())


def test_two_in_a_row_are_taken_back_one_after_the_other() -> None:
    first = minor()
    second = on_top(first, text="More.")
    publish_minor_edit(revision=second, by=person("anna"))
    with pytest.raises(Conflict, match="Take that one back first"):
        take_back_minor_edit(revision=first, by=ben(), reason="No.")
    take_back_minor_edit(revision=second, by=ben(), reason="No.")
    take_back_minor_edit(revision=first, by=ben(), reason="No.")
    head = head_of(first.card)
    assert head is not None
    assert content_of(head)["summary"] == "Models that run where the data arise."


def test_after_fourteen_days_it_is_overdue_and_stops_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edited = minor()
    one = minor_edit_of(edited)
    assert one is not None
    assert (one.days_left, one.is_overdue) == (14, False)
    later = one.due + datetime.timedelta(days=1)
    monkeypatch.setattr("assessments.minor.today", lambda: later)
    assert one.is_overdue
    again = on_top(edited, text="More.")
    with pytest.raises(DomainError, match="has not been looked at since"):
        publish_minor_edit(revision=again, by=person("anna"))
    confirm_minor_edit(revision=edited, by=ben())
    publish_minor_edit(revision=again, by=person("anna"))


def test_somebody_elses_second_opinion_is_not_published_so() -> None:
    published()
    opinion = published(author="otto", role="second opinion").revision
    edited = on_top(opinion, "otto", role="second opinion")
    with pytest.raises(NotAllowed):
        publish_minor_edit(revision=edited, by=person("anna"))
    publish_minor_edit(revision=edited, by=person("otto"))
    take_back_minor_edit(revision=edited, by=ben(), reason="The old was clearer.")
    assert head_of(opinion.card).author == ben()  # type: ignore[union-attr]


def test_a_team_of_one_says_so(settings: Any) -> None:
    settings.TWO_EYES = False
    shown = published().revision
    edited = on_top(shown, "ben")
    publish_minor_edit(revision=edited, by=ben())
    event = confirm_minor_edit(revision=edited, by=ben())
    assert event.override_reason == "two-eyes review is switched off"
    assert "switched off" in Publication.objects.latest("seq").oversight


@pytest.mark.parametrize("kind", ["confirmed", "taken back"])
def test_the_database_takes_no_author_for_the_one_who_looked(kind: str) -> None:
    edited = minor()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewEvent.objects.create(
            revision=edited,
            kind=kind,
            by=edited.author,
            revision_author=edited.author,
            content_hash=edited.content_hash,
            note="Mine.",
        )
