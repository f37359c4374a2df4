"""Indicators for programs: the list, one, and changes under the version that was read."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from evidence.api import operations
from evidence.api.differing import changed_fields
from evidence.api.reading import faults_of_fields, read_indicator
from evidence.filters import IndicatorFilters
from evidence.models import Indicator
from evidence.selectors import (
    Series,
    evidence_moment,
    facts_of,
    latest_point,
    series_among,
)
from evidence.services import IndicatorRefused, create_indicator, edit_indicator
from evidence.values.facts import IndicatorFacts, facts_json
from record.canonical import digest
from record.clock import today
from record.errors import Conflict, DomainError
from rest.bodies import json_bytes
from rest.callers import caller_of, person_of
from rest.conditions import tags_named
from rest.paging import Rows, Source
from rest.parameters import choice, day
from rest.problems import Fault, Problem
from rest.reading import ListEndpoint, ReadEndpoint
from rest.shapes import text

TEAM_SCOPES = {"read:drafts", "write:evidence"}
SLUG_PARAMETER = {
    "slug": {
        "description": "The slug of an indicator.",
        "schema": text(pattern="^[a-z0-9-]+$", longest=80),
        "example": "pv-module-price",
    }
}
KNOWN_ON = day("known_on", "What was in the record at the end of this date.")


class SeesIndicators(ReadEndpoint):
    """Who reads drafts or writes evidence sees those that are not public, too."""

    @property
    def indicators(self) -> QuerySet[Indicator]:
        is_team = bool(TEAM_SCOPES & caller_of(self.request).scopes)
        rows = Indicator.objects.all()
        return rows if is_team else rows.public()

    def edition(self) -> str:
        return evidence_moment(self.indicators)

    @property
    def indicator(self) -> Indicator:
        found: Indicator | None = self.indicators.filter(slug=self.kwargs["slug"]).first()
        if found is None:
            raise Http404
        return found


def indicator_record(series: Series) -> dict[str, Any]:
    last = latest_point(series)
    low, high = series.ceiling or (None, None)
    facts = {name: getattr(series, name) for name in operations.PLAIN_FACTS}
    return facts | {
        "ceiling_low": low,
        "ceiling_high": high,
        "is_demonstration": series.is_demonstration,
        "version": series.version,
        "observations": len(series.points),
        "latest": last and {"period": last.period, "value": last.value, "vintage": last.vintage},
    }


class IndicatorFile(ListEndpoint, SeesIndicators):
    columns = operations.COLUMNS
    cursor_key = ("[a-z0-9-]{1,80}", "pv-module-price")
    file_name = "indicators"
    operations = operations.INDICATOR_FILE
    parameters = (
        choice("kind", "Indicators of that kind.", ("cost", "performance", "share", "count")),
        choice("form", "Series that continue, or snapshots.", ("series", "snapshot")),
        KNOWN_ON,
    )

    def snapshot(self) -> str:
        return today().isoformat()

    def source(self) -> Source:
        series = series_among(self.indicators, known_on=self.asked["known_on"]).values()
        asked = {name: self.asked[name] or "" for name in ("kind", "form")}
        rows = sorted(IndicatorFilters(asked, list(series)).qs, key=lambda one: one.slug)
        return Rows([indicator_record(one) for one in rows], "slug")

    def row(self, record: Any) -> list[object]:
        latest = record["latest"] or {}
        more = {f"latest_{name}": latest.get(name) for name in ("period", "value", "vintage")}
        return [(record | more)[name] for name in self.columns]


class IndicatorList(IndicatorFile):
    operations = operations.INDICATOR_LIST

    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        facts = read_indicator(request.data)
        try:
            indicator = create_indicator(facts=facts, by=person_of(request))
        except DomainError as error:
            raise _problem(error) from error
        response = _answer(indicator, 201)
        address = reverse("api:indicator-detail", kwargs={"slug": indicator.slug})
        response["Location"] = request.build_absolute_uri(address)
        return response


class IndicatorDetail(SeesIndicators):
    path_parameters = SLUG_PARAMETER
    operations = operations.INDICATOR_DETAIL
    parameters = (KNOWN_ON,)

    def tag(self) -> str:
        return indicator_tag(self.indicator, self.body)

    @property
    def body(self) -> bytes:
        rows = self.indicators.filter(pk=self.indicator.pk)
        (series,) = series_among(rows, known_on=self.asked.get("known_on")).values()
        return json_bytes(indicator_record(series))

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, content_type="application/json")

    def put(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        indicator, facts = self.indicator, read_indicator(request.data)
        version = self._version_named(indicator, facts)
        try:
            edited = edit_indicator(
                indicator=indicator, facts=facts, version=version, by=person_of(request)
            )
        except Conflict as error:
            raise _moved(indicator, facts) from error
        except DomainError as error:
            raise _problem(error) from error
        return _answer(edited)

    def _version_named(self, indicator: Indicator, facts: IndicatorFacts) -> int:
        """The version in force, if If-Match names it."""
        header = self.request.headers.get("If-Match")
        if header is None:
            raise Problem(428)
        if f"{indicator.slug}-v{indicator.version}" not in {
            tag.partition(".")[0] for tag in tags_named(header)
        }:
            raise _moved(indicator, facts)
        return indicator.version


def indicator_tag(indicator: Indicator, body: bytes) -> str:
    """The version, which If-Match names, and after a dot what changes without it."""
    return f'"{indicator.slug}-v{indicator.version}.{digest(body)[:16]}"'


def _moved(indicator: Indicator, mine: IndicatorFacts) -> Problem:
    """The tag is that of the version of now: with it the same can be sent again."""
    indicator.refresh_from_db()
    detail = (
        f"{indicator.name} was changed by somebody else since you read it. Nothing was overwritten;"
        " errors has what differs, theirs and yours."
    )
    faults = changed_fields(facts_json(facts_of(indicator)), facts_json(mine))
    return Problem(412, detail, faults=faults, headers={"ETag": _answer(indicator)["ETag"]})


def _answer(indicator: Indicator, status: int = 200) -> HttpResponse:
    (series,) = series_among(Indicator.objects.filter(pk=indicator.pk)).values()
    body = json_bytes(indicator_record(series))
    response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = indicator_tag(indicator, body)
    return response


def _problem(error: DomainError) -> Problem:
    """422 with every field, or what the record stands against."""
    if isinstance(error, IndicatorRefused):
        return Problem(422, error.message, faults=faults_of_fields(error.faults))
    faults = [Fault(f"#/{error.field}", "refused", error.message)] if error.field else []
    return Problem(409, error.message, faults=faults)
