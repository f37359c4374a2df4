"""The shapes of predictions, with examples that are true to them."""

from typing import Any

from assessments.values.prediction import (
    Comparator,
    StatusQuo,
    ThresholdKind,
    VintageRule,
    Window,
)
from publishing.prediction_data import (
    ANSWER_FIELDS,
    CHANCE_FIELDS,
    FAMILY_FIELDS,
    PART_FIELDS,
    WORDED_FIELDS,
)
from rest.shapes import (
    BOOLEAN,
    CHANCE,
    DAY,
    INSTANT,
    NUMBER,
    SHA256,
    TEXT,
    Shape,
    list_of,
    one_of,
    or_null,
    whole,
)
from scoring.resolution_states import Standing

EXAMPLE: dict[str, Any] = {
    "id": "tidal-stream-power-2031-417",
    "technology": {"slug": "tidal-stream-power", "name": "Tidal stream power"},
    "author": "anna",
    "stated_on": "2026-11-02",
    "content_hash": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "statement": "Installed capacity of tidal streams in Europe is at least 1 GW at 31 December"
    " 2031, as the industry's association first publishes it.",
    "metric": "installed capacity of tidal streams",
    "direction": "at least",
    "threshold": "1",
    "population": None,
    "baseline": None,
    "deadline": "2031-12-31",
    "kind": "yes or no",
    "resolution_rule": "The figure for 2031 in the yearly report of the industry's association.",
    "resolvability": None,
    "wording_problem": None,
    "later_status": None,
    "is_structured": True,
    "is_demonstration": True,
    "made_at": "2026-11-02T09:30:00+00:00",
    "state": "open",
    "indicator": "tidal-stream-capacity",
    "event": None,
    "unit": "GW",
    "comparator": "at least",
    "threshold_value": 1.0,
    "threshold_kind": "absolute",
    "baseline_period": None,
    "window": "at",
    "window_from": None,
    "geography": "Europe",
    "publisher": "the industry's association",
    "vintage_rule": "first published",
    "reads_on": "2032-04-30",
    "if_it_stops": "annulled",
    "p_pooled": 0.34,
    "p_pooled_low": 0.27,
    "p_pooled_high": 0.41,
    "p_model": 0.22,
    "pooled_p10": None,
    "pooled_p50": None,
    "pooled_p90": None,
    "p_never": None,
    "model_share": 0.36,
    "people": 3,
    "forecasts_hidden": False,
    "run": 57,
    "computed_at": "2026-11-21T08:15:30.250000+00:00",
    **dict.fromkeys(ANSWER_FIELDS),
    "parent": None,
    "stones": ["tidal-stream-power-2027-902"],
    "replaces": None,
    "replaced_by": [],
}
_OF_WORDS = {key: or_null(DAY if key == "deadline" else TEXT) for key in WORDED_FIELDS}
_OF_PARTS = dict.fromkeys(PART_FIELDS, or_null(TEXT)) | {
    "comparator": or_null(one_of(*Comparator)),
    "threshold_value": or_null(NUMBER),
    "threshold_kind": or_null(one_of(*ThresholdKind)),
    "window": or_null(one_of(*Window)),
    "vintage_rule": or_null(one_of(*VintageRule)),
    "reads_on": or_null(DAY),
}
_OF_CHANCES = dict.fromkeys(CHANCE_FIELDS, or_null(CHANCE)) | {
    "pooled_p10": or_null(NUMBER),
    "pooled_p50": or_null(NUMBER),
    "pooled_p90": or_null(NUMBER),
    "people": or_null(whole(0)),
    "forecasts_hidden": or_null(BOOLEAN),
    "run": or_null(whole(1)),
    "computed_at": or_null(INSTANT),
}
_OF_ANSWERS = dict.fromkeys(ANSWER_FIELDS, or_null(TEXT)) | {
    "outcome_value": or_null(NUMBER),
    "happened_on": or_null(DAY),
    "resolved_at": or_null(INSTANT),
}
_OF_FAMILY = dict.fromkeys(FAMILY_FIELDS, or_null(TEXT)) | {
    "stones": list_of(TEXT),
    "replaced_by": list_of(TEXT),
}
FIELDS: dict[str, Any] = {
    "id": TEXT,
    "technology": Shape("TechnologyName", {"slug": TEXT, "name": TEXT}),
    "author": TEXT,
    "stated_on": DAY,
    "content_hash": SHA256,
    **_OF_WORDS,
    "is_structured": BOOLEAN,
    "is_demonstration": BOOLEAN,
    "made_at": or_null(INSTANT),
    "state": or_null(one_of(*Standing)),
    **_OF_PARTS,
    **_OF_CHANCES,
    **_OF_ANSWERS,
    **_OF_FAMILY,
}
PREDICTION = Shape(
    "Prediction",
    FIELDS,
    "A prediction, kept in the parts that make it checkable, or (is_structured false) as a card"
    " words it: then parts, chances and answer are null. p_pooled is what people and model say"
    " together, from p_pooled_low to p_pooled_high when each in turn is left out; numbers and dates"
    " have pooled_p10, pooled_p50 and pooled_p90 in its place. While forecasts_hidden is true,"
    " nothing of people, model and pool is told.",
    EXAMPLE,
)
_MODEL = Shape(
    "PredictionModel",
    {
        "p": CHANCE,
        "se": NUMBER,
        "is_met": BOOLEAN,
        "proof": or_null(TEXT),
        "weight": NUMBER,
        "observations": whole(0),
        "reference_dominates": BOOLEAN,
        "baseline_p": or_null(CHANCE),
        "needed_rate": or_null(NUMBER),
        "seen_rate": or_null(NUMBER),
    },
    "What the model gives a yes, and from what. Rates are changes a year, as shares.",
)
_QUANTITY = Shape(
    "PredictionQuantity",
    {"levels": list_of(CHANCE), "values": list_of(NUMBER), "p_never": or_null(CHANCE)},
    "A number or a year: its quantiles at the levels.",
)
_MORE: dict[str, Any] = {
    "definitions": None,
    "cause": None,
    "status_quo": None,
    "original_wording": "Tidal power will reach a gigawatt in Europe by 2031.",
    "overruled": [{"rule": "publisher", "reason": "The association publishes one figure alone."}],
    "model": {
        "p": 0.22,
        "se": 0.005,
        "is_met": False,
        "proof": None,
        "weight": 1.0,
        "observations": 9,
        "reference_dominates": False,
        "baseline_p": 0.18,
        "needed_rate": 0.31,
        "seen_rate": 0.19,
    },
    "quantities": {"model": None, "pool": None},
    "no_model_because": None,
}
PREDICTION_WHOLE = Shape(
    "PredictionWhole",
    FIELDS
    | {
        "definitions": or_null(TEXT),
        "cause": or_null(TEXT),
        "status_quo": or_null(one_of(*StatusQuo)),
        "original_wording": or_null(TEXT),
        "overruled": list_of(Shape("PublishedOverruling", {"rule": TEXT, "reason": TEXT})),
        "model": or_null(_MODEL),
        "quantities": Shape(
            "PredictionQuantities", {"model": or_null(_QUANTITY), "pool": or_null(_QUANTITY)}
        ),
        "no_model_because": or_null(TEXT),
    },
    "A prediction with all that is published of it.",
    EXAMPLE | _MORE,
)
