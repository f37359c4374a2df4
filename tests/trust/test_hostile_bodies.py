"""Hostile JSON at every address that takes a body: an answer below 500, and nothing saved."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.routes import ROUTES
from rest.access import Access
from tests.assessments.factories import card_json
from tests.trust.conftest import program, row_counts
from tests.trust.crawl import VALUES

JSON = "application/json"
DEEP = 100_000
# Spellings that stand in the place of one value, as bytes of JSON or of what only looks like it.
VALUES_SPELLED: dict[str, bytes] = {
    "bare NaN": b"NaN",
    "NaN as text": b'"NaN"',
    "Infinity": b"-Infinity",
    "beyond a float": b"1e400",
    "10 to the 30th": b"1" + b"0" * 30,
    "5,000 digits": b"9" * 5_000,
    "beyond 32 bits": b"3000000000",
    "NUL": b'"a\\u0000b"',
    "NUL, raw": b'"a\x00b"',
    "lone surrogate": b'"\\ud800"',
    "lone surrogate, raw": b'"\xed\xa0\x80"',
    "bidi override": '"a\u202eb"'.encode(),
    "backspace": b'"a\\u0008b"',
    "deep": b"[" * DEEP + b"]" * DEEP,
    "900 deep": b"[" * 900 + b"]" * 900,
    "not UTF-8": b'"\xff\xfe"',
    "a key twice": b'{"a": 1, "a": 2}',
    "a list": b"[]",
    "null": b"null",
    "true": b"true",
    "minus zero": b"-0.0",
    "full-width digits": '"２０３０"'.encode(),
    "50,001 characters": b'"' + b"x" * 50_001 + b'"',
}
# Refused before anybody looks where they stand, so that one place tells for all.
ANYWHERE = {
    *("bare NaN", "beyond a float", "5,000 digits", "NUL", "NUL, raw", "lone surrogate"),
    *("lone surrogate, raw", "deep", "900 deep", "not UTF-8", "a key twice"),
}
WHOLE = VALUES_SPELLED | {
    "nothing": b"",
    "half of it": b'{"role":',
    "another encoding": '{"role": "lead"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
}
MARK = "@here@"


def written() -> list[tuple[str, str]]:
    return [
        (route.name, method)
        for route in ROUTES
        if isinstance(route.permission, Access)
        for method in route.permission.scopes
        if method != "GET"
    ]


@pytest.fixture(scope="module")
def clients(planted: object) -> dict[str, Client]:
    scopes = ("read:drafts", "write:cards", "write:evidence", "review")
    return {"ben": program("ben", *scopes), "anna": program("anna", *scopes[:3])}


def address_of(name: str) -> str:
    if name not in VALUES:
        return reverse(name)
    about_indicator = name in {"api:indicator-detail", "api:observation-list"}
    if name == "api:opening-step":
        return reverse(name, kwargs={"slug": "alpha"})
    return reverse(name, kwargs={"slug": "open-series"} if about_indicator else {"key": "alpha"})


def tag_of(client: Client) -> str:
    tag: str = client.get(reverse("api:card-detail", kwargs={"key": "alpha"}))["ETag"]
    return tag


def ask(client: Client, name: str, method: str, body: bytes, tag: str) -> Any:
    return client.generic(method, address_of(name), body, JSON, headers={"If-Match": tag})


@pytest.mark.parametrize(("name", "method"), written())
def test_no_body_fails(name: str, method: str, clients: dict[str, Client]) -> None:
    wrong = {}
    before, tag = row_counts(), tag_of(clients["ben"])
    for what, body in WHOLE.items():
        if what in {"nothing", "a byte order mark"} and name.endswith(("submit", "publish")):
            # These say all that such a step needs.
            continue
        answer = ask(clients["ben"], name, method, body, tag)
        is_told = answer["Content-Type"] == "application/problem+json"
        if not (400 <= answer.status_code < 500 and is_told):
            wrong[what] = answer.status_code
    assert wrong == {}
    assert row_counts() == before


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value that holds no other."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inner:
        if isinstance(item, dict | list) and item:
            yield from leaves(item, (*path, key))
        else:
            yield (*path, key)


def planted(body: Any, path: tuple[Any, ...], spelled: bytes) -> bytes:
    """The body with these bytes in the place of one value."""
    copy = json.loads(json.dumps(body))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = MARK
    return json.dumps(copy).encode().replace(f'"{MARK}"'.encode(), spelled)


def whole_card() -> dict[str, Any]:
    return card_json(
        "alpha",
        reason="Looked again.",
        as_of="2026-10-01",
        scenarios=[{"name": "high", "text": "x", "impact_level": "4", "probability": 1}],
        companies=[{"name": "A firm", "note": "x", "disclosure": None}],
        rating={"value": "underrated", "perspective": "ten-year venture fund", "note": "x"},
        p_never=0.5,
        tripwires=["A recall."],
        open_questions=[{"question": "Who?", "answer": "They.", "answered_on": "2026-01-01"}],
        predictions=[{"statement": "It holds.", "deadline": "2030-12-31"}],
        sources=[{"title": "A report", "url": "https://example.org/", "accessed_on": None}],
    )


@pytest.mark.parametrize("what", VALUES_SPELLED)
def test_no_value_at_any_leaf_of_a_card_fails_or_is_kept_unread(
    what: str, clients: dict[str, Client]
) -> None:
    """What is taken comes back as it is spelled now, and is finite; the rest names its place."""
    client, card = clients["anna"], whole_card()
    tag, paths = tag_of(client), list(leaves(card))
    for path in paths[:: len(paths) // 3] if what in ANYWHERE else paths:
        body = planted(card, path, VALUES_SPELLED[what])
        answer = ask(client, "api:card-detail", "PUT", body, tag)
        assert answer.status_code < 500, (what, path)
        if answer.status_code == 200:
            again = client.get(address_of("api:card-detail"))
            tag = again["ETag"]
            assert again.content == answer.content
            assert json.loads(again.content, parse_constant=refuse)
        elif answer.status_code != 409:
            assert answer.status_code in {400, 422}, (what, path, answer.content)
            assert answer.json()["errors"], (what, path)


FIGURES = {
    "observations": [
        {
            "period": "2020",
            "value": "1.5",
            "vintage": "2024-06-01",
            "label": "x",
            "source": "x",
            "source_url": "https://example.org/",
            "note": "x",
            "is_withdrawn": False,
            "is_correction": False,
        }
    ],
    "reason": "x",
}
INDICATOR = {
    "slug": "wave-price",
    "name": "Price of wave power",
    "unit": "EUR per MWh",
    "progress": "down",
    "kind": "cost",
    "cadence": "year",
    "geography": "x",
    "publisher": "x",
    "source_url": "https://example.org/",
    "licence": "x",
    "licence_url": "https://example.org/",
    "comparability": "x",
    "ceiling_low": None,
    "ceiling_high": None,
    "release_lag_days": 1,
    "is_snapshot": False,
    "is_public": True,
}


@pytest.mark.parametrize("what", VALUES_SPELLED)
@pytest.mark.parametrize(
    ("name", "body"), [("api:observation-list", FIGURES), ("api:indicator-list", INDICATOR)]
)
def test_no_value_of_an_indicator_or_its_figures_fails(
    what: str, name: str, body: dict[str, Any], clients: dict[str, Client]
) -> None:
    for path in leaves(body):
        with transaction.atomic():
            before = row_counts()
            hostile = planted(body, path, VALUES_SPELLED[what])
            answer = ask(clients["anna"], name, "POST", hostile, "")
            is_unchanged = row_counts() == before
            transaction.set_rollback(True)
        assert answer.status_code in {200, 201, 400, 409, 422}, (what, path)
        if answer.status_code >= 400:
            assert is_unchanged, (what, path)
            assert answer.json()["detail"], (what, path)


refuse: Callable[[str], Any] = pytest.fail
