"""Kinds of job about one indicator or one prediction: inputs of a receipt in, headline out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jobs.kinds import JobOutput, Report
from scoring.engine import reference, scurves, series
from scoring.engine.baselines import FEWEST_POINTS, Walk, drift_walk, logit_drift
from scoring.engine.paths import PathForecast
from scoring.engine.results import Floats
from scoring.forecast_inputs import FEWEST_YEARS, LAST_YEAR, data_hash

METHODS = f"{series.METHOD}, {scurves.METHOD}"
FORECAST_ENGINE = f"forecast/1 of {METHODS}"
LEVELS = ("0.025", "0.1", "0.25", "0.5", "0.75", "0.9", "0.975")
SNAPSHOT = (
    "The figures of this indicator cannot be compared with one another, so they are shown and not"
    " extrapolated."
)
NO_FIGURES = "No figure of this indicator has a date yet."
SIGNIFICANT = 7


@dataclass(frozen=True, eq=False)
class Course:
    """Simulated paths of a series at calendar years, and the plain method that they are held
    against, None where the series is too short for one."""

    years: Floats
    method: str
    paths: PathForecast
    baseline: Walk | None


class NoForecast(Exception):
    """Why a series is not extrapolated, in a sentence."""


def compute_forecast(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    headline = fan(inputs["series"], seed=seed)
    report(1, 1)
    return JobOutput(headline=headline)


def fan(values: Mapping[str, Any], *, seed: int) -> dict[str, Any]:
    """The fan of an indicator to the end of its horizon, or why there is none."""
    try:
        course = simulate(values, fan_years(values), seed=seed)
    except NoForecast as reason:
        return {"indicator": values["indicator"], "no_forecast_because": str(reason)}
    paths = course.paths
    return {
        "indicator": values["indicator"],
        "method": course.method,
        "unit": values["unit"],
        "history": [list(pair) for pair in zip(values["times"], values["values"], strict=True)],
        "years": course.years.tolist(),
        "quantiles": _quantiles(paths),
        "baseline": _baseline(course),
        "observations": paths.observations,
        "effective_sample_size": rounded(paths.effective_sample_size),
        "reference_dominates": bool(paths.reference_dominates),
        "data_hash": data_hash(values["times"], values["values"]),
    }


def _baseline(course: Course) -> dict[str, Any] | None:
    if course.baseline is None:
        return None
    return {"method": course.baseline.method, "quantiles": _quantiles(course.baseline)}


def _quantiles(paths: PathForecast | Walk) -> dict[str, list[float]]:
    found = paths.quantiles([float(level) for level in LEVELS])
    return {level: rounded_all(row) for level, row in zip(LEVELS, found, strict=True)}


def fan_years(values: Mapping[str, Any]) -> list[float]:
    """Every calendar year after the last figure up to 2035, and FEWEST_YEARS at the least."""
    if not values["times"]:
        return []
    last = int(values["times"][-1] // 1)
    return [float(year) for year in range(last + 1, max(LAST_YEAR, last + FEWEST_YEARS) + 1)]


def simulate(values: Mapping[str, Any], years: Sequence[float], *, seed: int) -> Course:
    """Paths of the series at these years; NoForecast says why there can be none."""
    if values["is_snapshot"]:
        raise NoForecast(SNAPSHOT)
    if not values["times"]:
        raise NoForecast(NO_FIGURES)
    try:
        return _simulated(values, years, seed)
    except ValueError as error:
        raise NoForecast(sentence(str(error))) from error


def _simulated(values: Mapping[str, Any], years: Sequence[float], seed: int) -> Course:
    times, seen, draws = values["times"], values["values"], values["draws"]
    is_long = len(times) >= FEWEST_POINTS
    if values["kind"] == "share":
        paths = scurves.forecast(
            times,
            seen,
            years,
            reference=reference.adoption(),
            seed=seed,
            ceiling=tuple(values["ceiling"]) if values["ceiling"] else None,
            draws=draws,
        )
        walk = logit_drift(times, seen, years) if is_long else None
        return Course(np.asarray(years), scurves.METHOD, paths, walk)
    paths = series.forecast(
        times,
        seen,
        years,
        reference=reference.performance(),
        seed=seed,
        draws=draws,
        progress=values["progress"],
    )
    walk = drift_walk(times, seen, years) if is_long else None
    return Course(np.asarray(years), series.METHOD, paths, walk)


def sentence(message: str) -> str:
    """What the engine refuses with, as a sentence for a page."""
    return f"{message[:1].upper()}{message[1:].rstrip('.')}."


def rounded(value: float) -> float:
    """To as many digits as mean something, so that results do not differ in the last bits."""
    return float(f"{float(value):.{SIGNIFICANT}g}")


def rounded_all(values: Any) -> list[float]:
    return [rounded(value) for value in values]
