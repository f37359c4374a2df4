"""From what a card states to how likely each level is, and to the cuts that draw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from scoring.engine.results import Floats
from scoring.engine.scores import (
    CERTAINTIES,
    DIMENSIONS,
    FOUND_NOTHING,
    LEVELS,
    PLAIN_LEVELS,
    CardScores,
    Score,
)

ADDS_UP = 1e-9


@dataclass(frozen=True)
class Constants:
    """The numbers behind a ranking that are proposals, not measurements.

    low, medium, high: weight of a level at distance 0, 1 and 2 from the stated one.
    spacing: concentration of the gaps between level values; 1 is purely ordinal, infinity
    makes equal steps. found_nothing: chances of levels 1 to 5 after a search without result.
    floor: what the lowest value is worth where the weakest link counts, the highest being 1.
    """

    low: tuple[float, float, float] = (0.42, 0.22, 0.07)
    medium: tuple[float, float, float] = (0.62, 0.17, 0.02)
    high: tuple[float, float, float] = (0.85, 0.075, 0.0)
    spacing: float = 4.0
    found_nothing: tuple[float, ...] = (1 / 3, 1 / 3, 1 / 3, 0.0, 0.0)
    floor: float = 0.1

    def kernel(self, certainty: str) -> tuple[float, float, float]:
        return {"low": self.low, "medium": self.medium, "high": self.high}[certainty]


Tables = Mapping[str, Sequence[float]]
"""For each dimension the chances of levels 1 to 5 for what is not yet assessed."""

EVEN_TABLE = (0.2,) * PLAIN_LEVELS


def held_certainty(certainty: str | None, age: str) -> str:
    """Medium where none was given; one class lower, but not below low, once the card is stale."""
    index = CERTAINTIES.index(certainty or "medium")
    return CERTAINTIES[max(index - (age != "fresh"), 0)]


def spread_level(level: int, kernel: Sequence[float], levels: int) -> Floats:
    """(6,) chances of each level around the stated index, cut at both ends and made to add to 1.

    levels: how many levels can be reached, 5 or, where 5+ is stated, 6.
    """
    distances = np.abs(np.arange(len(LEVELS)) - level)
    reach = np.array([*kernel, *([0.0] * len(LEVELS))])
    chances = np.where(np.arange(len(LEVELS)) < levels, reach[distances], 0.0)
    return _normalised(chances)


def level_range(
    level: str, level_to: str | None, certainty: str | None, age: str = "fresh"
) -> tuple[float, float, float]:
    """The stated place on the scale, and one standard deviation of the drawn level to each side.

    Places count levels from 1, 5+ being 6; a span stands half a step up, its two levels being
    drawn equally often. Both ends are cut at the ends of the scale.
    """
    stated = Score(level, level_to).stated()
    kernel = Constants().kernel(held_certainty(certainty, age))
    reach = PLAIN_LEVELS + (LEVELS.index("5+") in stated)
    chances = np.mean([spread_level(index, kernel, reach) for index in stated], axis=0)
    place = float(np.mean(stated)) + 1.0
    away = np.arange(1, len(LEVELS) + 1) - place
    deviation = float(np.sqrt((chances * away**2).sum()))
    return place, max(place - deviation, 1.0), min(place + deviation, float(reach))


def stated_scenarios(card: CardScores) -> Floats | None:
    """(6,) chances of impact levels by the card's scenarios, or None where they do not add to 1."""
    chances = np.zeros(len(LEVELS))
    for scenario in card.scenarios:
        if scenario.level is not None and scenario.probability is not None:
            chances[LEVELS.index(scenario.level)] += scenario.probability
    return _normalised(chances) if abs(chances.sum() - 1.0) <= ADDS_UP else None


def card_chances(card: CardScores, tables: Tables, constants: Constants) -> Floats:
    """(faces, 5, 6) chances of each level in each dimension.

    A card with a span has two faces, all its spans low or all of them high; without, one.
    """
    scenarios = stated_scenarios(card)
    judged = [name for name in DIMENSIONS if name != "impact" or scenarios is None]
    has_span = any(len(card.scores[name].stated()) == 2 for name in judged)
    chances = np.empty((1 + has_span, len(DIMENSIONS), len(LEVELS)))
    for face, (j, name) in product(range(len(chances)), enumerate(DIMENSIONS)):
        score = card.scores[name]
        if name in judged and score.is_scored:
            kernel = constants.kernel(held_certainty(score.certainty, card.age))
            chances[face, j] = _scored_chances(score, face, kernel)
        elif name in judged:
            chances[face, j] = _unscored_chances(score, tables.get(name, EVEN_TABLE), constants)
        else:
            chances[face, j] = scenarios
    return chances


@lru_cache(maxsize=1024)
def _scored_chances(score: Score, face: int, kernel: Sequence[float]) -> Floats:
    stated = score.stated()
    is_open_above = LEVELS.index("5+") in stated
    return spread_level(stated[min(face, len(stated) - 1)], kernel, PLAIN_LEVELS + is_open_above)


def _unscored_chances(score: Score, table: Sequence[float], constants: Constants) -> Floats:
    chances = np.zeros(len(LEVELS))
    found_nothing = score.unscored == FOUND_NOTHING
    chances[:PLAIN_LEVELS] = constants.found_nothing if found_nothing else table
    return _normalised(chances)


def _normalised(chances: Floats) -> Floats:
    total = float(chances.sum())
    if not (np.isfinite(total) and total > 0 and (chances >= 0).all()):
        raise ValueError(f"{chances.tolist()} are no chances; none below 0, one above, all finite")
    return chances / total
