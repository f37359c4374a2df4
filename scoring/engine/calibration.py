"""Whether what was said with 70 % happened in seven of ten cases, and how sure that is."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from scoring.engine.proper_scores import brier
from scoring.engine.results import Floats, Integers
from scoring.engine.streams import generator

FEWEST_BROAD, FEWEST_FINE = 10, 30
"""Resolved predictions below which nothing is shown: by person or topic, and by anything finer."""
BROAD = ("person", "topic")
FINE = ("dimension", "domain", "certainty")
BANDS = (0.05, 0.95)
REPLICATES = 1000
CLUSTERS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Bin:
    """Predictions of about the same probability."""

    n: int
    p_mean: float
    share: float
    """How many of them happened."""
    low: float
    """5th and 95th percentile of that share when whole questions are drawn anew."""
    high: float


@dataclass(frozen=True)
class Curve:
    """A reliability curve, and the Brier score in its parts.

    brier = reliability - resolution + uncertainty + within_bins, exactly.
    """

    n: int
    questions: int
    bins: tuple[Bin, ...]
    brier: float
    brier_low: float
    brier_high: float
    reliability: float
    """How far the bins are from what happened in them; 0 is perfect."""
    resolution: float
    """How far the bins are from the base rate; more is better."""
    uncertainty: float
    """The Brier score of always saying the base rate."""
    within_bins: float
    """What is left because the probabilities within a bin differ."""
    base_rate: float


@dataclass(frozen=True, eq=False)
class PitHistogram:
    """How often the truth fell into each equal part of the forecast distribution."""

    counts: Integers
    low: int
    """5th and 95th percentile of a count if all parts are equally likely."""
    high: int

    @property
    def n(self) -> int:
        return int(self.counts.sum())


def may_be_shown(by: str, n: int) -> bool:
    """Whether n resolved predictions are enough to be shown by person, topic or something finer.

    by: "person" or "topic" (10); "dimension", "domain" or "certainty" (30).
    """
    if by not in (*BROAD, *FINE):
        raise ValueError(f"{by!r} is no grouping; use one of {', '.join((*BROAD, *FINE))}")
    return n >= (FEWEST_BROAD if by in BROAD else FEWEST_FINE)


def curve(
    observed: ArrayLike,
    p: ArrayLike,
    *,
    questions: Sequence[Hashable] | None = None,
    bins: int = 5,
    seed: int = 0,
) -> Curve:
    """The reliability curve of probabilities p (n,) for outcomes observed (n,), 0 or 1.

    Bins hold equally many as far as equal probabilities allow: those stay together, so that
    the order of the input is of no account. Bands are bootstrap percentiles, 1,000 times over
    whole questions: forecasts of one question share its outcome and are no independent witnesses.
    questions (n,) names them; without it, each forecast is one. Half an outcome of either kind
    is added to each bin in the bands alone, or a bin without surprises would have none.

    With n_k, p_k, o_k the size, mean probability and share of bin k: reliability
    sum n_k (p_k - o_k)^2 / n, resolution sum n_k (o_k - o)^2 / n, uncertainty o (1 - o), and
    within_bins sum (p_i - p_k)^2 / n - 2 sum (p_i - p_k)(o_i - o_k) / n.

    Raises ValueError for no forecasts, outcomes other than 0 and 1, p outside 0 to 1, shapes that
    differ, and fewer than one bin.

    Sources: Murphy 1973, Journal of Applied Meteorology 12:595-600; Stephenson, Coelho & Jolliffe
    2008, Weather and Forecasting 23:752-757, for the terms within bins.
    """
    scores = brier(observed, p)
    outcome, forecast = np.asarray(observed, np.float64), np.asarray(p, np.float64)
    if outcome.ndim != 1 or outcome.shape != forecast.shape or not len(outcome):
        raise ValueError(
            "a curve needs as many outcomes as probabilities, at least one;"
            f" they are {outcome.shape} and {forecast.shape}"
        )
    if bins < 1:
        raise ValueError(f"{bins} bins hold nothing; ask for at least one")
    place = _bin_of_each(forecast, bins)
    number = int(place.max()) + 1
    size = np.bincount(place, minlength=number).astype(np.float64)
    p_mean = np.bincount(place, forecast, number) / size
    share = np.bincount(place, outcome, number) / size
    low, high, brier_ends = _bands(outcome, scores, place, _clusters(questions, len(place)), seed)
    spread, surprise = forecast - p_mean[place], outcome - share[place]
    base_rate = float(outcome.mean())
    return Curve(
        n=len(outcome),
        questions=len(set(_clusters(questions, len(place)).tolist())),
        bins=tuple(
            Bin(int(size[k]), *(float(part[k]) for part in (p_mean, share, low, high)))
            for k in range(number)
        ),
        brier=float(scores.mean()),
        brier_low=brier_ends[0],
        brier_high=brier_ends[1],
        reliability=float(((p_mean - share) ** 2)[place].mean()),
        resolution=float(((share - base_rate) ** 2)[place].mean()),
        uncertainty=base_rate * (1 - base_rate),
        within_bins=float((spread**2 - 2 * spread * surprise).mean()),
        base_rate=base_rate,
    )


def pit(observed: ArrayLike, samples: ArrayLike) -> Floats:
    """(n,) share of each row of samples (n, draws) below what was observed (n,), ties half.

    Even from 0 to 1 where the forecasts are right. Raises ValueError for shapes that do not fit
    and for numbers that are not finite.

    Source: Dawid 1984, Journal of the Royal Statistical Society A 147:278-292.
    """
    truth, drawn = np.asarray(observed, np.float64), np.asarray(samples, np.float64)
    if drawn.ndim != 2 or truth.shape != drawn.shape[:1] or 0 in drawn.shape:
        raise ValueError(
            "samples are one row of draws for each observation;"
            f" they are {drawn.shape} and {truth.shape}"
        )
    if not (np.isfinite(truth).all() and np.isfinite(drawn).all()):
        raise ValueError("an observation or a sample is not finite; leave it out")
    below: Floats = (drawn < truth[:, None]).mean(axis=1)
    ties: Floats = (drawn == truth[:, None]).mean(axis=1)
    return below + ties / 2


def pit_histogram(values: ArrayLike, *, bins: int = 10) -> PitHistogram:
    """Count PIT values (n,) in equal parts of 0 to 1, with what chance alone would give.

    Heaped at both ends, the forecasts are too narrow; heaped in the middle, too wide; to one side,
    they lean. Raises ValueError for values outside 0 to 1 and fewer than two bins.
    """
    parts = np.asarray(values, dtype=np.float64)
    if not np.all((parts >= 0) & (parts <= 1)):
        raise ValueError("a PIT value lies from 0 to 1; one of these does not")
    if bins < 2:
        raise ValueError(f"{bins} bins show no shape; ask for at least two")
    counts = np.histogram(parts, bins=bins, range=(0.0, 1.0))[0].astype(np.int64)
    low, high = (int(binom.ppf(level, parts.size, 1 / bins)) for level in BANDS)
    return PitHistogram(counts, low, high)


def _bin_of_each(forecast: Floats, bins: int) -> NDArray[np.intp]:
    """Bins by the mean rank of equal probabilities, numbered without gaps."""
    _, where, count = np.unique(forecast, return_inverse=True, return_counts=True)
    middle = (np.cumsum(count) - count / 2) / len(forecast)
    place = np.minimum((middle * bins).astype(np.intp), bins - 1)
    numbered: NDArray[np.intp] = np.unique(place[where], return_inverse=True)[1]
    return numbered


def _clusters(questions: Sequence[Hashable] | None, n: int) -> NDArray[np.intp]:
    if questions is None:
        return np.arange(n)
    if len(questions) != n:
        raise ValueError(f"{len(questions)} questions are named for {n} forecasts")
    numbers = {name: k for k, name in enumerate(dict.fromkeys(questions))}
    return np.array([numbers[name] for name in questions])


def _bands(
    outcome: Floats,
    scores: Floats,
    place: NDArray[np.intp],
    cluster: NDArray[np.intp],
    seed: int,
) -> tuple[Floats, Floats, tuple[float, float]]:
    """Percentiles over replicates that draw as many questions anew as there are."""
    number, clusters = int(place.max()) + 1, int(cluster.max()) + 1
    cells = cluster * number + place
    size, happened = (
        np.bincount(cells, weights, clusters * number).reshape(clusters, number)
        for weights in (None, outcome)
    )
    error, members = np.bincount(cluster, scores), np.bincount(cluster)
    rng = generator(seed, "calibration")
    shares, means, left = [], [], REPLICATES
    while left:
        now = min(left, max(1, CLUSTERS_AT_ONCE // clusters))
        drawn = rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=now)
        shares.append((drawn @ happened + 0.5) / (drawn @ size + 1))
        means.append(drawn @ error / (drawn @ members))
        left -= now
    low, high = np.quantile(np.concatenate(shares), BANDS, axis=0)
    worst = np.quantile(np.concatenate(means), BANDS)
    return low, high, (float(worst[0]), float(worst[1]))
