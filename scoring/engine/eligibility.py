"""Who is ranked, who is only listed, and why."""

import dataclasses
import itertools
from collections.abc import Sequence

from scoring.engine.chances import stated_scenarios
from scoring.engine.results import Unranked
from scoring.engine.scores import DIMENSIONS, NOT_APPLICABLE, TIMING, CardScores, Technology, Window

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


def coverage(technology: Technology, dimensions: Sequence[str] = DIMENSIONS) -> str:
    """How many of the dimensions that count the first card scores, as "4/5"."""
    scored = len(scored_dimensions(technology.cards[0])) if technology.cards else 0
    if TIMING in dimensions and _has_timing(technology.window):
        scored += 1
    return f"{scored}/{len(dimensions)}"


def _has_timing(window: Window | None) -> bool:
    return window is not None and (window.start is not None or window.open_since is not None)


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


def admit(
    technologies: Sequence[Technology], dimensions: Sequence[str] = DIMENSIONS
) -> tuple[list[Technology], list[Unranked]]:
    """Those that are ranked, with the cards they are ranked by, and the others; both by id.

    A technology is ranked by those of its cards that can be; where none can, the lead card
    gives the reason. Where timing counts, those that it does not apply to are listed. Raises
    ValueError where two share an id.
    """
    ordered = sorted(technologies, key=lambda technology: technology.id)
    for one, other in itertools.pairwise(ordered):
        if one.id == other.id:
            raise ValueError(f"{one.id} is there twice; each technology enters once")
    ranked, unranked = [], []
    for technology in ordered:
        fit = tuple(card for card in technology.cards if why_not_ranked(card) is None)
        reason = _against(technology, dimensions) if fit else _without_card(technology)
        if reason:
            entry = Unranked(technology.id, reason, coverage(technology, dimensions))
            unranked.append(entry)
        else:
            ranked.append(dataclasses.replace(technology, cards=fit))
    return ranked, unranked


def _against(technology: Technology, dimensions: Sequence[str]) -> str:
    window = technology.window
    if TIMING not in dimensions or window is None or window.open_since is not None:
        return ""
    return "timing does not apply to it" if window.unscored == NOT_APPLICABLE else ""


def _without_card(technology: Technology) -> str:
    if not technology.cards:
        return "it has no card"
    return why_not_ranked(technology.cards[0]) or ""
