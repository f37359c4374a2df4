"""From open to resolved, and back."""

import datetime

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from accounts.models import User
from assessments.models import Prediction
from assessments.predictions import prediction_record
from assessments.services.prediction_steps import withdraw_prediction
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from scoring.models import ResolutionEvent
from scoring.resolution_states import Standing, State
from scoring.resolutions import closed_keys, overdue, states_of
from scoring.services.resolutions import (
    Answer,
    Remark,
    confirm_resolution,
    propose_resolution,
    refuse_resolution,
    undo_resolution,
)
from tests.assessments.factories import person
from tests.assessments.predicted import made, measured_json, published, spec_json

pytestmark = pytest.mark.django_db

YES = Answer("yes", note="Three price lists.", evidence="https://example.org/prices")
AGREED = Remark("I looked it up as well.")
AFTER = datetime.date(2031, 4, 2)


@pytest.fixture
def ben() -> User:
    return person("ben", "editor")


@pytest.fixture
def cleo() -> User:
    return person("cleo", "editor")


def state(prediction: Prediction) -> State:
    record = prediction_record(prediction.key)
    assert record is not None
    return states_of([record])[prediction.key]


def resolved(ben: User, cleo: User) -> Prediction:
    prediction = published()
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    confirm_resolution(prediction=prediction, remark=AGREED, by=cleo)
    return prediction


def test_two_people_resolve_a_prediction(ben: User, cleo: User) -> None:
    prediction = published()
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    waiting = state(prediction)
    assert waiting.standing == Standing.PROPOSED
    assert waiting.missing == 1
    assert waiting.proposal is not None
    assert waiting.proposal.by == "ben"
    confirm_resolution(prediction=prediction, remark=AGREED, by=cleo)
    done = state(prediction)
    assert done.standing == Standing.RESOLVED
    assert (done.outcome, done.evidence) == ("yes", "https://example.org/prices")
    assert done.is_closed
    assert closed_keys() == {prediction.key}
    assert [event.kind for event in done.events] == ["proposed", "confirmed"]


def test_what_is_answered_is_not_withdrawn_and_what_is_withdrawn_not_answered(
    ben: User, cleo: User
) -> None:
    done = resolved(ben, cleo)
    with pytest.raises(DomainError, match="an answer stays to be read"):
        withdraw_prediction(prediction=done, by=cleo, reason="It looks bad.")
    undo_resolution(prediction=done, remark=Remark("Another list counts."), by=ben)
    propose_resolution(prediction=done, answer=YES, by=ben)
    withdraw_prediction(prediction=done, by=cleo, reason="Nobody forecast on it.")
    with pytest.raises(DomainError, match="is not published"):
        confirm_resolution(prediction=done, remark=AGREED, by=cleo)
    assert not state(done).is_closed


def test_nobody_confirms_their_own_proposal(ben: User) -> None:
    prediction = published()
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    with pytest.raises(NotAllowed, match="somebody else"):
        confirm_resolution(prediction=prediction, remark=AGREED, by=ben)
    assert state(prediction).standing == Standing.PROPOSED


def test_a_team_of_one_needs_no_second_person(ben: User, settings: LazySettings) -> None:
    settings.TWO_EYES = False
    prediction = published()
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    assert state(prediction).standing == Standing.RESOLVED


def test_an_analyst_resolves_nothing() -> None:
    prediction = published()
    with pytest.raises(NotAllowed, match="Only editors"):
        propose_resolution(prediction=prediction, answer=YES, by=person("dora"))


def test_a_refused_proposal_leaves_the_prediction_open(ben: User, cleo: User) -> None:
    prediction = published()
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    refuse_resolution(prediction=prediction, remark=Remark("Two lists are of one vendor."), by=cleo)
    assert state(prediction).standing == Standing.OPEN
    with pytest.raises(DomainError, match="waits"):
        confirm_resolution(prediction=prediction, remark=AGREED, by=cleo)
    propose_resolution(prediction=prediction, answer=YES, by=cleo)
    assert state(prediction).standing == Standing.PROPOSED


def test_what_was_undone_is_open_again_and_keeps_its_history(ben: User, cleo: User) -> None:
    prediction = resolved(ben, cleo)
    undo_resolution(prediction=prediction, remark=Remark("A vendor went back to pilots."), by=ben)
    found = state(prediction)
    assert found.standing == Standing.OPEN
    assert [event.kind for event in found.events] == ["proposed", "confirmed", "undone"]
    record = prediction_record(prediction.key)
    assert record is not None
    assert record.closes_at.date() == datetime.date(2031, 1, 1)
    with pytest.raises(DomainError, match="nothing to undo"):
        undo_resolution(prediction=prediction, remark=AGREED, by=ben)


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_an_annulment_takes_two_people_as_well(outcome: str, ben: User, cleo: User) -> None:
    prediction = published()
    answer = Answer(outcome, note="The office closed.", evidence="Its last annual report.")
    propose_resolution(prediction=prediction, answer=answer, by=ben)
    assert state(prediction).standing == Standing.PROPOSED
    confirm_resolution(prediction=prediction, remark=AGREED, by=cleo)
    assert state(prediction).standing == Standing(outcome)


def test_only_what_has_happened_is_answered_before_the_deadline(
    ben: User, settings: LazySettings
) -> None:
    prediction = published()
    no = Answer("no", note="Nobody sells one.", evidence="A search.")
    with pytest.raises(DomainError, match="has not passed"):
        propose_resolution(prediction=prediction, answer=no, by=ben)
    at = published(measured_json(), slug="lidar")
    with pytest.raises(DomainError, match="has not passed"):
        propose_resolution(prediction=at, answer=YES, by=ben)
    settings.BELLWETHER_TODAY = AFTER
    propose_resolution(prediction=prediction, answer=no, by=ben)
    assert state(prediction).outcome == "no"


def test_an_event_is_answered_with_no_from_the_day_on_which_it_became_impossible(
    ben: User,
) -> None:
    prediction = published()
    day = datetime.date(2026, 3, 2)
    gone = Answer("no", note="The project was ended.", evidence="Its owner.", happened_on=day)
    propose_resolution(prediction=prediction, answer=gone, by=ben)
    assert state(prediction).happened_on == day


def test_a_threshold_may_be_crossed_before_the_deadline(ben: User) -> None:
    prediction = published(measured_json(window="any time by"))
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    assert state(prediction).standing == Standing.PROPOSED


def test_a_number_needs_its_number(ben: User, settings: LazySettings) -> None:
    parts = measured_json(comparator=None, threshold=None)
    prediction = published(parts, kind="number")
    settings.BELLWETHER_TODAY = AFTER
    with pytest.raises(DomainError, match="one of number"):
        propose_resolution(prediction=prediction, answer=YES, by=ben)
    bare = Answer("number", note="Read.", evidence="The table.")
    with pytest.raises(DomainError, match="the number that was read"):
        propose_resolution(prediction=prediction, answer=bare, by=ben)
    nan = Answer("number", note="Read.", evidence="The table.", value=float("nan"))
    with pytest.raises(DomainError, match="can be measured"):
        propose_resolution(prediction=prediction, answer=nan, by=ben)
    good = Answer("number", note="Read.", evidence="The table.", value=117.5)
    propose_resolution(prediction=prediction, answer=good, by=ben)
    assert state(prediction).value == 117.5


def test_a_day_lies_before_the_deadline_and_not_in_the_future(ben: User) -> None:
    prediction = published(kind="date")
    for day in (datetime.date(2031, 1, 1), datetime.date(2029, 1, 1)):
        answer = Answer("date", note="Sold.", evidence="The list.", happened_on=day)
        with pytest.raises(DomainError, match=r"future|after the deadline"):
            propose_resolution(prediction=prediction, answer=answer, by=ben)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer("yes", note=" ", evidence="A list."), "note"),
        (Answer("yes", note="It is so.", evidence=" "), "evidence"),
        (Answer("perhaps", note="It is so.", evidence="A list."), "outcome"),
    ],
)
def test_an_answer_says_what_why_and_how_one_knows(answer: Answer, field: str, ben: User) -> None:
    prediction = published()
    with pytest.raises(DomainError) as caught:
        propose_resolution(prediction=prediction, answer=answer, by=ben)
    assert caught.value.field == field
    assert not ResolutionEvent.objects.exists()


def test_a_draft_is_not_resolved(ben: User) -> None:
    with pytest.raises(DomainError, match="not published"):
        propose_resolution(prediction=made(), answer=YES, by=ben)


def test_whoever_saw_an_older_state_is_told_so(ben: User, cleo: User) -> None:
    prediction = published()
    first = propose_resolution(prediction=prediction, answer=YES, by=ben)
    refuse_resolution(prediction=prediction, remark=Remark("Not three."), by=cleo)
    propose_resolution(prediction=prediction, answer=YES, by=ben)
    with pytest.raises(Conflict, match="meanwhile"):
        confirm_resolution(prediction=prediction, remark=Remark("Fine.", seen=first.pk), by=cleo)
    with pytest.raises(Conflict, match="proposed already"):
        propose_resolution(prediction=prediction, answer=YES, by=cleo)


def test_the_database_takes_one_answer_to_each_step(ben: User, cleo: User) -> None:
    prediction = resolved(ben, cleo)
    proposal = ResolutionEvent.objects.order_by("pk").first()
    for answers in (proposal, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResolutionEvent.objects.create(
                prediction=prediction,
                kind="proposed",
                outcome="yes",
                note="Twice.",
                by=cleo,
                answers=answers,
            )


def test_what_is_due_or_waits_stands_in_the_queue(ben: User, settings: LazySettings) -> None:
    first, second = published(), published(measured_json(), slug="lidar")
    third = published(spec_json(event="A fusion plant sells power"), slug="fusion")
    propose_resolution(prediction=third, answer=YES, by=ben)
    settings.BELLWETHER_TODAY = AFTER
    records = [prediction_record(row.key) for row in (first, second, third)]
    queue = overdue(record for record in records if record)
    assert [(record.key, found.standing) for record, found in queue] == [
        (key, standing) for key, standing in sorted([(first.key, "due"), (third.key, "proposed")])
    ]
    assert queue[0][1].days_overdue == 2


def test_the_log_tells_readers_of_the_end_and_of_its_undoing(ben: User, cleo: User) -> None:
    prediction = resolved(ben, cleo)
    undo_resolution(prediction=prediction, remark=Remark("It was a pilot."), by=ben)
    seen = Change.objects.filter(subject_key=prediction.key, is_public=True).order_by("seq")
    assert list(seen.values_list("kind", flat=True)) == [
        "prediction.published",
        "prediction.resolved",
        "prediction.resolution-undone",
    ]
