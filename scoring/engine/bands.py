"""Words and bands for how surely one technology is ahead of another."""

from collections.abc import Sequence

import numpy as np

from scoring.engine.results import Floats, Integers

AHEAD = 0.8
LEANING = 0.6


def pairwise_word(share: float) -> str:
    """The word for being ahead in that share of draws, ties counted half."""
    if share < 0.5:
        opposite = pairwise_word(1.0 - share)
        return {"ahead": "behind", "leaning ahead": "leaning behind"}.get(opposite, opposite)
    if share > AHEAD:
        return "ahead"
    return "leaning ahead" if share >= LEANING else "level"


def by_expected_rank(expected_rank: Floats, ids: Sequence[str]) -> list[int]:
    """Indices, best first; the id decides between equals."""
    return sorted(range(len(ids)), key=lambda i: (float(expected_rank[i]), ids[i]))


def leader_bands(order: Sequence[int], pairwise_winning: Floats) -> Integers:
    """(m,) band of each technology, 1 being the first.

    The first in order leads band 1. One joins the band while the leader is ahead of it in at
    most 80 % of draws; the first that is not leads the next band.
    """
    bands = np.zeros(len(order), dtype=np.int64)
    band, leader = 0, -1
    for i in order:
        if leader < 0 or pairwise_winning[leader, i] > AHEAD:
            band, leader = band + 1, i
        bands[i] = band
    return bands
