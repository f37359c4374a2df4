"""The figures of an indicator for programs, those in force or every vintage."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from evidence.api import operations
from evidence.api.indicators import KNOWN_ON, SLUG_PARAMETER, SeesIndicators
from evidence.api.reading import faults_of_rows, read_observations
from evidence.api.shapes import OBSERVATION
from evidence.comparison import Written
from evidence.models import Observation
from evidence.selectors import figures_in_force, observations_known
from evidence.services import ObservationsRefused, record_observations
from record.canonical import digest
from record.clock import today
from rest.callers import person_of
from rest.paging import Rows, Source
from rest.parameters import flag
from rest.problems import Problem
from rest.reading import ListEndpoint


class ObservationFile(ListEndpoint, SeesIndicators):
    path_parameters = {**ListEndpoint.path_parameters, **SLUG_PARAMETER}
    columns = tuple(OBSERVATION.fields)
    cursor_key = (
        r"[0-9u-]{1,10}~[0-9a-f]{10}~[0-9-]{10}~[0-9]{1,5}",
        "2024~e3b0c44298~2025-03-01~0",
    )
    file_name = "observations"
    operations = operations.OBSERVATION_FILE
    parameters = (
        flag("vintages", "Every vintage in the record, not only the figures in force."),
        KNOWN_ON,
    )

    def edition(self) -> str:
        rows = self.indicators.filter(pk=self.indicator.pk)
        return f"{super().edition()} {rows.values_list('version', flat=True)[0]}"

    def snapshot(self) -> str:
        return f"{self.kwargs['slug']}-{today().isoformat()}"

    def source(self) -> Source:
        indicator = self.indicator
        every = Observation.objects.filter(indicator=indicator).order_by("pk")
        rows = list(observations_known(every, self.asked["known_on"]))
        in_force = {row.pk for row in figures_in_force(rows, by_label=indicator.is_snapshot)}
        shown = rows if self.asked["vintages"] else [row for row in rows if row.pk in in_force]
        records = [_record(row, indicator.slug, is_in_force=row.pk in in_force) for row in shown]
        return Rows(sorted(records, key=lambda record: str(record["key"])), "key")


class ObservationList(ObservationFile):
    operations = operations.OBSERVATION_LIST

    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        indicator, (rows, reason) = self.indicator, read_observations(request.data)
        try:
            outcome = record_observations(
                indicator=indicator, observed=rows, by=person_of(request), reason=reason
            )
        except ObservationsRefused as error:
            raise Problem(422, error.message, faults=faults_of_rows(error.faults)) from error
        body = {
            "created": _periods(outcome.created),
            "revised": _periods(outcome.revised),
            "unchanged": [row.period or row.label for row in outcome.unchanged],
        }
        response: HttpResponse = self.json(body, status=201 if outcome.written else 200)
        return response


def _periods(written: Iterable[Written]) -> list[str]:
    return [one.row.period or one.row.label for one in written]


def _record(row: Observation, slug: str, *, is_in_force: bool) -> dict[str, Any]:
    label = digest(row.label)[:10]
    return {
        # u sorts after every digit, so the undated come last.
        "key": f"{row.period or 'u'}~{label}~{row.vintage}~{row.correction}",
        "indicator": slug,
        "period": row.period,
        "time": row.time,
        "value": row.value,
        "entered": row.entered,
        "label": row.label,
        "vintage": row.vintage.isoformat(),
        "source": row.source,
        "source_url": row.source_url,
        "note": row.note,
        "is_withdrawn": row.is_withdrawn,
        "is_correction": bool(row.correction),
        "is_in_force": is_in_force,
        "recorded_at": row.recorded_at.isoformat(),
    }
