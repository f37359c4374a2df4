"""One resolved prediction: the mean over its checkpoints of each forecaster's scores."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.engine.estimates import LEVELS
from scoring.engine.pooling import Opinion, pool
from scoring.engine.proper_scores import (
    brier,
    capped,
    crps_samples,
    interval_ends,
    log_score,
    weighted_interval_score,
)
from scoring.engine.quantities import pool_dates, pool_numbers
from scoring.engine.results import Floats
from scoring.services.forecast_computations import rounded_all
from scoring.services.quantities import scale_of, statement_of

YES_NO, DATE = "yes or no", "date"
EVENTS, QUANTITIES, SHARES, DATES = "events", "quantities", "shares", "dates"
BASELINE, POOL, MODEL = "baseline", "pool", "model"
DIGITS = 6
Scores = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Scored:
    """`scored` is what kind of question it was, hence in what its scores are measured; `by_who`
    the mean scores, and `chances` what each said at the checkpoints, of questions of yes or no."""

    scored: str
    truth: float
    cuts: Mapping[str, str]
    by_who: Scores
    chances: Mapping[str, list[float]]
    values: dict[str, Any]


def scored_prediction(row: Mapping[str, Any], base_rate: float | None) -> Scored:
    kind = scored_kind(row)
    by_who: dict[str, list[dict[str, float]]] = defaultdict(list)
    chances: dict[str, list[float]] = defaultdict(list)
    for checkpoint in row["checkpoints"]:
        said = forecasts_at(row, checkpoint, base_rate)
        for who, forecast in said.items():
            scores = _scores(kind, row, forecast)
            reference = said.get(BASELINE)
            if reference is not None:
                scores |= _against(_scores(kind, row, reference))
            by_who[who].append(scores)
            if kind == EVENTS and who != BASELINE:
                chances[who].append(float(forecast))
    means = {who: _mean(scores) for who, scores in sorted(by_who.items())}
    values = {
        "prediction": row["key"],
        "kind": row["kind"],
        "outcome": row["outcome"],
        "value": row["value"],
        "resolved_on": row["resolved_on"],
        "checkpoints": [checkpoint["on"] for checkpoint in row["checkpoints"]],
        "scores": means,
    }
    return Scored(kind, row["truth"], row["cuts"], means, chances, values)


def scored_kind(row: Mapping[str, Any]) -> str:
    """Costs and other quantities are scored on logs, shares in points, dates in years."""
    if row["kind"] == YES_NO:
        return EVENTS
    if row["kind"] == DATE:
        return DATES
    return SHARES if row["is_share"] else QUANTITIES


def forecasts_at(
    row: Mapping[str, Any], checkpoint: Mapping[str, Any], base_rate: float | None
) -> dict[str, Any]:
    """By forecaster what stood on that day: a chance, or quantiles. Where nothing had been computed
    by then the pool is that of the people alone."""
    said = {name: checkpoint[name] for name in (POOL, MODEL, BASELINE)}
    people = checkpoint["people"]
    is_event = row["kind"] == YES_NO
    if base_rate is not None:
        said[BASELINE] = base_rate
    if people and said[POOL] is None:
        said[POOL] = (_chance_of if is_event else _quantiles_of)(row, people)
    for one in people:
        said[str(one["who"])] = one["p"] if is_event else _quantiles_of(row, [one])
    return {who: forecast for who, forecast in said.items() if forecast is not None}


def _chance_of(row: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> float:
    opinions = [Opinion(one["who"], one["p"], one["age_days"]) for one in people]
    return pool(opinions, question_life=row["life_days"], status_quo=row["status_quo"]).p


def _quantiles_of(row: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> list[float]:
    """Of a number, or of a day as far as it comes."""
    if row["kind"] == DATE:
        dated = [statement_of(one, None, "plain") for one in people]
        found = pool_dates(dated, question_life=row["life_days"])
        return rounded_all(value for value in found.quantiles.tolist() if math.isfinite(value))
    scale = scale_of(people, None, is_share=row["is_share"])
    statements = [statement_of(one, None, scale) for one in people]
    found = pool_numbers(statements, question_life=row["life_days"], scale=scale)
    return rounded_all(found.quantiles.tolist())


def _scores(kind: str, row: Mapping[str, Any], forecast: Any) -> dict[str, float]:
    truth = row["truth"]
    if kind == EVENTS:
        return {
            "brier": float(brier(truth, forecast)),
            "log": float(log_score(truth, forecast)),
        }
    if kind == DATES:
        cap = row["deadline"]
        return _of_samples(float(capped(truth, cap)), capped(_with_never(forecast), cap))
    samples, observed = np.asarray(forecast, dtype=np.float64), truth
    if kind == QUANTITIES:
        if observed <= 0 or samples.min() <= 0:
            return {}
        samples, observed = np.log(samples), math.log(observed)
    return _of_samples(observed, samples)


def _with_never(forecast: Sequence[float]) -> Floats:
    """The quantiles of a date with those that its forecast left out, for at them it never comes."""
    found = np.full(len(LEVELS), np.inf)
    found[: len(forecast)] = forecast
    return found


def _of_samples(observed: float, samples: Floats) -> dict[str, float]:
    median, low, high = interval_ends(samples)
    return {
        "crps": float(crps_samples(observed, samples)),
        "wis": float(weighted_interval_score(observed, median, low, high)),
    }


def _against(scores: Mapping[str, float]) -> dict[str, float]:
    """The same scores of the baseline, of the same checkpoints as those of the forecaster."""
    return {f"{name}_of_baseline": score for name, score in scores.items()}


def _mean(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Of what stands at every checkpoint, so that all of it is of the same days."""
    names = sorted(set.intersection(*(set(one) for one in scores)))
    means = {name: sum(one[name] for one in scores) / len(scores) for name in names}
    return {name: round(mean, DIGITS) for name, mean in means.items()}
