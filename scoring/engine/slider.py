"""The ranking under somebody's own weights, while they wait: levels drawn before, weights now."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtr, ndtri

from scoring.engine.bands import AHEAD, by_expected_rank
from scoring.engine.lenses import Slider
from scoring.engine.results import Floats, Integers
from scoring.engine.slider_draws import SCRAMBLINGS, SliderDraws, Worths

ENGINE = "slider/1"
TOPS = (1, 3, 10)
REACH = 6.6
KNOTS = 265

Shared = NDArray[np.int64]
"""(3, n) technology, first and last rank of each that has equals in a draw."""
NOBODY: Shared = np.zeros((3, 0), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class SliderRanking:
    """A ranking of m technologies. Arrays follow the ids of the draws; ranks start at 1.

    `<name>_se` are Monte-Carlo standard errors from the spread of independent replicates.
    """

    ids: tuple[str, ...]
    draws: int
    expected_rank: Floats
    expected_rank_se: Floats
    rank_low: Integers
    rank_high: Integers
    band: Integers
    p_first: Floats
    p_first_se: Floats
    p_top_3: Floats
    p_top_3_se: Floats
    p_top_10: Floats
    p_top_10_se: Floats
    rank_acceptability: Floats
    """(m, m) share of draws in which i has rank r + 1, ties split equally."""
    twice_rank: NDArray[np.int16]
    """(draws, m) twice the rank in each draw."""

    def share_ahead(self, first: int, second: int) -> float:
        """Share of draws in which one is ahead of the other, ties half."""
        ahead = self.twice_rank[:, first] < self.twice_rank[:, second]
        level = self.twice_rank[:, first] == self.twice_rank[:, second]
        return float(ahead.mean() + level.mean() / 2)


def rank_by_slider(drawn: SliderDraws, slider: Slider) -> SliderRanking:
    """The technologies of `drawn` ranked under weights around the slider.

    One weight vector a draw, from the slider's Dirichlet distribution at the points that were
    spread for it; then one sum of products and one sort a draw. About 25 ns a technology and draw.
    The answer depends on the draws and the slider alone.
    """
    weights = slider_weights(slider, drawn.points)
    twice_rank = np.empty((drawn.draws, len(drawn.ids)), dtype=np.int16)
    size, shared = drawn.draws // SCRAMBLINGS, []
    for start in range(0, drawn.draws, size):
        part = slice(start, start + size)
        twice_rank[part], found = _stand(_worths(drawn.values[:, part], weights[part]))
        shared.append(found)
    return _indices(drawn, twice_rank, np.concatenate(shared, axis=1))


def slider_weights(slider: Slider, points: Floats) -> Floats:
    """As `Slider.weights`, with the quantiles of each gamma distribution read off a curve.

    The cube root of a gamma quantile is nearly straight in the normal quantile of the same
    probability (Wilson & Hilferty 1931, PNAS 17:684-688), so that straight pieces between 265
    knots miss a weight by less than 1e-5.
    """
    knots = np.linspace(-REACH, REACH, KNOTS)
    normal = ndtri(points)
    shares = np.array(slider.centre) / sum(slider.centre)
    sizes = np.zeros(points.shape)
    for j in np.flatnonzero(shares):
        curve = np.cbrt(gammaincinv(shares[j] * slider.concentration, ndtr(knots)))
        sizes[:, j] = np.interp(normal[:, j], knots, curve) ** 3
    weights: Floats = sizes / sizes.sum(axis=1, keepdims=True)
    return weights


def _worths(values: Worths, weights: Floats) -> Worths:
    """(draws, m), added up in one order so that the same levels give the same bits."""
    factors = weights.astype(np.float32)
    total: Worths = factors[:, 0, None] * values[0]
    for j in range(1, len(values)):
        total += factors[:, j, None] * values[j]
    return total


def _stand(worths: Worths) -> tuple[NDArray[np.int16], Shared]:
    """(draws, m) twice the rank, equals having the mean of theirs; and who shares what."""
    order = np.argsort(worths, axis=1)[:, ::-1]
    ordered = np.take_along_axis(worths, order, axis=1)
    places = np.arange(1, worths.shape[1] + 1, dtype=np.int16)
    twice = np.broadcast_to(2 * places, worths.shape).copy()
    tied = np.flatnonzero((ordered[:, :-1] == ordered[:, 1:]).any(axis=1))
    shared = NOBODY
    if len(tied):
        first, last = _groups(ordered[tied])
        twice[tied] = first + last
        held = np.nonzero(last > first)
        shared = np.stack((order[tied][held], first[held], last[held]))
    ranks = np.empty_like(twice)
    np.put_along_axis(ranks, order, twice, axis=1)
    return ranks, shared


def _groups(ordered: Worths) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """First and last rank of the equals at each place, rows being in order."""
    draws, m = ordered.shape
    places = np.arange(1, m + 1, dtype=np.int16)
    step = ordered[:, :-1] != ordered[:, 1:]
    edge = np.ones((draws, 1), dtype=bool)
    starts = np.where(np.hstack((edge, step)), places, np.int16(0))
    ends = np.where(np.hstack((step, edge)), places, np.int16(m))
    first = np.maximum.accumulate(starts, axis=1)
    last = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    return first, last


def _indices(drawn: SliderDraws, twice_rank: NDArray[np.int16], shared: Shared) -> SliderRanking:
    m = len(drawn.ids)
    sums = twice_rank.reshape(SCRAMBLINGS, -1, m).sum(axis=1, dtype=np.int64) / 2
    size = drawn.draws // SCRAMBLINGS
    expected, expected_se = _mean_and_error(sums / size)
    acceptability = _acceptability(twice_rank, shared)
    cumulative = np.minimum(np.cumsum(acceptability, axis=1), 1.0)
    tops = {k: cumulative[:, min(k, m) - 1] for k in TOPS}
    errors = {k: _top_error(twice_rank, k) for k in TOPS}
    return SliderRanking(
        ids=drawn.ids,
        draws=drawn.draws,
        expected_rank=expected,
        expected_rank_se=expected_se,
        rank_low=1 + (cumulative < 0.05 - 1e-9).sum(axis=1, dtype=np.int64),
        rank_high=1 + (cumulative < 0.95 - 1e-9).sum(axis=1, dtype=np.int64),
        band=_bands(expected, drawn.ids, twice_rank),
        p_first=tops[1],
        p_first_se=errors[1],
        p_top_3=tops[3],
        p_top_3_se=errors[3],
        p_top_10=tops[10],
        p_top_10_se=errors[10],
        rank_acceptability=acceptability,
        twice_rank=twice_rank,
    )


def _mean_and_error(by_replicate: Floats) -> tuple[Floats, Floats]:
    """Mean of replicates of equal size (first axis) and its standard error."""
    error = by_replicate.std(axis=0, ddof=1) / np.sqrt(len(by_replicate))
    return by_replicate.mean(axis=0), error


def _acceptability(twice_rank: NDArray[np.int16], shared: Shared) -> Floats:
    draws, m = twice_rank.shape
    column = np.arange(m, dtype=np.int64) * (2 * m + 1)
    counted = np.bincount((twice_rank + column).ravel(), minlength=m * (2 * m + 1))
    twice = counted.reshape(m, 2 * m + 1)
    found = twice[:, 2::2].astype(np.float64)
    # Those who share were counted at their mean rank, where that is a rank at all; their part
    # begins at their first rank and ends after their last.
    owner, first, last = shared
    whole = (first + last) % 2 == 0
    at_mean = owner[whole] * m + (first[whole] + last[whole]) // 2 - 1
    found -= np.bincount(at_mean, minlength=m * m).reshape(m, m)
    part = 1.0 / (last - first + 1)
    start, size = owner * (m + 1) + first - 1, m * (m + 1)
    steps = np.bincount(start, part, size) - np.bincount(start + 1 + last - first, part, size)
    found += np.cumsum(steps.reshape(m, m + 1), axis=1)[:, :m]
    # What rounding leaves of a rank that is never held is nought.
    shares: Floats = np.where(found < 1e-9, 0.0, found) / draws
    return shares


def _top_error(twice_rank: NDArray[np.int16], k: int) -> Floats:
    """(m,) error of the share of draws among the first k, with one draw added."""
    draws, m = twice_rank.shape
    if m <= k:
        return np.zeros(m)
    inside = (twice_rank <= 2 * k).reshape(SCRAMBLINGS, -1, m)
    _, error = _mean_and_error(inside.mean(axis=1))
    widened: Floats = np.sqrt(error**2 + 1 / draws**2)
    return widened


def _bands(expected: Floats, ids: tuple[str, ...], twice_rank: NDArray[np.int16]) -> Integers:
    """By the rule of `bands.leader_bands`, comparing with leaders only."""
    bands = np.zeros(len(ids), dtype=np.int64)
    order, band = np.array(by_expected_rank(expected, ids), dtype=np.intp), 0
    columns = np.ascontiguousarray(twice_rank.T)
    while len(order):
        band, leader = band + 1, columns[order[0]]
        rest = columns[order[1:]]
        ahead = (leader < rest).mean(axis=1) + (leader == rest).mean(axis=1) / 2
        behind = np.flatnonzero(ahead > AHEAD)
        end = 1 + (behind[0] if len(behind) else len(order) - 1)
        bands[order[:end]], order = band, order[end:]
    return bands
