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
