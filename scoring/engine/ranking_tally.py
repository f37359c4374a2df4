"""The replicates of a ranking added up, and the indices that follow."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.engine.counts import Counts
from scoring.engine.loops import Loops
from scoring.engine.replicates import ReplicateCells, ReplicateSums
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import LEVELS
from scoring.engine.units import UNIT, WEIGHT_UNIT

TOPS = (1, 3, 10)
LITTLE, MUCH = 1, 2


class RankingTally:
    """Sums over draws for m technologies; the counts of replicates are added in turn."""

    def __init__(self, m: int, weights: Floats) -> None:
        """weights (all draws, dimensions): their thirds tell where a dimension weighs much."""
        n = weights.shape[1]
        self.m = m
        self.ranks, self.balance = ReplicateCells(m, UNIT), ReplicateCells(m, 1)
        self.tops, self.rank_sum = ReplicateSums(m, len(TOPS)), ReplicateSums(m)
        self.when_light, self.when_heavy = ReplicateSums(m, n), ReplicateSums(m, n)
        self.third, self.two_thirds = np.quantile(weights, [1 / 3, 2 / 3], axis=0)
        self.never_varies = weights.min(axis=0) == weights.max(axis=0)
        self.counted_support = np.zeros(m, np.int64)
        self.first_weights = np.zeros((m, n), np.int64)
        self.level_draws = np.zeros((m, n, len(LEVELS)), np.int64)
        self.level_ranks = np.zeros((m, n, len(LEVELS)), np.int64)

    @property
    def draws(self) -> int:
        return sum(self.ranks.sizes)

    @property
    def support(self) -> Floats:
        return self.counted_support / UNIT

    def thirds(self, weights: Floats) -> NDArray[np.uint8]:
        """(draws, dimensions) LITTLE, MUCH, both or neither."""
        light = (weights <= self.third).astype(np.uint8)
        heavy = (weights >= self.two_thirds).astype(np.uint8)
        thirds: NDArray[np.uint8] = light * np.uint8(LITTLE) + heavy * np.uint8(MUCH)
        return thirds

    def add(self, counts: Counts, weights: Floats, loops: Loops) -> None:
        """A replicate with weights (draws, dimensions); longer replicates come first."""
        draws, thirds = len(weights), self.thirds(weights)
        self.tops.close(_tops(counts), draws)
        self.rank_sum.close(counts.twice_rank / 2, draws)
        self.when_light.close(counts.when_light.T / 2, (thirds & LITTLE > 0).sum(axis=0))
        self.when_heavy.close(counts.when_heavy.T / 2, (thirds & MUCH > 0).sum(axis=0))
        self.ranks.begin(draws)
        self.balance.begin(draws)
        loops.close(counts, self.ranks, self.balance)
        self.counted_support += counts.support
        self.first_weights += counts.first_weights
        self.level_draws += counts.level_draws
        self.level_ranks += counts.level_ranks

    def pairwise_winning(self) -> tuple[Floats, Floats]:
        """(m, m) wins count 1, ties a half, the balance 1 and 0, losses -1; and its error."""
        winning, error = self.balance.mean_and_error()
        winning /= 2
        winning -= winning.T
        winning += 0.5
        error /= 2
        error += error.T
        return winning, error

    def top_share(self, k: int) -> Floats:
        """(m,) share of draws among the first k, ties split."""
        return np.minimum(self.tops.mean()[:, TOPS.index(k)], 1.0)

    def top_share_error(self, k: int) -> Floats:
        """(m,) standard error, one draw added, so that what no draw showed is not held sure."""
        if self.m <= k:
            return np.zeros(self.m)
        error = self.tops.error()[:, TOPS.index(k)]
        return np.sqrt(error**2 + 1 / self.draws**2)

    def central_weights(self) -> Floats:
        support = np.where(self.counted_support > 0, self.support, np.nan)
        return self.first_weights / WEIGHT_UNIT / support[:, None]

    def lift(self) -> Floats:
        lift = self.when_light.mean() - self.when_heavy.mean()
        return np.where(self.never_varies, np.nan, lift)

    def lift_error(self) -> Floats:
        error = np.hypot(self.when_light.error(), self.when_heavy.error())
        return np.where(self.never_varies, np.nan, error)

    def level_share(self) -> Floats:
        return self.level_draws / self.draws

    def rank_by_level(self) -> Floats:
        return self.level_ranks / 2 / np.where(self.level_draws > 0, self.level_draws, np.nan)


def percentiles(acceptability: Floats, shares: Sequence[float]) -> list[Integers]:
    """For each share (m,) the first rank by which at least that share of the draws is reached."""
    reached = np.cumsum(acceptability, axis=1)
    return [1 + (reached < share - 1e-9).sum(axis=1, dtype=np.int64) for share in shares]


def _tops(counts: Counts) -> Floats:
    """(m, tops) draws among the first so many."""
    held = counts.shares[:, :-1][:, : max(TOPS)].cumsum(axis=1)
    return np.stack([held[:, :k].sum(axis=1) for k in TOPS], axis=1) / UNIT
