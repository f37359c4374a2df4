"""Saving cards: every save is a new revision on top of the one that was open."""

import datetime
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import (
    Buffer,
    Card,
    Citation,
    InternalNote,
    Revision,
    Score,
    Technology,
)
from assessments.selectors import document_of, head_of
from assessments.services.citing import citation_rows, require_items
from assessments.values.card import CardDocument, changed_dimensions, content_json
from assessments.values.scale import Dimension, Origin
from record.canonical import canonical_json, digest
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

# Marks what a program sent among what people typed.
SENT = "sent"


@dataclass(frozen=True)
class Save:
    """A save by a person; `trusts_parent` lets an import into an empty card name a parent
    that this record does not hold, `is_import` lets it cite what was retracted since. Where
    somebody types and a program saves, `keeps_buffer` leaves what was typed alone;
    `is_restoring` is an editor who takes a minor edit back."""

    by: User
    trusts_parent: bool = False
    is_import: bool = False
    keeps_buffer: bool = False
    is_restoring: bool = False


@transaction.atomic
def open_card(*, technology: Technology, role: str, owner: User) -> Card:
    """The card of that role, made when there is none."""
    if not has_role(owner, Role.ANALYST) and owner.is_active:
        raise NotAllowed("Only analysts and editors can score a technology.")
    own = {} if role == Card.Role.LEAD else {"owner": owner}
    card, _ = Card.objects.get_or_create(
        technology=technology, role=role, **own, defaults={"owner": owner}
    )
    return card


@transaction.atomic
def save_revision(*, card: Card, document: CardDocument, save: Save) -> Revision:
    """The document is the newest revision of the card, or nothing is saved."""
    if not save.is_restoring:
        _check_owner(card, save.by)
    head = head_of(card)
    parent = _parent(card, head, document, save)
    _check_dates(head, document)
    before = document_of(head) if head else None
    _check_reasons(before, document)
    require_items(document, before, may_be_retracted=save.is_import or save.is_restoring)
    document = replace(document, parent=document.parent or (head.content_hash if head else None))
    revision = _insert(card, parent, document, save.by)
    if not save.keeps_buffer:
        drop_buffer(card=card, user=save.by)
    log_change(
        kind="card.saved",
        subject_kind="card",
        subject_key=str(card.pk),
        actor_id=save.by.pk,
        reason=document.reason,
        after={"technology": card.technology.slug, "revision": revision.number},
    )
    return revision


def _check_owner(card: Card, by: User) -> None:
    if card.role == Card.Role.SECOND and card.owner_id != by.pk:
        raise NotAllowed("A second opinion is changed only by the analyst who gave it.")


def _parent(
    card: Card, head: Revision | None, document: CardDocument, save: Save
) -> Revision | None:
    named = document.parent or ""
    if head is None:
        if named and not save.trusts_parent:
            raise Conflict(
                "The card names a parent, but this card has no revision yet. Leave the parent"
                " empty.",
                field="parent",
            )
        return None
    if named == head.content_hash or save.trusts_parent:
        return head
    raise Conflict(
        f"{card.technology.name} was saved by somebody else in the meantime: its newest revision"
        f" is number {head.number} ({head.content_hash}). Nothing was overwritten; compare the"
        " two and save again on top of the newest.",
        field="parent",
    )


def _check_dates(head: Revision | None, document: CardDocument) -> None:
    if document.as_of > _last_day(document):
        raise DomainError(
            f"The card speaks of {document.as_of.isoformat()}, which is in the future. Give"
            f" today's date, {today().isoformat()}, or an earlier one.",
            field="as_of",
        )
    if head and document.as_of < min(head.as_of, today()):
        raise DomainError(
            f"The card speaks of {document.as_of.isoformat()}, but the revision it builds on"
            f" already speaks of {head.as_of.isoformat()}. Give that date or a later one.",
            field="as_of",
        )


def _last_day(document: CardDocument) -> datetime.date:
    """An imported card without a date of its own speaks of the last day of its year."""
    if document.origin == Origin.IMPORTED:
        return today().replace(month=12, day=31)
    return today()


def _check_reasons(before: CardDocument | None, document: CardDocument) -> None:
    if before is None or document.reason.strip():
        return
    changed = changed_dimensions(before, document)
    if changed:
        raise DomainError(
            f"Needed: one sentence on what you have learnt. You changed {', '.join(changed)}.",
            field="reason",
        )


def _insert(card: Card, parent: Revision | None, document: CardDocument, by: User) -> Revision:
    revision = revision_row(card, parent, document, by)
    try:
        with transaction.atomic():
            revision.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            f"{card.technology.name} was saved by somebody else at the same moment. Nothing was"
            " overwritten; compare the two and save again on top of the newest.",
            field="parent",
        ) from error
    Score.objects.bulk_create(score_rows(revision, document))
    Citation.objects.bulk_create(citation_rows(revision, document))
    return revision


def revision_row(card: Card, parent: Revision | None, document: CardDocument, by: User) -> Revision:
    """The document as the next revision of the card, not yet saved."""
    content = canonical_json(content_json(document))
    return Revision(
        card=card,
        number=parent.number + 1 if parent else 1,
        parent=parent,
        parent_hash=document.parent or "",
        author=by,
        origin=document.origin,
        series=document.series,
        detail=document.detail,
        as_of=document.as_of,
        reason=document.reason,
        content=content,
        content_hash=digest(content),
    )


def score_rows(revision: Revision, document: CardDocument) -> list[Score]:
    rows = [
        Score(
            revision=revision,
            dimension=dimension,
            level=score.level,
            level_to=score.level_to,
            certainty=score.certainty,
            unscored_reason=score.unscored_reason,
        )
        for dimension, score in document.scores.items()
    ]
    timing = document.timing
    rows.append(
        Score(
            revision=revision,
            dimension=Dimension.TIMING,
            year_from=timing.year_from,
            year_to=timing.year_to,
            certainty=timing.certainty,
            unscored_reason=timing.unscored_reason,
        )
    )
    return rows


def keep_buffer(*, card: Card, user: User, parent_hash: str, fields: dict[str, object]) -> Buffer:
    """What the person typed is kept beside the card until it is saved or thrown away."""
    buffer, _ = Buffer.objects.update_or_create(
        card=card, user=user, defaults={"parent_hash": parent_hash, "fields": fields}
    )
    return buffer


@transaction.atomic
def keep_sent(*, card: Card, user: User, parent_hash: str, fields: dict[str, object]) -> bool:
    """What a program of the person sent in vain is kept as if typed, so that it is found in the
    form; what the person typed there is never replaced by it."""
    found = Buffer.objects.filter(card=card, user=user).first()
    if found is not None and found.fields.get(SENT) is None:
        return False
    keep_buffer(
        card=card, user=user, parent_hash=parent_hash, fields=fields | {SENT: ["by a program"]}
    )
    return True


def drop_sent(*, card: Card, user: User) -> None:
    """What a program of the person sent in vain is gone, and nothing that was typed."""
    for buffer in Buffer.objects.filter(card=card, user=user):
        if buffer.fields.get(SENT) is not None:
            buffer.delete()


def drop_buffer(*, card: Card, user: User) -> None:
    Buffer.objects.filter(card=card, user=user).delete()


def drop_buffers_of(user: User) -> None:
    """What this person typed and never saved is gone."""
    Buffer.objects.filter(user=user).delete()


@transaction.atomic
def add_note(*, card: Card, text: str, author: User) -> InternalNote:
    note = InternalNote.objects.create(card=card, text=text, author=author)
    log_change(kind="note.added", subject_kind="card", subject_key=str(card.pk), actor_id=author.pk)
    return note
