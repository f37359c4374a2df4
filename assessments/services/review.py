"""Review and publication. An approval signs the hash of what was shown."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import ReviewEvent, Revision
from assessments.selectors import head_of, state_of, unpublished_authors
from assessments.states import State
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

ALONE = "two-eyes review is switched off"
BY_COMMAND = "imported by command with one approver"


@transaction.atomic
def submit_revision(*, revision: Revision, by: User, note: str = "") -> ReviewEvent:
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can send a card to review.")
    _require(revision, {State.DRAFT, State.RETURNED}, "sent to review")
    _require_newest(revision)
    return record_event(revision, ReviewEvent.Kind.SUBMITTED, by, note=note)


@transaction.atomic
def approve_revision(
    *, revision: Revision, by: User, shown_hash: str, note: str = "", override_reason: str = ""
) -> ReviewEvent:
    """The person stands behind exactly the content whose hash was shown."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can approve a card.")
    _require(revision, {State.IN_REVIEW}, "approved")
    _require_newest(revision)
    if shown_hash != revision.content_hash:
        raise Conflict(
            "The card changed after this page was opened. Read the newer revision, then approve it."
        )
    override = _override(revision, by, override_reason)
    if revision.events.filter(kind="approved", by=by, override_reason=override).exists():
        raise DomainError("You have approved this revision already; another editor is needed.")
    return record_event(revision, ReviewEvent.Kind.APPROVED, by, note=note, override=override)


def _override(revision: Revision, by: User, reason: str) -> str:
    if reason:
        if not has_role(by, Role.ADMIN):
            raise NotAllowed("Only an administrator can approve without a second person.")
        return reason
    if by.pk not in unpublished_authors(revision):
        return ""
    if settings.TWO_EYES:
        raise NotAllowed(
            "You wrote part of what this would publish, so somebody else has to approve it. An"
            " administrator can approve it with a reason that is printed."
        )
    return ALONE


@transaction.atomic
def approve_import(*, revision: Revision, by: User) -> ReviewEvent:
    """Whoever runs commands answers for what the second editor would; the publication says so."""
    _require(revision, {State.IN_REVIEW}, "approved")
    return record_event(revision, ReviewEvent.Kind.APPROVED, by, override=BY_COMMAND)


@transaction.atomic
def return_revision(*, revision: Revision, by: User, note: str) -> ReviewEvent:
    """The revision goes back to its author with what is missing."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can return a card.")
    _require(revision, {State.IN_REVIEW, State.APPROVED}, "returned")
    if not note.strip():
        raise DomainError("Say in a sentence what the author should change.", field="note")
    return record_event(revision, ReviewEvent.Kind.RETURNED, by, note=note)


def _require(revision: Revision, wanted: set[State], verb: str) -> None:
    state = state_of(revision)
    if state not in wanted:
        raise DomainError(
            f"Revision {revision.number} of {revision.card.technology.name} is {state.value} and"
            f" cannot be {verb} now."
        )


def _require_newest(revision: Revision) -> None:
    head = head_of(revision.card)
    if head is not None and head.pk != revision.pk:
        raise Conflict(
            f"Revision {revision.number} is no longer the newest: {head.author} saved number"
            f" {head.number}. Look at that one."
        )


def record_event(
    revision: Revision, kind: str, by: User, *, note: str = "", override: str = ""
) -> ReviewEvent:
    """A step of the revision's review, written and logged; callers have judged it."""
    event = ReviewEvent.objects.create(
        revision=revision,
        kind=kind,
        by=by,
        revision_author=revision.author,
        content_hash=revision.content_hash,
        note=note,
        override_reason=override,
    )
    log_change(
        kind=f"card.{kind}",
        subject_kind="card",
        subject_key=str(revision.card_id),
        actor_id=by.pk,
        reason=override or note,
        after={"technology": revision.card.technology.slug, "revision": revision.number},
    )
    return event
