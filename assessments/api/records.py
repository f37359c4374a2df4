"""Cards and revisions as the API spells them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from assessments.api.sight import Sight
from assessments.checking import checklist_of
from assessments.models import Card, Publication, Revision
from assessments.selectors import (
    approvals_needed,
    approvals_of,
    card_json,
    last_published,
    states_of,
)
from assessments.states import State
from assessments.values.card import parse_card, to_json
from assessments.values.card_keys import CardKey, card_key


def key_of(card: Card) -> CardKey:
    owner = card.owner.get_username()
    return card_key(slug=card.technology.slug, role=card.role, owner=owner)


def card_record(revision: Revision, sight: Sight) -> dict[str, object]:
    """The card as this caller sees it: drafts with today's facts, else as it was published."""
    content = card_json(revision) if _is_draft_to(revision, sight) else _published_json(revision)
    if not sight.revisions().filter(content_hash=content["parent"], card=revision.card_id).exists():
        content["parent"] = None
    return to_json(parse_card(content))


def _is_draft_to(revision: Revision, sight: Sight) -> bool:
    return sight.has_drafts or not revision.publications.exists()


def _published_json(revision: Revision) -> dict[str, Any]:
    newest = revision.publications.order_by("-seq")[0]
    content: dict[str, Any] = json.loads(newest.body)["card"]
    return content | {"author": revision.author.get_username()}


def card_records(revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    rows = list(revisions)
    states, shown = states_of(rows), _published_hashes(rows)
    return [
        {
            "key": str(key_of(row.card)),
            "technology": row.card.technology.slug,
            "role": row.card.role,
            "author": row.author.get_username(),
            "origin": row.origin,
            "series": row.series,
            "detail": row.detail,
            "as_of": row.as_of.isoformat(),
            "state": states[row.pk],
            "content_hash": row.content_hash,
            "published_hash": shown.get(row.card_id),
        }
        for row in rows
    ]


def _published_hashes(revisions: Sequence[Revision]) -> dict[int, str]:
    cards = {row.card_id for row in revisions}
    rows = Publication.objects.filter(card__in=cards).in_force()
    return dict(rows.values_list("card", "revision__content_hash"))


def revision_records(card: Card, sight: Sight) -> list[dict[str, Any]]:
    """The revisions of the card that are seen, newest first."""
    rows = sight.revisions().filter(card=card).select_related("author").order_by("-number")
    found = list(rows.prefetch_related("publications"))
    states, hashes = states_of(found), {row.content_hash for row in found}
    return [_revision_record(row, states[row.pk], hashes, sight) for row in found]


def _revision_record(row: Revision, state: State, hashes: set[str], sight: Sight) -> dict[str, Any]:
    shown = [one for one in row.publications.all() if one.kind == Publication.Kind.CARD]
    return {
        "content_hash": row.content_hash,
        "parent": row.parent_hash if row.parent_hash in hashes else None,
        "number": row.number if sight.has_drafts else None,
        "author": row.author.get_username(),
        "as_of": row.as_of.isoformat(),
        "reason": row.reason,
        "state": state,
        "recorded_at": row.recorded_at if sight.has_drafts else None,
        "published_at": shown[0].at if shown else None,
        "oversight": shown[0].oversight if shown else None,
    }


def step_record(revision: Revision) -> dict[str, Any]:
    lacking = checklist_of(revision, last_published(revision.card))
    return {
        "key": str(key_of(revision.card)),
        "content_hash": revision.content_hash,
        "state": states_of([revision])[revision.pk],
        "approvals": len(approvals_of(revision)),
        "approvals_needed": approvals_needed(revision),
        "checklist": [
            {"part": item.part, "sentence": item.sentence, "weight": item.weight}
            for item in lacking.open
        ],
    }
