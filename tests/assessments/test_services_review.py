import json

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from accounts.models import User
from assessments.models import Publication, ReviewEvent, Revision, Technology
from assessments.overseen import wrong_with_oversight
from assessments.selectors import exported_revisions, published_cards, state_of
from assessments.services.facts import revise_facts
from assessments.services.publication import (
    publication_body,
    publication_row,
    publish_revision,
    withdraw_card,
)
from assessments.services.review import approve_revision, return_revision, submit_revision
from assessments.services.technologies import Facts
from assessments.states import State
from record.canonical import digest
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from record.verification import verify
from tests.assessments.factories import person, published, saved, score

pytestmark = pytest.mark.django_db


def in_review(**changes: object) -> Revision:
    revision = saved(**changes)
    submit_revision(revision=revision, by=person("anna"))
    return revision


def approve(revision: Revision, name: str = "ben", role: str = "editor", reason: str = "") -> None:
    approve_revision(
        revision=revision,
        by=person(name, role),
        shown_hash=revision.content_hash,
        override_reason=reason,
    )


def test_a_revision_goes_from_draft_to_published() -> None:
    revision = saved()
    states = [state_of(revision)]
    submit_revision(revision=revision, by=person("anna"))
    states.append(state_of(revision))
    approve(revision)
    states.append(state_of(revision))
    publish_revision(revision=revision, by=person("ben", "editor"))
    states.append(state_of(revision))
    assert states == [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED]


def test_a_returned_revision_can_be_sent_again() -> None:
    revision = in_review()
    return_revision(revision=revision, by=person("ben", "editor"), note="Name the vendor.")
    assert state_of(revision) is State.RETURNED
    submit_revision(revision=revision, by=person("anna"))
    assert state_of(revision) is State.IN_REVIEW


def test_a_return_says_why() -> None:
    with pytest.raises(DomainError, match="what the author should change"):
        return_revision(revision=in_review(), by=person("ben", "editor"), note=" ")


def test_nobody_approves_their_own_revision() -> None:
    person("anna", "editor")
    with pytest.raises(NotAllowed, match="somebody else"):
        approve(in_review(), "anna")


def test_nobody_approves_what_another_saved_on_top_of_their_draft() -> None:
    person("ben", "editor")
    draft = saved(author="ben")
    revision = in_review(parent=draft.content_hash, text="One word more.")
    with pytest.raises(NotAllowed, match="You wrote part of what this would publish"):
        approve(revision, "ben")
    approve(revision, "carla")


def test_what_is_published_already_no_longer_binds_its_author() -> None:
    person("ben", "editor")
    first = saved(author="ben")
    submit_revision(revision=first, by=person("ben"))
    approve(first, "carla")
    publish_revision(revision=first, by=person("carla"))
    second = in_review(parent=first.content_hash, viability=score("4"), reason="It ships.")
    approve(second, "ben")
    assert state_of(second) is State.APPROVED


def test_the_database_refuses_an_approval_by_the_author() -> None:
    revision = in_review()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewEvent.objects.create(
            revision=revision,
            kind="approved",
            by=revision.author,
            revision_author=revision.author,
            content_hash=revision.content_hash,
        )


def test_an_administrator_overrides_with_a_reason_that_is_printed() -> None:
    person("anna", "admin")
    revision = in_review()
    approve(revision, "anna", reason="Nobody else is in this week.")
    publication = publish_revision(revision=revision, by=person("anna"))
    assert publication.oversight.endswith("Nobody else is in this week.")


def test_a_team_of_one_can_switch_the_second_person_off(settings: object) -> None:
    settings.TWO_EYES = False  # type: ignore[attr-defined]
    person("anna", "editor")
    revision = in_review()
    approve(revision, "anna")
    publication = publish_revision(revision=revision, by=person("anna"))
    assert "switched off" in publication.oversight


def test_five_plus_needs_two_approvers() -> None:
    revision = in_review(impact=score("5+"))
    approve(revision)
    assert state_of(revision) is State.IN_REVIEW
    with pytest.raises(DomainError, match="another editor is needed"):
        approve(revision)
    approve(revision, "carla")
    assert state_of(revision) is State.APPROVED


def test_an_approval_is_of_the_content_that_was_shown() -> None:
    revision = in_review()
    with pytest.raises(Conflict, match="changed after this page"):
        approve_revision(revision=revision, by=person("ben", "editor"), shown_hash="0" * 64)


def test_an_approval_does_not_pass_on_to_a_newer_revision() -> None:
    revision = in_review()
    approve(revision)
    newer = saved(parent=revision.content_hash, text="One more thing.")
    with pytest.raises(DomainError, match="only an approved revision"):
        publish_revision(revision=newer, by=person("ben", "editor"))


def test_only_editors_approve_and_publish() -> None:
    revision = in_review()
    with pytest.raises(NotAllowed):
        approve(revision, "dora", "analyst")
    with pytest.raises(NotAllowed):
        publish_revision(revision=revision, by=person("dora", "analyst"))


def test_a_publication_is_the_canonical_card_with_its_hash_and_no_person() -> None:
    publication = published(author="anna")
    body = json.loads(publication.body)
    assert publication.body_hash == digest(publication.body)
    assert "author" not in body["card"]
    assert body["card"]["technology"]["name"] == "Edge ai"


def test_a_public_change_tells_each_moved_score() -> None:
    first = published()
    published(parent=first.revision.content_hash, viability=score("4"), reason="It ships.")
    change = Change.objects.get(kind="card.revised")
    assert change.is_public
    assert change.before == {"viability": "3 (medium)"}
    assert change.after["scores"] == {"viability": "4 (medium)"}


def test_readers_see_technologies_with_a_publication_in_force() -> None:
    saved("draft-only")
    publication = published("shown")
    reader = person("rita", "reader")
    assert [row.slug for row in Technology.objects.visible_to(reader)] == ["shown"]
    withdraw_card(
        revision=publication.revision, by=person("ben", "editor"), reason="Source retracted."
    )
    assert not Technology.objects.visible_to(reader).exists()
    assert published_cards(as_of=today()) == []


def test_as_of_gives_what_the_record_said_about_a_date() -> None:
    first = published(as_of="2024-06-01", viability=score("2"))
    published(
        parent=first.revision.content_hash, as_of="2026-01-01", viability=score("3"), reason="Up."
    )
    then = published_cards(as_of=first.as_of)
    assert [card.card["scores"]["viability"]["level"] for card in then] == ["2"]


def test_known_on_gives_what_the_record_held_on_a_date() -> None:
    publication = published(as_of="2024-06-01")
    day_before = publication.at.date().replace(year=2025)
    assert published_cards(as_of=today(), known_on=day_before) == []
    assert len(published_cards(as_of=today(), known_on=publication.at.date())) == 1


def test_publications_cannot_be_rewritten() -> None:
    publication = published()
    with pytest.raises(IntegrityError, match="keeps every row"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(body="{}")


def test_republished_facts_still_say_who_approved_the_card() -> None:
    publication = published()
    technology = publication.technology
    editor = person("ben", "editor")
    revise_facts(
        technology=technology,
        facts=Facts(slug=technology.slug, name="Edge intelligence", domains=("AI",)),
        links=[],
        version=technology.version,
        by=editor,
    )
    newest = technology.publications.last()
    assert (newest.kind, newest.oversight) == ("facts", publication.oversight)
    assert json.loads(newest.body)["card"]["technology"]["name"] == "Edge intelligence"


def test_an_export_leaves_out_what_was_withdrawn() -> None:
    publication = published()
    assert list(exported_revisions()) == [publication.revision]
    withdraw_card(
        revision=publication.revision, by=person("ben", "editor"), reason="Source retracted."
    )
    assert list(exported_revisions()) == []


def test_an_address_of_the_site_is_no_technology() -> None:
    with pytest.raises(DomainError, match="belongs to a page of the site"):
        saved("new")


def test_an_approval_ends_with_the_role_of_who_gave_it() -> None:
    revision = in_review()
    approve(revision, "ben")
    User.objects.filter(username="ben").update(role="analyst")
    with pytest.raises(Conflict, match="is no editor any more"):
        publish_revision(revision=revision, by=person("carla", "editor"))
    return_revision(revision=revision, by=person("carla"), note="Again, please.")
    submit_revision(revision=revision, by=person("anna"))
    approve(revision, "carla")
    assert publish_revision(revision=revision, by=person("carla"))


def test_what_a_withdrawal_makes_new_again_is_not_approved_by_its_author() -> None:
    person("ben", "editor")
    first = saved(author="ben")
    submit_revision(revision=first, by=person("ben"))
    approve(first, "carla")
    publish_revision(revision=first, by=person("carla"))
    second = in_review(parent=first.content_hash, viability=score("4"), reason="It ships.")
    approve(second, "ben")
    withdraw_card(revision=first, by=person("carla"), reason="A retracted paper.")
    with pytest.raises(Conflict, match="wrote part of what it would publish now"):
        publish_revision(revision=second, by=person("carla"))


def test_the_record_is_asked_anew_who_saw_each_publication() -> None:
    assert wrong_with_oversight(published("one")) == ""
    beyond = published("two", impact=score("5+"))
    assert wrong_with_oversight(beyond) == ""
    alone = saved("three", "ben")
    row = publication_row(
        alone, publication_body(alone), kind="card", by=person("ben"), oversight="approved by all"
    )
    row.save()
    assert wrong_with_oversight(row) == "nobody approved it"
    reports = {finding.kind: finding for finding in verify()}
    assert [one.wrong for one in reports["oversight"].named] == ["nobody approved it"]
