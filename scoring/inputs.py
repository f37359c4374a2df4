"""Published cards as the plain inputs of a computation: the receipt's canonical part."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from assessments.selectors import PublishedCard

JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")
RANKING_ENGINE = "ranking/1"
OUTLOOK_ENGINE = "outlook/1"
STALE_MONTHS = 18
EXPIRED_MONTHS = 36


class ScoredCard(Protocol):
    """What a ranking reads of a card: a published one, or one of the team's own."""

    @property
    def slug(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def as_of(self) -> datetime.date: ...
    @property
    def is_yardstick(self) -> bool: ...
    @property
    def card(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Inputs:
    """Everything a job is made unique by."""

    values: dict[str, Any]
    engine_version: str
    seed: int
    lens: str = ""


def age_class(*, said_on: datetime.date, today: datetime.date) -> str:
    months = (today.year - said_on.year) * 12 + today.month - said_on.month
    months -= today.day < said_on.day
    if months >= EXPIRED_MONTHS:
        return "expired"
    return "stale" if months >= STALE_MONTHS else "fresh"


def ranking_values(
    cards: Iterable[ScoredCard], *, as_of: datetime.date, lens: str, draws: int
) -> dict[str, Any]:
    technologies: dict[str, list[dict[str, Any]]] = {}
    yardsticks = set()
    for card in cards:
        if card.is_yardstick:
            yardsticks.add(card.slug)
            continue
        technologies.setdefault(card.slug, []).append(_ranked_card(card, as_of))
    return {
        "computation": "ranking",
        "lens": lens,
        "draws": draws,
        "technologies": [
            {"id": slug, "cards": rows} for slug, rows in sorted(technologies.items())
        ],
        "yardsticks": sorted(yardsticks - set(technologies)),
    }


def _ranked_card(card: ScoredCard, as_of: datetime.date) -> dict[str, Any]:
    scores = card.card["scores"]
    scenarios = card.card["scenarios"]
    return {
        "role": card.role,
        "age": age_class(said_on=card.as_of, today=as_of),
        "scores": {dimension: _score(scores[dimension]) for dimension in JUDGED},
        "scenarios": [
            {"impact_level": row["impact_level"], "probability": row["probability"]}
            for row in scenarios
            if row["impact_level"] is not None and row["probability"] is not None
        ],
    }


def _score(score: dict[str, Any]) -> dict[str, Any]:
    return {key: score[key] for key in ("level", "level_to", "certainty", "unscored_reason")}


def outlook_values(
    cards: Iterable[PublishedCard], *, today: datetime.date, horizon_year: int, draws: int
) -> dict[str, Any]:
    leads = [card for card in cards if card.role == "lead"]
    known = {card.slug for card in leads}
    links = {
        (card.slug, link["to"], link["kind"])
        for card in leads
        for link in card.body["links"]
        if link["to"] in known and link["kind"] in {"requires", "accelerates", "competes with"}
    }
    return {
        "computation": "outlook",
        "today": today.isoformat(),
        "horizon_year": horizon_year,
        "draws": draws,
        "windows": [_window(card, today) for card in leads],
        "links": [list(link) for link in sorted(links)],
    }


def _window(card: PublishedCard, today: datetime.date) -> dict[str, Any]:
    """A window that has passed without a recorded opening: nobody vouches that it is closed."""
    timing = card.card["scores"]["timing"]
    opening = card.body["opening"]
    is_open = opening is not None and opening["status"] == "open" and opening["year"] <= today.year
    viability = card.card["scores"]["viability"]
    return {
        "id": card.slug,
        "from": timing["from"],
        "to": timing["to"],
        "certainty": timing["certainty"],
        "unscored_reason": timing["unscored_reason"],
        "viability": [viability["level"], viability["level_to"]],
        "p_never": card.card["p_never"],
        "open_since": opening["year"] if is_open else None,
        "is_closed": timing["to"] is None or timing["to"] >= today.year,
        "age": age_class(said_on=card.as_of, today=today),
    }
