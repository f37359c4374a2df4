"""The one door out: readers get publications and nothing else."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Link, Publication, ReviewEvent, Revision, Technology
from assessments.selectors import (
    approvals_needed,
    approvals_of,
    card_json,
    last_published,
    state_of,
    unpublished_authors,
)
from assessments.signals import record_published
from assessments.states import State
from assessments.values.differences import score_changes
from record.canonical import canonical_json, digest
from record.errors import Conflict, DomainError, NotAllowed
from record.services import ChangeEntry, log_change


@transaction.atomic
def publish_revision(*, revision: Revision, by: User, announce: bool = True) -> Publication:
    """Readers see the revision from now on; whoever publishes many announces the last one."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can publish a card.")
    state = state_of(revision)
    if state is not State.APPROVED:
        raise DomainError(
            f"Revision {revision.number} of {revision.card.technology.name} is {state.value};"
            " only an approved revision can be published."
        )
    before = last_published(revision.card)
    if before is not None and before.number > revision.number:
        raise Conflict(f"Revision {before.number} is published already and is newer than this one.")
    publication = _publish(revision, Publication.Kind.CARD, by, _oversight(revision))
    log_change(**publication_entry(publication, before, by))
    if announce:
        record_published.send(sender=None, publication=publication)
    return publication


@transaction.atomic
def republish_facts(*, technology: Technology, by: User) -> list[Publication]:
    """Readers see the technology's present name, domains and links on what is published."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can publish a technology's facts.")
    published = []
    for card in technology.cards.all():
        revision = last_published(card)
        shown = card.publications.order_by("-seq").first()
        if revision is not None and publication_body(revision) != shown.body:
            # Who approved the card stays true: its content is the one that they read.
            row = _publish(revision, Publication.Kind.FACTS, by, shown.oversight)
            published.append(row)
    if published:
        _log_facts(technology, by)
        record_published.send(sender=None, publication=published[-1])
    return published


@transaction.atomic
def shown_anew(*, revision: Revision, by: User, oversight: str) -> Publication:
    """What readers see of the card stays, and says who looked at it since."""
    row = _publish(revision, Publication.Kind.FACTS, by, oversight)
    record_published.send(sender=None, publication=row)
    return row


@transaction.atomic
def withdraw_card(*, revision: Revision, by: User, reason: str) -> Publication:
    """Readers no longer see the card; the record keeps it and says why."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can withdraw a card.")
    if not reason.strip():
        raise DomainError("Say in a sentence why the card is withdrawn.", field="reason")
    if state_of(revision) is not State.PUBLISHED:
        raise DomainError("Only a published card can be withdrawn.")
    publication = _publish(revision, Publication.Kind.WITHDRAWAL, by, reason, reason=reason)
    log_change(
        kind="card.withdrawn",
        subject_kind="technology",
        subject_key=publication.technology.slug,
        actor_id=by.pk,
        reason=reason,
        is_public=True,
        after={"role": revision.card.role},
    )
    record_published.send(sender=None, publication=publication)
    return publication


def _publish(
    revision: Revision, kind: str, by: User, oversight: str, reason: str = ""
) -> Publication:
    # A withdrawal tells nothing new: facts edited since are not published by it.
    is_withdrawal = kind == Publication.Kind.WITHDRAWAL
    body = _last_body(revision) if is_withdrawal else publication_body(revision)
    row = publication_row(revision, body, kind=kind, by=by, oversight=oversight)
    row.reason = reason
    row.save(force_insert=True)
    return row


def publication_row(
    revision: Revision, body: str, *, kind: str, by: User, oversight: str
) -> Publication:
    """The row by which readers get the body, not yet saved."""
    return Publication(
        technology=revision.card.technology,
        card=revision.card,
        revision=revision,
        kind=kind,
        as_of=revision.as_of,
        by=by,
        body=body,
        body_hash=digest(body),
        oversight=oversight,
    )


def _last_body(revision: Revision) -> str:
    body: str = revision.publications.order_by("-seq").values_list("body", flat=True)[0]
    return body


def publication_body(revision: Revision) -> str:
    """Names of people stay outside, so that a person can be forgotten and the hash holds."""
    card = card_json(revision)
    del card["author"]
    technology = revision.card.technology
    opening = technology.openings.order_by("-id").first()
    return canonical_json(
        {
            "format": "bellwether.publication/1",
            "card": card,
            "content_hash": revision.content_hash,
            "links": _links(technology),
            "opening": {"status": opening.status, "year": opening.year} if opening else None,
        }
    )


def _links(technology: Technology) -> list[dict[str, str]]:
    rows = Link.objects.filter(source=technology).select_related("target")
    return sorted(
        ({"kind": row.kind, "to": row.target.slug, "note": row.note} for row in rows),
        key=lambda link: (link["kind"], link["to"]),
    )


def _oversight(revision: Revision) -> str:
    approvals = approvals_of(revision)
    overridden = [event for event in approvals if event.override_reason]
    if overridden:
        return f"approved without a second person: {overridden[-1].override_reason}"
    signed = [event for event in approvals if event.content_hash == revision.content_hash]
    if len({event.by_id for event in signed}) < approvals_needed(revision):
        raise Conflict("The approvals are of another content than this one. Approve it again.")
    _check_approvers(revision, signed)
    return "approved by two editors" if len(signed) > 1 else "approved by one editor"


def _check_approvers(revision: Revision, signed: Sequence[ReviewEvent]) -> None:
    """People change their role, and a withdrawal makes older changes new again."""
    authors = unpublished_authors(revision)
    for event in signed:
        name = event.by.get_username()
        if not has_role(event.by, Role.EDITOR):
            raise Conflict(
                f"{name} approved it and is no editor any more. Return it, and have it approved"
                " again."
            )
        if event.by_id in authors:
            raise Conflict(
                f"{name} approved it and wrote part of what it would publish now, since an earlier"
                " revision was withdrawn. Return it, and have somebody else approve it."
            )


def publication_entry(publication: Publication, before: Revision | None, by: User) -> ChangeEntry:
    """What the log says of it: `before` is the revision that readers saw until then."""
    revision = publication.revision
    old: dict[str, Any] | None = json.loads(before.content) if before else None
    new: dict[str, Any] = json.loads(revision.content)
    changes = score_changes(old, new)
    return ChangeEntry(
        kind="card.published" if old is None else "card.revised",
        subject_kind="technology",
        subject_key=publication.technology.slug,
        actor_id=by.pk,
        reason=revision.reason,
        is_public=True,
        before={key: change[0] for key, change in changes.items()} if old else None,
        after={
            "publication": publication.seq,
            "role": revision.card.role,
            "revision": revision.number,
            "as_of": revision.as_of.isoformat(),
            "series": revision.series,
            "scores": {key: change[1] for key, change in changes.items()},
        },
    )


def _log_facts(technology: Technology, by: User) -> None:
    log_change(
        kind="technology.facts",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        is_public=True,
        after={"name": technology.name},
    )
