"""How sure a first place is once the priorities that favour it most are granted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.common_draws import Draws, Rules
from scoring.engine.eligibility import admit
from scoring.engine.ranking import draw_plan
from scoring.engine.results import Floats, RankingResult
from scoring.engine.sampling import Levels, LevelSampler
from scoring.engine.scores import Technology
from scoring.engine.views import View, opening_sampler

FEWEST_SUPPORTING = 100
"""Central weights of fewer draws say too little."""
MOST_DRAWN = 2_048
TOP = 10


@dataclass(frozen=True, eq=False)
class Confidence:
    """(m,) shares of draws, in the order of the result's ids; NaN without central weights that
    count."""

    first: Floats
    top_10: Floats


def confidence(
    technologies: Sequence[Technology], rules: Rules, result: RankingResult
) -> Confidence:
    """How often each technology is first, and among the first ten, when weights are its own
    central ones and scores, level values and openings are drawn as in the ranking.

    For those with FEWEST_SUPPORTING first places or more, over the ranking's first draws, about
    MOST_DRAWN of them. Equals share their places.

    Source: Lahdelma & Salminen 2001, Operations Research 49:444-454; the version for the first
    ten is this project's.
    """
    ranked, _ = admit(technologies, rules.lens.dimensions)
    first, top = np.full(len(ranked), np.nan), np.full(len(ranked), np.nan)
    judged = np.flatnonzero(result.support >= FEWEST_SUPPORTING)
    first[judged], top[judged] = 0.0, 0.0
    view = View(rules.lens, rules.constants, result.seed)
    total = 0
    for chunk, levels, opened in _drawn(ranked, rules, Draws(result.draws, result.seed)):
        size = levels.shape[2]
        total += size
        for i in judged:
            weights = np.tile(result.central_weights[i], (size, 1))
            worths = view.worths(chunk, levels, weights, opened)
            ahead = (worths > worths[i]).sum(axis=0)
            equals = (worths == worths[i]).sum(axis=0)
            first[i] += (np.clip(1 - ahead, 0, equals) / equals).sum()
            top[i] += (np.clip(TOP - ahead, 0, equals) / equals).sum()
    return Confidence(first / max(total, 1), top / max(total, 1))


def _drawn(
    ranked: Sequence[Technology], rules: Rules, draws: Draws
) -> Iterator[tuple[int, Levels, Floats | None]]:
    """Chunk, levels and openings of the first draws of the ranking."""
    sampler = LevelSampler(ranked, rules.tables, rules.constants, draws.seed)
    openings = opening_sampler(ranked, rules.lens, rules.today, draws.seed)
    drawn = 0
    for chunk, (_, _, size) in enumerate(draw_plan(draws.count)[1]):
        if drawn >= MOST_DRAWN:
            return
        drawn += size
        yield chunk, sampler.draw(chunk, size), openings.draw(chunk, size) if openings else None
