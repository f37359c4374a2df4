"""Recording that a market is open, or closed again: one person proposes, another confirms."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Opening, OpeningStep, OpeningTest, Technology
from assessments.openings import last_opening, opening_test, pending_step
from assessments.services.publication import republish_facts
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

FIRST_YEAR = 1800
KINDS = {Opening.Status.OPEN: "technology.opened", Opening.Status.CLOSED: "technology.closed_again"}


@transaction.atomic
def propose_opening(
    *, technology: Technology, status: str, year: int, evidence: str, by: User
) -> OpeningStep:
    """It waits for a second person; nobody else sees it as a fact."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can propose an opening.")
    _lock(technology)
    _check_proposal(technology, status, year, evidence)
    step: OpeningStep = OpeningStep.objects.create(
        technology=technology,
        kind=OpeningStep.Kind.PROPOSED,
        status=status,
        year=year,
        evidence=evidence.strip(),
        test=opening_test(technology).text,
        by=by,
        proposed_by=by,
    )
    _log("opening.proposed", step, by)
    return step


@transaction.atomic
def confirm_opening(*, proposal: OpeningStep, by: User, note: str = "") -> Opening:
    """The market is recorded as open, or closed again, and readers see it where a card is
    published: that asks for a new outlook and a new ranking."""
    _check_answer(proposal, by)
    opening: Opening = Opening.objects.create(
        technology=proposal.technology,
        status=proposal.status,
        year=proposal.year,
        evidence=proposal.evidence,
        recorded_by=proposal.by,
        confirmed_by=by,
    )
    _answer(proposal, OpeningStep.Kind.CONFIRMED, by, note, opening)
    is_public = Technology.objects.published().filter(pk=proposal.technology_id).exists()
    log_change(
        kind=KINDS[Opening.Status(opening.status)],
        subject_kind="technology",
        subject_key=proposal.technology.slug,
        actor_id=by.pk,
        after={"status": opening.status, "year": opening.year},
        reason=opening.evidence,
        is_public=is_public,
    )
    republish_facts(technology=proposal.technology, by=by)
    return opening


@transaction.atomic
def refuse_opening(*, proposal: OpeningStep, by: User, note: str) -> OpeningStep:
    """The proposal is answered with a reason and stays in the record."""
    _check_answer(proposal, by)
    if not note.strip():
        raise DomainError("Say in a sentence why it is refused.", field="note")
    step = _answer(proposal, OpeningStep.Kind.REFUSED, by, note)
    _log("opening.refused", step, by)
    return step


@transaction.atomic
def withdraw_opening(*, proposal: OpeningStep, by: User) -> OpeningStep:
    """Whoever proposed it takes it back."""
    _lock(proposal.technology)
    if by.pk != proposal.by_id:
        raise NotAllowed("Only whoever proposed it can take it back. You can refuse it.")
    _require_waiting(proposal)
    step = _answer(proposal, OpeningStep.Kind.WITHDRAWN, by, "")
    _log("opening.withdrawn", step, by)
    return step


@transaction.atomic
def state_opening_test(*, technology: Technology, text: str, version: int, by: User) -> OpeningTest:
    """From now on this is what has to be so; possible only before the fact."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can state what counts as open.")
    _lock(technology)
    before = opening_test(technology)
    _check_test(technology, text, version, before.version)
    if text.strip() == before.text:
        raise DomainError("These are the words that stand already.", field="text")
    row: OpeningTest = OpeningTest.objects.create(
        technology=technology, version=before.version + 1, text=text.strip(), by=by
    )
    log_change(
        kind="opening.test_stated",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        before={"version": before.version, "text": before.text},
        after={"version": row.version, "text": row.text},
    )
    return row


def _check_test(technology: Technology, text: str, version: int, newest: int) -> None:
    if not text.strip():
        raise DomainError("Say what has to be so for the market to count as open.", field="text")
    if version != newest:
        raise Conflict(
            f"Somebody stated another test of {technology.name} while you edited it. Reload the"
            " page, read theirs, then make your change again."
        )
    if pending_step(technology) is not None:
        raise DomainError(
            "A proposal waits to be judged by the test as it stands. Changing the words now would"
            " move the goal after the shot: confirm, refuse or withdraw the proposal first.",
            field="text",
        )
    if _is_open(technology):
        raise DomainError(
            f"{technology.name} was recorded as open by the test as it stands, so the words stay."
            " They can change again once the market is recorded as closed.",
            field="text",
        )


def _check_proposal(technology: Technology, status: str, year: int, evidence: str) -> None:
    if status not in Opening.Status.values:
        raise DomainError("The market is “open” or “closed again”.", field="status")
    if pending_step(technology) is not None:
        raise DomainError(
            f"A proposal on {technology.name} waits already. It has to be answered first."
        )
    if not FIRST_YEAR <= year <= today().year:
        raise DomainError(
            f"The year {year} is not between {FIRST_YEAR} and {today().year}. An opening is a"
            " record of what has happened; for what is to come, make a prediction.",
            field="year",
        )
    if not evidence.strip():
        raise DomainError(
            "Say by what evidence the test is met: who sells, to whom, and the figures with"
            " their sources.",
            field="evidence",
        )
    _check_order(technology, status, year)


def _check_order(technology: Technology, status: str, year: int) -> None:
    last = last_opening(technology)
    if status == Opening.Status.CLOSED and not _is_open(technology):
        raise DomainError(
            f"{technology.name} is not recorded as open, so it cannot close again.", field="status"
        )
    if status == Opening.Status.OPEN and _is_open(technology):
        raise DomainError(
            f"{technology.name} is recorded as open since {last.year if last else ''} already."
            " Was that wrong? Propose that it closed again, then the right year.",
            field="status",
        )
    if last is not None and status == Opening.Status.CLOSED and year < last.year:
        raise DomainError(
            f"It opened in {last.year}, so it cannot have closed again in {year}.", field="year"
        )


def _check_answer(proposal: OpeningStep, by: User) -> None:
    _lock(proposal.technology)
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can confirm or refuse an opening.")
    if by.pk == proposal.by_id:
        raise NotAllowed("An opening needs two people: somebody else has to answer it.")
    _require_waiting(proposal)


def _require_waiting(proposal: OpeningStep) -> None:
    waiting = pending_step(proposal.technology)
    if waiting is None or waiting.pk != proposal.pk:
        raise Conflict("This proposal has been answered already. Reload the page to see how.")


def _answer(
    proposal: OpeningStep, kind: str, by: User, note: str, opening: Opening | None = None
) -> OpeningStep:
    try:
        with transaction.atomic():
            return OpeningStep.objects.create(
                technology=proposal.technology,
                kind=kind,
                status=proposal.status,
                year=proposal.year,
                evidence=proposal.evidence,
                test=proposal.test,
                note=note.strip(),
                by=by,
                proposed_by=proposal.by,
                answers=proposal,
                opening=opening,
            )
    except IntegrityError as error:
        raise Conflict("Somebody else answered this proposal first. Reload the page.") from error


def _is_open(technology: Technology) -> bool:
    last = last_opening(technology)
    return last is not None and last.status == Opening.Status.OPEN


def _lock(technology: Technology) -> None:
    list(Technology.objects.select_for_update().filter(pk=technology.pk).values_list("pk"))


def _log(kind: str, step: OpeningStep, by: User) -> None:
    after: dict[str, Any] = {"status": step.status, "year": step.year}
    log_change(
        kind=kind,
        subject_kind="technology",
        subject_key=step.technology.slug,
        actor_id=by.pk,
        after=after,
        reason=step.note or step.evidence,
    )
