"""The shapes of resolutions, chances, scores and forecasts."""

from typing import Any

from rest.shapes import (
    BOOLEAN,
    CHANCE,
    DAY,
    INSTANT,
    NUMBER,
    SHA256,
    TEXT,
    Shape,
    one_of,
    or_null,
    text,
    whole,
)
from scoring.models import ResolutionEvent

ACTIONS = ("propose", "confirm", "refuse", "undo", "annul", "ambiguous")
NOTE = 2000
RESOLUTION = Shape(
    "Resolution",
    {
        "id": whole(1),
        "step": one_of(*ResolutionEvent.Kind.values),
        "outcome": one_of(*ResolutionEvent.Outcome.values),
        "value": or_null(NUMBER),
        "happened_on": or_null(DAY),
        "note": TEXT,
        "evidence": TEXT,
        "by": or_null(TEXT) | {"description": "null where the machine proposes."},
        "at": INSTANT,
    },
    "One step of a prediction from open to resolved, or back.",
    {
        "id": 3,
        "step": "proposed",
        "outcome": "yes",
        "value": 1.1,
        "happened_on": "2030-12-31",
        "note": "The figure of 2030, 1.1 GW, published on 2031-02-03, decides it.",
        "evidence": "https://example.org/report-2030",
        "by": None,
        "at": "2031-02-03T09:00:00+00:00",
    },
)
STEP_SENT = Shape(
    "ResolutionStep",
    {
        "action": one_of(*ACTIONS),
        "outcome": or_null(one_of("yes", "no", "number", "date")),
        "value": or_null(NUMBER),
        "happened_on": or_null(DAY),
        "note": text(shortest=1, longest=NOTE),
        "evidence": text(longest=NOTE),
        "seen": or_null(whole(0)),
    },
    "One step. `outcome`, `value` and `happened_on` belong to proposals; annul and ambiguous"
    " propose that there is no answer.",
    optional=frozenset({"outcome", "value", "happened_on", "evidence", "seen"}),
)
STEP_EXAMPLE: dict[str, Any] = {
    "action": "propose",
    "outcome": "yes",
    "note": "Three vendors sell one.",
    "evidence": "https://example.org/prices",
}
POINT = Shape(
    "Probability",
    {
        "run": whole(1),
        "at": INSTANT,
        "as_of": DAY,
        "reason": TEXT,
        "pool": or_null(CHANCE),
        "low": or_null(CHANCE),
        "high": or_null(CHANCE),
        "model": or_null(CHANCE),
        "members": whole(0),
    },
    "What one run gave a prediction.",
    {
        "run": 41,
        "at": "2026-11-21T08:15:28.104000+00:00",
        "as_of": "2026-11-21",
        "reason": "figures of tidal-stream-capacity",
        "pool": 0.42,
        "low": 0.35,
        "high": 0.5,
        "model": 0.31,
        "members": 4,
    },
)
_SCORES = ("brier", "log", "crps", "wis", "skill")
TALLY = Shape(
    "ScoreRecord",
    {
        "id": TEXT,
        "set": one_of("real", "demonstration"),
        "scored": one_of("events", "quantities", "shares", "dates"),
        "who": {**TEXT, "description": "pool, model, or the number of a person."},
        "by": one_of("all", "topic", "domain", "dimension", "certainty"),
        "value": TEXT,
        "n": whole(0),
        "needed": whole(1),
    }
    | {f"{score}{end}": or_null(NUMBER) for score in _SCORES for end in ("", "_low", "_high")},
    "The record of one forecaster under one cut; figures from `needed` predictions on.",
    {
        "id": "real:events:pool:all:",
        "set": "real",
        "scored": "events",
        "who": "pool",
        "by": "all",
        "value": "",
        "n": 12,
        "needed": 10,
    }
    | {f"{score}{end}": None for score in _SCORES for end in ("", "_low", "_high")}
    | {"brier": 0.11, "brier_low": 0.05, "brier_high": 0.18},
)
HUB = Shape(
    "HubRow",
    {
        "id": TEXT,
        "model_id": TEXT,
        "reference_date": DAY,
        "target": TEXT,
        "horizon": {**NUMBER, "description": "Years from the reference date to the target date."},
        "target_date": DAY,
        "location": TEXT,
        "output_type": one_of("quantile"),
        "output_type_id": NUMBER,
        "value": NUMBER,
    },
    "A quantile of a forecast, in the columns of hubverse model output.",
    {
        "id": "cost-per-genome:2027:bellwether:0.5",
        "model_id": "bellwether",
        "reference_date": "2026-11-21",
        "target": "cost-per-genome",
        "horizon": 1.1,
        "target_date": "2027-12-31",
        "location": "World",
        "output_type": "quantile",
        "output_type_id": 0.5,
        "value": 310.5,
    },
)
_QUANTILES = {"type": "object", "additionalProperties": {"type": "array", "items": NUMBER}}
_PAIRS = {"type": "array", "items": {"type": "array", "items": NUMBER}}
FORECAST = Shape(
    "IndicatorForecast",
    {
        "indicator": TEXT,
        "run": whole(1),
        "finished_at": or_null(INSTANT),
        "no_forecast_because": or_null(TEXT),
        "method": or_null(TEXT),
        "unit": or_null(TEXT),
        "observations": whole(0),
        "reference_dominates": BOOLEAN,
        "effective_sample_size": NUMBER,
        "data_hash": or_null(SHA256),
        "history": _PAIRS | {"description": "Calendar years as numbers, and figures."},
        "years": {"type": "array", "items": NUMBER},
        "quantiles": _QUANTILES | {"description": "By level, a figure for each year."},
        "baseline": {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"method": TEXT, "quantiles": _QUANTILES},
                    "required": ["method", "quantiles"],
                    "additionalProperties": False,
                },
                {"type": "null"},
            ]
        },
    },
    "Where an indicator may go, or why that is not said.",
    {
        "indicator": "cost-per-genome",
        "run": 41,
        "finished_at": "2026-11-21T08:15:28.104000+00:00",
        "no_forecast_because": None,
        "method": "reference walk 1",
        "unit": "USD",
        "observations": 2,
        "reference_dominates": True,
        "effective_sample_size": 4210.5,
        "data_hash": "9f2c1d3e4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "history": [[2021, 600], [2022, 525]],
        "years": [2023],
        "quantiles": {"0.1": [330.5], "0.5": [470.1], "0.9": [610.9]},
        "baseline": None,
    },
)
