"""Pages whose main part follows the record without a reload."""

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class LivePage(Protocol):
    @property
    def state(self) -> str:
        """Short text that changes whenever the page would look different."""
        ...


def answer_live(request: HttpRequest, page: LivePage, template: str, **more: Any) -> HttpResponse:
    """The page; for its own polling the part alone, or nothing where nothing moved.

    The part of `thing_list.html` is `_thing_list.html` beside it.
    """
    folder, _, name = template.rpartition("/")
    is_polling = request.headers.get("HX-Request") == "true" and "seen" in request.GET
    if is_polling and request.GET["seen"] == page.state:
        return HttpResponse(status=204)
    chosen = f"{folder}/_{name}" if is_polling else template
    response = render(request, chosen, {"page": page, **more})
    response["Vary"] = "HX-Request"
    return response
