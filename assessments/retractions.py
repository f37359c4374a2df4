"""Reads on what readers know of retracted items: those that a publication cites, and no others."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.models import Citation, Publication
from evidence.models import Item


@dataclass(frozen=True)
class Retraction:
    on: datetime.date
    reason: str


def public_retractions() -> Mapping[str, Retraction]:
    """By the key of the item; of items that anything cites that readers may read."""
    rows = Item.objects.filter(state=Item.State.RETRACTED, pk__in=_seen().values("item"))
    found = rows.values_list("key", "retracted_on", "retracted_reason")
    return {key: Retraction(on, reason) for key, on, reason in found}


def is_seen_by_readers(item: Item) -> bool:
    return _seen().filter(item=item).exists()


def titles_seen(item: Item) -> dict[str, str]:
    """By the slug of each technology whose publications cite the item: its title there."""
    cited = _seen().filter(item=item).values("revision")
    rows = Publication.objects.filter(revision__in=cited).standing().order_by("seq")
    found = {}
    for slug, body in rows.values_list("technology__slug", "body"):
        citations = json.loads(body)["card"]["citations"]
        found[slug] = next(one["title"] for one in citations if one["item"] == item.key)
    return found


def _seen() -> QuerySet[Citation]:
    standing = Publication.objects.all().standing()
    return Citation.objects.filter(revision__in=standing.values("revision"))
