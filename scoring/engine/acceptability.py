"""SMAA-2 indices of draws that are given: nothing is sampled here."""

import numpy as np
from numpy.typing import ArrayLike

from scoring.engine.results import Floats, SmaaResult
from scoring.engine.standings import (
    MOST_DRAWS,
    Standings,
    count_ranks,
    count_wins,
    first_shares,
    stand,
)

ROUNDING = 1e-14
"""A variance below this share of the mean square is what rounding left of nought."""


def from_draws(values: ArrayLike, weights: ArrayLike) -> SmaaResult:
    """Rank m alternatives in every draw and count.

    values (draws, m, n), higher is better; weights (draws, n), or (n,) for all draws. The worth
    of an alternative is the sum over criteria of weight times value. Alternatives whose worths
    differ by no more than the rounding of that sum are equal: they split the ranks they cover
    equally, count half a win against each other and share a first place. Standard errors
    take the draws as independent; `rank_acceptability_se` is sqrt(b(1 - b)/draws) without ties.
    Raises ValueError for wrong shapes and for numbers that are not finite.

    Source: Lahdelma & Salminen 2001, Operations Research 49:444-454.
    """
    scores, priorities = _checked(values, weights)
    draws, m, _ = scores.shape
    counts = _Counts(m, origin=priorities[0])
    for start in range(0, draws, MOST_DRAWS):
        part = slice(start, start + MOST_DRAWS)
        worths, tolerance = _worths(scores[part], priorities[part])
        counts.add(stand(worths, tolerance), priorities[part])
    return counts.result(draws)


def confidence_factors(sample_values: ArrayLike, central_weights: ArrayLike) -> Floats:
    """(m,) share of the value draws in which i is first when judged by its own central weights.

    sample_values (draws, m, n); central_weights (m, n). NaN where an alternative has no central
    weights (its row holds a NaN). First places are shared among equals. Raises ValueError for
    wrong shapes and for values that are not finite.

    Source: Lahdelma & Salminen 2001, Operations Research 49:444-454.
    """
    central = np.asarray(central_weights, dtype=np.float64)
    scores, _ = _checked(sample_values, np.zeros(central.shape[-1:]))
    if central.shape != scores.shape[1:]:
        raise ValueError(
            f"central_weights has shape {central.shape}; the values ask for {scores.shape[1:]}"
        )
    has_gap: list[bool] = np.isnan(central.sum(axis=1)).tolist()
    factors = [
        np.nan if has_gap[i] else _share_of_first(scores, central[i], i)
        for i in range(len(central))
    ]
    return np.array(factors, dtype=np.float64)


def _share_of_first(scores: Floats, weights: Floats, i: int) -> float:
    total = 0.0
    for start in range(0, len(scores), MOST_DRAWS):
        part = scores[start : start + MOST_DRAWS]
        worths, tolerance = _worths(part, np.broadcast_to(weights, (len(part), len(weights))))
        _, alternatives, shares = first_shares(stand(worths, tolerance))
        total += float(shares[alternatives == i].sum())
    return total / len(scores)


def _checked(values: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    scores = np.asarray(values, dtype=np.float64)
    priorities = np.asarray(weights, dtype=np.float64)
    if scores.ndim != 3 or 0 in scores.shape:
        raise ValueError(f"values must be (draws, m, n), none of them 0; it is {scores.shape}")
    draws, _, n = scores.shape
    if priorities.shape not in {(n,), (draws, n)}:
        raise ValueError(
            f"weights must be ({n},) or ({draws}, {n}) for these values; it is {priorities.shape}"
        )
    if not (np.isfinite(scores).all() and np.isfinite(priorities).all()):
        raise ValueError("values and weights must be finite; leave out or fill what is missing")
    return scores, np.broadcast_to(priorities, (draws, n))


def _worths(scores: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """(draws, m) worths, and (draws, 1) how far rounding alone can part two equal ones."""
    draws, m, n = scores.shape
    worths = np.zeros((draws, m))
    magnitude = np.zeros((draws, m))
    for j in range(n):
        product = scores[:, :, j] * weights[:, j, None]
        worths += product
        magnitude += np.abs(product)
    largest: Floats = magnitude.max(axis=1, keepdims=True)
    return worths, 4 * n * np.finfo(np.float64).eps * largest


class _Counts:
    """Sums over draws, with the sums of squares that standard errors need."""

    def __init__(self, m: int, origin: Floats) -> None:
        n = len(origin)
        self.origin = origin
        """Weights are summed as distances from these, which loses no digits where all agree."""
        self.ranks, self.squared_ranks, self.wins = (np.zeros((m, m)) for _ in range(3))
        self.twice_rank, self.squared_twice_rank = (np.zeros(m) for _ in range(2))
        self.support, self.squared_support = (np.zeros(m) for _ in range(2))
        self.weights, self.squared_weights, self.cross_weights = (
            np.zeros((m, n)) for _ in range(3)
        )

    def add(self, standings: Standings, weights: Floats) -> None:
        ranks = count_ranks(standings)
        self.ranks += ranks
        self.squared_ranks += count_ranks(standings, power=2) if standings.has_ties else ranks
        self.wins += count_wins(standings.twice_rank)
        twice_rank = standings.twice_rank.astype(np.float64)
        self.twice_rank += twice_rank.sum(axis=0)
        self.squared_twice_rank += (twice_rank**2).sum(axis=0)
        self._add_firsts(standings, weights - self.origin)

    def _add_firsts(self, standings: Standings, weights: Floats) -> None:
        draws, alternatives, share = first_shares(standings)
        m = len(self.support)
        self.support += np.bincount(alternatives, share, m)
        self.squared_support += np.bincount(alternatives, share**2, m)
        for j in range(weights.shape[1]):
            weight = weights[draws, j]
            self.weights[:, j] += np.bincount(alternatives, share * weight, m)
            self.cross_weights[:, j] += np.bincount(alternatives, share**2 * weight, m)
            self.squared_weights[:, j] += np.bincount(alternatives, (share * weight) ** 2, m)

    def result(self, draws: int) -> SmaaResult:
        ties = draws - self.wins - self.wins.T
        expected = self.twice_rank / (2 * draws)
        central, central_se = self._central_weights()
        return SmaaResult(
            rank_acceptability=self.ranks / draws,
            rank_acceptability_se=_error(self.ranks, self.squared_ranks, draws),
            pairwise_winning=(self.wins + ties / 2) / draws,
            pairwise_winning_se=_pairwise_error(self.wins, ties, draws),
            expected_rank=expected,
            expected_rank_se=_error(self.twice_rank / 2, self.squared_twice_rank / 4, draws),
            central_weights=central,
            central_weights_se=central_se,
            support=self.support,
            support_se=draws * _error(self.support, self.squared_support, draws),
        )

    def _central_weights(self) -> tuple[Floats, Floats]:
        support = np.where(self.support > 0, self.support, np.nan)[:, None]
        squares = np.where(self.support > 0, self.squared_support, np.nan)[:, None]
        shift = self.weights / support
        spread = self.squared_weights - 2 * shift * self.cross_weights + shift**2 * squares
        effective = support**2 / squares
        freedom = np.where(effective > 1 + 1e-9, effective - 1, np.nan)
        error = np.sqrt(np.maximum(spread, 0.0) * effective / freedom) / support
        return self.origin + shift, error


def _pairwise_error(wins: Floats, ties: Floats, draws: int) -> Floats:
    error = _error(wins + ties / 2, wins + ties / 4, draws)
    np.fill_diagonal(error, 0.0)
    return error


def _error(sums: Floats, squares: Floats, draws: int) -> Floats:
    """Standard error of a mean over independent draws, from its sum and sum of squares."""
    square = squares / draws
    variance = square - (sums / draws) ** 2
    is_spread = variance > ROUNDING * square
    error: Floats = np.sqrt(np.where(is_spread, variance, 0.0) / draws)
    return error
