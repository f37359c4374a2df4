"""What a forecast is: joint paths of a quantity, and the shocks that such paths are made of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.streams import generator

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

TAIL_FREEDOM = 5
"""Degrees of freedom of the Student t that every horizon's error follows."""
YEAR_PARTS = 1_000_000
"""Horizons are kept to the millionth of a year, about half a minute."""


@dataclass(frozen=True, eq=False)
class PathForecast:
    """Joint paths: row i of `samples` is one future, followed through all horizons.

    years (horizons,) calendar years as they were asked for; samples (draws, horizons) in the
    unit of the observed values; effective_sample_size of the weighed particles before they
    were drawn anew; reference_dominates where the drift that was seen narrows its variance by less
    than half; observations counts what was seen.
    """

    years: Floats
    samples: Floats
    effective_sample_size: float
    reference_dominates: bool
    observations: int

    def quantiles(self, levels: Sequence[float] | Floats) -> Floats:
        """(levels, horizons) quantiles of each horizon; ValueError for a level outside 0..1."""
        asked = np.atleast_1d(np.asarray(levels, dtype=np.float64))
        if not np.all((asked >= 0) & (asked <= 1)):
            raise ValueError(f"the levels {asked.tolist()} are no shares; give levels from 0 to 1")
        found: Floats = np.quantile(self.samples, asked, axis=0)
        return found


def error_variance(horizons: Floats, theta: float | Floats) -> Floats:
    """Variance of X(h) in units of K^2: [h(1 + theta^2) + 2 theta (h - 1)]/(1 + theta^2).

    X is a walk whose shocks return a year later with weight theta, the moving average of
    Farmer & Lafond 2016. Within the first year none has returned yet: the variance is h.
    """
    returned = 2 * theta * np.maximum(horizons - 1, 0) / (1 + theta**2)
    variance: Floats = horizons + returned
    return variance


def whole_and_part(offsets: Floats) -> tuple[Places, NDArray[np.int64]]:
    """Offsets in years as whole years and millionths of a year, both without rounding noise."""
    counted = np.rint(offsets * YEAR_PARTS).astype(np.int64)
    return (counted // YEAR_PARTS).astype(np.intp), counted % YEAR_PARTS


@dataclass(frozen=True, eq=False)
class Shocks:
    """Gaussian shocks of mean 0 in units of the noise K of a year.

    future (draws, horizons) what is added to the log by each horizon; last_year (draws,) what the
    year before the last observation added, which returns in the year after it.
    """

    future: Floats
    last_year: Floats


def shocks(offsets: Floats, theta: Floats, seed: int, purpose: str) -> Shocks:
    """Joint shocks at offsets (horizons,) years after the last observation, theta (draws,).

    With W a Brownian motion, X(h) = [W(h) - W(0) + theta (W(h-1) - W(-1))]/sqrt(1 + theta^2), which
    has `error_variance` at each horizon, whole or not. Whole years come first from the stream, so
    what happens at whole offsets is the same whatever else is asked.
    """
    whole, part = whole_and_part(offsets)
    walk = _whole_years(int(whole.max()) + 1, len(theta), seed, purpose)
    between = _parts_of_years(walk, np.unique(part), seed, purpose)
    scale = 1 / np.sqrt(1 + theta**2)
    # Horizon after horizon in memory, which is how everything that follows goes through it.
    future: Floats = np.empty((len(offsets), len(theta)))
    for k, (years, fraction) in enumerate(zip(whole, part, strict=True)):
        at = between[int(fraction)]
        np.subtract(at[years + 1], walk[1], out=future[k])
        future[k] += theta * at[years]
        future[k] *= scale
    return Shocks(future.T, (walk[1] - walk[0]) * scale)


def tails(draws: int, freedom: float, seed: int, purpose: str) -> Floats:
    """(draws,) factors that turn normal paths into Student t ones, the same at every horizon."""
    drawn = generator(seed, purpose, "tails").chisquare(freedom, draws)
    factors: Floats = np.sqrt(freedom / drawn)
    return factors


def shock_paths(offsets: Floats, theta: Floats, seed: int, purpose: str) -> Floats:
    """(draws, horizons) shocks whose every horizon is Student t with 5 degrees of freedom."""
    normal = shocks(offsets, theta, seed, purpose).future
    paths: Floats = normal * tails(len(theta), TAIL_FREEDOM, seed, purpose)[:, None]
    return paths


def _whole_years(years: int, draws: int, seed: int, purpose: str) -> Floats:
    """(years + 2, draws) W at -1, 0, ..., years."""
    walk: Floats = np.zeros((years + 2, draws))
    generator(seed, purpose, "years").standard_normal((years + 1, draws), out=walk[1:])
    for year in range(2, years + 2):
        walk[year] += walk[year - 1]
    return walk


def _parts_of_years(
    walk: Floats, parts: NDArray[np.int64], seed: int, purpose: str
) -> dict[int, Floats]:
    """W at k + part for each k, bridged from part to part between two whole years."""
    found: dict[int, Floats] = {0: walk}
    left, right, reached = walk[:-1], walk[1:], 0.0
    for part in parts[parts > 0]:
        place = part / YEAR_PARTS
        covered = (place - reached) / (1 - reached)
        spread = math.sqrt(covered * (1 - place))
        normal = generator(seed, purpose, "part", str(part)).standard_normal(left.shape)
        left = left + covered * (right - left) + spread * normal
        found[int(part)] = left
        reached = place
    return found


def spread_evenly(count: int, dimensions: int, rng: np.random.Generator) -> Floats:
    """(dimensions, count) points of the unit cube, evenly spread and shifted at random.

    The additive recurrence whose steps are powers of 1/phi, phi^(d+1) = phi + 1 (Kronecker
    sequence with the generalised golden ratio, Roberts 2018), which any run of its terms shares.
    """
    phi = 2.0
    for _ in range(40):
        phi = (1 + phi) ** (1 / (dimensions + 1))
    steps = phi ** -np.arange(1.0, dimensions + 1)
    points: Floats = rng.random(dimensions)[:, None] + steps[:, None] * np.arange(count)
    points -= np.floor(points)
    # The open cube: a normal quantile at 0 or 1 would be infinite.
    np.clip(points, 1e-12, 1 - 1e-12, out=points)
    return points


def weighed(log_weights: Floats) -> tuple[Floats, float]:
    """Weights that sum to one, and the number of equal draws that they are worth."""
    weights: Floats = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    return weights, float(1 / (weights**2).sum())


def spaced_rows(weights: Floats, draws: int, start: float = 0.5) -> Places:
    """(draws,) rows in order, each as often as its weight says: systematic sampling."""
    places = (np.arange(draws) + start) / draws
    found = np.searchsorted(np.cumsum(weights), places, side="right")
    rows: Places = np.minimum(found, len(weights) - 1).astype(np.intp)
    return rows


def variance_of(weights: Floats, mean: Floats, variance: Floats | float = 0.0) -> float:
    """Of a mixture whose parts have these weights, means and variances."""
    middle = float((weights * mean).sum())
    return float((weights * (variance + (mean - middle) ** 2)).sum())
