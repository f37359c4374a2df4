"""What is counted over the draws of a ranking, and the indices that follow."""

import numpy as np
from numpy.typing import NDArray

from scoring.engine.replicates import ReplicateSums
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import LEVELS
from scoring.engine.standings import Standings, count_ranks, count_wins, first_shares

TOPS = (1, 3, 10)


class RankingTally:
    """Sums over draws for m technologies; replicates are added in turn and closed."""

    def __init__(self, m: int, weights: Floats) -> None:
        """weights (all draws, dimensions): their thirds tell where a dimension weighs much."""
        n = weights.shape[1]
        self.m = m
        self.ranks, self.balance = ReplicateSums(m, m), ReplicateSums(m, m)
        self.tops = ReplicateSums(m, len(TOPS))
        self.rank_sum = ReplicateSums(m)
        self.when_light, self.when_heavy = ReplicateSums(m, n), ReplicateSums(m, n)
        self.light_draws, self.heavy_draws = np.zeros(n), np.zeros(n)
        self.third, self.two_thirds = np.quantile(weights, [1 / 3, 2 / 3], axis=0)
        self.never_varies = weights.min(axis=0) == weights.max(axis=0)
        self.support, self.first_weights = np.zeros(m), np.zeros((m, n))
        self.level_draws = np.zeros((m, n, len(LEVELS)))
        self.level_ranks = np.zeros((m, n, len(LEVELS)))

    def add(self, standings: Standings, weights: Floats, levels: NDArray[np.uint8]) -> None:
        """Count a chunk: weights (draws, dimensions), levels (dimensions, m, draws)."""
        self.ranks.add(count_ranks(standings))
        wins = count_wins(standings.twice_rank)
        self.balance.add((wins - wins.T).astype(np.float64))
        rank = standings.twice_rank / 2
        self.rank_sum.add(rank.sum(axis=0))
        self._add_firsts(standings, weights)
        self._add_thirds(rank, weights)
        self._add_levels(rank, levels)

    def close_replicate(self, draws: int) -> None:
        self.tops.add(np.stack([self.ranks.current[:, :k].sum(axis=1) for k in TOPS], axis=1))
        for sums in (self.ranks, self.balance, self.tops, self.rank_sum):
            sums.close(draws)
        self.when_light.close(self.light_draws)
        self.when_heavy.close(self.heavy_draws)
        self.light_draws, self.heavy_draws = np.zeros_like(self.third), np.zeros_like(self.third)

    def _add_firsts(self, standings: Standings, weights: Floats) -> None:
        draws, firsts, share = first_shares(standings)
        self.support += np.bincount(firsts, share, self.m)
        for j in range(weights.shape[1]):
            self.first_weights[:, j] += np.bincount(firsts, share * weights[draws, j], self.m)

    def _add_thirds(self, rank: Floats, weights: Floats) -> None:
        is_light, is_heavy = weights <= self.third, weights >= self.two_thirds
        for j in range(weights.shape[1]):
            self.when_light.current[:, j] += rank[is_light[:, j]].sum(axis=0)
            self.when_heavy.current[:, j] += rank[is_heavy[:, j]].sum(axis=0)
        self.light_draws += is_light.sum(axis=0)
        self.heavy_draws += is_heavy.sum(axis=0)

    def _add_levels(self, rank: Floats, levels: NDArray[np.uint8]) -> None:
        size = self.m * len(LEVELS)
        first_cell = np.arange(self.m)[:, None] * len(LEVELS)
        ranks = np.ascontiguousarray(rank.T).ravel()
        for j, drawn in enumerate(levels):
            cells = (first_cell + drawn).ravel()
            shape = (self.m, len(LEVELS))
            self.level_draws[:, j] += np.bincount(cells, minlength=size).reshape(shape)
            self.level_ranks[:, j] += np.bincount(cells, ranks, size).reshape(shape)

    def pairwise_winning(self) -> Floats:
        """(m, m) wins count 1, ties a half; the balance counts them 1 and 0, losses -1."""
        return 0.5 + self.balance.mean() / 2

    def percentile(self, share: float) -> Integers:
        """(m,) the first rank by which at least that share of the draws is reached."""
        is_short = np.cumsum(self.ranks.mean(), axis=1) < share - 1e-9
        ranks: Integers = 1 + is_short.sum(axis=1, dtype=np.int64)
        return ranks

    def top_share(self, k: int) -> Floats:
        """(m,) share of draws among the first k, ties split."""
        return np.minimum(self.tops.mean()[:, TOPS.index(k)], 1.0)

    def top_share_error(self, k: int) -> Floats:
        """(m,) standard error, one draw added, so that what no draw showed is not held sure."""
        if self.m <= k:
            return np.zeros(self.m)
        error = self.tops.error()[:, TOPS.index(k)]
        return np.sqrt(error**2 + 1 / self.tops.draws**2)

    def central_weights(self) -> Floats:
        return self.first_weights / np.where(self.support > 0, self.support, np.nan)[:, None]

    def lift(self) -> Floats:
        lift = self.when_light.mean() - self.when_heavy.mean()
        return np.where(self.never_varies, np.nan, lift)

    def lift_error(self) -> Floats:
        error = np.hypot(self.when_light.error(), self.when_heavy.error())
        return np.where(self.never_varies, np.nan, error)

    def rank_by_level(self) -> Floats:
        return self.level_ranks / np.where(self.level_draws > 0, self.level_draws, np.nan)
