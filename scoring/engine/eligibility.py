"""Who is ranked, who is only listed, and why."""

import itertools
from collections.abc import Sequence

from scoring.engine.chances import stated_scenarios
from scoring.engine.results import Unranked
from scoring.engine.scores import DIMENSIONS, NOT_APPLICABLE, CardScores, Technology

INDISPENSABLE = ("viability", "impact")
FEWEST_SCORED = 4


def scored_dimensions(card: CardScores) -> tuple[str, ...]:
    """Dimensions with a level, or, for impact, with scenarios that stand in for it."""
    return tuple(
        dimension
        for dimension in DIMENSIONS
        if card.scores[dimension].is_scored
        or (dimension == "impact" and stated_scenarios(card) is not None)
    )


def coverage(card: CardScores) -> str:
    return f"{len(scored_dimensions(card))}/{len(DIMENSIONS)}"


def why_not_ranked(card: CardScores) -> str | None:
    """The first reason against ranking by this card, or None."""
    if card.age == "expired":
        return "its card is older than 36 months"
    for dimension in DIMENSIONS:
        if card.scores[dimension].unscored == NOT_APPLICABLE:
            return f"{dimension} does not apply to it"
    scored = scored_dimensions(card)
    for dimension in INDISPENSABLE:
        if dimension not in scored:
            return f"{dimension} is not scored"
    if len(scored) < FEWEST_SCORED:
        return f"only {len(scored)} of {len(DIMENSIONS)} dimensions are scored"
    return None


def admit(technologies: Sequence[Technology]) -> tuple[list[Technology], list[Unranked]]:
    """Those that are ranked, with the cards they are ranked by, and the others; both by id.

    A technology is ranked by those of its cards that can be; where none can, the lead card
    gives the reason. Raises ValueError where two share an id.
    """
    ordered = sorted(technologies, key=lambda technology: technology.id)
    for one, other in itertools.pairwise(ordered):
        if one.id == other.id:
            raise ValueError(f"{one.id} is there twice; each technology enters once")
    ranked, unranked = [], []
    for technology in ordered:
        fit = tuple(card for card in technology.cards if why_not_ranked(card) is None)
        if fit:
            ranked.append(Technology(technology.id, fit))
        else:
            unranked.append(_unranked(technology))
    return ranked, unranked


def _unranked(technology: Technology) -> Unranked:
    if not technology.cards:
        return Unranked(technology.id, "it has no card", f"0/{len(DIMENSIONS)}")
    lead = technology.cards[0]
    return Unranked(technology.id, why_not_ranked(lead) or "", coverage(lead))
