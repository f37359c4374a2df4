"""Minor edits: published at once, looked at within days, confirmed or taken back."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.minor import MinorEdit, due_on, may_end, minor_edit_of, why_not_minor
from assessments.models import Card, Publication, ReviewEvent, Revision
from assessments.opinions import content_of
from assessments.selectors import document_of, head_of, last_published
from assessments.services.drafting import Save, save_revision
from assessments.services.publication import publication_body as body_of
from assessments.services.publication import publication_entry, publication_row, shown_anew
from assessments.services.review import ALONE, record_event
from assessments.signals import record_published
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

# What may differ between two revisions of which one takes the other back.
_FRAME = {"parent", "reason", "origin", "as_of"}


@transaction.atomic
def publish_minor_edit(*, revision: Revision, by: User) -> Publication:
    """Readers see the newest revision from now on; nobody approved it, and it says so."""
    card = revision.card
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can publish a minor edit.")
    if card.role == Card.Role.SECOND and card.owner_id != by.pk:
        raise NotAllowed("A second opinion is changed only by the analyst who gave it.")
    if head_of(card) != revision:
        raise Conflict(f"Revision {revision.number} is no longer the newest. Look at that one.")
    why_not = why_not_minor(card)
    if why_not:
        raise DomainError(f"Not published as a minor edit. {why_not} Send it to review.")
    record_event(revision, ReviewEvent.Kind.MINOR, by)
    due = due_on(today())
    words = f"minor edit, approved by nobody, to be reviewed by {due.day} {due:%B %Y}"
    return _published(revision, by, words)


@transaction.atomic
def confirm_minor_edit(*, revision: Revision, by: User, note: str = "") -> ReviewEvent:
    """An editor who wrote no part of it has looked at it, and it stays."""
    one = _to_end(revision, by)
    override = ALONE if by.pk in one.authors else ""
    event = record_event(revision, ReviewEvent.Kind.CONFIRMED, by, note=note, override=override)
    if last_published(revision.card) == revision:
        day = today()
        words = f"minor edit, reviewed on {day.day} {day:%B %Y}"
        shown_anew(revision=revision, by=by, oversight=f"{words}: {ALONE}" if override else words)
    return event


@transaction.atomic
def take_back_minor_edit(*, revision: Revision, by: User, reason: str) -> Publication:
    """Readers see again what they saw before it, as a new revision on top of the newest."""
    one = _to_end(revision, by)
    if not reason.strip():
        raise DomainError("Say in a sentence why it is taken back.", field="reason")
    shown, head = last_published(revision.card), head_of(revision.card)
    if shown is None or head is None or _words(shown) != _words(revision):
        raise Conflict(
            "Readers see a newer revision by now. Take that one back first, or revise the card."
        )
    override = ALONE if by.pk in one.authors else ""
    record_event(revision, ReviewEvent.Kind.TAKEN_BACK, by, note=reason, override=override)
    document = replace(
        document_of(one.before), parent=head.content_hash, as_of=head.as_of, reason=reason
    )
    save = Save(by=by, is_restoring=True, keeps_buffer=True)
    restored = save_revision(card=revision.card, document=document, save=save)
    words = f"a minor edit taken back; what revision {one.before.number} said, word for word"
    return _published(restored, by, words)


def _to_end(revision: Revision, by: User) -> MinorEdit:
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can look at a minor edit for the team.")
    one = minor_edit_of(revision)
    if one is None:
        raise DomainError(f"Revision {revision.number} was not published as a minor edit.")
    if one.end is not None:
        raise Conflict(
            f"{one.end.by.get_username()} has looked at it already: it was {one.end.kind}."
        )
    if not may_end(one, by):
        raise NotAllowed("You wrote part of it, so another editor has to look at it.")
    return one


def _words(revision: Revision) -> dict[str, object]:
    content = content_of(revision)
    return {key: content[key] for key in content if key not in _FRAME}


def _published(revision: Revision, by: User, oversight: str) -> Publication:
    before = last_published(revision.card)
    kind = Publication.Kind.CARD
    row = publication_row(revision, body_of(revision), kind=kind, by=by, oversight=oversight)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(f"Revision {revision.number} was published a moment ago.") from error
    log_change(**publication_entry(row, before, by))
    record_published.send(sender=None, publication=row)
    return row
