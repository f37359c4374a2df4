"""Predictions of a number or a date: what model and people expect, at each level of probability."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import ndtri

from scoring.engine import thresholds
from scoring.engine.estimates import LEAST_CONFIDENCE, LEVELS, Estimate, from_scale, to_scale
from scoring.engine.pooling import TrackRecord
from scoring.engine.quantities import QuantityPool, Statement, pool_dates, pool_numbers
from scoring.engine.results import Floats
from scoring.readings import Reading
from scoring.services.forecast_computations import Course, rounded, rounded_all

YES_NO, NUMBER, DATE = "yes or no", "number", "date"
AT, AVERAGE = "at", "average over"
LEVEL_TEXTS = [round(float(level), 2) for level in LEVELS]
APART = 1e-6
"""Points that are one are taken apart by this share, since half of the truth lies on each side."""
Observed = tuple[Sequence[float], Sequence[float]]
Opinion = Mapping[str, Any]


def observed_of(series: Mapping[str, Any]) -> Observed:
    return series["times"], series["values"]


def samples_at_deadline(course: Course, reading: Reading, observed: Observed) -> Floats:
    """What the model expects at the deadline, or of the average that ends there."""
    is_average = reading.window == AVERAGE
    return thresholds.quantities(
        course.paths.samples,
        course.years,
        window=AVERAGE if is_average else AT,
        deadline=reading.deadline,
        observed=observed,
        window_from=reading.window_from if is_average else None,
    )


def at_levels(samples: Floats) -> list[float]:
    return rounded_all(np.quantile(samples, LEVELS))


def passages_of(course: Course, reading: Reading, observed: Observed, baseline: Any) -> Floats:
    """(draws,) the year in which each path first meets the threshold, infinite where none does."""
    return thresholds.first_passage(
        course.paths.samples,
        course.years,
        comparator=str(reading.comparator),
        threshold=float(reading.threshold or 0.0),
        baseline=baseline,
        observed=observed,
        window_from=reading.window_from,
    )


def scale_of(people: Sequence[Opinion], samples: Floats | None, *, is_share: bool) -> str:
    """Log for what is positive, log-odds for per cent, plain where anybody goes beyond that."""
    said = [point for one in people for point in one["points"]]
    least = min(said, default=1.0)
    if is_share:
        return "share" if least > 0 and max(said, default=1.0) < 100 else "plain"
    drawn = 1.0 if samples is None else float(samples.min())
    return "log" if min(least, drawn) > 0 else "plain"


def statement_of(one: Opinion, record: TrackRecord | None, scale: str) -> Statement:
    return Statement(
        who=one["who"],
        estimate=_estimate(one["points"], one["confidence"], scale),
        age=one["age_days"],
        record=record,
        p_never=one["p_never"] or 0.0,
    )


def _estimate(points: Sequence[float], confidence: float, scale: str) -> Estimate:
    """The same halves of a normal, told by an interval that holds at least half of the truth."""
    lowest, best, highest = to_scale(points, scale)
    apart = APART * max(abs(best), 1.0)
    below, above = max(best - lowest, apart), max(highest - best, apart)
    if confidence < LEAST_CONFIDENCE:
        wider = ndtri((1 + LEAST_CONFIDENCE) / 2) / ndtri((1 + confidence) / 2)
        below, above, confidence = below * wider, above * wider, LEAST_CONFIDENCE
    low, middle, high = from_scale(np.array([best - below, best, best + above]), scale).tolist()
    return Estimate(low, middle, high, confidence, scale)


def number_quantity(samples: Floats) -> dict[str, Any]:
    return _told(np.quantile(samples, LEVELS))


def date_quantity(passages: Floats, horizon: float) -> dict[str, Any]:
    """`p_never` is the share of the paths that do not get there by the last simulated year."""
    late = passages > horizon
    values = np.quantile(np.where(late, np.inf, passages), LEVELS, method="higher")
    return _told(values, p_never=rounded(float(late.mean())))


def pooled_numbers(
    statements: Sequence[Statement],
    samples: Floats | None,
    observations: int,
    *,
    scale: str,
    life: float,
) -> QuantityPool | None:
    if not statements and samples is None:
        return None
    return pool_numbers(
        statements, question_life=life, scale=scale, samples=samples, observations=observations
    )


def pooled_dates(
    statements: Sequence[Statement],
    passages: Floats | None,
    observations: int,
    *,
    horizon: float | None,
    life: float,
) -> QuantityPool | None:
    if not statements and passages is None:
        return None
    return pool_dates(
        statements,
        question_life=life,
        passages=passages,
        horizon=horizon,
        observations=observations,
    )


def pool_quantity(pooled: QuantityPool, *, is_date: bool) -> dict[str, Any]:
    others = {"model_share": rounded(pooled.model_share), "members": len(pooled.parts)}
    never = {"p_never": rounded(pooled.p_beyond)} if is_date else {}
    return _told(pooled.quantiles, **others, **never)


def _told(values: Floats, **others: Any) -> dict[str, Any]:
    """Levels and values up to where anything is expected: JSON has no word for infinity."""
    known = [value for value in values.tolist() if math.isfinite(value)]
    return {"levels": LEVEL_TEXTS[: len(known)], "values": rounded_all(known)} | others
