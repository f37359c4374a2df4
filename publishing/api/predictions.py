from collections.abc import Sequence
from functools import cached_property

from django.http import Http404
from django.http.response import HttpResponseBase

from assessments.api.prediction_operations import MAKE
from assessments.api.predictions import MakesPredictions
from publishing.api.prediction_shapes import EXAMPLE, PREDICTION, PREDICTION_WHOLE
from publishing.api.record import OfRecord
from publishing.filters import PredictionFilters
from publishing.predicted import PredictionMoment, predicted, prediction_moment
from publishing.prediction_data import (
    flat_prediction,
    place,
    prediction_document,
    prediction_records,
    worded_document,
)
from publishing.selectors import published
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Record, Rows, Source
from rest.reading import ListEndpoint
from rest.shapes import page_shape, text

KEY_PARAMETER = {
    "key": {
        "description": "The prediction, by its id.",
        "schema": text(pattern="^[a-z0-9_-]+$", longest=130),
        "example": EXAMPLE["id"],
    }
}


class OfPredictions(OfRecord):
    """Answers follow from the record, and from the last forecasts and answers too."""

    @cached_property
    def _moment(self) -> PredictionMoment:
        return prediction_moment()

    def edition(self) -> str:
        return f"{super().edition()}-{self._moment.words}"

    def changed_at(self) -> float | None:
        return max(super().changed_at() or 0.0, self._moment.newest)


class PredictionList(OfPredictions, ListEndpoint):
    parameters = filter_parameters(PredictionFilters)
    cursor_key = (r"[a-z0-9_-]{1,110}-[0-9]{1,18}", EXAMPLE["id"])
    columns = tuple(flat_prediction(EXAMPLE))
    file_name = "predictions"
    operations = {
        "GET": Operation(
            id="listPredictions",
            tag="Predictions",
            summary="Predictions, by technology",
            description="Every prediction that is published, with its parts, what people and model"
            " say of it, and what came of it; and what lead cards predict in words alone.",
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
        records = prediction_records(record, predicted(record))
        filters = PredictionFilters(self.request.query_params, records, published=record)
        return Rows(list(filters.qs), "id", place)

    def row(self, record: Record) -> Sequence[object]:
        return list(flat_prediction(record).values())


class PredictionCollection(MakesPredictions, PredictionList):
    operations = {**PredictionList.operations, "POST": MAKE}


class PredictionDetail(OfPredictions):
    path_parameters = KEY_PARAMETER
    operations = {
        "GET": Operation(
            id="getPrediction",
            tag="Predictions",
            summary="One prediction",
            description="The prediction as the list has it, with its definitions, the sentence that"
            " it was made from, the warnings that were overruled, and what the model says.",
            answers={
                200: Answered(
                    "The prediction.",
                    PREDICTION_WHOLE,
                    headers=("ETag", "Last-Modified", "Link"),
                )
            },
        )
    }

    def answer(self) -> HttpResponseBase:
        record, key = published(), self.kwargs["key"]
        every = predicted(record)
        for one in every:
            if one.record.key == key:
                return self.json(prediction_document(one))
        for worded in prediction_records(record):
            if worded["id"] == key:
                return self.json(worded_document(worded))
        raise Http404
