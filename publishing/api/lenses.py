import datetime
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Record, Rows, Source
from rest.reading import ListEndpoint, ReadEndpoint
from rest.shapes import (
    BOOLEAN,
    CHANCE,
    INSTANT,
    NUMBER,
    TEXT,
    Shape,
    list_of,
    one_of,
    or_null,
    page_shape,
    text,
    whole,
)
from scoring.selectors import LensRecord, lens_records, newest_lens_version
from scoring.services.lenses import weight_ranges

DIMENSIONS = ("viability", "drivers", "novelty", "diffusion", "impact", "timing")
_HEADERS = ("ETag", "Last-Modified", "Link")
_SHARES = {"type": "object", "additionalProperties": CHANCE}
_REGION = Shape(
    "LensRegion",
    {
        "kind": one_of("whole simplex", "slider", "bounds"),
        "lower": or_null(_SHARES),
        "upper": or_null(_SHARES),
        "order": list_of(list_of(one_of(*DIMENSIONS), minItems=2, maxItems=2)),
        "centre": or_null({"type": "object", "additionalProperties": {"type": "number"}}),
        "concentration": or_null(NUMBER),
    },
    "Which weights are drawn. Of each pair of the order the first weighs at least as much as the"
    " second.",
)
_HORIZON = Shape(
    "LensHorizon",
    {"full_from": NUMBER, "full_to": NUMBER, "zero_at": NUMBER, "if_open": CHANCE},
    "Years from the ranking's date with full value, and from which on there is none.",
)
_WEIGHT = Shape(
    "LensWeight",
    {"dimension": one_of(*DIMENSIONS), "mean": CHANCE, "p5": CHANCE, "p95": CHANCE},
    "How one dimension is weighed over the draws.",
)
EXAMPLE: dict[str, Any] = {
    "key": "adopter",
    "name": "Adopter",
    "note": "",
    "version": None,
    "made_by": None,
    "made_at": None,
    "is_retired": False,
    "region": {
        "kind": "bounds",
        "lower": {"viability": 0.2, "timing": 0.1},
        "upper": {"viability": 1, "timing": 0.3},
        "order": [],
        "centre": None,
        "concentration": None,
    },
    "horizon": {"full_from": 0, "full_to": 2, "zero_at": 5, "if_open": 1},
    "spacing": None,
    "rule": "mean",
    "weights": [{"dimension": "viability", "mean": 0.26, "p5": 0.2, "p95": 0.37}],
}
LENS = Shape(
    "Lens",
    {
        "key": TEXT,
        "name": TEXT,
        "note": TEXT,
        "version": or_null(whole(1)),
        "made_by": or_null(TEXT),
        "made_at": or_null(INSTANT),
        "is_retired": BOOLEAN,
        "region": _REGION,
        "horizon": or_null(_HORIZON),
        "spacing": {
            "oneOf": [NUMBER, one_of("equal steps"), {"type": "null"}],
            "description": "Concentration of the steps between levels; null is the default's.",
        },
        "rule": one_of("mean", "weakest link"),
        "weights": list_of(_WEIGHT),
    },
    "Whose priorities a ranking is seen with. The ranking under it is rankings/latest/?lens=KEY.",
    EXAMPLE,
)
_REGION_FIELDS = dict.fromkeys(("lower", "upper", "centre", "concentration")) | {"order": []}
_FACTS = ("key", "name", "note", "version", "made_by", "made_at", "is_retired", "rule")


def lens_record(record: LensRecord) -> dict[str, Any]:
    values = record.values
    return {
        "key": record.key,
        "name": record.name,
        "note": record.note,
        "version": record.version or None,
        "made_by": record.made_by or None,
        "made_at": record.made_at,
        "is_retired": record.is_retired,
        "region": _REGION_FIELDS | values["region"],
        "horizon": values["horizon"],
        "spacing": values["spacing"],
        "rule": values["rule"],
        "weights": [
            {
                "dimension": row.dimension,
                "mean": round(row.mean, 4),
                "p5": round(row.low, 4),
                "p95": round(row.high, 4),
            }
            for row in weight_ranges(values)
        ],
    }


class _OfLenses(ReadEndpoint):
    """Answers follow from the versions of lenses; those that ship come with the code."""

    def edition(self) -> str:
        return str(newest_lens_version()[0])

    def changed_at(self) -> float | None:
        at: datetime.datetime | None = newest_lens_version()[1]
        return at.timestamp() if at else None


class LensList(_OfLenses, ListEndpoint):
    cursor_key = (r"[a-z0-9_-]{1,40}", "adopter")
    columns = (*_FACTS, *(f"{name}_mean" for name in DIMENSIONS))
    file_name = "lenses"
    operations = {
        "GET": Operation(
            id="listLenses",
            tag="Rankings",
            summary="Lenses, by key",
            description="Whose priorities rankings are computed under: the lenses that ship and"
            " those that editors made, retired ones too.",
            answers={200: Answered("A page of lenses.", page_shape(LENS), OF_LISTS, _HEADERS)},
        )
    }

    def source(self) -> Source:
        rows = sorted(lens_records(), key=lambda record: record.key)
        return Rows([lens_record(record) for record in rows], "key")

    def row(self, record: Record) -> Sequence[object]:
        means = {row["dimension"]: row["mean"] for row in record["weights"]}
        return [record[name] for name in _FACTS] + [means.get(name) for name in DIMENSIONS]


class LensDetail(_OfLenses):
    path_parameters = {
        "key": {
            "description": "The key of a lens.",
            "schema": text(pattern="^[a-z0-9_-]+$", longest=40),
            "example": "adopter",
        }
    }
    operations = {
        "GET": Operation(
            id="getLens",
            tag="Rankings",
            summary="One lens",
            description="Its region of weights, its horizon, and what the weights come to.",
            answers={200: Answered("The lens.", LENS, headers=_HEADERS)},
        )
    }

    def answer(self) -> HttpResponseBase:
        for record in lens_records():
            if record.key == self.kwargs["key"]:
                return self.json(lens_record(record))
        raise Http404
