"""Small builders: a card's JSON, people, and the way to a published revision."""

from typing import Any

from accounts.models import User
from assessments.models import Publication, Revision, Technology
from assessments.services.drafting import Save, open_card, save_revision
from assessments.services.publication import publish_revision
from assessments.services.review import approve_revision, submit_revision
from assessments.services.technologies import Facts, create_technology
from assessments.values.card import CardDocument, parse_card

JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")


def person(username: str, role: str = "analyst") -> User:
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username=username, password=None, role=role)


def score(level: str | None = "3", **changes: Any) -> dict[str, Any]:
    unscored = "not yet assessed" if level is None else None
    return {
        "level": level,
        "level_to": None,
        "certainty": "medium" if level else None,
        "rationale": "Two vendors ship it.",
        "unscored_reason": unscored,
    } | changes


def card_json(slug: str = "edge-ai", **changes: Any) -> dict[str, Any]:
    """A whole card; a change named after a dimension replaces that score."""
    scores: dict[str, Any] = {dimension: score() for dimension in JUDGED}
    scores["timing"] = {
        "from": 2026,
        "to": 2029,
        "certainty": "medium",
        "rationale": "Pilots end in 2027.",
        "unscored_reason": None,
    }
    for dimension in list(changes):
        if dimension in scores:
            scores[dimension] = changes.pop(dimension)
    return {
        "technology": {
            "slug": slug,
            "name": slug.replace("-", " ").capitalize(),
            "aliases": [],
            "domains": ["AI"],
            "variant_of": None,
        },
        "role": "lead",
        "author": "anna",
        "origin": "hand",
        "series": "house",
        "detail": "full",
        "as_of": "2026-05-04",
        "reason": "First assessment.",
        "parent": None,
        "summary": "Models that run where the data arise.",
        "text": "",
        "scores": scores,
        "scenarios": [],
        "companies": [],
        "rating": None,
        "p_never": None,
        "tripwires": [],
        "open_questions": [],
        "predictions": [],
        "sources": [],
    } | changes


def document(slug: str = "edge-ai", **changes: Any) -> CardDocument:
    return parse_card(card_json(slug, **changes))


def saved(slug: str = "edge-ai", author: str = "anna", **changes: Any) -> Revision:
    """A draft revision of the card, on top of the one that is there."""
    by = person(author)
    wanted = document(slug, author=author, **changes)
    facts = wanted.technology
    technology = Technology.objects.filter(slug=facts.slug).first() or create_technology(
        facts=Facts(slug=facts.slug, name=facts.name, domains=facts.domains), by=by
    )
    card = open_card(technology=technology, role=wanted.role, owner=by)
    return save_revision(card=card, document=wanted, save=Save(by=by))


def published(slug: str = "edge-ai", author: str = "anna", **changes: Any) -> Publication:
    """A published revision, approved by as many editors as it takes."""
    revision = saved(slug, author, **changes)
    submit_revision(revision=revision, by=person(author))
    needed = 2 if "5+" in str(changes.get("impact", "")) else 1
    for name in ["ben", "carla"][:needed]:
        editor = person(name, "editor")
        approve_revision(revision=revision, by=editor, shown_hash=revision.content_hash)
    return publish_revision(revision=revision, by=person("ben", "editor"))
