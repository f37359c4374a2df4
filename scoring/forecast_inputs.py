"""Series and predictions as the plain inputs of a forecast: the receipt's canonical part."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assessments.predictions import ForecastRecord, PredictionRecord
from evidence.selectors import Series
from record.canonical import canonical_json, digest
from scoring.readings import reading_of
from scoring.verdicts import Verdict

LAST_YEAR = 2035
FEWEST_YEARS = 5
"""Forecasts reach 2035, and never fewer years than this beyond the last figure."""
WALK_DRAWS = 6_000
SHARE_DRAWS = 20_000
SEED_DIGITS = 15


def seed_of(subject: str) -> int:
    """The same for an indicator wherever it is forecast, whatever its figures."""
    return int(digest(subject)[:SEED_DIGITS], 16)


def series_values(series: Series) -> dict[str, Any]:
    """What a forecast of the series depends on, and the unit, which its result names."""
    return {
        "indicator": series.slug,
        "kind": series.kind,
        "progress": series.progress,
        "unit": series.unit,
        "cadence": series.cadence,
        "ceiling": list(series.ceiling) if series.ceiling else None,
        "is_snapshot": series.is_snapshot,
        "times": list(series.times),
        "values": list(series.values),
        "draws": SHARE_DRAWS if series.kind == "share" else WALK_DRAWS,
    }


def forecast_values(series: Series) -> dict[str, Any]:
    return {"computation": "forecast", "series": series_values(series)}


def prediction_values(
    record: PredictionRecord,
    *,
    series: Series | None,
    answer: Verdict | None,
    forecasts: Iterable[ForecastRecord],
    today: date,
    learnt: Mapping[str, Any],
) -> dict[str, Any]:
    """answer: what the figures say already. learnt: the recalibration and the records of people
    (`scoring/track_record.py`).

    The day is told where people forecast, whose words grow old, and nowhere else.
    """
    people = [_opinion(row, today) for row in forecasts]
    own = {str(row["who"]) for row in people}
    return {
        "computation": "prediction",
        "prediction": record.key,
        "kind": record.kind,
        "question": reading_of(record.spec, cadence=series.cadence if series else "day").to_json(),
        "answer": _answer(answer),
        "has_threshold": record.spec.comparator is not None and record.spec.is_measured,
        "life_days": max((record.deadline - record.made_at.date()).days, 1),
        "series": series_values(series) if series else None,
        "people": people,
        "as_of": today.isoformat() if people else None,
        "recalibration": dict(learnt["recalibration"]),
        "records": {who: row for who, row in learnt["records"].items() if who in own},
    }


def _answer(answer: Verdict | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"outcome": answer.outcome, "value": answer.value, "period": answer.figure.period}


def _opinion(row: ForecastRecord, today: date) -> dict[str, Any]:
    """By number and never by name, so that whoever is forgotten leaves no trace in a receipt."""
    said = {
        "who": row.forecaster_id,
        "age_days": max((today - row.made_at.date()).days, 0),
    }
    if row.p is not None:
        return said | {"p": row.p}
    points = [row.lowest, row.best, row.highest]
    return said | {"points": points, "confidence": row.confidence, "p_never": row.p_never}


def data_hash(times: Iterable[float], values: Iterable[float]) -> str:
    """The same for the same figures, whatever else is known of them."""
    return digest(canonical_json([list(times), list(values)]))
