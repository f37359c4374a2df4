"""A step of a resolution as a program sends it."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.api.faults import faults_of_fields, refusal
from assessments.values import limits
from assessments.values.fields import FieldProblem, Fields
from assessments.values.prediction import LARGEST
from intake.errors import IntakeError
from intake.numbers import check_integer, check_number
from scoring.services.resolutions import Answer, Outcome, Remark


class Action(StrEnum):
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    UNDO = "undo"
    ANNUL = "annul"
    AMBIGUOUS = "ambiguous"


WITHOUT_ANSWER = {Action.ANNUL: Outcome.ANNULLED, Action.AMBIGUOUS: Outcome.AMBIGUOUS}
LAST_EVENT = 2**62


@dataclass(frozen=True)
class Step:
    """`answer` is None where the step is no proposal."""

    action: Action
    remark: Remark
    answer: Answer | None


def read_step(body: object) -> Step:
    """The step, or 422 with all that is wrong in it."""
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    action = fields.optional_choice("action", Action) if fields.has("action") else None
    outcome = fields.line("outcome", limit=40) or ""
    day, value = fields.day("happened_on"), _number(fields, "value", -LARGEST, LARGEST)
    seen = _number(fields, "seen", 0, LAST_EVENT)
    evidence = fields.text("evidence", limit=limits.NOTE)
    note = fields.text("note", limit=limits.NOTE) if fields.has("note") else ""
    if not note and not problems:
        fields.note("note", note, "Say in a sentence why.")
    if action is Action.PROPOSE and not outcome and not problems:
        fields.note("outcome", None, "Say what came out, such as yes.")
    fields.finish()
    if problems or action is None:
        raise refusal(faults_of_fields(problems))
    remark = Remark(note=note, evidence=evidence, seen=int(seen or 0))
    if action in {Action.CONFIRM, Action.REFUSE, Action.UNDO}:
        return Step(action, remark, None)
    said = WITHOUT_ANSWER[action].value if action in WITHOUT_ANSWER else outcome
    answer = Answer(said, note=note, evidence=evidence, value=value, happened_on=day)
    return Step(action, remark, answer)


def _number(fields: Fields, key: str, low: float, high: float) -> float | None:
    raw = fields.raw(key)
    if raw is None:
        return None
    try:
        if key == "seen":
            return check_integer(raw, int(low), int(high), field="The step that was seen")
        return check_number(raw, low, high, field="The number")
    except IntakeError as error:
        fields.note(key, raw, error.message)
        return None
