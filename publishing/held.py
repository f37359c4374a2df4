"""Pages that a browser holds: it asks whether they changed, and is told without a rebuild."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rest.conditions import code_digest, entity_tag, is_unmoved, unmoved_response

CACHE = "private, no-cache"


@cache
def _templates_digest() -> str:
    sources = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
    return sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def answer_held(request: HttpRequest, state: str) -> HttpResponse | None:
    """304 to whoever holds this very page."""
    if not _can_be_held(request):
        return None
    tag = _tag(request, state)
    return _cached(unmoved_response(tag)) if is_unmoved(request, tag) else None


def held(request: HttpRequest, response: HttpResponse, state: str, status: int) -> HttpResponse:
    """The page with its tag, or with the status that is no success."""
    if response.status_code != 200:
        return response
    response.status_code = status
    if status == 200 and _can_be_held(request):
        response["ETag"] = _tag(request, state)
        return _cached(response)
    return response


def _can_be_held(request: HttpRequest) -> bool:
    """A page for one person says more than its address and the state of the record tell."""
    return not request.user.is_authenticated and not settings.DEBUG


def _tag(request: HttpRequest, state: str) -> str:
    is_part = request.headers.get("HX-Request", "")
    code = (code_digest("publishing"), _templates_digest())
    return entity_tag(*code, state, request.get_full_path(), is_part)


def _cached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE
    return response
