"""Forecasts of indicators, for programs: one fan, and all of them as hubverse model output."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from assessments.api.sight import drafts_reader
from evidence.models import Indicator
from evidence.selectors import public_indicators
from rest.bodies import csv_lines
from rest.formats import CSV, JSON, OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Rows, Source
from rest.reading import ListEndpoint, ReadEndpoint
from rest.shapes import page_shape
from scoring.api.prediction_shapes import FORECAST, HUB
from scoring.forecast_results import FanResult
from scoring.predictions import latest_forecasts
from scoring.selectors import runs_moment

SLUG_PARAMETER = {
    "slug": {
        "description": "The indicator, by its slug.",
        "schema": {"type": "string", "pattern": "^[a-z0-9_-]+$", "maxLength": 80},
        "example": "cost-per-genome",
    }
}
HOUSE, PLAIN = "bellwether", "baseline"
DAYS_A_YEAR = 365.25


class IndicatorForecast(ReadEndpoint):
    """The last finished fan of an indicator, with that of the plain method beside it."""

    offered = (JSON, CSV)
    path_parameters = SLUG_PARAMETER
    operations = {
        "GET": Operation(
            id="getForecast",
            tag="Predictions",
            summary="Where an indicator may go",
            description="Quantiles for each year to 2035, or the reason why there is no forecast.",
            answers={
                200: Answered("The forecast.", FORECAST, (JSON, CSV), ("ETag", "Link")),
            },
        )
    }

    def edition(self) -> str:
        return f"{runs_moment()} {drafts_reader(self.request).pk or 0}"

    def answer(self) -> HttpResponseBase:
        rows = Indicator.objects.visible_to(drafts_reader(self.request))
        slug = self.kwargs["slug"]
        found = latest_forecasts([slug]).get(slug) if rows.filter(slug=slug).exists() else None
        if found is None:
            raise Http404
        return self.json(forecast_record(found)) if self.format is JSON else _table(found)


def forecast_record(fan: FanResult) -> dict[str, Any]:
    return {
        "indicator": fan.indicator,
        "run": fan.run_id,
        "finished_at": fan.finished_at,
        "no_forecast_because": fan.no_forecast_because or None,
        "method": fan.method or None,
        "unit": fan.unit or None,
        "observations": fan.observations,
        "reference_dominates": fan.reference_dominates,
        "effective_sample_size": fan.effective_sample_size,
        "data_hash": fan.data_hash or None,
        "history": [list(pair) for pair in fan.history],
        "years": list(fan.years),
        "quantiles": {level: list(values) for level, values in fan.quantiles.items()},
        "baseline": {
            "method": fan.baseline.method,
            "quantiles": {k: list(row) for k, row in fan.baseline.quantiles.items()},
        }
        if fan.baseline
        else None,
    }


def _table(fan: FanResult) -> HttpResponse:
    """A row a year and method."""
    levels = list(fan.quantiles)
    methods = [(fan.method, fan.quantiles)]
    if fan.baseline:
        methods.append((fan.baseline.method, fan.baseline.quantiles))
    rows = [
        [fan.indicator, method, year, *(quantiles[level][place] for level in levels)]
        for method, quantiles in methods
        for place, year in enumerate(fan.years)
    ]
    columns = ["indicator", "method", "year", *(f"quantile_{level}" for level in levels)]
    response = HttpResponse(b"".join(csv_lines(columns, rows)), content_type=CSV.content_type)
    name = f"bellwether-forecast-{fan.indicator}-{fan.run_id}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class HubTable(ListEndpoint):
    """Every quantile of every fan that readers see."""

    cursor_key = (r"[a-z0-9_-]{1,80}:[0-9.]+:[a-z]+:[0-9.]+", "cost-per-genome:2027:bellwether:0.5")
    columns = tuple(name for name in HUB.fields if name != "id")
    file_name = "hubverse"
    operations = {
        "GET": Operation(
            id="listHubverse",
            tag="Predictions",
            summary="Forecasts as hubverse model output",
            description="One row a quantile. `model_id` is bellwether for the shipped method and"
            " baseline for the plain one that it is held against; a target date is the last"
            " day of its year. The file of CSV has the columns of hubverse alone.",
            answers={
                200: Answered("A page of quantiles.", page_shape(HUB), OF_LISTS, ("ETag", "Link"))
            },
        )
    }

    def edition(self) -> str:
        return runs_moment()

    def source(self) -> Source:
        places = {series.slug: series.geography for series in public_indicators()}
        fans = latest_forecasts(list(places))
        rows = [row for slug in sorted(fans) for row in hub_rows(fans[slug], places[slug])]
        return Rows(sorted(rows, key=lambda row: str(row["id"])), "id")


def hub_rows(fan: FanResult, location: str) -> Iterator[dict[str, Any]]:
    """Nothing for an indicator that is not extrapolated."""
    if fan.no_forecast_because or fan.finished_at is None:
        return
    reference = fan.finished_at.date()
    methods = [(HOUSE, fan.quantiles)]
    if fan.baseline:
        methods.append((PLAIN, fan.baseline.quantiles))
    for model, quantiles in methods:
        for level, values in quantiles.items():
            for year, value in zip(fan.years, values, strict=True):
                target = datetime.date(int(year), 12, 31)
                yield {
                    "id": f"{fan.indicator}:{year:g}:{model}:{level}",
                    "model_id": model,
                    "reference_date": reference,
                    "target": fan.indicator,
                    "horizon": round((target - reference).days / DAYS_A_YEAR, 3),
                    "target_date": target,
                    "location": location,
                    "output_type": "quantile",
                    "output_type_id": float(level),
                    "value": value,
                }
