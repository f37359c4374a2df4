"""What a forecast has to beat: forecasts that know nothing but the series itself.

Each answers exact quantiles, and joint paths whose horizons have those quantiles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, stdtrit

from scoring.engine.observed import Observed, observed, refuse_outside
from scoring.engine.paths import PathForecast, error_variance, shocks, tails
from scoring.engine.streams import generator

Floats = NDArray[np.float64]

THETA = 0.63
"""At which the errors of many technologies collapse on one curve (Farmer & Lafond 2016)."""
FEWEST_POINTS = 3
"""Two points have one step, and one step has no spread."""
LARGEST_LOG = 700.0
NEAREST_SHARES = (0.05, 99.95)
"""Shares beyond these are taken as these: half a tenth of a point is what rounding hides."""


@dataclass(frozen=True)
class Walk:
    """A random walk on some scale, read from a history.

    last, drift and noise are on that scale, a year; freedom counts the steps less what was
    estimated from them; span is the years from which the drift was read, 0 where it is known;
    observations the points seen; scale is "log", "logit" or "points"; years and offsets are those
    of the horizons.
    """

    method: str
    scale: str
    last: float
    drift: float
    noise: float
    freedom: int
    span: float
    theta: float
    observations: int
    years: Floats
    offsets: Floats

    def error_variances(self) -> Floats:
        """(horizons,) A of Farmer & Lafond: error/(noise sqrt(A)) is Student t with `freedom`."""
        variance = error_variance(self.offsets, self.theta)
        if self.span:
            variance = variance + drift_variance(self.offsets, self.span, self.theta)
        return variance

    def quantiles(self, levels: Sequence[float] | Floats) -> Floats:
        """(levels, horizons) exact quantiles in the unit of the values."""
        moved = stdtrit(self.freedom, np.asarray(levels, dtype=np.float64))[:, None]
        spread = self.noise * np.sqrt(self.error_variances())
        return self._read(self.last + self.drift * self.offsets + moved * spread)

    def paths(self, *, seed: int, draws: int = 6000) -> PathForecast:
        """Joint paths with the same quantiles at each horizon."""
        drawn = shocks(self.offsets, np.full(draws, self.theta), seed, self.method)
        error = drawn.future
        if self.span:
            error = error - self.offsets * self._mean_steps(drawn.last_year, seed)[:, None]
        error = error * tails(draws, self.freedom, seed, self.method)[:, None]
        samples = self._read(self.last + self.drift * self.offsets + self.noise * error)
        return PathForecast(
            years=self.years,
            samples=samples,
            effective_sample_size=float(draws),
            reference_dominates=False,
            observations=self.observations,
        )

    def _mean_steps(self, last_year: Floats, seed: int) -> Floats:
        """(draws,) by how much the shocks of the past have moved the drift that was read."""
        rest = generator(seed, self.method, "past").standard_normal(len(last_year))
        left = error_variance(np.array([self.span]), self.theta)
        shared = _shared_year(self.span)
        left = left - shared / (1 + self.theta**2)
        summed: Floats = (shared * last_year + np.sqrt(left) * rest) / self.span
        return summed

    def _read(self, levels: Floats) -> Floats:
        if self.scale == "log":
            return np.exp(np.clip(levels, -LARGEST_LOG, LARGEST_LOG))
        if self.scale == "logit":
            shares: Floats = 100 * expit(levels)
            return shares
        return np.clip(levels, 0.0, 100.0)


def drift_variance(offsets: Floats, span: float, theta: float) -> Floats:
    """What a drift read from `span` years adds to the variance of the error, in units of K^2.

    Its own variance times h^2, less twice its covariance with the future, since the shock of
    the last year returns in the next one.
    """
    own = error_variance(np.array([span]), theta) * (offsets / span) ** 2
    common = 2 * theta / (1 + theta**2) * np.minimum(offsets, 1) * offsets / span
    added: Floats = own - _shared_year(span) * common
    return added


def _shared_year(span: float) -> float:
    """1 where the history holds a whole year before its end; a shorter one is taken as apart."""
    return 1.0 if span >= 1 else 0.0


def drift_walk(
    years: ArrayLike, values: ArrayLike, horizons: ArrayLike, *, theta: float = THETA
) -> Walk:
    """The log moves on by its mean step, with Farmer & Lafond's errors.

    With y the log of the values, m steps, mu their mean and K^2 their variance, the log at h is
    y_n + mu h, and with A = [-2 theta + (1 + 2(m-1)theta/m + theta^2)(h + h^2/m)]/(1 + theta^2)
    error/(K sqrt(A)) is Student t with m - 1 degrees of freedom. Uneven years: m is the span and
    K^2 the sum of (step - mu gap)^2/gap over n - 2. theta 0 is a walk of independent shocks.
    ValueError for fewer than three points and for what `series.forecast` refuses.
    """
    return _walk("drift walk", "log", _positive(years, values, horizons), theta)


def naive_walk(years: ArrayLike, values: ArrayLike, horizons: ArrayLike) -> Walk:
    """The log stays where it is but for independent shocks as large as its steps were."""
    return _naive("naive walk", "log", _positive(years, values, horizons))


def logit_drift(
    years: ArrayLike, shares: ArrayLike, horizons: ArrayLike, *, theta: float = THETA
) -> Walk:
    """The drift walk on log(y/(100 - y)) of shares in per cent."""
    return _walk("logit drift", "logit", _shares(years, shares, horizons), theta)


def linear_drift(years: ArrayLike, shares: ArrayLike, horizons: ArrayLike) -> Walk:
    """Shares move on by their mean step in points, cut to 0 and 100."""
    return _walk("linear drift", "points", _shares(years, shares, horizons), 0.0)


def naive_share(years: ArrayLike, shares: ArrayLike, horizons: ArrayLike) -> Walk:
    """The share stays where it is but for independent shocks as large as its steps were."""
    return _naive("naive share", "points", _shares(years, shares, horizons))


def _positive(years: ArrayLike, values: ArrayLike, horizons: ArrayLike) -> Observed:
    seen = observed(years, values, horizons)
    refuse_outside(
        seen,
        seen.values <= 0,
        "the value {value} of {year} is not above 0 and has no logarithm; correct it, leave it"
        " out, or give a quantity that is always positive",
    )
    return seen


def _shares(years: ArrayLike, shares: ArrayLike, horizons: ArrayLike) -> Observed:
    seen = observed(years, shares, horizons, noun="share")
    refuse_outside(
        seen,
        (seen.values < 0) | (seen.values > 100),
        "the share {value} of {year} is not between 0 and 100; give per cent",
    )
    return seen


def _levels(seen: Observed, scale: str) -> Floats:
    if scale == "log":
        return np.log(seen.values)
    if scale == "logit":
        kept = np.clip(seen.values, *NEAREST_SHARES)
        return np.log(kept) - np.log(100 - kept)
    return seen.values


def _walk(method: str, scale: str, seen: Observed, theta: float) -> Walk:
    levels, gaps = _levels(seen, scale), _gaps(seen, method)
    span = float(gaps.sum())
    drift = float(levels[-1] - levels[0]) / span
    freedom = len(gaps) - 1
    squares = float(((np.diff(levels) - drift * gaps) ** 2 / gaps).sum())
    noise = (squares / freedom) ** 0.5
    return Walk(
        method,
        scale,
        last=float(levels[-1]),
        drift=drift,
        noise=noise,
        freedom=freedom,
        span=span,
        theta=theta,
        observations=len(levels),
        years=seen.horizons,
        offsets=seen.offsets,
    )


def _naive(method: str, scale: str, seen: Observed) -> Walk:
    levels, gaps = _levels(seen, scale), _gaps(seen, method)
    noise = float((np.diff(levels) ** 2 / gaps).mean()) ** 0.5
    return Walk(
        method,
        scale,
        last=float(levels[-1]),
        drift=0.0,
        noise=noise,
        freedom=len(gaps),
        span=0.0,
        theta=0.0,
        observations=len(levels),
        years=seen.horizons,
        offsets=seen.offsets,
    )


def _gaps(seen: Observed, method: str) -> Floats:
    if len(seen.values) < FEWEST_POINTS:
        raise ValueError(
            f"the {method} needs {FEWEST_POINTS} points and there"
            f" {'is 1' if len(seen.values) == 1 else f'are {len(seen.values)}'}; wait for more, or"
            " lean on the reference class"
        )
    return np.diff(seen.years)
