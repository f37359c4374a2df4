"""Cards and technologies made for the engine's tests."""

import numpy as np

from scoring.engine.chances import Constants
from scoring.engine.scores import CERTAINTIES, DIMENSIONS, CardScores, Scenario, Score, Technology

SURE = Constants(low=(1.0, 0.0, 0.0), medium=(1.0, 0.0, 0.0), high=(1.0, 0.0, 0.0))
"""Constants under which every score is taken as exact."""


def made_score(text: str) -> Score:
    """ "3", "3/4", "5+ high", or a reason for having no level."""
    if text.startswith(("not", "looked")):
        return Score(None, unscored=text)
    stated, _, certainty = text.partition(" ")
    level, _, level_to = stated.partition("/")
    return Score(level, level_to or None, certainty or None)


def made_card(
    default: str = "3", scenarios: tuple[Scenario, ...] = (), age: str = "fresh", **others: str
) -> CardScores:
    scores = {name: made_score(others.get(name, default)) for name in DIMENSIONS}
    return CardScores(scores, scenarios, age)


def made_technology(name: str, default: str = "3", **others: str) -> Technology:
    return Technology(name, (made_card(default, **others),))


def random_technologies(count: int, seed: int) -> list[Technology]:
    rng = np.random.default_rng(seed)
    return [Technology(f"t{i:03}", (random_card(rng),)) for i in range(count)]


def random_card(rng: np.random.Generator) -> CardScores:
    scores = {}
    for name in DIMENSIONS:
        level = int(rng.integers(1, 6))
        level_to = str(level + 1) if level < 5 and rng.random() < 0.2 else None
        scores[name] = Score(str(level), level_to, str(rng.choice(CERTAINTIES)))
    return CardScores(scores)
