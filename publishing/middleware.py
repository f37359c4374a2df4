"""What the tour needs of every request."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

_STOP = re.compile(r"[0-9]{1,2}")


def keep_tour(get_response: Answer) -> Answer:
    """A redirect leads on with the number of the tour's stop, which nothing else remembers."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        stop = request.GET.get("tour", "")
        if "Location" in response.headers and _STOP.fullmatch(stop):
            response.headers["Location"] = _led_on(response.headers["Location"], stop)
        return response

    return answer


def _led_on(location: str, stop: str) -> str:
    parts = urlsplit(location)
    if parts.scheme or parts.netloc or "tour" in parse_qs(parts.query):
        return location
    query = "&".join(filter(None, (parts.query, urlencode({"tour": stop}))))
    return urlunsplit(parts._replace(query=query))
