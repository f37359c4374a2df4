"""How far a second look at one's own scores could move a technology."""

import numpy as np

from scoring.engine.results import Floats


def recheck_moves(level_share: Floats, rank_by_level: Floats, expected_rank: Floats) -> Floats:
    """(m, n) ranks by which the expected rank moves, as a root mean square, when the level of
    a dimension turns out to be one of those that its draws take.

    level_share and rank_by_level are (m, n, 6), expected_rank (m,). It is the square root of
    sum over levels of share * (rank by level - expected rank)^2: what is called the variance
    of the conditional mean, the numerator of a first-order sensitivity index (Sobol 1993,
    Mathematical Modelling and Computational Experiments 1:407-414).
    """
    gap = np.where(level_share > 0, rank_by_level - expected_rank[:, None, None], 0.0)
    moves: Floats = np.sqrt((level_share * gap**2).sum(axis=2))
    return moves
