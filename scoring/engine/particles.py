"""Particles of a random walk in logs: proposed near what was seen, weighed by prior and evidence.

Drift and noise lie where the reference class has them. Particles are not drawn from there but
where the product of class and evidence is large, and their weights take that back, so a
technology unlike those of the class is still followed by hundreds of particles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from scoring.engine.paths import error_variance, spaced_rows, spread_evenly, variance_of, weighed
from scoring.engine.reference import Reference

Floats = NDArray[np.float64]

NOISE_JITTER = 0.35
"""Spread of log noise around that of a past technology."""
FARTHEST = 4.0
"""Spreads beyond which no noise lies: a history without any error makes no certain forecast."""
DRIFT_JITTER = (0.021, 0.35)
"""Spread of drifts around a past one: a part by itself and a part for each unit of noise."""
THETA_HIGH = 0.8
MIDDLE_THETA = 0.4
WIDENING = 1.3
"""Proposals of noise are this much wider than the normal at their mode, whose tails are light."""
PRIOR_SHARE = 0.5
"""Half of the particles are spread over the class whatever was seen."""
NEWTON_STEPS = 30


@dataclass(frozen=True)
class Evidence:
    """What the observed logs say: their mean step a year, their noise, and how much of either.

    span in years, 0 for a single point; freedom is the number of points less two, or 0.
    """

    span: float
    drift: float
    noise_squared: float
    freedom: int


@dataclass(frozen=True)
class Particles:
    """(draws,) each: drift ~ N(drift, variance), noise K and theta, and weights that sum to 1.

    effective counts the equal draws that the weights are worth. prior_variance and
    posterior_variance are those of the drift before and after the drift seen, given the noise seen.
    """

    drift: Floats
    variance: Floats
    noise: Floats
    theta: Floats
    weights: Floats
    effective: float
    prior_variance: float
    posterior_variance: float


@dataclass(frozen=True)
class _Proposal:
    """Where to look, a row of the class at a time: (rows,) weight, and a normal of log noise.

    Its mode and width, cut below and above, in widths, at FARTHEST spreads from the row.
    """

    weights: Floats
    mode: Floats
    width: Floats
    below: Floats
    above: Floats

    def normals(self, row: NDArray[np.intp], places: Floats) -> tuple[Floats, Floats]:
        """Standard normals between the cuts, and the log of how much lies between them."""
        low, high = ndtr(self.below), ndtr(self.above)
        within = high - low
        return ndtri(low[row] + places * within[row]), np.log(within)[row]


def particles(
    reference: Reference, evidence: Evidence, draws: int, rng: np.random.Generator
) -> Particles:
    """The posterior of drift, noise and theta, given a performance class and what was seen.

    Prior of a row j: log K ~ N(log K_j, .35^2), cut at four spreads, mu ~ N(mu_j, .021^2 +
    (.35 K)^2), theta ~ U(0, .8). Evidence: mu_hat ~ N(mu, K^2 error_variance(T)/T^2) over T
    years, integrated over mu, and freedom K_hat^2/K^2 ~ chi^2(freedom).
    """
    proposal = _proposal(reference, evidence)
    row = spaced_rows(proposal.weights, draws)
    noise_place, theta_place = spread_evenly(draws, 2, rng)
    normal, within = proposal.normals(row, noise_place)
    log_noise = proposal.mode[row] + proposal.width[row] * normal
    noise, theta = np.exp(log_noise), THETA_HIGH * theta_place
    moved = (log_noise - np.log(reference.values[row, 1])) / NOISE_JITTER
    logs = np.log(reference.weights / proposal.weights * proposal.width)[row] + within
    logs += 0.5 * (normal**2 - moved**2) + _of_noise(log_noise, evidence)
    before, _ = weighed(logs)
    drift, variance = reference.values[row, 0], _drift_variance(noise)
    prior_variance = variance_of(before, drift, variance)
    if evidence.span:
        error = noise**2 * drift_error(evidence.span, theta)
        logs += _log_normal(evidence.drift - drift, variance + error)
        share = variance / (variance + error)
        drift = drift + share * (evidence.drift - drift)
        variance = share * error
    weights, effective = weighed(logs)
    posterior_variance = variance_of(weights, drift, variance)
    return Particles(
        drift, variance, noise, theta, weights, effective, prior_variance, posterior_variance
    )


def drift_error(span: float, theta: Floats | float) -> Floats:
    """Variance of the mean step over `span` years, in units of K^2."""
    error: Floats = error_variance(np.array([span]), theta) / span**2
    return error


def _drift_variance(noise: Floats) -> Floats:
    variance: Floats = DRIFT_JITTER[0] ** 2 + (DRIFT_JITTER[1] * noise) ** 2
    return variance


def _of_noise(log_noise: Floats, evidence: Evidence) -> Floats:
    """Log density of the noise seen, up to a constant."""
    misfit = evidence.noise_squared * np.exp(-2 * log_noise) / 2
    density: Floats = -evidence.freedom * (log_noise + misfit)
    return density


def _log_normal(distance: Floats, variance: Floats) -> Floats:
    density: Floats = -0.5 * (np.log(variance) + distance**2 / variance)
    return density


def _proposal(reference: Reference, evidence: Evidence) -> _Proposal:
    """The normal at the mode of log noise in each row, and rows by what they make of the rest."""
    middle = np.log(reference.values[:, 1])
    reach = FARTHEST * NOISE_JITTER
    mode = np.clip(_mode(middle, evidence), middle - reach, middle + reach)
    pull = evidence.freedom * evidence.noise_squared * np.exp(-2 * mode)
    sharpness = 1 / NOISE_JITTER**2 + 2 * pull
    log_evidence = -0.5 * ((mode - middle) / NOISE_JITTER) ** 2 - 0.5 * np.log(sharpness)
    log_evidence += _of_noise(mode, evidence)
    if evidence.span:
        noise = np.exp(mode)
        error = noise**2 * drift_error(evidence.span, MIDDLE_THETA)
        distance = evidence.drift - reference.values[:, 0]
        log_evidence += _log_normal(distance, _drift_variance(noise) + error)
    likely, _ = weighed(log_evidence + np.log(reference.weights))
    weights = PRIOR_SHARE * reference.weights + (1 - PRIOR_SHARE) * likely
    width = (WIDENING if evidence.freedom else 1.0) / np.sqrt(sharpness)
    below, above = (middle - reach - mode) / width, (middle + reach - mode) / width
    return _Proposal(weights, mode, width, below, above)


def _mode(middle: Floats, evidence: Evidence) -> Floats:
    """(rows,) of log noise x, where (x - middle)/.35^2 + freedom = freedom K_hat^2 exp(-2x).

    Newton's steps from the left of the root, from where they never pass it.
    """
    freedom, squared = evidence.freedom, evidence.noise_squared
    lowest: Floats = middle - freedom * NOISE_JITTER**2
    if not freedom or not squared:
        return lowest
    x: Floats = np.maximum(np.minimum(middle, np.log(squared) / 2), lowest)
    for _ in range(NEWTON_STEPS):
        pull = freedom * squared * np.exp(-2 * x)
        slope = (middle - x) / NOISE_JITTER**2 - freedom + pull
        x = x + slope / (1 / NOISE_JITTER**2 + 2 * pull)
    return x
