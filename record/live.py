"""Pages whose main part follows the record without a reload."""

from collections.abc import Callable
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class LivePage(Protocol):
    @property
    def state(self) -> str:
        """Short text that changes whenever the page would look different."""
        ...


def answer_unmoved(request: HttpRequest, state: Callable[[], str]) -> HttpResponse | None:
    """Nothing, to the polling of a page that shows this state already; None to all else.

    A view that can tell the state without building the page asks this first.
    """
    if _is_polling(request) and request.GET["seen"] == state():
        return HttpResponse(status=204)
    return None


def _is_polling(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "seen" in request.GET


def answer_live(request: HttpRequest, page: LivePage, template: str, **more: Any) -> HttpResponse:
    """The page; for its own polling the part alone, or nothing where nothing moved.

    The part of `thing_list.html` is `_thing_list.html` beside it.
    """
    unmoved = answer_unmoved(request, lambda: page.state)
    if unmoved:
        return unmoved
    folder, _, name = template.rpartition("/")
    chosen = f"{folder}/_{name}" if _is_polling(request) else template
    response = render(request, chosen, {"page": page, **more})
    response["Vary"] = "HX-Request"
    return response
