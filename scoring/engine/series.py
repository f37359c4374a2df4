"""Forecasts of a positive quantity that grows or falls by rates: cost, performance, counts."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.engine.observed import Observed, observed, refuse_outside
from scoring.engine.particles import Evidence, Particles, particles
from scoring.engine.paths import PathForecast, shock_paths, spaced_rows
from scoring.engine.reference import Reference
from scoring.engine.streams import generator

Floats = NDArray[np.float64]

METHOD = "reference walk 1"
"""Name and version of the method; another version where the same inputs give other paths."""
LARGEST_LOG = 700.0
"""Beyond e to this power there is no float left."""
FEWEST_DRAWS = 100


def forecast(
    years: ArrayLike,
    values: ArrayLike,
    horizons: ArrayLike,
    *,
    reference: Reference,
    seed: int,
    draws: int = 6000,
    progress: str = "down",
) -> PathForecast:
    """Joint paths of a random walk with drift in logs, whose prior is the reference class.

    years, values (n,) observed calendar years and positive values, from one point upward, in any
    order, gaps allowed; horizons (h,) calendar years after the last. Each particle takes a past
    technology's drift mu_j and noise K_j: K = K_j exp(.35 z), mu ~ N(mu_j, .021^2 + (.35 K)^2),
    theta ~ U(0, .8), and is weighed by the mean step seen and by the noise seen (`particles`).
    Each horizon's error is Student t with 5 degrees of freedom and the variance of Farmer &
    Lafond 2016, Research Policy 45, 647. The reference dominates while the variance of the drift
    falls by less than half once the drift is seen, given the noise seen. progress "up" takes the
    reference's drifts the other way round. ValueError for what cannot be read so.
    """
    seen = observed(years, values, horizons)
    refuse_outside(
        seen,
        seen.values <= 0,
        "the value {value} of {year} is not above 0 and has no logarithm; correct it, leave it"
        " out, or give a quantity that is always positive",
    )
    sign = _sign(progress)
    _check(reference, draws)
    logs = sign * np.log(seen.values)
    drawn = particles(reference, _evidence(seen, logs), draws, generator(seed, "series", "prior"))
    moved = _moves(seen.offsets, drawn, seed)
    moved += logs[-1]
    samples = np.exp(np.clip(sign * moved, -LARGEST_LOG, LARGEST_LOG))
    return PathForecast(
        years=seen.horizons,
        samples=samples,
        effective_sample_size=drawn.effective,
        reference_dominates=drawn.posterior_variance > 0.5 * drawn.prior_variance,
        observations=len(logs),
    )


def _sign(progress: str) -> float:
    if progress not in {"down", "up"}:
        raise ValueError(f'progress is {progress!r}; say "down" or "up"')
    return 1.0 if progress == "down" else -1.0


def _check(reference: Reference, draws: int) -> None:
    if reference.kind != "performance":
        raise ValueError(
            f"the reference class is one of {reference.kind}; give one of performance,"
            " with mu and K"
        )
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws are too few for a forecast; ask for {FEWEST_DRAWS}")


def _evidence(seen: Observed, logs: Floats) -> Evidence:
    if len(logs) == 1:
        return Evidence(0.0, 0.0, 0.0, 0)
    gaps, steps = np.diff(seen.years), np.diff(logs)
    span = float(gaps.sum())
    drift = float(logs[-1] - logs[0]) / span
    freedom = len(logs) - 2
    squares = float(((steps - drift * gaps) ** 2 / gaps).sum())
    return Evidence(span, drift, squares / freedom if freedom else 0.0, freedom)


def _moves(offsets: Floats, drawn: Particles, seed: int) -> Floats:
    """(draws, horizons) moves of the log from the last observation."""
    start = generator(seed, "series", "chosen").random()
    chosen = spaced_rows(drawn.weights, len(drawn.weights), start)
    normal = generator(seed, "series", "drift").standard_normal(len(chosen))
    drift = drawn.drift[chosen] + np.sqrt(drawn.variance[chosen]) * normal
    shocks = shock_paths(offsets, drawn.theta[chosen], seed, "series")
    shocks *= drawn.noise[chosen, None]
    shocks += drift[:, None] * offsets
    return shocks
