"""Endpoints that read: unchanged answers are told before anything is built."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from rest.bodies import csv_lines, json_bytes, json_lines
from rest.conditions import (
    code_digest,
    entity_tag,
    http_date,
    is_unmoved,
    is_unmoved_since,
    unmoved_response,
)
from rest.endpoints import Endpoint
from rest.formats import CSV, JSON, OF_LISTS, Format
from rest.paging import SLUG, Page, Record, Source, page_of, paging_parameters
from rest.parameters import Parameter
from rest.problems import DOCS, Fault, Problem
from rest.requests import plain

DESCRIBED_AT = "/api/v1/schema/"
LICENCE = f"{DOCS}#licence"
_PAGING = {"limit", "cursor", "count"}


class ReadEndpoint(Endpoint):
    """A GET whose answer follows from an edition, a short text that costs little to know."""

    def edition(self) -> str:
        """Changes whenever the answer to any question at this address may change."""
        raise NotImplementedError

    def tag(self) -> str:
        """The strong tag of the answer, in its quotes."""
        request = plain(self.request)
        query = sorted(request.GET.lists())
        here = request.build_absolute_uri(request.path)
        code = (code_digest("rest"), code_digest(type(self).__module__.partition(".")[0]))
        return entity_tag(*code, self.edition(), self.format.extension, here, query)

    def changed_at(self) -> float | None:
        """When the edition came to be, in seconds since 1970, where that can be told."""
        return None

    def answer(self) -> HttpResponseBase:
        raise NotImplementedError

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        tag = self.tag()
        if is_unmoved(plain(request), tag):
            return unmoved_response(tag)
        if "If-None-Match" in request.headers:
            self.count_call(request)
        changed_at = _settled(self.changed_at())
        if is_unmoved_since(plain(request), changed_at):
            return unmoved_response(tag)
        response = self.answer()
        if response.status_code != 200:
            return response
        if request.headers.get("If-None-Match", "").strip() == "*":
            return unmoved_response(tag)
        response["ETag"] = tag
        if changed_at is not None:
            response["Last-Modified"] = http_date(changed_at)
        response.headers.setdefault("Link", ", ".join(self._links({})))
        return response

    def _links(self, neighbours: Mapping[str, str | None]) -> Iterator[str]:
        for relation, address in neighbours.items():
            if address:
                yield f'<{address}>; rel="{relation}"'
        yield f'<{DESCRIBED_AT}>; rel="service-desc"; type="application/json"'
        yield f'<{DOCS}>; rel="service-doc"; type="text/html"'
        yield f'<{LICENCE}>; rel="license"'


def _settled(instant: float | None) -> float | None:
    """Dates of HTTP know whole seconds only: within one, more may have changed unseen."""
    is_past = instant is not None and instant < time.time() - 2
    return instant if is_past else None


class ListEndpoint(ReadEndpoint):
    """A list of records: JSON in pages, CSV and JSON Lines whole and streamed."""

    offered = OF_LISTS
    path_parameters: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "extension": {
            "description": "The format of the file.",
            "schema": {"type": "string", "enum": ["csv", "jsonl"]},
        }
    }
    cursor_key: ClassVar[tuple[str, str]] = (SLUG, "quantum-computing")
    columns: ClassVar[Sequence[str]] = ()
    file_name: ClassVar[str] = "records"

    def source(self) -> Source:
        raise NotImplementedError

    def row(self, record: Record) -> Sequence[object]:
        return [record[column] for column in self.columns]

    def snapshot(self) -> str:
        """Names in the name of a file what the file shows."""
        return self.edition()

    def more(self, page: Page) -> Mapping[str, Any]:
        """What else stands beside the results of a page."""
        return {}

    def parameters_of(self, method: str, extension: str) -> Iterable[Parameter]:
        own = tuple(super().parameters_of(method, extension))
        is_paged = method in {"GET", "HEAD"} and not extension
        return own + paging_parameters(*self.cursor_key) if is_paged else own

    def answer(self) -> HttpResponseBase:
        return self._page() if self.format is JSON else self._file()

    def _page(self) -> HttpResponse:
        source = self.source()
        page = page_of(source, self.asked["cursor"], self.asked["limit"])
        addresses = self._neighbours(page)
        counted = {"count": source.count()} if self.asked["count"] else {}
        neighbours = {"next": addresses["next"], "previous": addresses["prev"]}
        body = counted | neighbours | dict(self.more(page)) | {"results": list(page.records)}
        response = HttpResponse(json_bytes(body), content_type=JSON.content_type)
        response["Link"] = ", ".join(self._links(addresses))
        return response

    def _neighbours(self, page: Page) -> dict[str, str | None]:
        return {
            "next": page.next and self._address(page.next),
            "prev": page.previous and self._address(page.previous),
            "first": self._address(None),
        }

    def _address(self, cursor: str | None) -> str:
        request = plain(self.request)
        query = request.GET.copy()
        query.pop("cursor", None)
        if cursor:
            query["cursor"] = cursor
        here = request.build_absolute_uri(request.path)
        return f"{here}?{query.urlencode(safe=':')}" if query else here

    def _file(self) -> StreamingHttpResponse:
        asked_for_pages = _PAGING & set(self.request.query_params)
        if asked_for_pages:
            name = min(asked_for_pages)
            detail = f"{name} is for pages of JSON; this format holds the whole list. Leave it out."
            raise Problem(400, detail, faults=[Fault(f"?{name}", "malformed", detail)])
        return self._streamed(self.format, self.source().every())

    def _streamed(self, kind: Format, records: Iterable[Record]) -> StreamingHttpResponse:
        if kind is CSV:
            lines = csv_lines(self.columns, (self.row(record) for record in records))
        else:
            lines = json_lines(records)
        response = StreamingHttpResponse(lines, content_type=kind.content_type)
        name = f"bellwether-{self.file_name}-{self.snapshot()}.{kind.extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
