"""The way of a prediction from open to resolved, a step at a time, and back."""

import math
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Prediction
from assessments.predictions import spec_of
from assessments.services.prediction_steps import close_prediction, reopen_prediction
from assessments.values.prediction import Kind, Spec, Window
from evidence.models import Observation
from intake.showing import shown
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change
from scoring.models import ResolutionEvent
from scoring.resolution_states import Standing, State, people_behind, standing_proposal, state_of
from scoring.resolutions import event_of, people_needed
from scoring.services.score_runs import open_scores_run

Outcome, Step = ResolutionEvent.Outcome, ResolutionEvent.Kind
WITHOUT_ANSWER = {Outcome.ANNULLED, Outcome.AMBIGUOUS}
OF_KIND = {
    Kind.YES_NO: (Outcome.YES, Outcome.NO),
    Kind.NUMBER: (Outcome.NUMBER,),
    Kind.DATE: (Outcome.DATE, Outcome.NO),
}
LARGEST = 1e15


@dataclass(frozen=True)
class Answer:
    """What happened, and how one knows. `value` is for numbers, `happened_on` for dates and, where
    it is known, for what came true before its deadline."""

    outcome: str
    note: str
    evidence: str = ""
    value: float | None = None
    happened_on: date | None = None


@dataclass(frozen=True)
class Remark:
    """Why an answer is confirmed, refused or undone; `seen` is the event that the person saw last,
    0 where nobody says."""

    note: str
    evidence: str = ""
    seen: int = 0


@transaction.atomic
def propose_resolution(
    *, prediction: Prediction, answer: Answer, by: User, seen: int = 0
) -> ResolutionEvent:
    """The answer waits for other people to confirm it."""
    _require_editor(by)
    state = _open_state(prediction, seen)
    _check_answer(Kind(prediction.kind), spec_of(prediction), answer)
    return _add(prediction, state, Step.PROPOSED, answer, by=by)


@transaction.atomic
def propose_as_machine(
    *, prediction: Prediction, answer: Answer, observation: Observation
) -> ResolutionEvent | None:
    """The answer that an observation gave waits for two people; None where it was given before,
    for whoever refused or undid it knew better."""
    state = _state(prediction)
    if state.standing not in {Standing.OPEN, Standing.DUE}:
        return None
    earlier = ResolutionEvent.objects.filter(prediction=prediction, by=None, kind=Step.PROPOSED)
    if earlier.filter(outcome=answer.outcome, observation=observation).exists():
        return None
    return _add(prediction, state, Step.PROPOSED, answer, by=None, observation=observation)


@transaction.atomic
def confirm_resolution(*, prediction: Prediction, remark: Remark, by: User) -> ResolutionEvent:
    """One person more stands behind the answer; with enough of them the prediction is resolved,
    annulled or ambiguous, and takes no more forecasts."""
    _require_editor(by)
    state = _waiting_state(prediction, remark)
    if by.pk in people_behind(standing_proposal(state.events)) and people_needed() > 1:
        raise NotAllowed(
            "You stand behind this answer already, so somebody else has to confirm it."
        )
    _require_published(prediction)
    answer = _standing_answer(state, remark)
    event = _add(prediction, state, Step.CONFIRMED, answer, by=by)
    if _state(prediction).is_closed:
        close_prediction(prediction=prediction, by=by, reason=remark.note)
        open_scores_run(reason=f"resolved: {prediction.key}")
    return event


@transaction.atomic
def refuse_resolution(*, prediction: Prediction, remark: Remark, by: User) -> ResolutionEvent:
    """The proposal is off, and the prediction open as before."""
    _require_editor(by)
    state = _waiting_state(prediction, remark)
    return _add(prediction, state, Step.REFUSED, _standing_answer(state, remark), by=by)


@transaction.atomic
def undo_resolution(*, prediction: Prediction, remark: Remark, by: User) -> ResolutionEvent:
    """The prediction is open again; what was said of it stays to be read."""
    _require_editor(by)
    state = _state(prediction)
    _require_seen(state, remark.seen)
    if not state.is_closed:
        raise DomainError(f"{prediction.key} is {state.standing}, so there is nothing to undo.")
    event = _add(prediction, state, Step.UNDONE, _standing_answer(state, remark), by=by)
    reopen_prediction(prediction=prediction, by=by, reason=remark.note)
    open_scores_run(reason=f"undone: {prediction.key}")
    return event


def _require_editor(by: User) -> None:
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can resolve a prediction.")


def _state(prediction: Prediction) -> State:
    rows = ResolutionEvent.objects.filter(prediction=prediction).select_related("by")
    return state_of(
        [event_of(row) for row in rows.order_by("pk")],
        reads_on=spec_of(prediction).reads_on,
        today=today(),
        people_needed=people_needed(),
    )


def _require_seen(state: State, seen: int) -> None:
    if seen and seen != state.last_event_id:
        raise Conflict("Somebody else took a step meanwhile. Reload the page and look again.")


def _open_state(prediction: Prediction, seen: int) -> State:
    state = _state(prediction)
    _require_seen(state, seen)
    _require_published(prediction)
    if state.standing == Standing.PROPOSED:
        raise Conflict(f"An answer to {prediction.key} is proposed already. Confirm or refuse it.")
    if state.is_closed:
        raise Conflict(f"{prediction.key} is {state.standing} already. Undo that first.")
    return state


def _require_published(prediction: Prediction) -> None:
    if not Prediction.objects.published().filter(pk=prediction.pk).exists():
        raise DomainError(
            f"{prediction.key} is not published, so nobody waits for its answer. Withdraw it if it"
            " is wrong."
        )


def _waiting_state(prediction: Prediction, remark: Remark) -> State:
    state = _state(prediction)
    _require_seen(state, remark.seen)
    if state.standing != Standing.PROPOSED:
        raise DomainError(f"No answer to {prediction.key} waits: it is {state.standing}.")
    return state


def _standing_answer(state: State, remark: Remark) -> Answer:
    return Answer(
        outcome=state.outcome,
        note=remark.note,
        evidence=remark.evidence,
        value=state.value,
        happened_on=state.happened_on,
    )


def _check_answer(kind: Kind, spec: Spec, answer: Answer) -> None:
    if not answer.evidence.strip():
        raise DomainError(
            "Needed: how one knows. Give an address, or name the publication.", field="evidence"
        )
    if answer.outcome in WITHOUT_ANSWER:
        return
    allowed = OF_KIND[kind]
    if answer.outcome not in allowed:
        words = ", ".join([*allowed, Outcome.ANNULLED, Outcome.AMBIGUOUS])
        raise DomainError(
            f"The answer is {shown(answer.outcome)}; to this question it is one of {words}.",
            field="outcome",
        )
    _check_value(answer)
    _check_day(spec, answer)
    if not _may_be_known(kind, spec, answer) and today() <= spec.deadline:
        raise DomainError(
            f"The deadline, {spec.deadline.isoformat()}, has not passed, so this cannot be"
            " answered yet. Annul the prediction if there will be no answer.",
            field="outcome",
        )


def _check_value(answer: Answer) -> None:
    value = answer.value
    if answer.outcome == Outcome.NUMBER and value is None:
        raise DomainError("Needed: the number that was read.", field="value")
    if value is not None and not (math.isfinite(value) and abs(value) <= LARGEST):
        raise DomainError("The number is not one that can be measured.", field="value")


def _check_day(spec: Spec, answer: Answer) -> None:
    day = answer.happened_on
    if answer.outcome == Outcome.DATE and day is None:
        raise DomainError("Needed: the day on which it happened.", field="happened_on")
    if day is None:
        return
    if day > today():
        raise DomainError(f"{day.isoformat()} is in the future.", field="happened_on")
    if day > spec.deadline:
        raise DomainError(
            f"{day.isoformat()} is after the deadline, {spec.deadline.isoformat()}: then the answer"
            " is no.",
            field="happened_on",
        )


def _may_be_known(kind: Kind, spec: Spec, answer: Answer) -> bool:
    """Whether the answer can come before the deadline: what happened stays so, and an event is out
    of the question from the day on which it became impossible."""
    if answer.outcome == Outcome.NO:
        return not spec.is_measured and answer.happened_on is not None
    if kind == Kind.DATE:
        return answer.outcome == Outcome.DATE
    is_event = not spec.is_measured or spec.window == Window.ANY_TIME_BY
    return answer.outcome == Outcome.YES and is_event


def _add(
    prediction: Prediction,
    state: State,
    step: str,
    answer: Answer,
    *,
    by: User | None,
    observation: Observation | None = None,
) -> ResolutionEvent:
    if not answer.note.strip():
        raise DomainError("Say in a sentence why.", field="note")
    try:
        with transaction.atomic():
            event = ResolutionEvent.objects.create(
                prediction=prediction,
                kind=step,
                outcome=answer.outcome,
                value=answer.value,
                happened_on=answer.happened_on,
                note=answer.note.strip(),
                evidence=answer.evidence.strip(),
                observation=observation,
                by=by,
                answers_id=state.last_event_id or None,
            )
    except IntegrityError:
        raise Conflict(
            "Somebody else took a step meanwhile. Reload the page and look again."
        ) from None
    _log(event, prediction)
    return event


def _log(event: ResolutionEvent, prediction: Prediction) -> None:
    is_end = event.kind == Step.CONFIRMED and _state(prediction).is_closed
    log_change(
        kind="prediction.resolved" if is_end else f"prediction.resolution-{event.kind}",
        subject_kind="prediction",
        subject_key=prediction.key,
        actor_id=event.by_id,
        reason=event.note,
        is_public=is_end or event.kind == Step.UNDONE,
        after={
            "technology": prediction.technology.slug,
            "statement": prediction.statement,
            "outcome": event.outcome,
            "value": event.value,
            "happened_on": event.happened_on.isoformat() if event.happened_on else None,
        },
    )
