"""Refusals and failures as application/problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse

from record.trace import current_request_id

PREFIX = "/api/"
DOCS = "/api/v1/docs/"
MEDIA_TYPE = "application/problem+json"
_OF_PATHS = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Kind:
    """What a status means here; `code` never changes, for programs branch on it."""

    code: str
    title: str
    detail: str


KINDS: Mapping[int, Kind] = {
    400: Kind(
        "malformed", "Not readable", "What was sent cannot be read. Check it, send it again."
    ),
    401: Kind(
        "not_authenticated",
        "Token needed",
        "This needs a token. Send the header Authorization: Bearer with a token of yours.",
    ),
    403: Kind("forbidden", "Not allowed", "Your token or your role does not allow this."),
    404: Kind("not_found", "Not found", "There is nothing at this address, or not for you."),
    405: Kind(
        "method_not_allowed",
        "Method not allowed",
        "This address does not take that method. The header Allow names those that it takes.",
    ),
    406: Kind(
        "not_acceptable",
        "Format not offered",
        "This address does not answer in any format that Accept names.",
    ),
    409: Kind("conflict", "Conflict", "Somebody else changed this first. Read it anew."),
    412: Kind(
        "precondition_failed",
        "Changed since you read it",
        "This is not the version that If-Match names. Read it anew and send your change again.",
    ),
    413: Kind("too_large", "Too large", "What was sent is too large. Send less at once."),
    414: Kind("address_too_long", "Address too long", "Ask by an address of at most 8,190 bytes."),
    415: Kind(
        "unsupported_media_type",
        "Format not read",
        "The body is not in a format that is read here. Send JSON as application/json.",
    ),
    422: Kind("refused", "Refused", "What was sent can be read but not accepted."),
    428: Kind(
        "precondition_required",
        "If-Match needed",
        "Send If-Match with the ETag of the version that you changed.",
    ),
    429: Kind(
        "too_many_requests",
        "Too many requests",
        "More was asked than is answered in a minute. Wait as long as Retry-After says.",
    ),
    431: Kind("headers_too_large", "Headers too large", "Send fewer or shorter headers."),
    500: Kind("failure", "Failure", "Something failed here. Nothing was saved."),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `pointer` is a JSON pointer into the body (#/scores/impact) or
    a parameter of the address (?limit)."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """Raised anywhere below an endpoint; its answer is the problem of that status."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        newest: Mapping[str, object] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})
        # What stands in the way, for callers who may see it: which version, and where.
        self.newest = newest
        # Members that the operation describes with its problems.
        self.more = dict(more or {})


def is_for_programs(request: HttpRequest) -> bool:
    """Whoever asks below /api/ is a program, whatever else is wrong with the request."""
    return request.path_info.startswith(PREFIX)


def problem_body(problem: Problem, *, instance: str = "", request_id: str = "") -> bytes:
    """The document; without an instance where it is not known which address was meant."""
    kind = KINDS.get(problem.status) or KINDS[400 if problem.status < 500 else 500]
    document: dict[str, object] = {
        "type": f"{DOCS}#{kind.code}",
        "title": kind.title,
        "status": problem.status,
        "detail": problem.detail or kind.detail,
        "instance": instance,
        "code": kind.code,
        "errors": [asdict(fault) for fault in problem.faults],
        "request_id": request_id,
    }
    if problem.newest is not None:
        document["newest"] = problem.newest
    return orjson.dumps(document | problem.more)


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer; it asks nothing of session, database or template."""
    body = problem_body(
        problem,
        instance=quote(request.path, safe=_OF_PATHS, errors="replace"),
        request_id=current_request_id(),
    )
    response = HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response[name] = value
    return response
