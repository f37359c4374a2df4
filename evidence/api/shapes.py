"""What the endpoints of indicators read and answer, as components of the description."""

from typing import Any

from evidence.values import facts as known
from evidence.values import observed
from rest.shapes import (
    BOOLEAN,
    DAY,
    INSTANT,
    NUMBER,
    TEXT,
    Shape,
    list_of,
    named,
    one_of,
    or_null,
    text,
    whole,
)

SLUG = text(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", longest=80)
PERIOD = {"type": "string", "description": "2022, 2022-05 or 2022-05-17, as the cadence asks."}
_FACTS: dict[str, Any] = {
    "slug": SLUG,
    "name": TEXT,
    "unit": TEXT,
    "progress": one_of(*known.PROGRESS),
    "kind": one_of(*known.KINDS),
    "cadence": one_of(*known.CADENCES),
    "geography": TEXT,
    "publisher": TEXT,
    "source_url": TEXT,
    "licence": TEXT,
    "licence_url": TEXT,
    "comparability": TEXT,
    "ceiling_low": or_null(NUMBER),
    "ceiling_high": or_null(NUMBER),
    "release_lag_days": whole(0, known.LONGEST_LAG_DAYS),
    "is_snapshot": BOOLEAN,
    "is_public": BOOLEAN,
}
REQUIRED = ("slug", "name", "unit", "progress", "kind", "publisher")
_OBSERVED: dict[str, Any] = {
    "period": PERIOD,
    "value": {
        "type": ["string", "number"],
        "description": "Text keeps the figure as it was typed: plain digits with a point.",
    },
    "vintage": {**DAY, "description": "The day on which the figure was published."},
    "label": TEXT,
    "source": TEXT,
    "source_url": TEXT,
    "note": TEXT,
    "is_withdrawn": {**BOOLEAN, "description": "The publisher took the figure back."},
    "is_correction": {**BOOLEAN, "description": "The same vintage was typed wrongly before."},
}
EXAMPLE_FACTS = {
    "slug": "tidal-power-price",
    "name": "Price of tidal power",
    "unit": "EUR per MWh",
    "progress": "down",
    "kind": "cost",
    "cadence": "year",
    "geography": "Europe",
    "publisher": "The bureau of prices",
    "source_url": "https://example.org/tidal",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "comparability": "",
    "ceiling_low": None,
    "ceiling_high": None,
    "release_lag_days": 90,
    "is_snapshot": False,
    "is_public": True,
}
SENT_INDICATOR = named(
    "SentIndicator",
    {
        "type": "object",
        "properties": _FACTS,
        "required": list(REQUIRED),
        "additionalProperties": False,
    },
    "What an indicator measures and how. What is left out is empty, or as the defaults are.",
    EXAMPLE_FACTS,
)
OBSERVATION = Shape(
    "Observation",
    {
        "key": TEXT,
        "indicator": SLUG,
        "period": TEXT,
        "time": or_null(NUMBER) | {"description": "The period on the axis of calendar years."},
        "value": NUMBER,
        "entered": {"type": "string", "description": "The figure as it was typed."},
        "label": TEXT,
        "vintage": DAY,
        "source": TEXT,
        "source_url": TEXT,
        "note": TEXT,
        "is_withdrawn": BOOLEAN,
        "is_correction": BOOLEAN,
        "is_in_force": {**BOOLEAN, "description": "The series shows this row."},
        "recorded_at": INSTANT,
    },
    "One figure of one vintage.",
    {
        "key": "2024~e3b0c44298~2025-03-01~0",
        "indicator": "tidal-power-price",
        "period": "2024",
        "time": 2024.0,
        "value": 182.5,
        "entered": "182.50",
        "label": "",
        "vintage": "2025-03-01",
        "source": "",
        "source_url": "",
        "note": "",
        "is_withdrawn": False,
        "is_correction": False,
        "is_in_force": True,
        "recorded_at": "2025-03-02T09:30:00Z",
    },
)
LATEST = Shape("LatestFigure", {"period": TEXT, "value": NUMBER, "vintage": DAY})
INDICATOR = Shape(
    "Indicator",
    {
        **_FACTS,
        "is_demonstration": BOOLEAN,
        "version": whole(1),
        "observations": whole(0) | {"description": "How many figures are in force."},
        "latest": or_null(LATEST),
    },
    "A measured series, or a snapshot, which is shown and never extrapolated.",
    EXAMPLE_FACTS
    | {
        "is_demonstration": False,
        "version": 1,
        "observations": 1,
        "latest": {"period": "2024", "value": 182.5, "vintage": "2025-03-01"},
    },
)
SENT_OBSERVATIONS = named(
    "SentObservations",
    {
        "type": "object",
        "properties": {
            "observations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": _OBSERVED,
                    "required": ["period", "value", "vintage"],
                    "additionalProperties": False,
                },
                "minItems": 1,
                "maxItems": 20_000,
            },
            "reason": {"type": "string", "maxLength": observed.REASON_CHARACTERS},
        },
        "required": ["observations"],
        "additionalProperties": False,
    },
    "Figures, saved all together or not at all.",
    {"observations": [{"period": "2024", "value": "182.50", "vintage": "2025-03-01"}]},
)
RECORDED = Shape(
    "RecordedObservations",
    {
        "created": list_of(TEXT),
        "revised": list_of(TEXT),
        "unchanged": list_of(TEXT),
    },
    "The periods that were new, those with a new figure, and those that were known already.",
    {"created": ["2024"], "revised": [], "unchanged": []},
)
