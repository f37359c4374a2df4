"""The pages that say what went wrong; each shows the id under which the log tells more."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from record.trace import current_request_id

_LAST_RESORT = (
    '<!doctype html><html lang="en"><title>Something failed</title><h1>Something failed</h1>'
    "<p>Nothing was saved. When you report this, name the request: {request_id}</p></html>"
)

logger = logging.getLogger("bellwether.errors")


def error_page(
    status: int, reason: str = "", *, request: HttpRequest | None = None, template: str = ""
) -> HttpResponse:
    """The page of this status; without a request it asks nothing of session or database."""
    names = [f"errors/{template or status}.html", "errors/400.html"]
    context = {"status": status, "reason": reason, "request_id": current_request_id()}
    return HttpResponse(render_to_string(names, context, request=request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # What Django says here names its own internals, or repeats what was sent.
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(403, str(exception), request=request)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(404, request=request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(403, template="csrf")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers whatever is broken: the database may be down and the template itself at fault."""
    try:
        return error_page(500)
    except Exception:
        logger.exception("The page for failures failed too.")
        return HttpResponse(_LAST_RESORT.format(request_id=current_request_id()), status=500)
