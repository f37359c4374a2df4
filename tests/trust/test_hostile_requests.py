"""Addresses, headers, cookies and bodies that no browser sends: an answer, and nothing saved."""

import json
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config import health
from tests.trust.conftest import row_counts, visitor
from tests.trust.hostile import FORM, LONG, VALUES, send
from tests.trust.matrix import Line, lines
from tests.trust.objects import ROLES, Things
from tests.trust.planting import PASSWORD

READABLE = [line for line in lines() if line.method == "GET" and "open" in line.answers.values()]
WRITABLE = [line for line in lines() if line.method == "POST" and "open" in line.answers.values()]
PARAMETERS = ("q", "field", "page", "seen", "next", "technology", "lens", "as_of")
READ = [
    *("/technologies/?q", "/technologies/?field", "/?field", "/?seen", "/ranking/?seen"),
    *("/changes/?page", "/runs/?page", "/runs/?seen", "/accounts/sign-in/?next"),
]
NEXT = [
    "foo",
    "a:b",
    "publishing:map",
    "é",
    "?q=1",
    "#x",
    "..",
    "%2f",
    "/\r\nX: y",
    "//x",
    "\ud800",
]
NEW_PARTS = ["%ED%A0%80", "%E2%80%AE", "9" * 400, "-1", "%D9%A3", "1e9", "a" * 400]
JSON = "application/json"
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="username"'
BODIES: dict[str, tuple[bytes, str]] = {
    "deep JSON": (b"[" * LONG + b"]" * LONG, JSON),
    "duplicate keys": (b'{"role": "admin", "role": "reader"}', JSON),
    "JSON that is none": (b"{", JSON),
    "no type": (b"role=admin", ""),
    "text": (b"role=admin", "text/plain"),
    "another encoding": (b"role=admin", f"{FORM}; charset=utf-16"),
    "encoding that is none": (b"role=admin", f"{FORM}; charset=hex"),
    "no boundary": (b"--x", "multipart/form-data"),
    "part without an end": (PART + b"\r\n\r\nvalue", MULTIPART),
    "part without a name": (b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--", MULTIPART),
    "part in base64": (
        PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--x--",
        MULTIPART,
    ),
    "file for a text": (PART + b'; filename="a"\r\n\r\nv\r\n--x--', MULTIPART),
    "2,000 fields": (b"&".join(b"f%d=1" % n for n in range(2_000)), FORM),
    "2,001 fields": (b"&".join(b"f%d=1" % n for n in range(2_001)), FORM),
    "one field 2,000 times": (b"&".join([b"name=1"] * 2_000), FORM),
    "bytes": (bytes(range(256)) * 10, FORM),
    "10 MB": (b"name=" + b"x" * 10_000_000, FORM),
}
HEADERS: list[dict[str, str]] = [
    {"X-Request-ID": "x" * 5_000},
    {"X-Request-ID": "\r\nSet-Cookie: a=b"},
    {"Accept-Language": "x" * 5_000},
    {"Accept-Language": "*;q=NaN, \udcff"},
    {"Accept": "\udc80"},
    {"Cookie": "sessionid=" + "x" * 5_000},
    {"Cookie": "sessionid=\udced\udca0\udc80; csrftoken=\udcff"},
    {"Cookie": "messages=W1siX19qc29uX21lc3NhZ2UiXV0:x; =; ;;;"},
    {"Cookie": "sessionid=' OR 1=1 --; csrftoken=%00"},
    {"Host": "evil.example"},
    {"Host": "testserver:99999999"},
    {"X-Forwarded-For": "\udcff, 1.2.3.4, ::1%eth0"},
    {"HX-Request": "\udcff", "HX-Current-URL": "http://[::1"},
    {"If-None-Match": '"' * 500},
    {"If-Modified-Since": "Fri, 99 Foo 99999 99:99:99 GMT"},
    {"Range": "bytes=9-1,-"},
    {"Referer": "\udcff://"},
    {"Origin": "http://[::1"},
    {"Content-Type": "text/html; charset=\udcff"},
]


@pytest.fixture(scope="module")
def things(planted: Things) -> Things:
    return planted


@pytest.fixture(autouse=True)
def _broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "answers", lambda *_: True)


def once_a_route(some: list[Line]) -> Any:
    """One test a route, about the first thing for which the table lets anybody in."""
    found = {line.route: line for line in reversed(some)}
    return pytest.mark.parametrize("line", found.values(), ids=found)


def least_role(line: Line) -> str:
    return next(role for role, answer in line.answers.items() if answer == "open")


def address_of(line: Line, things: Things) -> str:
    return reverse(line.route, kwargs=things.parts(line.thing, role=least_role(line)))


def failures(answers: dict[str, Any]) -> dict[str, int]:
    return {asked: one.status_code for asked, one in answers.items() if one.status_code >= 500}


@once_a_route(READABLE)
def test_no_query_fails_or_writes(line: Line, things: Things) -> None:
    address, client, before = (
        address_of(line, things),
        visitor(ROLES[least_role(line)]),
        row_counts(),
    )
    answers = {}
    for name, value in VALUES.items():
        query = "&".join(f"{parameter}=1&{parameter}={value}" for parameter in PARAMETERS)
        answers[name] = client.get(f"{address}?{query}")
    assert failures(answers) == {}
    assert row_counts() == before


@pytest.mark.parametrize("asked", READ)
@pytest.mark.usefixtures("things")
def test_no_parameter_that_is_read_fails(asked: str) -> None:
    client = visitor()
    live = {"HX-Request": "true"}
    answers: dict[str, Any] = {
        name: client.get(f"{asked}={value}", headers=live) for name, value in VALUES.items()
    }
    assert failures(answers) == {}


@once_a_route([line for line in [*READABLE, *WRITABLE] if line.thing != "-"])
def test_no_part_of_an_address_fails(line: Line, things: Things) -> None:
    client, before = visitor("root"), row_counts()
    parts = address_of(line, things).split("/")
    answers: dict[str, Any] = {}
    for place in range(1, len(parts) - 1):
        for value in NEW_PARTS:
            address = "/".join([*parts[:place], value, *parts[place + 1 :]])
            answers[address] = client.generic(line.method, address)
    assert failures(answers) == {}
    assert row_counts() == before


@once_a_route(WRITABLE)
def test_no_body_fails_or_is_half_saved(line: Line, things: Things) -> None:
    address, answers = address_of(line, things), {}
    for name, (body, content_type) in BODIES.items():
        with transaction.atomic():
            client, before = visitor(ROLES[least_role(line)]), row_counts()
            answer = client.generic("POST", address, body, content_type=content_type)
            assert answer.status_code < 400 or row_counts() == before, name
            answers[name] = answer
            transaction.set_rollback(True)
    assert failures(answers) == {}
    assert answers["10 MB"].status_code == 413


@pytest.mark.parametrize("headers", HEADERS)
@pytest.mark.parametrize("address", ["/", "/accounts/tokens/", "/static/css/app.css", "/nowhere/"])
def test_no_header_fails(headers: dict[str, str], address: str, things: Things) -> None:
    sent = {
        name: value.encode("utf-8", "surrogateescape").decode("latin-1")
        for name, value in headers.items()
    }
    answer = Client(raise_request_exception=False).get(address, headers=sent)
    answer.close()
    assert answer.status_code < 500
    assert "\n" not in answer["X-Request-ID"]
    assert "Set-Cookie" not in answer["X-Request-ID"]


def test_a_refused_address_says_why_on_a_page_of_the_site(things: Things) -> None:
    page = visitor().get("/technologies/?q=%E2%80%AE").content.decode()
    assert "The search holds a character that reverses the reading direction" in page
    assert "take it out" in page


@pytest.mark.parametrize("asked", NEXT)
def test_no_page_asked_for_after_the_sign_in_fails(asked: str, things: Things) -> None:
    quoted = quote_from_bytes(asked.encode("utf-8", "surrogatepass"))
    fields = [("username", "rita"), ("password", PASSWORD.replace(" ", "+")), ("next", quoted)]
    answer: Any = send(visitor(), "/accounts/sign-in/", fields)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


def test_the_answer_of_the_health_page_stays_json(things: Things) -> None:
    assert json.loads(visitor().get("/readyz?q=%ED%A0%80").content)["status"] == "ok"
