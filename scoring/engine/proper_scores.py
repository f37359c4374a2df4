"""Scores that nobody can improve by saying something else than they believe; lower is better.

Arguments are (observed, forecast). Arrays broadcast, and each answer has the shape of the
observations. Costs are scored on logs, shares in points: the caller hands over the scale.
"""

import numpy as np
from numpy.typing import ArrayLike

from scoring.engine.results import Floats

LEAST_LOG_P, MOST_LOG_P = 0.005, 0.995
"""A log score is taken of a p within these, so that one certain error does not end all scoring."""
ALPHAS = (0.5, 0.2, 0.05)
"""The central intervals of the house hold 50, 80 and 95 %; these are the shares outside."""


def brier(observed: ArrayLike, p: ArrayLike) -> Floats:
    """(p - o)^2 with o 1 where it happened, else 0.

    Raises ValueError for outcomes other than 0 and 1 and for p outside 0 to 1.

    Source: Brier 1950, Monthly Weather Review 78:1-3.
    """
    outcome, forecast = _binary(observed, p)
    return (forecast - outcome) ** 2


def log_score(observed: ArrayLike, p: ArrayLike) -> Floats:
    """-log of the probability given to what happened, p clipped to [.005, .995]; natural logs.

    Raises ValueError as `brier` does.

    Source: Good 1952, Journal of the Royal Statistical Society B 14:107-114.
    """
    outcome, forecast = _binary(observed, p)
    kept = np.clip(forecast, LEAST_LOG_P, MOST_LOG_P)
    given: Floats = np.where(outcome == 1, kept, 1 - kept)
    return -np.log(given)


def crps_samples(observed: ArrayLike, samples: ArrayLike) -> Floats:
    """Mean |X - y| less half of mean |X - X'| over all pairs of the samples.

    observed (...); samples (..., draws), one row for each observation. The score of the empirical
    distribution itself ("energy" form), in the unit of the observations. Raises ValueError for
    numbers that are not finite and for shapes that do not fit.

    Source: Gneiting & Raftery 2007, Journal of the American Statistical Association 102:359-378.
    """
    drawn = np.sort(_finite(samples, "samples"), axis=-1)
    truth = _finite(observed, "observations")
    if not drawn.ndim or drawn.shape[:-1] != truth.shape or not drawn.shape[-1]:
        raise ValueError(
            f"samples are one row of draws for each observation, {(*truth.shape, 'draws')};"
            f" they have the shape {drawn.shape}"
        )
    n = drawn.shape[-1]
    distance = np.abs(drawn - truth[..., None]).mean(axis=-1)
    # Half the mean over all pairs, from the sorted draws: no n x n table.
    spread = drawn @ (2 * np.arange(1, n + 1) - n - 1.0) / n**2
    score: Floats = distance - spread
    return score


def interval_score(
    observed: ArrayLike, lower: ArrayLike, upper: ArrayLike, alpha: ArrayLike
) -> Floats:
    """Width of the central 1 - alpha interval, and 2/alpha times what the truth lies outside it.

    Raises ValueError for numbers that are not finite, an upper end below the lower one and an
    alpha outside 0 to 1.

    Source: Gneiting & Raftery 2007 (see `crps_samples`), section 6.2.
    """
    truth, low, high, outside = (
        _finite(part, name)
        for part, name in (
            (observed, "observations"),
            (lower, "lower ends"),
            (upper, "upper ends"),
            (alpha, "alphas"),
        )
    )
    if np.any(high < low):
        raise ValueError("an interval ends before it begins; exchange its ends")
    if np.any((outside <= 0) | (outside >= 1)):
        raise ValueError("alpha is the share outside the interval, between 0 and 1")
    missed = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
    score: Floats = high - low + 2 / outside * missed
    return score


def weighted_interval_score(
    observed: ArrayLike,
    median: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    alpha: ArrayLike = ALPHAS,
) -> Floats:
    """(|y - median| / 2 + sum alpha_k / 2 IS_k) / (K + 1/2) over K central intervals.

    observed, median (...); lower, upper (..., K) in the order of alpha (K,), by default the house's
    50, 80 and 95 %. It approaches the CRPS as intervals are added. Raises ValueError as
    `interval_score` does.

    Source: Bracher, Ray, Gneiting & Reich 2021, PLoS Computational Biology 17(2) e1008618.
    """
    truth, middle = _finite(observed, "observations"), _finite(median, "medians")
    outside = np.asarray(alpha, dtype=np.float64)
    low, high = _finite(lower, "lower ends"), _finite(upper, "upper ends")
    if low.shape[-1:] != outside.shape or high.shape[-1:] != outside.shape:
        raise ValueError(
            f"{len(outside)} alphas ask for as many lower and upper ends;"
            f" they have the shapes {low.shape} and {high.shape}"
        )
    scores = interval_score(truth[..., None], low, high, outside)
    total: Floats = np.abs(truth - middle) / 2 + (scores * outside / 2).sum(axis=-1)
    return total / (len(outside) + 0.5)


def interval_ends(samples: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Median (...), lower and upper ends (..., 3) of the house's intervals, from (..., draws)."""
    outside = np.array(ALPHAS)
    levels = np.concatenate([[0.5], outside / 2, 1 - outside / 2])
    ends = np.moveaxis(np.quantile(_finite(samples, "samples"), levels, axis=-1), 0, -1)
    k = len(ALPHAS)
    return ends[..., 0], ends[..., 1 : k + 1], ends[..., k + 1 :]


def capped(values: ArrayLike, cap: float) -> Floats:
    """Dates cut at the last one that anybody will see, so that never, infinite, can be scored.

    Scores of what is cut on both sides, crps_samples(capped(y, cap), capped(x, cap)), stay proper:
    they ask for the date up to the cap and for the probability beyond it. Take the cap before the
    fact, such as the deadline. Raises ValueError for NaN and for a cap that is not finite.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if np.isnan(numbers).any() or not np.isfinite(cap):
        raise ValueError("dates are numbers or infinite, and the cap is finite")
    return np.minimum(numbers, cap)


def skill(score: ArrayLike, baseline: ArrayLike) -> float:
    """1 - mean score / mean baseline score: 1 is perfect, 0 no better than the baseline.

    Raises ValueError where there is nothing to compare, the two differ in number, or the baseline
    is without error, so that no skill is defined.
    """
    ours, theirs = _finite(score, "scores"), _finite(baseline, "baseline's scores")
    if ours.shape != theirs.shape or not ours.size:
        raise ValueError(
            f"skill compares as many scores as the baseline has; they are {ours.shape}"
            f" and {theirs.shape}"
        )
    if theirs.mean() == 0:
        raise ValueError("the baseline is never wrong; skill against it is not defined")
    return float(1 - ours.mean() / theirs.mean())


def _binary(observed: ArrayLike, p: ArrayLike) -> tuple[Floats, Floats]:
    outcome = np.asarray(observed, dtype=np.float64)
    forecast = np.asarray(p, dtype=np.float64)
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise ValueError("an outcome is 0 or 1; leave out what was annulled or is open")
    if not np.all((forecast >= 0) & (forecast <= 1)):
        raise ValueError("a probability lies from 0 to 1; one of these does not")
    return outcome, forecast


def _finite(values: ArrayLike, name: str) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError(f"the {name} hold a number that is not finite; leave it out")
    return numbers
