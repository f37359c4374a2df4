"""The page on which a prediction is resolved: its history, and the steps that can be taken."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from assessments.models import Prediction
from assessments.predictions import PredictionRecord, prediction_record, public_predictions
from record.clock import today
from record.errors import DomainError
from scoring.forms.resolution import WORDS, ProposalForm, RemarkForm, StepForm
from scoring.models import ResolutionEvent
from scoring.resolution_states import Event, Standing, State, people_behind, standing_proposal
from scoring.resolutions import overdue, people_needed, states_of
from scoring.services.resolutions import (
    Outcome,
    confirm_resolution,
    propose_resolution,
    refuse_resolution,
    undo_resolution,
)

PROPOSE, CONFIRM, REFUSE, UNDO = "propose", "confirm", "refuse", "undo"
ANSWERS = {
    CONFIRM: confirm_resolution,
    REFUSE: refuse_resolution,
    UNDO: undo_resolution,
}
DONE = {
    PROPOSE: "The answer is proposed and waits for somebody else to confirm it.",
    CONFIRM: "You stand behind the answer now.",
    REFUSE: "The proposal is off. The prediction is open as before.",
    UNDO: "The prediction is open again. What was said stays to be read.",
}
HEADINGS = {
    PROPOSE: ("Propose an answer", "Propose it"),
    CONFIRM: ("Confirm it", "Confirm the answer"),
    REFUSE: ("Or refuse it", "Refuse the proposal"),
    UNDO: ("Undo it", "Undo the resolution"),
}
GRAVE = {REFUSE, UNDO}


@dataclass(frozen=True)
class StepView:
    step: str
    heading: str
    button: str
    is_grave: bool
    form: StepForm


@dataclass(frozen=True)
class EventView:
    what: str
    by: str
    at: datetime.datetime
    note: str
    evidence: str


@dataclass(frozen=True)
class ResolutionPage:
    """`why_not` tells whoever cannot take the step that waits."""

    record: PredictionRecord
    heading: str
    finding: str
    events: tuple[EventView, ...]
    steps: tuple[StepView, ...]
    why_not: str = ""


@dataclass(frozen=True)
class DueRow:
    record: PredictionRecord
    what: str
    days: int


@dataclass(frozen=True)
class DuePage:
    heading: str
    rows: tuple[DueRow, ...]


def resolution_page(
    *, prediction: Prediction, actor: Any, tried: tuple[str, StepForm] | None = None
) -> ResolutionPage:
    record, state = _known(prediction)
    steps = tuple(_step(step, prediction, state, tried) for step in _open_steps(state, actor))
    return ResolutionPage(
        record=record,
        heading=_heading(state),
        finding=_finding(state),
        events=tuple(_event(event) for event in state.events),
        steps=steps,
        why_not=_why_not(record, state, actor),
    )


def due_page() -> DuePage:
    rows = tuple(
        DueRow(record, _what_is_due(state), state.days_overdue)
        for record, state in overdue(public_predictions())
    )
    number = len(rows)
    heading = f"{number} predictions wait for an answer." if number != 1 else "One waits."
    return DuePage(heading if rows else "No prediction waits for an answer.", rows)


def step_form(prediction: Prediction, step: str, data: Mapping[str, Any]) -> StepForm | None:
    """The form of that step as it was sent; None for a step that there is not."""
    if step == PROPOSE:
        return ProposalForm(data, kind=prediction.kind, prefix=PROPOSE)
    return RemarkForm(data, prefix=step) if step in ANSWERS else None


def take_step(*, prediction: Prediction, step: str, form: StepForm, by: User) -> str:
    """What was done, in a sentence; empty where the form says what is wrong."""
    if not form.is_valid():
        return ""
    try:
        if isinstance(form, ProposalForm):
            answer, seen = form.answer(), form.seen_id
            propose_resolution(prediction=prediction, answer=answer, by=by, seen=seen)
        elif isinstance(form, RemarkForm):
            ANSWERS[step](prediction=prediction, remark=form.remark(), by=by)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return ""
    return DONE[step]


def _known(prediction: Prediction) -> tuple[PredictionRecord, State]:
    record = prediction_record(prediction.key)
    if record is None:
        raise DomainError(f"There is no prediction {prediction.key}.")
    return record, states_of([record])[record.key]


def _open_steps(state: State, actor: Any) -> tuple[str, ...]:
    if state.is_closed:
        return (UNDO,)
    if state.standing == Standing.PROPOSED:
        return (REFUSE,) if _stands_behind(state, actor) else (CONFIRM, REFUSE)
    return (PROPOSE,)


def _stands_behind(state: State, actor: Any) -> bool:
    return people_needed() > 1 and actor.pk in people_behind(standing_proposal(state.events))


def _step(
    step: str, prediction: Prediction, state: State, tried: tuple[str, StepForm] | None
) -> StepView:
    form = tried[1] if tried and tried[0] == step else _fresh(step, prediction, state)
    return StepView(step, *HEADINGS[step], step in GRAVE, form)


def _fresh(step: str, prediction: Prediction, state: State) -> StepForm:
    initial = {"seen": str(state.last_event_id or "")}
    if step == PROPOSE:
        return ProposalForm(initial=initial, kind=prediction.kind, prefix=step)
    return RemarkForm(initial=initial, prefix=step)


def _heading(state: State) -> str:
    if state.standing == Standing.PROPOSED:
        people = "one person" if state.missing == 1 else "two people"
        return f"An answer is proposed and waits for {people}."
    if state.standing == Standing.DUE:
        return "Its day has come. Nobody has proposed an answer."
    if state.standing == Standing.OPEN:
        return "This prediction is open."
    return f"This prediction is {state.standing}."


def _finding(state: State) -> str:
    """The answer in words; empty where there is none."""
    if not state.outcome:
        return ""
    parts = [WORDS[Outcome(state.outcome)]]
    if state.value is not None:
        parts.append(f"figure {state.value:.10g}")
    if state.happened_on is not None:
        parts.append(f"on {state.happened_on.isoformat()}")
    return "; ".join(parts) + "."


def _event(event: Event) -> EventView:
    return EventView(
        what=f"{ResolutionEvent.Kind(event.kind).label}: {WORDS[Outcome(event.outcome)].lower()}",
        by=event.by or "the machine",
        at=event.at,
        note=event.note,
        evidence=event.evidence,
    )


def _why_not(record: PredictionRecord, state: State, actor: Any) -> str:
    if state.standing == Standing.PROPOSED and _stands_behind(state, actor):
        return "You stand behind this answer already, so somebody else has to confirm it."
    if state.standing == Standing.OPEN and today() <= record.deadline:
        return (
            f"Until its deadline, {record.deadline.isoformat()}, has passed it can be answered"
            " only by what has happened and stays so, or has become impossible."
        )
    return ""


def _what_is_due(state: State) -> str:
    if state.standing != Standing.PROPOSED:
        return "no answer is proposed"
    people = "one person" if state.missing == 1 else "two people"
    return f"a proposal waits for {people}"
