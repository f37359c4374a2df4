"""From simulated paths to the probability that a structured prediction comes true.

Paths are (draws, horizons) in the unit of the series; years are calendar years as floats, the
time at which a figure stands. Between two figures a path runs straight on the log scale where
both are positive, else straight. It runs from the last observed figure to the first simulated
one where `observed` is given.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.engine.results import Floats
from scoring.engine.trajectories import SAME_TIME, Trajectories, is_number, trajectories

LEAST_P, MOST_P = 0.01, 0.99
"""No simulation is sure: what has not happened yet keeps a chance of one in a hundred."""
COMPARATORS = {
    "at least": "at least",
    "at most": "at most",
    "above": "above",
    "below": "below",
    ">=": "at least",
    "<=": "at most",
    ">": "above",
    "<": "below",
}
WINDOWS = ("at", "any time by", "average over")
WINDOWS_ALSO = {
    "at a date": "at",
    "at any time by": "any time by",
    "average": "average over",
    "average of": "average over",
}
"""Other words for the same; the record knows those above alone."""
ROUNDING = 1e-9
"""Numbers that differ by less than this share of the larger one are equal."""


class Proof(NamedTuple):
    """The observed figure that already meets the threshold; for an average, their mean."""

    time: float
    value: float


@dataclass(frozen=True)
class Probability:
    """The answer to one threshold question."""

    p: float
    """1 where the figures already meet the threshold, else from .01 to .99."""
    se: float
    """Monte-Carlo standard error; 0 where `is_met`."""
    is_met: bool
    share: float
    """Share of the draws in which the threshold is met, before it is clipped."""
    draws: int
    proof: Proof | None = None


@dataclass(frozen=True)
class _Bar:
    comparator: str
    height: Floats
    """(draws,) or (1,)."""

    def is_met_by(self, values: Floats) -> NDArray[np.bool_]:
        """(draws, ...) compared row by row; what rounding alone parts is equal."""
        height = self.height.reshape(-1, *[1] * (values.ndim - 1))
        is_equal = np.abs(values - height) <= ROUNDING * np.maximum(np.abs(values), np.abs(height))
        is_past = values > height if self.is_upward else values < height
        if self.comparator in {"at least", "at most"}:
            met: NDArray[np.bool_] = is_past | is_equal
        else:
            met = is_past & ~is_equal
        return met

    @property
    def is_upward(self) -> bool:
        return self.comparator in {"at least", "above"}


def probability(
    paths: ArrayLike,
    years: ArrayLike,
    *,
    comparator: str,
    threshold: float,
    window: str,
    deadline: float,
    baseline: float | ArrayLike | None = None,
    observed: tuple[ArrayLike, ArrayLike] | None = None,
    window_from: float | None = None,
    effective_sample_size: float | None = None,
) -> Probability:
    """Count the draws that meet the threshold within the window.

    paths (draws, horizons); years (horizons,), rising. comparator: "at least", "at most", "above"
    or "below", or its sign. threshold: absolute, or a multiple of `baseline` where that is given:
    a number where the baseline year is observed, (draws,) from the same paths where it is
    not (`values_at`); "20 % over 2022" is threshold 1.2 and the figure of 2022. window:

    - "at": the value at the deadline;
    - "any time by": the running extreme up to the deadline, observed figures (times, values)
      included, and from `window_from` on where that is given;
    - "average over": the mean of the figures that stand between `window_from` (default: the start
      of the deadline's calendar year) and the deadline, observed ones included.

    Where the observed figures alone meet it, p is 1 and `proof` names the figure. Else p is the
    share of draws, cut to [.01, .99]. Its standard error is binomial,
    sqrt(s(1 - s)/n) with s = (k + 1/2)/(n + 1), so that it is not nought for k = 0; n is the
    number of draws or, where it is smaller, `effective_sample_size`: draws resampled from
    weighted particles carry no more than that many independent histories, though each has
    noise of its own, so the error is on the safe side.

    Raises ValueError with a sentence for unknown words, numbers that are not finite, years that
    do not rise, a deadline after the last path or not after the last figure (unless
    met: such a question is to be resolved), one before the first path without `observed`, and an
    average over no figure.
    """
    window = window_named(window)
    drawn = trajectories(paths, years, observed)
    bar = _bar(comparator, threshold, baseline, drawn.draws)
    end = drawn.checked_deadline(deadline)
    start = _window_start(window, end, window_from)
    proof = _proof(drawn, bar, window, start, end)
    if proof is not None:
        return Probability(1.0, 0.0, is_met=True, share=1.0, draws=drawn.draws, proof=proof)
    drawn.require_future(end)
    is_met = _is_met(drawn, bar, window, start, end)
    share = float(np.mean(is_met))
    n = float(drawn.draws)
    if effective_sample_size is not None:
        if not effective_sample_size > 0:
            raise ValueError(f"an effective sample size is above 0; {effective_sample_size} is not")
        n = min(n, effective_sample_size)
    smoothed = (share * n + 0.5) / (n + 1)
    return Probability(
        p=min(max(share, LEAST_P), MOST_P),
        se=float(np.sqrt(smoothed * (1 - smoothed) / n)),
        is_met=False,
        share=share,
        draws=drawn.draws,
    )


def first_passage(
    paths: ArrayLike,
    years: ArrayLike,
    *,
    comparator: str,
    threshold: float,
    baseline: float | ArrayLike | None = None,
    observed: tuple[ArrayLike, ArrayLike] | None = None,
    window_from: float | None = None,
) -> Floats:
    """(draws,) the time at which each path first meets the threshold, infinite where it never does.

    Inside a year the crossing is placed where the path, straight on the log scale for positive
    values, reaches the threshold; an observed figure that meets it has its own time. Paths that
    start beyond it have the time of their first figure. Arguments and errors as for `probability`;
    the share of draws up to a deadline is its "any time by" before clipping.
    """
    drawn = trajectories(paths, years, observed)
    bar = _bar(comparator, threshold, baseline, drawn.draws)
    times, values = drawn.nodes(-np.inf if window_from is None else window_from, np.inf)
    if not len(times):
        raise ValueError(f"no figure stands from {window_from} on; let the window begin earlier")
    is_met = np.broadcast_to(bar.is_met_by(values), (drawn.draws, len(times)))
    first = np.argmax(is_met, axis=1)
    rows = np.arange(drawn.draws)
    after = np.broadcast_to(values, is_met.shape)[rows, first]
    before = np.broadcast_to(values, is_met.shape)[rows, np.maximum(first - 1, 0)]
    share = _crossing(before, after, np.broadcast_to(bar.height, (drawn.draws,)))
    share = np.where(times[first] <= drawn.observed_until() + SAME_TIME, 1.0, share)
    began = times[np.maximum(first - 1, 0)]
    passage = began + np.where(first == 0, 0.0, share) * (times[first] - began)
    return np.where(is_met.any(axis=1), passage, np.inf)


def quantities(
    paths: ArrayLike,
    years: ArrayLike,
    *,
    window: str,
    deadline: float,
    observed: tuple[ArrayLike, ArrayLike] | None = None,
    window_from: float | None = None,
) -> Floats:
    """(draws,) what a question about a number asks for: the value at the deadline, or the average.

    Arguments and errors as for `probability`; "any time by" asks whether, not how much, and is
    refused.
    """
    window = window_named(window)
    if window not in {"at", "average over"}:
        raise ValueError(f'a number is asked "at" a date or as "average over", not {window!r}')
    drawn = trajectories(paths, years, observed)
    end = drawn.checked_deadline(deadline)
    drawn.require_future(end)
    if window == "at":
        return drawn.at(end)
    return drawn.mean_between(_window_start(window, end, window_from), end)


def values_at(
    paths: ArrayLike,
    years: ArrayLike,
    time: float,
    *,
    observed: tuple[ArrayLike, ArrayLike] | None = None,
) -> Floats:
    """(draws,) each path at one time: the baseline of a change whose base year is still ahead."""
    return quantities(paths, years, window="at", deadline=time, observed=observed)


def _bar(comparator: str, threshold: float, baseline: float | ArrayLike | None, draws: int) -> _Bar:
    if comparator not in COMPARATORS:
        raise ValueError(f"{comparator!r} is no comparator; use at least, at most, above or below")
    if not is_number(threshold):
        raise ValueError(f"a threshold is a finite number; {threshold} is not")
    height = np.full(1, float(threshold))
    if baseline is not None:
        base = np.atleast_1d(np.asarray(baseline, dtype=np.float64))
        if base.shape not in {(1,), (draws,)}:
            raise ValueError(
                f"a baseline is one number, or one for each of the {draws} draws;"
                f" it has shape {base.shape}"
            )
        if not np.isfinite(base).all():
            raise ValueError("a baseline is finite; give the figure of the baseline year")
        height = threshold * base
    return _Bar(COMPARATORS[comparator], height)


def window_named(words: str) -> str:
    """The window that these words mean; ValueError where they mean none."""
    found = WINDOWS_ALSO.get(words, words)
    if found not in WINDOWS:
        raise ValueError(f"{words!r} is no window; use one of {', '.join(WINDOWS)}")
    return found


def _window_start(window: str, end: float, window_from: float | None) -> float:
    if window_from is not None:
        if not window_from <= end:
            raise ValueError(f"the window begins at {window_from}, after the deadline {end}")
        return window_from
    return float(np.floor(end + SAME_TIME)) if window == "average over" else -np.inf


def _proof(drawn: Trajectories, bar: _Bar, window: str, start: float, end: float) -> Proof | None:
    """The figures at hand that decide it; none where the bar itself is still uncertain."""
    if len(bar.height) > 1 and np.ptp(bar.height) > 0:
        return None
    bar = _Bar(bar.comparator, bar.height[:1])
    times, values = drawn.figures(start, end)
    if window == "any time by":
        met = np.flatnonzero(bar.is_met_by(values[None, :])[0])
        return Proof(float(times[met[0]]), float(values[met[0]])) if len(met) else None
    if not drawn.is_observed_at(end):
        return None
    value = float(np.mean(values)) if window == "average over" else float(drawn.past_at(end))
    return Proof(end, value) if bar.is_met_by(np.array([value]))[0] else None


def _is_met(
    drawn: Trajectories, bar: _Bar, window: str, start: float, end: float
) -> NDArray[np.bool_]:
    if window == "at":
        return bar.is_met_by(drawn.at(end))
    if window == "average over":
        return bar.is_met_by(drawn.mean_between(start, end))
    _, values = drawn.nodes(start, end)
    extreme: Floats = values.max(axis=1) if bar.is_upward else values.min(axis=1)
    return bar.is_met_by(extreme)


def _crossing(before: Floats, after: Floats, height: Floats) -> Floats:
    """Share of the way from one figure to the next at which the height is reached."""
    is_positive = (before > 0) & (after > 0) & (height > 0)
    start, end, level = (
        np.where(is_positive, np.log(np.where(is_positive, values, 1.0)), values)
        for values in (before, after, height)
    )
    step = end - start
    share: Floats = (level - start) / np.where(step == 0, 1.0, step)
    return np.clip(share, 0.0, 1.0)
