"""Forecasts of a share that fills up: adoption, in per cent of those who could adopt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, ndtr, ndtri

from scoring.engine.observed import Observed, observed, refuse_outside
from scoring.engine.paths import (
    PathForecast,
    shock_paths,
    spaced_rows,
    spread_evenly,
    variance_of,
    weighed,
)
from scoring.engine.reference import Reference
from scoring.engine.streams import generator

Floats = NDArray[np.float64]
Ceiling = float | tuple[float, float] | None

METHOD = "reference curve 1"
"""Name and version of the method; another version where the same inputs give other paths."""
HIGHEST = 101.0
"""Ceilings end here unless one is given: a share printed as 100 still lies below its own."""
CEILING_JITTER, SPEED_JITTER, NOISE_JITTER = 0.5, 0.4, 0.35
THETA_HIGH = 0.8
LATE_SHARE = 1.0
"""Points below this, or below a third of the last one, are left out: near zero the least error
in a share is a large step on the curve's own scale."""
LOGISTIC_EDGES, GOMPERTZ_EDGES = (-700.0, 30.0), (-6.5, 30.0)
"""Beyond these the share could not be told from 0 or from its ceiling in a float."""
LEAST = 1e-300
"""A probability below any that matters, whose logarithm is still a number."""
PROPOSALS = 4
"""Particles that are weighed for each one that is kept."""
GRID = 1024
"""Ceilings at which the history is read; between them the particles' are interpolated."""
FEWEST_DRAWS = 100


@dataclass(frozen=True)
class Curves:
    """(draws,) particles: ceiling, speed and noise on the scale of the curve, and theta.

    log_weights: how probable a particle's past technology makes a ceiling above what was seen.
    """

    is_gompertz: NDArray[np.bool_]
    ceiling: Floats
    speed: Floats
    noise: Floats
    theta: Floats
    log_weights: Floats


def forecast(
    years: ArrayLike,
    shares: ArrayLike,
    horizons: ArrayLike,
    *,
    reference: Reference,
    seed: int,
    ceiling: Ceiling = None,
    draws: int = 20000,
) -> PathForecast:
    """Joint paths of a walk on the scale on which an S-curve is a straight line.

    years, shares (n,) calendar years and per cent, one point or more; horizons (h,) calendar
    years after the last. With ceiling C, z = log(y/(C - y)) for half the particles (logistic)
    and -log(-log(y/C)) for the others (Gompertz), dz = b dt + s sqrt(dt) e. Each particle takes
    a past adoption's C, b and s: logit(C/101) is moved by .5, log b by .4, log s by .35,
    theta ~ U(0, .8); C must exceed what was seen. Its log-weight is the sum of the Gaussian log
    densities of dz and of log |dz/dy|, divided by (1 + theta)^2/(1 + theta^2), since steps are
    correlated. ceiling: one number, or a range to which every past ceiling is cut. Shares stay
    between 0 and C, and at most 100. ValueError for what cannot be read so.
    """
    seen = observed(years, shares, horizons, noun="share")
    low, high = _range(ceiling)
    seen = _used(seen, high)
    _check(reference, draws)
    drawn = _particles(reference, draws * PROPOSALS, seed, (low, high), float(seen.values.max()))
    before, _ = weighed(drawn.log_weights)
    weights, effective = weighed(drawn.log_weights + _evidence(drawn, seen))
    speeds = np.log(drawn.speed)
    start = generator(seed, "scurves", "chosen").random()
    return PathForecast(
        years=seen.horizons,
        samples=_samples(drawn, spaced_rows(weights, draws, start), seen, seed),
        effective_sample_size=min(effective, float(draws)),
        reference_dominates=variance_of(weights, speeds) > 0.5 * variance_of(before, speeds),
        observations=len(seen.values),
    )


def _range(ceiling: Ceiling) -> tuple[float, float]:
    """Lowest and highest ceiling; ValueError for what is no share or no range."""
    if ceiling is None:
        return 0.0, HIGHEST
    low, high = ceiling if isinstance(ceiling, tuple | list) else (ceiling, ceiling)
    if not (0 <= low <= high <= 100 and high > 0):
        raise ValueError(
            f"the ceiling {ceiling} is none; give a number above 0 and up to 100, or a pair of"
            " them, the lower one first"
        )
    return float(low), float(high)


def _used(seen: Observed, high: float) -> Observed:
    """What the curve is read from: the shares that are not too near zero."""
    refuse_outside(
        seen,
        (seen.values < 0) | (seen.values > 100),
        "the share {value} of {year} is not between 0 and 100; give per cent",
    )
    if high <= 100:
        refuse_outside(
            seen,
            seen.values >= high,
            f"the share {{value}} of {{year}} is not below the ceiling, {high:g}; raise the"
            " ceiling or correct the share",
        )
    last = float(seen.values[-1])
    if last == 0:
        raise ValueError(
            f"the last share, of {seen.years[-1]:g}, is 0; a curve starts from a share above 0,"
            " so wait for one or leave the last out"
        )
    kept = seen.values >= min(LATE_SHARE, last / 3)
    return Observed(seen.years[kept], seen.values[kept], seen.horizons, seen.offsets)


def _check(reference: Reference, draws: int) -> None:
    if reference.kind != "adoption":
        raise ValueError(
            f"the reference class is one of {reference.kind}; give one of adoption, with ceiling,"
            " speeds and noises"
        )
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws are too few for a forecast; ask for {FEWEST_DRAWS}")


def _particles(
    reference: Reference, draws: int, seed: int, limits: tuple[float, float], highest: float
) -> Curves:
    """Rows of the class in their shares, the rest evenly spread within each of them."""
    row = spaced_rows(reference.weights, draws)
    places = spread_evenly(draws, 5, generator(seed, "scurves", "prior"))
    is_gompertz = places[0] < 0.5
    scale = np.where(is_gompertz, 3, 1)
    ceiling, reach = _ceilings(reference.values[:, 0], row, places[1], limits, highest)
    return Curves(
        is_gompertz,
        ceiling,
        reference.values[row, scale] * np.exp(SPEED_JITTER * ndtri(places[2])),
        reference.values[row, scale + 1] * np.exp(NOISE_JITTER * ndtri(places[3])),
        THETA_HIGH * places[4],
        reach,
    )


def _ceilings(
    past: Floats,
    row: NDArray[np.intp],
    places: Floats,
    limits: tuple[float, float],
    highest: float,
) -> tuple[Floats, Floats]:
    """(draws,) ceilings around past ones (rows,), within the limits and above the highest seen.

    Beside them the log probability of lying above it for one that lies within the limits.
    """
    low, high = limits
    if low == high:
        return np.full(len(row), high), np.zeros(len(row))
    middle = _logit(np.minimum(past, HIGHEST - 0.5))
    lowest, top, seen = (
        (_logit(np.array(limit)) - middle) / CEILING_JITTER
        for limit in (low, high, max(low, highest))
    )
    # Both tails of the normal are read from below, where floats are fine.
    flip = np.where(seen > 0, -1.0, 1.0)
    first, last = ndtr(flip * seen), ndtr(flip * top)
    within = np.abs(ndtr(-lowest) - ndtr(-top))
    reach = np.maximum(np.abs(last - first) / np.maximum(within, LEAST), LEAST)
    moved = flip[row] * ndtri(first[row] + places * (last - first)[row])
    ceiling = HIGHEST * expit(middle[row] + CEILING_JITTER * moved)
    edge = np.nextafter(max(low, highest), np.inf)
    return np.clip(ceiling, edge, high), np.log(reach)[row]


def _logit(ceiling: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        found: Floats = np.log(ceiling / HIGHEST) - np.log1p(-ceiling / HIGHEST)
    return found


def _curve(shares: Floats, ceiling: Floats, *, is_gompertz: bool) -> tuple[Floats, Floats]:
    """z, and the log of |dz/dy|, of shares (n, 1) below ceilings (draws,): both (n, draws)."""
    ratio = np.log(ceiling) - np.log(shares)
    if is_gompertz:
        fall = np.log(ratio)
        return -fall, -np.log(shares) - fall
    rest = np.log(ceiling - shares)
    return np.log(shares) - rest, ratio - rest


def _evidence(drawn: Curves, seen: Observed) -> Floats:
    """(draws,) tempered log-likelihoods of the steps seen, each given the point before it."""
    found: Floats = np.zeros(len(drawn.ceiling))
    if len(seen.values) == 1:
        return found
    span, count = float(seen.years[-1] - seen.years[0]), len(seen.years) - 1
    for is_gompertz in (False, True):
        half = drawn.is_gompertz == is_gompertz
        moved, squares, slopes = _history(seen, drawn.ceiling[half], is_gompertz=is_gompertz)
        speed, noise = drawn.speed[half], drawn.noise[half]
        misfit = squares - 2 * speed * moved + speed**2 * span
        found[half] = slopes - count * np.log(noise) - misfit / (2 * noise**2)
    found *= (1 + drawn.theta**2) / (1 + drawn.theta) ** 2
    return found


def _history(seen: Observed, ceiling: Floats, *, is_gompertz: bool) -> tuple[Floats, ...]:
    """z_n - z_1, sum dz^2/dt and sum log |dz/dy| under each ceiling (draws,).

    Read on a grid that is even in the log of the distance between ceiling and highest share.
    """
    highest = seen.values.max()
    above = np.log(np.maximum(ceiling - highest, np.spacing(highest)))
    places = np.linspace(above.min(), above.max(), GRID)
    z, slopes = _curve(seen.values[:, None], highest + np.exp(places), is_gompertz=is_gompertz)
    squares = (np.diff(z, axis=0) ** 2 / np.diff(seen.years)[:, None]).sum(axis=0)
    read = (z[-1] - z[0], squares, slopes[1:].sum(axis=0))
    return tuple(np.interp(above, places, values) for values in read)


def _samples(drawn: Curves, chosen: NDArray[np.intp], seen: Observed, seed: int) -> Floats:
    """(draws, horizons) shares, inside 0 and each draw's ceiling, and never above 100."""
    shocks = shock_paths(seen.offsets, drawn.theta[chosen], seed, "scurves")
    samples: Floats = np.empty(shocks.T.shape)
    for is_gompertz in (False, True):
        half = np.flatnonzero(drawn.is_gompertz[chosen] == is_gompertz)
        of = chosen[half]
        ceiling, speed, noise = drawn.ceiling[of], drawn.speed[of], drawn.noise[of]
        start = _curve(seen.values[-1:, None], ceiling, is_gompertz=is_gompertz)[0][0]
        edges = GOMPERTZ_EDGES if is_gompertz else LOGISTIC_EDGES
        for place, offset in enumerate(seen.offsets):
            z = np.clip(start + speed * offset + noise * shocks[half, place], *edges)
            share = np.exp(-np.exp(-z)) if is_gompertz else expit(z)
            samples[place, half] = share * ceiling
    return np.minimum(samples, 100.0).T
