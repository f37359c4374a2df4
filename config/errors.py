"""What went wrong, as a page for people and as a problem for programs; the address tells which.

Each shows the id under which the log tells more.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from record.trace import current_request_id
from rest.problems import Problem, is_for_programs, problem_response

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


def answer_error(
    request: HttpRequest, status: int, reason: str = "", *, is_early: bool = False
) -> HttpResponse:
    """An early answer is given before anybody knows whose session it is."""
    if is_for_programs(request):
        return problem_response(request, Problem(status, reason))
    return error_page(status, reason, request=None if is_early else request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # What Django says here names its own internals, or repeats what was sent.
    return answer_error(request, 400, is_early=True)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_error(request, 403, str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_error(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_for_programs(request):
        return answer_error(request, 403)
    return error_page(403, template="csrf")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers whatever is broken: the database may be down and the template itself at fault."""
    try:
        return answer_error(request, 500, is_early=True)
    except Exception:
        logger.exception("The page for failures failed too.")
        return HttpResponse(_LAST_RESORT.format(request_id=current_request_id()), status=500)
