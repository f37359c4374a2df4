"""What happens to every request before a view sees it and to every answer after."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from config.errors import answer_error
from intake.errors import IntakeError
from record.errors import Conflict, DomainError, NotAllowed
from record.trace import tracing

Answer = Callable[[HttpRequest], HttpResponseBase]

_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# A refused body up to this length is still read: who is sending does not hear an answer.
_DRAINED_BYTES = 32 * 1024 * 1024

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}

logger = logging.getLogger("bellwether.requests")


def trace_request(get_response: Answer) -> Answer:
    """Every answer, log line, job and change carries the id of the request that caused it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get("X-Request-ID", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        started = time.perf_counter()
        with tracing(request_id):
            response = get_response(request)
            milliseconds = round((time.perf_counter() - started) * 1000)
            logger.info("%s %s", request.method, response.status_code, extra=_facts(request))
        response["X-Request-ID"] = request_id
        response["Server-Timing"] = f"app;dur={milliseconds}"
        return response

    return answer


def _facts(request: HttpRequest) -> dict[str, str]:
    """Which page was asked for, by its name: a path may hold the secret of a sign-in link."""
    match = request.resolver_match
    return {"view": match.view_name} if match else {"path": request.path[:200]}


def add_headers(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # One address answers with a whole page or with the part of it that htmx asked for.
            patch_vary_headers(response, ["HX-Request"])
        return response

    return answer


def refuse_bad_requests(get_response: Answer) -> Answer:
    """Bodies that are too long, other encodings and NUL characters get no further than here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if _body_length(request) > settings.BODY_LIMIT_BYTES:
            _drain(request)
            limit = settings.BODY_LIMIT_BYTES // (1024 * 1024)
            return answer_error(
                request,
                413,
                f"What was sent is larger than {limit} MB. Send less at once.",
                is_early=True,
            )
        if not _is_utf8(request):
            return answer_error(
                request,
                415,
                "What was sent is not in UTF-8. Write charset=utf-8 or nothing.",
                is_early=True,
            )
        if _holds_nul(request):
            return answer_error(
                request,
                400,
                "The address or a cookie holds a NUL character. Remove it and try again.",
                is_early=True,
            )
        return get_response(request)

    return answer


def _body_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    # The server has refused lengths that are no numbers; int() reads no more than 4,300 digits.
    return int(text[:20]) if text.isascii() and text.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    left = _body_length(request)
    if left > _DRAINED_BYTES:
        return
    while left > 0 and (chunk := request.read(min(left, 1 << 16))):
        left -= len(chunk)


def _is_utf8(request: HttpRequest) -> bool:
    # Django decodes by the name that was sent: some names are no encoding of text and crash,
    # others let half characters in that no answer could hold.
    parameters = request.content_params or {}
    return parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def _holds_nul(request: HttpRequest) -> bool:
    texts = [request.path_info, *request.COOKIES.keys(), *request.COOKIES.values()]
    for name, values in request.GET.lists():
        texts += [name, *values]
    return any("\0" in text for text in texts)


class AnswerRefusals:
    """A refusal that no view has turned into words beside a field still answers as a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = answer_error(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        statuses = ((NotAllowed, 403), (Conflict, 409), (DomainError, 400), (IntakeError, 400))
        for kind, status in statuses:
            if isinstance(error, kind):
                return answer_error(request, status, str(error))
        return None
