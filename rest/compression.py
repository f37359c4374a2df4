"""Long answers travel compressed; a strong tag then says so, for the bytes are others."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

# The least effort makes a list of a thousand technologies seven times smaller in 11 ms; the usual
# effort, ten times in 27.
LEVEL = 1
SHORTEST = 1_400
SUFFIX = "-gz"
_ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))")


def compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, smaller where the caller can read that."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if not _ACCEPTED.search(request.headers.get("Accept-Encoding", "")):
        return response
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = _parts(iter(response))
    elif isinstance(response, HttpResponse) and len(response.content) >= SHORTEST:
        response.content = gzip.compress(response.content, LEVEL, mtime=0)
    elif response.status_code == 304:
        # The caller has one of the two and is told which.
        if _pressed_tag(response) in request.headers.get("If-None-Match", ""):
            response["ETag"] = _pressed_tag(response)
        return response
    else:
        return response
    response["Content-Encoding"] = "gzip"
    if "ETag" in response.headers:
        response["ETag"] = _pressed_tag(response)
    return response


def _pressed_tag(response: HttpResponseBase) -> str:
    return f'{response["ETag"][:-1]}{SUFFIX}"'


def _parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for part in parts:
        if pressed := press.compress(part):
            yield pressed
    yield press.flush()
