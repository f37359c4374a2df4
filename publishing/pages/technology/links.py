"""What a technology touches: its typed links, and those of others to it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from assessments.selectors import PublishedCard
from publishing.cards import technology_url
from publishing.pages.published import Published

INVERSE = {
    "variant of": "has the variant",
    "competes with": "competes with",
    "accelerates": "is accelerated by",
    "requires": "is required by",
}


@dataclass(frozen=True)
class Relation:
    """`kind` is read from this technology to the other, `inverse` from the other to this."""

    kind: str
    inverse: str
    slug: str
    name: str
    url: str
    note: str


@dataclass(frozen=True)
class RelationGroup:
    kind: str
    relations: tuple[Relation, ...]


def relations_of(card: PublishedCard, published: Published) -> tuple[Relation, ...]:
    """Links to and from published technologies alone, each pair once."""
    found: dict[tuple[str, str], Relation] = {}
    for link in card.body["links"]:
        other = published.lead(link["to"])
        if other is not None:
            kind = link["kind"]
            found[kind, other.slug] = _relation(kind, INVERSE[kind], other, link["note"])
    for other, link in _links_to(published).get(card.slug, ()):
        kind = INVERSE[link["kind"]]
        if (kind, other.slug) not in found:
            found[kind, other.slug] = _relation(kind, link["kind"], other, link["note"])
    return tuple(sorted(found.values(), key=lambda row: (row.kind, row.name.casefold())))


@lru_cache(maxsize=2)
def _links_to(published: Published) -> dict[str, list[tuple[PublishedCard, dict[str, Any]]]]:
    """Every link by the slug that it leads to, with the card that states it."""
    found: dict[str, list[tuple[PublishedCard, dict[str, Any]]]] = {}
    for card in published.leads:
        for link in card.body["links"]:
            found.setdefault(link["to"], []).append((card, link))
    return found


def grouped(relations: tuple[Relation, ...]) -> tuple[RelationGroup, ...]:
    return tuple(
        RelationGroup(kind, tuple(rows))
        for kind, rows in groupby(relations, key=lambda row: row.kind)
    )


def _relation(kind: str, inverse: str, other: PublishedCard, note: str) -> Relation:
    name = other.technology["name"]
    return Relation(kind, inverse, other.slug, name, technology_url(other.slug), note)
