"""What the engine answers: frozen dataclasses of arrays and plain values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SmaaResult:
    """Acceptability indices of m alternatives on n criteria; `<name>_se` are standard errors."""

    rank_acceptability: Floats
    """(m, m) share of draws in which alternative i has rank r + 1, ties split equally."""
    rank_acceptability_se: Floats
    pairwise_winning: Floats
    """(m, m) share of draws in which i is ahead of j, ties half; 0.5 on the diagonal."""
    pairwise_winning_se: Floats
    expected_rank: Floats
    """(m,) mean rank, 1 being first, tied alternatives sharing the mean of their ranks."""
    expected_rank_se: Floats
    central_weights: Floats
    """(m, n) mean weights of the draws in which i is first; NaN where it never is."""
    central_weights_se: Floats
    """(m, n) NaN where fewer than two draws put i first."""
    support: Floats
    """(m,) number of draws in which i is first, shared where several are."""
    support_se: Floats


@dataclass(frozen=True)
class Unranked:
    """A technology that is listed without a rank."""

    id: str
    not_ranked_because: str
    coverage: str


@dataclass(frozen=True, eq=False)
class RankingResult:
    """A ranking of m technologies. Arrays follow `ids`, which are sorted; ranks start at 1.

    `<name>_se` are Monte-Carlo standard errors from the spread of independent scramblings.
    """

    lens: str
    dimensions: tuple[str, ...]
    draws: int
    seed: int
    scramblings: int
    ids: tuple[str, ...]
    coverage: tuple[str, ...]
    unranked: tuple[Unranked, ...]
    expected_rank: Floats
    expected_rank_se: Floats
    rank_low: Integers
    """(m,) 5th percentile of the rank: in under 5 % of draws it is better."""
    rank_high: Integers
    """(m,) 95th percentile of the rank: in at most 5 % of draws it is worse."""
    band: Integers
    p_first: Floats
    p_first_se: Floats
    p_top_3: Floats
    p_top_3_se: Floats
    p_top_10: Floats
    p_top_10_se: Floats
    rank_acceptability: Floats
    """(m, m) share of draws in which i has rank r + 1, ties split equally."""
    rank_acceptability_se: Floats
    pairwise_winning: Floats
    """(m, m) share of draws in which i is ahead of j, ties half; 0.5 on the diagonal."""
    pairwise_winning_se: Floats
    support: Floats
    """(m,) number of draws in which i is first, shared where several are."""
    central_weights: Floats
    """(m, n) mean weights of the draws in which i is first; NaN where it never is."""
    lift: Floats
    """(m, n) expected rank in the third of draws where the dimension weighs least, less that in
    the third where it weighs most: positive where the dimension lifts, NaN where its weight
    never varies."""
    lift_se: Floats
    level_share: Floats
    """(m, n, 6) share of draws in which its own level in that dimension was drawn."""
    rank_by_level: Floats
    """(m, n, 6) expected rank in those draws; NaN where there are none."""
