"""Remarks on the parts of a revision, and notes on opinions that differ; the team's alone."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import (
    CommentResolution,
    ReconciledRevision,
    Reconciliation,
    ReviewComment,
    Revision,
    Technology,
)
from assessments.selectors import head_of
from assessments.values.commented import PARTS
from record.errors import DomainError, NotAllowed
from record.services import log_change


@transaction.atomic
def comment_on(*, revision: Revision, part: str, text: str, by: User) -> ReviewComment:
    """The remark stands beside that part until somebody resolves it."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only the team comments on a card.")
    if not Revision.objects.visible_to(by).filter(pk=revision.pk).exists():
        raise NotAllowed("You see this revision once your own opinion is in.")
    if part not in PARTS:
        raise DomainError(f"Name the part that you speak of: {', '.join(PARTS)}.", field="part")
    if not text.strip():
        raise DomainError("Needed: the comment itself.", field="text")
    comment = ReviewComment.objects.create(revision=revision, part=part, text=text, by=by)
    _log("comment.added", revision, by)
    return comment


def may_resolve(comment: ReviewComment, person: User) -> bool:
    """Its writer, the authors of the card, and editors."""
    card = comment.revision.card
    concerned = {comment.by_id, comment.revision.author_id, card.owner_id}
    if person.pk in concerned or has_role(person, Role.EDITOR):
        return True
    head = head_of(card)
    return head is not None and head.author_id == person.pk


@transaction.atomic
def resolve_comment(*, comment: ReviewComment, by: User) -> CommentResolution:
    """The comment is dealt with; a second press changes nothing."""
    if not has_role(by, Role.ANALYST) or not may_resolve(comment, by):
        raise NotAllowed(
            "A comment is resolved by who wrote it, by the card's author or an editor."
        )
    found, is_new = CommentResolution.objects.get_or_create(comment=comment, defaults={"by": by})
    if is_new:
        _log("comment.resolved", comment.revision, by)
    return found


@transaction.atomic
def note_reconciliation(
    *, technology: Technology, revisions: Collection[Revision], text: str, by: User
) -> Reconciliation:
    """The note is kept with the revisions that it spoke of."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only the team notes what it made of its opinions.")
    if not text.strip():
        raise DomainError("Needed: what the team makes of the difference.", field="text")
    wanted = {revision.pk for revision in revisions}
    of_it = Revision.objects.visible_to(by).filter(card__technology=technology, pk__in=wanted)
    if of_it.count() != len(wanted) or of_it.values("card").distinct().count() < 2:
        raise DomainError("A note speaks of two opinions or more on one technology.", field="text")
    note = Reconciliation.objects.create(technology=technology, text=text, by=by)
    ReconciledRevision.objects.bulk_create(
        ReconciledRevision(reconciliation=note, revision_id=pk) for pk in sorted(wanted)
    )
    log_change(
        kind="opinions.reconciled",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
    )
    return note


def _log(kind: str, revision: Revision, by: User) -> None:
    log_change(
        kind=kind,
        subject_kind="card",
        subject_key=str(revision.card_id),
        actor_id=by.pk,
        after={"technology": revision.card.technology.slug, "revision": revision.number},
    )
