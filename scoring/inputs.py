"""Published cards as the plain inputs of a computation: the receipt's canonical part."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assessments.selectors import PublishedCard
from record.canonical import digest

JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")
RANKING_ENGINE = "ranking/2"
OUTLOOK_ENGINE = "outlook/2"
LINKS_ENGINE = f"links/1 of {OUTLOOK_ENGINE}"
STALE_MONTHS = 18
EXPIRED_MONTHS = 36
PLAIN_LEVELS = ("1", "2", "3", "4", "5")
EDITION_CARDS = 30
TABLE_DIGITS = 6
SERIES_DIGITS = 16
LINK_ASSUMPTIONS = {"strength": 0.5, "lag_years": 1.0}
"""What a link does to the hazard of another: proposals, kept in every receipt."""

Tables = dict[str, list[float]]


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


def edition_day(as_of: datetime.date) -> datetime.date:
    """The last day of the year before: what was recorded by then moves with no publication."""
    return datetime.date(as_of.year - 1, 12, 31)


def edition_tables(cards: Iterable[ScoredCard]) -> Tables:
    """By dimension how often each of the levels 1 to 5 stands on the lead cards of an edition.

    Each level is counted once more than it stands there, so that none is impossible; a span counts
    half for each of its levels, and 5+ as 5. Even while fewer than EDITION_CARDS cards score
    the dimension.
    """
    leads = [card for card in cards if card.role == "lead" and not card.is_yardstick]
    return {name: _table([card.card["scores"][name] for card in leads]) for name in JUDGED}


def even_tables() -> Tables:
    return edition_tables(())


def _table(scores: Iterable[Mapping[str, Any]]) -> list[float]:
    stated = [levels for score in scores if (levels := _levels(score))]
    counted = dict.fromkeys(PLAIN_LEVELS, 1.0)
    if len(stated) >= EDITION_CARDS:
        for levels in stated:
            for level in levels:
                counted[level.rstrip("+")] += 1 / len(levels)
    total = sum(counted.values())
    return [round(counted[level] / total, TABLE_DIGITS) for level in PLAIN_LEVELS]


def _levels(score: Mapping[str, Any]) -> list[str]:
    return [level for level in (score["level"], score["level_to"]) if level]


def ranking_values(
    cards: Iterable[ScoredCard],
    *,
    as_of: datetime.date,
    lens: Mapping[str, Any],
    draws: int,
    tables: Tables,
    windows: Mapping[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """windows, by slug, of a lens with a horizon: nothing else depends on them, or on the day."""
    technologies: dict[str, list[dict[str, Any]]] = {}
    yardsticks = set()
    for card in cards:
        if card.is_yardstick:
            yardsticks.add(card.slug)
            continue
        technologies.setdefault(card.slug, []).append(_ranked_card(card, as_of))
    timed = {} if windows is None else {"today": as_of.isoformat()}
    return timed | {
        "computation": "ranking",
        "lens": lens,
        "draws": draws,
        "tables": tables,
        "technologies": [
            {"id": slug, "cards": rows} | _window_part(windows, slug)
            for slug, rows in sorted(technologies.items())
        ],
        "yardsticks": sorted(yardsticks - set(technologies)),
    }


def _window_part(
    windows: Mapping[str, dict[str, Any]] | None, slug: str
) -> dict[str, dict[str, Any] | None]:
    return {} if windows is None else {"window": windows.get(slug)}


def lead_windows(
    cards: Iterable[PublishedCard], *, today: datetime.date
) -> dict[str, dict[str, Any]]:
    """By slug, the window of each lead card as the outlook reads it."""
    return {card.slug: _window(card, today) for card in cards if card.role == "lead"}


def _ranked_card(card: ScoredCard, as_of: datetime.date) -> dict[str, Any]:
    scores = card.card["scores"]
    scenarios = card.card["scenarios"]
    return {
        "role": card.role,
        # Told apart and not told: words of a card stand in its publication, which can be withdrawn.
        "series": digest(card.card["series"])[:SERIES_DIGITS],
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
        "windows": list(lead_windows(leads, today=today).values()),
        "links": [list(link) for link in sorted(links)],
        "assumptions": LINK_ASSUMPTIONS,
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
