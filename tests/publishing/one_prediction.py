"""Predictions with their results made by hand, for pages that are built without a database."""

from datetime import UTC, date, datetime
from typing import Any

from assessments.predictions import ForecastRecord, PredictionRecord
from assessments.values.prediction import parse_spec
from evidence.selectors import Point, Series
from publishing.pages.prediction.facts import PredictionFacts
from scoring.predictions import (
    FanResult,
    ModelChance,
    NamedBaseline,
    Part,
    Pooled,
    PredictionResult,
    ProbabilityPoint,
    Quantity,
)
from scoring.resolution_states import Event, Standing, State

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MADE = datetime(2026, 5, 4, 9, tzinfo=UTC)
CLOSES = datetime(2031, 1, 1, tzinfo=UTC)
READS_ON = date(2031, 12, 1)
YEARS = tuple(float(year) for year in range(2026, 2036))
LEVELS = {"0.025": -4, "0.1": -2.6, "0.25": -1.4, "0.5": 0, "0.75": 1.4, "0.9": 2.6, "0.975": 4}


def spec_json(**changes: Any) -> dict[str, Any]:
    return {
        "deadline": "2030-12-31",
        "reads_on": READS_ON.isoformat(),
        "indicator": "output-per-hour",
        "comparator": "at least",
        "threshold": "12",
        "threshold_kind": "change",
        "baseline_period": "2022",
        "publisher": "OECD",
        "resolution_rule": "The first full release decides.",
    } | changes


def record(**changes: Any) -> PredictionRecord:
    spec = parse_spec(spec_json(**changes.pop("spec", {})))
    stated: dict[str, Any] = {
        "key": "large-language-models-2030-1",
        "technology_slug": "large-language-models",
        "technology_name": "Large language models",
        "author": "anna",
        "author_id": 1,
        "made_at": MADE,
        "as_of": MADE.date(),
        "kind": "yes or no",
        "parent_key": None,
        "statement": "Output per hour worked in 2030 is at least 12 % above its value of 2022.",
        "spec": spec,
        "content_hash": "0" * 64,
        "deadline": spec.deadline,
        "indicator": spec.indicator or "",
        "hides_forecasts": False,
        "original_wording": "",
        "replaces_key": None,
        "replaced_by": (),
        "overruled": (),
        "state": "published",
        "published_at": MADE,
        "closes_at": CLOSES,
        "is_public": True,
        "is_demonstration": False,
        "stones": (),
    }
    return PredictionRecord(**stated | changes)


def series(**changes: Any) -> Series:
    values = changes.pop("values", None) or {year: 86.0 + year - 2010 for year in range(2010, 2026)}
    points = tuple(
        Point(
            period=str(year),
            time=float(year),
            value=value,
            entered=str(value),
            label="",
            vintage=changes.get("vintage", date(min(year + 1, 2026), 3, 1)),
            source="",
            source_url="",
            note="",
            recorded_at=MADE,
        )
        for year, value in values.items()
    )
    changes.pop("vintage", None)
    stated: dict[str, Any] = {
        "slug": "output-per-hour",
        "name": "Output per hour worked",
        "unit": "2022 = 100",
        "progress": "up",
        "kind": "performance",
        "cadence": "year",
        "geography": "OECD",
        "publisher": "OECD",
        "source_url": "",
        "licence": "CC BY 4.0",
        "licence_url": "",
        "comparability": "",
        "ceiling": None,
        "release_lag_days": 200,
        "is_snapshot": False,
        "is_public": True,
        "is_demonstration": False,
        "version": 1,
    }
    return Series(**stated | changes, points=points)


def fan(**changes: Any) -> FanResult:
    middles = [101.0 + 1.1 * step for step in range(1, 11)]
    stated: dict[str, Any] = {
        "indicator": "output-per-hour",
        "method": "reference-class walk",
        "unit": "2022 = 100",
        "history": tuple((float(year), 86.0 + year - 2010) for year in range(2010, 2026)),
        "years": YEARS,
        "quantiles": {
            level: tuple(middle + wide for middle in middles) for level, wide in LEVELS.items()
        },
        "baseline": NamedBaseline("drift walk", {level: tuple(middles) for level in LEVELS}),
        "observations": 16,
        "run_id": 7,
    }
    return FanResult(**stated | changes)


def model(**changes: Any) -> ModelChance:
    stated: dict[str, Any] = {
        "p": 0.08,
        "se": 0.003,
        "is_met": False,
        "weight": 1.0,
        "observations": 16,
        "reference_dominates": False,
        "baseline_p": 0.05,
        "needed_rate": 0.019,
        "seen_rate": 0.0106,
    }
    return ModelChance(**stated | changes)


def result(**changes: Any) -> PredictionResult:
    stated: dict[str, Any] = {
        "prediction": "large-language-models-2030-1",
        "kind": "yes or no",
        "as_of": NOW.date(),
        "fan": fan(),
        "model": model(),
        "people": (Part(1, 0.3, 200, p=0.06), Part(2, 0.3, 20, p=0.22)),
        "pool": Pooled(0.1, 0.07, 0.13, 3, 0.4),
        "at_deadline": tuple(100 + number / 8 for number in range(99)),
        "run_id": 9,
    }
    return PredictionResult(**stated | changes)


def forecast(name: str, who: int, **changes: Any) -> ForecastRecord:
    stated: dict[str, Any] = {
        "key": "large-language-models-2030-1",
        "forecaster_id": who,
        "forecaster": name,
        "made_at": datetime(2026, 10, 1, tzinfo=UTC),
        "until": CLOSES,
        "p": None,
        "lowest": None,
        "best": None,
        "highest": None,
        "confidence": None,
        "p_never": None,
        "expires_on": None,
        "note": "",
        "is_withdrawal": False,
        "is_demonstration": False,
    }
    return ForecastRecord(**stated | changes)


def quantity(*values: float, **changes: Any) -> Quantity:
    return Quantity(levels=(0.1, 0.5, 0.9), values=values, **changes)


def state(standing: Standing = Standing.OPEN, **changes: Any) -> State:
    return State(standing, READS_ON, **changes)


def event(kind: str, outcome: str, **changes: Any) -> Event:
    stated: dict[str, Any] = {
        "id": 1,
        "value": None,
        "happened_on": None,
        "note": "The release says so.",
        "evidence": "https://example.org/release",
        "by_id": 2,
        "by": "ben",
        "at": NOW,
    }
    return Event(kind=kind, outcome=outcome, **stated | changes)


def chance(day: date, pool: float, **changes: Any) -> ProbabilityPoint:
    stated: dict[str, Any] = {
        "at": NOW,
        "as_of": day,
        "run_id": 5,
        "reason": "a forecast",
        "low": pool - 0.02,
        "high": pool + 0.02,
        "model": 0.08,
        "members": 3,
    }
    return ProbabilityPoint(pool=pool, **stated | changes)


def facts(**changes: Any) -> PredictionFacts:
    stated: dict[str, Any] = {
        "now": NOW,
        "record": record(),
        "state": state(),
        "result": result(),
        "series": series(),
        "forecasts": (forecast("marta", 1, p=0.06), forecast("tariq", 2, p=0.22)),
    }
    return PredictionFacts(**stated | changes)
