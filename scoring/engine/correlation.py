"""How far two rankings of the same technologies agree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau, spearmanr


@dataclass(frozen=True)
class RankAgreement:
    """Each from -1, opposite orders, to 1, one order; None where one of them puts all level."""

    technologies: int
    tau_b: float | None
    """Share of pairs in one order less share in opposite ones, with pairs that are level in one
    of the two taken out of the count."""
    spearman: float | None
    """Correlation of the places."""


def rank_agreement(one: Sequence[float], other: Sequence[float]) -> RankAgreement:
    """Of two lists of expected ranks, (m,) each, of the same technologies.

    ValueError where their lengths differ. Sources: Kendall 1945, Biometrika 33:239-251 (tau-b);
    Spearman 1904, American Journal of Psychology 15:72-101.
    """
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"{len(first)} ranks cannot be held against {len(second)}")
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return RankAgreement(len(first), None, None)
    return RankAgreement(
        len(first),
        float(kendalltau(first, second, variant="b").statistic),
        float(spearmanr(first, second).statistic),
    )
