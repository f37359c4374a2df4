"""Reads from an item of the evidence library to the scores that rest on it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from assessments.models import Card, Citation, Publication, Revision
from assessments.opinions import content_of
from assessments.values.differences import shown_score
from assessments.values.tension import Tension, tensions
from evidence.models import Item


@dataclass(frozen=True)
class Resting:
    """One citation of a card as it stands now: in what readers see, in its newest revision, or
    in both. `may_revise` says whether the person may save that card."""

    slug: str
    name: str
    role: str
    owner: str
    card_id: int
    dimension: str
    direction: str
    strength: str
    quote: str
    belief: str
    score: str
    is_public: bool
    is_newest: bool
    may_revise: bool


@dataclass(frozen=True)
class OnRetracted:
    """A citation of a newest revision whose item was retracted."""

    slug: str
    card_id: int
    name: str
    dimension: str
    item: Item


def resting_on(*, item: Item, viewer: User) -> list[Resting]:
    """Every score that rests on the item, as far as the person sees the cards."""
    public = Publication.objects.all().in_force().values("revision")
    current = Q(children__isnull=True) | Q(pk__in=public)
    seen = Revision.objects.visible_to(viewer).filter(current)
    shown = set(public.values_list("revision", flat=True))
    rows = (
        Citation.objects.filter(item=item, revision__in=seen.values("pk"))
        .select_related("revision__card__technology", "revision__card__owner")
        .order_by("revision__card__technology__name", "revision__card", "revision", "pk")
    )
    found: dict[tuple[int, str, str], list[Citation]] = {}
    for row in rows:
        found.setdefault((row.revision.card_id, row.dimension, row.quote), []).append(row)
    heads = _heads({card for card, _, _ in found})
    return [_resting(same, heads, shown, viewer) for same in found.values()]


def _heads(cards: Iterable[int]) -> Mapping[int, int]:
    rows = Revision.objects.filter(card__in=list(cards), children__isnull=True)
    return dict(rows.values_list("card", "pk"))


def _resting(
    same: list[Citation], heads: Mapping[int, int], shown: set[int], viewer: User
) -> Resting:
    """What the newest revision says, where it still cites the item."""
    newest = same[-1]
    revision, card = newest.revision, newest.revision.card
    score = content_of(revision)["scores"][newest.dimension]
    return Resting(
        slug=card.technology.slug,
        name=card.technology.name,
        role=card.role,
        owner=card.owner.get_username(),
        card_id=card.pk,
        dimension=newest.dimension,
        direction=newest.direction,
        strength=newest.strength,
        quote=newest.quote,
        belief=newest.belief,
        score=shown_score(score, newest.dimension),
        is_public=any(row.revision_id in shown for row in same),
        is_newest=any(row.revision_id == heads[card.pk] for row in same),
        may_revise=card.role == Card.Role.LEAD or card.owner_id == viewer.pk,
    )


def cited_though_retracted(*, viewer: User) -> list[OnRetracted]:
    """Newest revisions that the person may change and that still cite what was retracted; the
    latest retraction first."""
    heads = Revision.objects.visible_to(viewer).filter(children__isnull=True)
    own = Q(revision__card__role=Card.Role.LEAD) | Q(revision__card__owner=viewer)
    rows = (
        Citation.objects.filter(own, item__state=Item.State.RETRACTED)
        .filter(revision__in=heads.values("pk"))
        .select_related("item", "revision__card__technology")
        .defer("item__text", "item__notes", "revision__content")
        .order_by("-item__retracted_on", "revision__card__technology__slug", "pk")
    )
    return [
        OnRetracted(
            slug=row.revision.card.technology.slug,
            card_id=row.revision.card_id,
            name=row.revision.card.technology.name,
            dimension=row.dimension,
            item=row.item,
        )
        for row in rows
    ]


def published_tensions() -> dict[str, list[Tension]]:
    """By slug, where the evidence and the scores of a published lead card went apart."""
    retracted = set(Item.objects.filter(state=Item.State.RETRACTED).values_list("key", flat=True))
    cited = Citation.objects.filter(revision__card__role=Card.Role.LEAD)
    rows = Publication.objects.standing().filter(
        card__role=Card.Role.LEAD, technology__in=cited.values("revision__card__technology")
    )
    histories: dict[str, list[dict[str, Any]]] = {}
    for slug, body in rows.order_by("seq").values_list("technology__slug", "body"):
        histories.setdefault(slug, []).append(json.loads(body)["card"])
    found = {slug: tensions(states, retracted) for slug, states in histories.items()}
    return {slug: apart for slug, apart in found.items() if apart}
