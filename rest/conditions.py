"""Entity tags and the requests that depend on them (RFC 9110, section 13; RFC 6585)."""

import hashlib
import re
from email.utils import formatdate
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_http_date_safe

from rest.problems import Problem

_TAG = re.compile(r'(?:W/)?"([^"]*?)(?:-gz)?"')


def entity_tag(*parts: object) -> str:
    """A strong tag: equal parts, equal bytes. The header carries it in quotes."""
    text = "\n".join(str(part) for part in parts)
    return f'"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


@cache
def code_digest(package: str) -> str:
    """Of the sources of a package: no tag outlives a change of what spells the answer."""
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    sources = sorted(path for folder in folders for path in Path(folder).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def is_named(header: str, tag: str) -> bool:
    """Does the header name this tag?

    A proxy that compresses writes W/ before our tag, and we ourselves a -gz into it. What a client
    echoes names the same version all the same, so both marks are passed over, in If-Match too.
    """
    return header.strip() == "*" or tag.strip('"') in tags_named(header)


def tags_named(header: str) -> list[str]:
    """The tags of If-Match or If-None-Match as we made them, without quotes and added marks."""
    return _TAG.findall(header)


def is_unmoved(request: HttpRequest, tag: str) -> bool:
    """Has the caller these very bytes?"""
    header = request.headers.get("If-None-Match")
    return header is not None and is_named(header, tag)


def is_unmoved_since(request: HttpRequest, instant: float | None) -> bool:
    """The same by date, for callers that kept no tag."""
    header = request.headers.get("If-Modified-Since")
    if header is None or instant is None or "If-None-Match" in request.headers:
        return False
    date = parse_http_date_safe(header)
    return date is not None and int(instant) <= date


def require_match(request: HttpRequest, tag: str) -> None:
    """The change was made on the version in force; 428 without If-Match, 412 on another."""
    header = request.headers.get("If-Match")
    if header is None:
        raise Problem(428)
    if not is_named(header, tag):
        raise Problem(412, headers={"ETag": tag})


def unmoved_response(tag: str) -> HttpResponse:
    response = HttpResponse(status=304)
    del response["Content-Type"]
    response["ETag"] = tag
    return response


def http_date(instant: float) -> str:
    return formatdate(instant, usegmt=True)
