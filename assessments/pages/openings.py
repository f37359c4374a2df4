"""The page on which a market is recorded as open."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.forms.opening import OpeningAnswerForm, OpeningForm, OpeningTestForm
from assessments.models import Opening, OpeningStep, Technology
from assessments.openings import (
    TestInForce,
    last_opening,
    opening_test,
    pending_step,
    steps_of,
)


@dataclass(frozen=True)
class OpeningPage:
    """What cannot be done now has no form; `why_no_test` says why the test stands still."""

    technology: Technology
    heading: str
    test: TestInForce
    pending: OpeningStep | None
    steps: tuple[OpeningStep, ...]
    recorded: tuple[Opening, ...]
    form: OpeningForm | None
    test_form: OpeningTestForm | None
    why_no_test: str
    answer_form: OpeningAnswerForm | None
    may_withdraw: bool


def opening_page(
    technology: Technology, by: User, form: OpeningForm | OpeningTestForm | None = None
) -> OpeningPage:
    """`form` is what was refused, with what was typed."""
    pending, last, test = pending_step(technology), last_opening(technology), None
    stated = opening_test(technology)
    is_open = last is not None and last.status == Opening.Status.OPEN
    if pending is None and not is_open:
        initial = {"text": stated.text, "version": stated.version}
        test = form if isinstance(form, OpeningTestForm) else OpeningTestForm(initial=initial)
    is_own = pending is not None and pending.by_id == by.pk
    may_answer = pending is not None and not is_own and has_role(by, Role.EDITOR)
    proposal = None
    if pending is None:
        status = Opening.Status.CLOSED if is_open else Opening.Status.OPEN
        is_refused = isinstance(form, OpeningForm)
        proposal = form if is_refused else OpeningForm(initial={"status": status})
    return OpeningPage(
        technology=technology,
        heading=_heading(technology, last),
        test=stated,
        pending=pending,
        steps=tuple(steps_of(technology)),
        recorded=tuple(technology.openings.all()),
        form=proposal if isinstance(proposal, OpeningForm) else None,
        test_form=test,
        why_no_test="" if test else _why_no_test(pending),
        answer_form=_answer_form(pending) if may_answer else None,
        may_withdraw=is_own,
    )


def _heading(technology: Technology, last: Opening | None) -> str:
    if last is None:
        return f"Nobody has recorded that the market of {technology.name} is open."
    if last.status == Opening.Status.OPEN:
        return f"The market of {technology.name} is open since {last.year}."
    return f"The market of {technology.name} closed again in {last.year}."


def _why_no_test(pending: OpeningStep | None) -> str:
    if pending is not None:
        return (
            "The words stand still while a proposal waits: changing them now would move the goal"
            " after the shot."
        )
    return "The market was recorded as open by these words, so they stay until it closes again."


def _answer_form(pending: OpeningStep | None) -> OpeningAnswerForm:
    return OpeningAnswerForm(initial={"proposal": pending.pk if pending else 0})
