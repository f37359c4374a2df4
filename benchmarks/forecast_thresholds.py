"""Measures threshold probabilities on the field's cost series, beside a walk that knows no others.

At every origin from the fifth point on: will the series stand at most r times its value of today
(at least 1/r times, where progress is upwards), for five r, five and ten years on? The family of
the series is left out of the reference class, and series count equally.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.field_series import RISING, costs, indicators
from benchmarks.verdicts import Verdict, report
from scoring.engine.baselines import drift_walk
from scoring.engine.calibration import curve
from scoring.engine.paths import PathForecast
from scoring.engine.proper_scores import brier, log_score
from scoring.engine.reference import performance
from scoring.engine.series import forecast
from scoring.engine.thresholds import probability

Floats = NDArray[np.float64]

RATIOS = (1.0, 0.8, 0.5, 0.25, 0.1)
HORIZONS = (5.0, 10.0)
FEWEST_POINTS = 5
MODEL, BASELINE = "reference walk", "drift walk, Farmer-Lafond"
SAME_YEAR = 1e-6


class Past(Protocol):
    """A series of the field: years (n,) ascending and values (n,) beside them."""

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> str: ...

    @property
    def years(self) -> Floats: ...

    @property
    def values(self) -> Floats: ...


@dataclass(frozen=True)
class Statement:
    """One threshold that turned out met or not, and what each method had said."""

    series: str
    horizon: float
    is_met: bool
    said: tuple[float, float]


def statements(histories: Iterable[Past]) -> Iterator[Statement]:
    """Every statement that the series can answer."""
    for history in histories:
        progress = "up" if history.name in RISING else "down"
        reference = performance(exclude_groups=(history.family,))
        for n in range(FEWEST_POINTS, len(history.years)):
            years, values = history.years[:n], history.values[:n]
            ahead = [h for h in HORIZONS if _value_at(history, years[-1] + h) is not None]
            if not ahead:
                continue
            asked = [years[-1] + h for h in ahead]
            made = (
                forecast(years, values, asked, reference=reference, seed=n, progress=progress),
                drift_walk(years, values, asked).paths(seed=n),
            )
            yield from _answered(history, made, float(values[-1]), ahead)


def thresholds() -> list[Verdict]:
    """Print Brier and log scores of both methods, and how often what was said came true."""
    found = list(statements(costs(indicators())))
    print("\nThresholds on cost series: at most r times today's value, r from 1 to .1")
    verdicts = []
    for horizon in HORIZONS:
        asked = [statement for statement in found if statement.horizon == horizon]
        verdicts += _compared(asked, horizon)
    p, is_met = [s.said[0] for s in found], [s.is_met for s in found]
    print(f"\nSaid and seen by the {MODEL}, both horizons, whole series drawn anew for the bands")
    for part in curve(is_met, p, questions=[s.series for s in found], bins=8).bins:
        print(
            f"{part.n:5}  {part.p_mean:.3f} -> {part.share:.3f}  [{part.low:.3f}, {part.high:.3f}]"
        )
    return verdicts


def _answered(
    history: Past, made: tuple[PathForecast, ...], today: float, ahead: list[float]
) -> Iterator[Statement]:
    for horizon in ahead:
        deadline = float(made[0].years[ahead.index(horizon)])
        truth = _value_at(history, deadline)
        if truth is None:
            continue
        is_rising = history.name in RISING
        gain = truth / today if is_rising else today / truth
        for ratio in RATIOS:
            said = [
                probability(
                    paths.samples,
                    paths.years,
                    comparator="at least" if is_rising else "at most",
                    threshold=1 / ratio if is_rising else ratio,
                    baseline=today,
                    window="at",
                    deadline=deadline,
                ).p
                for paths in made
            ]
            yield Statement(history.name, horizon, gain * ratio >= 1, (said[0], said[1]))


def _value_at(history: Past, year: float) -> float | None:
    found = np.flatnonzero(np.abs(history.years - year) <= SAME_YEAR)
    return float(history.values[found[0]]) if len(found) else None


def _compared(asked: list[Statement], horizon: float) -> list[Verdict]:
    names = [statement.series for statement in asked]
    is_met = [statement.is_met for statement in asked]
    print(f"{horizon:g} years, {len(asked):,} statements on {len(set(names))} series")
    scores = []
    for place, name in enumerate((MODEL, BASELINE)):
        p = [statement.said[place] for statement in asked]
        pair = [_by_series(names, score(is_met, p)) for score in (brier, log_score)]
        print(f"  {name:<28} Brier {pair[0]:.4f}   log {pair[1]:.3f}")
        scores.append(pair)
    return [
        Verdict(
            ours < theirs,
            f"{name} of thresholds {horizon:g} years on: {ours:.4f}, below {theirs:.4f}",
        )
        for name, ours, theirs in zip(("Brier", "log"), *scores, strict=True)
    ]


def _by_series(names: list[str], scores: Floats) -> float:
    _, place, count = np.unique(names, return_inverse=True, return_counts=True)
    return float((np.bincount(place, scores) / count).mean())


if __name__ == "__main__":
    sys.exit(report(thresholds()))
