"""Corrections are received once, answered in public, and forget who sent them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from accounts.services.tries import TooManyTriesError
from assessments.challenges import (
    WAITING,
    challenge_records,
    challenges_on,
    publications_since,
)
from assessments.models import Challenge, ChallengeEvent, ChallengeSender, Revision, Technology
from assessments.services.challenges import (
    ChallengeRefused,
    decide_challenge,
    forget_sender,
    hide_challenge,
    receive_challenge,
    receive_from_reader,
    reopen_challenge,
    reply_to_challenge,
    show_challenge,
)
from assessments.services.publication import withdraw_card
from assessments.values.challenge import Claim, Sender
from record.errors import DomainError, NotAllowed
from record.models import Change
from tests.assessments.cited import item
from tests.assessments.factories import person, published, saved, score

CLAIM = Claim("The second vendor has sold chips since May.", dimension="viability")
READER = Sender("Rosa Reader", "rosa@example.org", credit="R. R.")


def technology() -> Technology:
    if not Technology.objects.filter(slug="edge-ai").exists():
        published()
    found: Technology = Technology.objects.get(slug="edge-ai")
    return found


def received(**changes: Any) -> Challenge:
    wanted = {"technology": technology(), "claim": CLAIM, "sender": READER} | changes
    return receive_challenge(**wanted).challenge


@pytest.mark.django_db
def test_a_claim_is_shown_answered_and_credited() -> None:
    challenge, ben = received(), person("ben", "editor")
    assert challenges_on("edge-ai") == []
    show_challenge(challenge=challenge, by=ben)
    (told,) = challenges_on("edge-ai")
    assert (told.outcome, told.credit, told.dimension) == (WAITING, "R. R.", "viability")
    reply_to_challenge(challenge=challenge, by=person("anna"), note="We look into it.")
    parent = Revision.objects.get().content_hash
    publication = published(viability=score("2"), parent=parent, reason="A reader was right.")
    decide_challenge(
        challenge=challenge,
        outcome="accepted",
        by=ben,
        note="Two customers confirmed it.",
        publication=publication,
    )
    (told,) = challenges_on("edge-ai")
    assert told.outcome == "accepted"
    assert [step.kind for step in told.steps] == ["replied", "accepted"]
    assert "viability" in {one.dimension for one in told.moved}


@pytest.mark.django_db
def test_the_same_claim_stands_once() -> None:
    assert received() == received()
    assert receive_challenge(technology=technology(), claim=CLAIM).is_new is False
    assert Challenge.objects.count() == 1


@pytest.mark.django_db
def test_what_sent_it_is_erased_and_the_claim_stays() -> None:
    challenge, ben = received(), person("ben", "editor")
    show_challenge(challenge=challenge, by=ben)
    forget_sender(challenge=challenge, by=ben)
    assert not ChallengeSender.objects.exists()
    (told,) = challenges_on("edge-ai")
    assert (told.claim, told.credit) == (CLAIM.claim, "a reader")
    with pytest.raises(DomainError, match="Nothing is kept"):
        forget_sender(challenge=challenge, by=ben)


@pytest.mark.django_db
def test_the_log_never_holds_who_sent_it() -> None:
    challenge, ben = received(), person("ben", "editor")
    show_challenge(challenge=challenge, by=ben)
    decide_challenge(challenge=challenge, outcome="declined", by=ben, note="It is a pilot.")
    logged = " ".join(
        str(value)
        for row in Change.objects.values_list("reason", "before", "after")
        for value in row
    )
    for secret in (READER.name, READER.email, READER.credit):
        assert secret not in logged


@pytest.mark.django_db
def test_an_outcome_is_taken_back_before_it_is_changed() -> None:
    challenge, ben = received(), person("ben", "editor")
    decide_challenge(challenge=challenge, outcome="declined", by=ben, note="It is a pilot.")
    with pytest.raises(DomainError, match="Open it again first"):
        decide_challenge(challenge=challenge, outcome="accepted", by=ben, note="It is not.")
    reopen_challenge(challenge=challenge, by=ben, note="A second customer wrote.")
    assert challenge_records(Challenge.objects.waiting())[0].outcome == WAITING
    decide_challenge(challenge=challenge, outcome="partly accepted", by=ben, note="In part.")
    assert not Challenge.objects.waiting().exists()


@pytest.mark.django_db
def test_what_is_put_away_waits_for_nobody_and_readers_do_not_see_it() -> None:
    challenge, ben = received(), person("ben", "editor")
    show_challenge(challenge=challenge, by=ben)
    hide_challenge(challenge=challenge, by=ben, note="An advertisement.")
    assert challenges_on("edge-ai") == []
    assert not Challenge.objects.waiting().exists()


@pytest.mark.django_db
def test_readers_see_none_on_a_technology_that_was_withdrawn() -> None:
    publication, ben = published(), person("ben", "editor")
    challenge = received()
    show_challenge(challenge=challenge, by=ben)
    withdraw_card(revision=publication.revision, by=ben, reason="It was wrong.")
    assert challenges_on("edge-ai") == []


@pytest.mark.django_db
@pytest.mark.django_db
def test_what_is_said_of_a_draft_reaches_no_public_change() -> None:
    saved("fusion")
    fusion, ben = Technology.objects.get(slug="fusion"), person("ben", "editor")
    challenge = receive_challenge(technology=fusion, claim=CLAIM, by=ben).challenge
    with pytest.raises(DomainError, match="Publish its card first"):
        show_challenge(challenge=challenge, by=ben)
    reply_to_challenge(challenge=challenge, by=ben, note="Noted.")
    assert not Change.objects.filter(is_public=True, subject_key="fusion").exists()


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        (Claim(" "), "claim"),
        (Claim("It is wrong.", dimension="price"), "dimension"),
        (Claim("It is wrong.", evidence_url="javascript:alert(1)"), "evidence_url"),
        (Claim("It is \0 wrong."), "claim"),
        (Claim("x" * 5_000), "claim"),
    ],
)
def test_what_cannot_stand_is_named_and_nothing_is_saved(claim: Claim, field: str) -> None:
    with pytest.raises(ChallengeRefused) as refused:
        receive_challenge(technology=technology(), claim=claim)
    assert field in refused.value.faults
    assert not Challenge.objects.exists()


@pytest.mark.django_db
def test_a_publication_has_to_fit_the_claim() -> None:
    challenge, ben = received(), person("ben", "editor")
    other = published("fusion")
    with pytest.raises(DomainError, match="another technology"):
        decide_challenge(
            challenge=challenge, outcome="accepted", by=ben, note="Yes.", publication=other
        )
    assert not ChallengeEvent.objects.exists()


@pytest.mark.django_db
def test_a_publication_of_the_same_day_follows_from_no_later_claim() -> None:
    before, ben = published(), person("ben", "editor")
    challenge = received()
    assert publications_since(challenge) == []
    with pytest.raises(DomainError, match="before the claim was made"):
        decide_challenge(
            challenge=challenge, outcome="accepted", by=ben, note="Yes.", publication=before
        )
    parent = before.revision.content_hash
    after = published(viability=score("2"), parent=parent, reason="A reader was right.")
    assert publications_since(challenge) == [after]


@pytest.mark.django_db
def test_of_a_letter_of_an_issue_the_day_alone_is_known() -> None:
    before, anna = published(), person("anna")
    letter = received(source=item(), by=anna)
    assert publications_since(letter) == [before]
    said = replace(CLAIM, claim="Said before.", said_on=letter.said_on - timedelta(days=1))
    assert publications_since(received(claim=said, by=anna)) == [before]


@pytest.mark.django_db
def test_analysts_reply_and_editors_decide() -> None:
    challenge, anna, rita = received(), person("anna"), person("rita", "reader")
    with pytest.raises(NotAllowed):
        reply_to_challenge(challenge=challenge, by=rita, note="No.")
    for refused in (
        lambda: show_challenge(challenge=challenge, by=anna),
        lambda: hide_challenge(challenge=challenge, by=anna, note="No."),
        lambda: decide_challenge(challenge=challenge, outcome="declined", by=anna, note="No."),
        lambda: forget_sender(challenge=challenge, by=anna),
    ):
        with pytest.raises(NotAllowed):
            refused()


@pytest.mark.django_db
def test_every_step_but_showing_says_why() -> None:
    challenge, ben = received(), person("ben", "editor")
    with pytest.raises(DomainError, match="sentence"):
        hide_challenge(challenge=challenge, by=ben, note=" ")
    with pytest.raises(DomainError, match="sentence"):
        decide_challenge(challenge=challenge, outcome="declined", by=ben, note="")
    with pytest.raises(DatabaseError), transaction.atomic():
        ChallengeEvent.objects.create(challenge=challenge, kind="declined", by=ben)


def test_of_twenty_at_once_five_get_through(committed_db: str) -> None:
    place = technology()

    def send(number: int) -> bool:
        try:
            receive_from_reader(
                technology=place,
                claim=Claim(f"Figure {number} is wrong."),
                sender=Sender(),
                address="203.0.113.9",
            )
        except TooManyTriesError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(send, range(20))) == 5
    assert Challenge.objects.count() == 5
