"""Published predictions made by hand, with their chances and answers, without a database."""

from datetime import UTC, date, datetime
from typing import Any

from assessments.predictions import PredictionRecord
from assessments.values.prediction import Comparator, Spec, ThresholdKind
from publishing.predicted import Predicted
from scoring.predictions import ModelChance, Part, Pooled, PredictionResult, Quantity
from scoring.resolution_states import Standing, State
from tests.publishing.made import AT, TODAY

MADE_AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
DEADLINE = date(2030, 12, 31)
READS_ON = date(2031, 3, 31)
MODEL = ModelChance(
    p=0.12, se=0.004, is_met=False, weight=1.0, observations=15, reference_dominates=False
)


def spec(**changes: Any) -> Spec:
    parts: dict[str, Any] = {
        "deadline": DEADLINE,
        "reads_on": READS_ON,
        "indicator": "oecd-gdp-per-hour",
        "unit": "index",
        "comparator": Comparator.AT_LEAST,
        "threshold": 20.0,
        "threshold_text": "20",
        "threshold_kind": ThresholdKind.CHANGE,
        "baseline_period": "2022",
        "geography": "OECD",
        "publisher": "OECD",
        "resolution_rule": "The figure for 2030 in the table of the OECD.",
    }
    return Spec(**parts | changes)


def record(key: str = "edge-ai-2030-417", **changes: Any) -> PredictionRecord:
    slug = key.rsplit("-", 2)[0]
    stated = changes.pop("spec", None) or spec()
    facts: dict[str, Any] = {
        "key": key,
        "technology_slug": slug,
        "technology_name": slug.replace("-", " ").capitalize(),
        "author": "anna",
        "author_id": 1,
        "made_at": MADE_AT,
        "as_of": MADE_AT.date(),
        "kind": "yes or no",
        "parent_key": None,
        "statement": "Output per hour is 20 % above 2022.",
        "spec": stated,
        "content_hash": "a" * 64,
        "deadline": stated.deadline,
        "indicator": stated.indicator or "",
        "hides_forecasts": False,
        "original_wording": "",
        "replaces_key": None,
        "replaced_by": (),
        "overruled": (),
        "state": "published",
        "published_at": MADE_AT,
        "closes_at": datetime(2031, 1, 1, tzinfo=UTC),
        "is_public": True,
        "is_demonstration": False,
        "stones": (),
    }
    return PredictionRecord(**facts | changes)


def chance(key: str = "edge-ai-2030-417", **changes: Any) -> PredictionResult:
    """A finished run of a question of yes or no, with two people and the model."""
    facts: dict[str, Any] = {
        "prediction": key,
        "kind": "yes or no",
        "as_of": TODAY,
        "model": MODEL,
        "people": (Part(1, 0.3, 4, p=0.2), Part(2, 0.3, 9, p=0.35)),
        "pool": Pooled(0.2375, 0.19, 0.31, members=3, model_share=0.4),
        "run_id": 57,
        "finished_at": AT,
    }
    return PredictionResult(**facts | changes)


def years(key: str = "edge-ai-2030-417", **changes: Any) -> PredictionResult:
    """A finished run of a question for a date."""
    pooled = Quantity((0.1, 0.4, 0.6, 0.9), (2027.0, 2029.0, 2030.0, 2034.0), p_never=0.1)
    facts = {"kind": "date", "model": None, "pool": None, "pool_quantity": pooled}
    return chance(key, **facts | changes)


def state(standing: Standing = Standing.OPEN, **changes: Any) -> State:
    return State(standing, READS_ON, **changes)


def foretold(key: str = "edge-ai-2030-417", **changes: Any) -> Predicted:
    facts: dict[str, Any] = {
        "record": changes.pop("record", None) or record(key),
        "state": state(),
        "result": chance(key),
    }
    return Predicted(**facts | changes)
