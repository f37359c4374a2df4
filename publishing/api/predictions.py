from collections.abc import Sequence
from typing import Any

from publishing.api.record import OfRecord
from publishing.data import PREDICTION_FIELDS, flat_prediction, prediction_records
from publishing.filters import PredictionFilters
from publishing.selectors import published
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Record, Rows, Source
from rest.reading import ListEndpoint
from rest.shapes import DAY, SHA256, TEXT, Shape, or_null, page_shape

EXAMPLE: dict[str, Any] = {
    "id": "tidal-stream-power-1",
    "technology": {"slug": "tidal-stream-power", "name": "Tidal stream power"},
    "author": "anna",
    "stated_on": "2026-11-02",
    "content_hash": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "statement": "Tidal streams feed 1 GW into European grids by 2031.",
    "metric": "installed capacity",
    "direction": "at least",
    "threshold": "1 GW",
    "population": "Europe",
    "baseline": None,
    "deadline": "2031-12-31",
    "kind": None,
    "resolution_rule": "The yearly report of the industry's association.",
    "resolvability": None,
    "wording_problem": None,
    "later_status": None,
}
PREDICTION = Shape(
    "Prediction",
    {
        "id": TEXT,
        "technology": Shape("TechnologyName", {"slug": TEXT, "name": TEXT}),
        "author": TEXT,
        "stated_on": DAY,
        "content_hash": SHA256,
    }
    | {key: or_null(DAY if key == "deadline" else TEXT) for key in PREDICTION_FIELDS},
    "What a lead card predicts, in words that can be checked after the deadline.",
    EXAMPLE,
)


def place(key: str) -> tuple[str, int]:
    """By technology, then in the order of the card; where the id says no number, before all."""
    slug, _, number = key.rpartition("-")
    return slug, int(number)


class PredictionList(OfRecord, ListEndpoint):
    parameters = filter_parameters(PredictionFilters)
    cursor_key = (r"[a-z0-9_-]{1,100}-[0-9]{1,6}", EXAMPLE["id"])
    columns = tuple(flat_prediction(EXAMPLE))
    file_name = "predictions"
    operations = {
        "GET": Operation(
            id="listPredictions",
            tag="Predictions",
            summary="Predictions, by technology",
            description="What the lead cards predict.",
            answers={
                200: Answered(
                    "A page of predictions.",
                    page_shape(PREDICTION),
                    OF_LISTS,
                    ("ETag", "Last-Modified", "Link"),
                )
            },
        )
    }

    def source(self) -> Source:
        record = published()
        records = prediction_records(record)
        filters = PredictionFilters(self.request.query_params, records, published=record)
        return Rows(sorted(filters.qs, key=lambda row: place(row["id"])), "id", place)

    def row(self, record: Record) -> Sequence[object]:
        return list(flat_prediction(record).values())
