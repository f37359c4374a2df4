"""Predictions and forecasts, for programs: linted, made, said, read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from assessments.api import prediction_operations as operations
from assessments.api.faults import pointer_of
from assessments.api.prediction_reading import (
    SentForecast,
    read_forecast,
    read_lint,
    read_prediction,
)
from assessments.api.prediction_shapes import FORECAST, PREDICTION_KEY
from assessments.api.sight import READ_DRAFTS, predictions_seen, reader_with
from assessments.models import Forecast, Prediction
from assessments.predictions import ForecastRecord, visible_forecasts
from assessments.services.forecasts import record_forecast, withdraw_forecast
from assessments.services.predictions import make_prediction
from record.canonical import digest
from record.clock import today
from record.errors import DomainError, NotAllowed
from rest.bodies import json_bytes
from rest.callers import caller_of, person_of
from rest.endpoints import Endpoint
from rest.paging import Rows, Source
from rest.problems import Fault, Problem
from rest.reading import ListEndpoint

PREDICT = "predict"
KEY_PARAMETER = {"key": {"description": "The prediction, by its id.", "schema": PREDICTION_KEY}}


@contextmanager
def told() -> Iterator[None]:
    """What a service refuses: 422 where a field is to blame, else 409."""
    try:
        yield
    except NotAllowed:
        raise
    except DomainError as error:
        faults = []
        if error.field:
            faults = [Fault(pointer_of(error.field), "refused", error.message)]
        raise Problem(422 if faults else 409, error.message, faults=faults) from error


class PredictionLint(Endpoint):
    operations = operations.LINT

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        return self.json(read_lint(request.data, person_of(request)).record())


class MakesPredictions:
    """The part of the list of predictions that writes."""

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        by = person_of(request)
        draft = read_prediction(request.data, by)
        with told():
            made = make_prediction(draft=draft, by=by)
        body = {
            "id": made.key,
            "statement": made.statement,
            "state": "draft",
            "content_hash": made.content_hash,
            "made_at": made.made_at,
        }
        response = HttpResponse(json_bytes(body), status=201, content_type="application/json")
        address = reverse("api:prediction-detail", kwargs={"key": made.key})
        response["Location"] = request.build_absolute_uri(address)
        return response


class ForecastFile(ListEndpoint):
    """Forecasts on one prediction, as far as the caller may see them."""

    path_parameters = {**ListEndpoint.path_parameters, **KEY_PARAMETER}
    cursor_key = (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}\+00:00~[a-z0-9._-]{1,40}",
        FORECAST.example["id"],
    )
    columns = tuple(FORECAST.fields)
    file_name = "forecasts"
    operations = operations.FORECAST_FILE

    def seen(self) -> Prediction:
        rows = predictions_seen(self.request)
        found: Prediction | None = rows.filter(key=self.kwargs["key"]).first()
        if found is None:
            raise Http404
        return found

    def edition(self) -> str:
        """Of what the caller sees alone: the log would tell of forecasts that are hidden."""
        caller = caller_of(self.request)
        told = [
            {part: value for part, value in row.items() if part not in {"id", "made_at", "until"}}
            for row in self.records()
        ]
        return f"{self.seen().key} {caller.user and caller.user.pk} {today()} {digest(repr(told))}"

    def snapshot(self) -> str:
        return self.seen().key

    def source(self) -> Source:
        return Rows(self.records(), "id")

    def records(self) -> list[dict[str, Any]]:
        reader = reader_with(self.request, READ_DRAFTS, PREDICT)
        rows = visible_forecasts(self.seen().key, reader)
        return sorted(map(forecast_record, rows), key=lambda row: str(row["id"]))


class ForecastList(ForecastFile):
    operations = operations.FORECASTS

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        prediction, by = self.seen(), person_of(request)
        sent = read_forecast(request.data, prediction.kind)
        before = Forecast.objects.filter(prediction=prediction, forecaster=by)
        newest = before.order_by("-made_at", "-id").values_list("pk", flat=True).first()
        with told():
            row = _said(prediction, sent, by)
        is_new = row.pk != newest
        kept = next(
            each
            for each in reversed(visible_forecasts(prediction.key, by))
            if each.forecaster_id == by.pk
        )
        return self.json(forecast_record(kept), status=201 if is_new else 200)


def _said(prediction: Prediction, sent: SentForecast, by: Any) -> Forecast:
    if sent.opinion is None:
        return withdraw_forecast(prediction=prediction, by=by, note=sent.note)
    return record_forecast(prediction=prediction, opinion=sent.opinion, by=by)


def forecast_record(row: ForecastRecord) -> dict[str, Any]:
    made_at = row.made_at.isoformat(timespec="microseconds")
    record = {
        name: getattr(row, name)
        for name in FORECAST.fields
        if name not in {"id", "prediction", "made_at", "until"}
    }
    until = row.until.isoformat(timespec="microseconds")
    return {
        "id": f"{made_at}~{row.forecaster}",
        "prediction": row.key,
        "forecaster": row.forecaster,
        "made_at": made_at,
        "until": until,
    } | record
