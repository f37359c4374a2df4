"""What the endpoints of predictions and forecasts read and answer."""

from typing import Any

from assessments.api import texts
from assessments.api.card_shapes import object_of
from assessments.values import limits
from assessments.values.findings import Severity
from assessments.values.forecast import LEAST_CONFIDENCE, LEAST_P, MOST_CONFIDENCE, MOST_P
from assessments.values.prediction import (
    LARGEST,
    PERIOD,
    Comparator,
    Kind,
    StatusQuo,
    ThresholdKind,
    VintageRule,
    Window,
)
from rest.shapes import (
    BOOLEAN,
    DAY,
    INSTANT,
    INTEGER,
    SHA256,
    TEXT,
    Shape,
    list_of,
    named,
    one_of,
    or_null,
)

PREDICTION_KEY = {"type": "string", "pattern": "^[a-z0-9_-]+$", "maxLength": 130}
_VALUE = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}


def _line(longest: int = limits.NOTE) -> Any:
    return or_null(texts.name(longest))


SPEC = named(
    "SentSpec",
    object_of(
        {
            "deadline": texts.day(),
            "reads_on": or_null(texts.day()),
            "indicator": or_null(texts.slug()),
            "metric": _line(),
            "unit": _line(limits.NAME),
            "comparator": or_null(one_of(*Comparator)),
            "threshold": or_null(_VALUE),
            "threshold_text": _line(40),
            "threshold_kind": or_null(one_of(*ThresholdKind)),
            "baseline_period": or_null({"type": "string", "pattern": f"^{PERIOD.pattern}$"}),
            "window": or_null(one_of(*Window)),
            "window_from": or_null({"type": "string", "pattern": f"^{PERIOD.pattern}$"}),
            "geography": _line(limits.NAME),
            "population": _line(),
            "publisher": _line(limits.TITLE),
            "vintage_rule": or_null(one_of(*VintageRule)),
            "if_it_stops": _line(),
            "event": _line(),
            "resolution_rule": or_null(texts.text(limits.PASSAGE)),
            "definitions": or_null(texts.text(limits.PASSAGE)),
            "cause": _line(),
            "status_quo": or_null(one_of(*StatusQuo)),
        },
        ["deadline"],
    ),
    "The parts of a prediction. Where an indicator is named, its unit, place, publisher, day of"
    " release and rule fill what is left out.",
)
EXAMPLE_SPEC = {
    "deadline": "2030-12-31",
    "reads_on": "2031-06-30",
    "metric": "Installed capacity of tidal streams",
    "unit": "MW",
    "comparator": "at least",
    "threshold": 1000,
    "geography": "Europe",
    "publisher": "Ocean Energy Europe",
    "resolution_rule": "The figure for 2030 in the yearly statistics of the association.",
}
SENT_PREDICTION = named(
    "SentStructuredPrediction",
    object_of(
        {
            "technology": texts.slug(),
            "kind": one_of(*Kind),
            "spec": SPEC,
            "as_of": or_null(texts.day()),
            "parent": or_null(PREDICTION_KEY),
            "replaces": or_null(PREDICTION_KEY),
            "hides_forecasts": or_null(BOOLEAN),
            "original_wording": or_null(texts.text(limits.SUMMARY)),
            "overruled": or_null(
                list_of(
                    named(
                        "OverruledWarning",
                        object_of(
                            {
                                "rule": texts.name(60),
                                "reason": texts.text(limits.REASON, texts.WORDS),
                            },
                            ["rule", "reason"],
                        ),
                    ),
                    maxItems=limits.ITEMS,
                )
            ),
        },
        ["technology", "kind", "spec"],
    ),
    "`overruled` gives for the rule of a warning the reason why it is kept.",
)
EXAMPLE_PREDICTION = {
    "technology": "tidal-stream-power",
    "kind": "yes or no",
    "spec": EXAMPLE_SPEC,
    "hides_forecasts": True,
}
MADE = Shape(
    "MadePrediction",
    {
        "id": TEXT,
        "statement": TEXT,
        "state": one_of("draft"),
        "content_hash": SHA256,
        "made_at": INSTANT,
    },
    "A prediction as it was made: a draft that another editor publishes.",
    {
        "id": "tidal-stream-power-2030-412",
        "statement": "Installed capacity of tidal streams (Europe) is at least 1000 MW on"
        " 31 December 2030.",
        "state": "draft",
        "content_hash": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "made_at": "2026-11-02T09:30:00+00:00",
    },
)
STEP_TAKEN = Shape(
    "PredictionStep",
    {
        "id": TEXT,
        "statement": TEXT,
        "state": one_of("published", "withdrawn"),
        "content_hash": SHA256,
    },
    "A prediction after the step, and where it stands now.",
    {name: MADE.example[name] for name in ("id", "statement")}
    | {"state": "published", "content_hash": MADE.example["content_hash"]},
)
SENT_STEP = named(
    "PredictionReason",
    object_of({"reason": or_null(texts.text(limits.NOTE))}, []),
    "Why: needed to withdraw, and where an administrator publishes what they made.",
    {"reason": "Two of its words cannot be told apart."},
)
SENT_LINT = named(
    "SentLint",
    object_of(
        {
            "text": or_null(texts.text(limits.SUMMARY)),
            "technology": or_null(texts.slug()),
            "kind": or_null(one_of(*Kind)),
            "spec": or_null(SPEC),
        },
        [],
    ),
    "A free sentence in `text`, or the parts of a prediction in `kind` and `spec`, or both.",
)
FINDING = Shape(
    "LintFinding",
    {
        "rule": TEXT,
        "severity": one_of(*Severity),
        "field": TEXT,
        "words": TEXT,
        "start": or_null(INTEGER),
        "end": or_null(INTEGER),
        "wrong": TEXT,
        "instead": TEXT,
    },
    "What keeps it from being checked. The words stand in the field from start to end; an error"
    " cannot be overruled, a warning can.",
)
QUESTION = Shape(
    "OfferedQuestion",
    {"label": TEXT, "kind": one_of(*Kind), "spec": {"type": "object"}},
    "What to ask instead, with the parts that a prediction takes.",
)
LINT = Shape(
    "Lint",
    {
        "statement": or_null(TEXT),
        "findings": list_of(FINDING),
        "questions": list_of(QUESTION),
    },
    "The sentence that the parts give, every finding, and questions that can be checked.",
    {
        "statement": None,
        "findings": [
            {
                "rule": "causal-claim",
                "severity": "warning",
                "field": "text",
                "words": "cut",
                "start": 19,
                "end": 22,
                "wrong": "The sentence says that tidal streams moved power prices in Wales.",
                "instead": "Ask two questions: what the figure will be, and what caused it.",
            }
        ],
        "questions": [],
    },
)


def _between(low: float, high: float) -> dict[str, Any]:
    return {"type": "number", "minimum": low, "maximum": high}


SENT_FORECAST = named(
    "SentForecast",
    object_of(
        {
            "p": or_null(_between(LEAST_P, MOST_P)),
            "lowest": or_null(_VALUE),
            "best": or_null(_VALUE),
            "highest": or_null(_VALUE),
            "confidence": or_null(_between(LEAST_CONFIDENCE, MOST_CONFIDENCE)),
            "p_never": or_null(_between(0, MOST_P)),
            "expires_on": or_null(texts.day()),
            "note": or_null(texts.text(limits.NOTE)),
            "is_withdrawal": or_null(BOOLEAN),
        },
        [],
    ),
    "For yes or no, `p`. For a number or a date, `lowest`, `best`, `highest` and the confidence"
    " that the truth lies between; dates as years with a fraction, and `p_never` for them. With"
    " `is_withdrawal` only a note.",
)
_SOME = or_null({"type": "number"})
FORECAST = Shape(
    "Forecast",
    {
        "id": TEXT,
        "prediction": TEXT,
        "forecaster": TEXT,
        "made_at": INSTANT,
        "until": INSTANT,
        "p": _SOME,
        "lowest": _SOME,
        "best": _SOME,
        "highest": _SOME,
        "confidence": _SOME,
        "p_never": _SOME,
        "expires_on": or_null(DAY),
        "note": TEXT,
        "is_withdrawal": BOOLEAN,
        "is_demonstration": BOOLEAN,
    },
    "What one person said, and the interval of time for which it stood.",
    {
        "id": "2026-11-02T09:14:03.120000+00:00~anna",
        "prediction": "tidal-stream-power-2030-417",
        "forecaster": "anna",
        "made_at": "2026-11-02T09:14:03.120000+00:00",
        "until": "2031-01-01T00:00:00+00:00",
        "p": 0.35,
        "lowest": None,
        "best": None,
        "highest": None,
        "confidence": None,
        "p_never": None,
        "expires_on": None,
        "note": "Two of the four farms have no grid connection.",
        "is_withdrawal": False,
        "is_demonstration": False,
    },
)
