"""What holds of every endpoint, tried on the runs."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_token, create_user

RUNS = "/api/v1/runs/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def anna() -> User:
    return create_user(username="anna", role="analyst")


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem of an answer, after what all problems have in common was looked at."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == status
    assert body["code"] == code
    assert body["type"] == f"/api/v1/docs/#{code}"
    assert body["title"]
    assert body["detail"].endswith(".")
    assert body["request_id"] == answer["X-Request-ID"]
    return body


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/", 404, "not_found"),
        ("/api/v1/nowhere/", 404, "not_found"),
        ("/api/v1/runs.xlsx", 404, "not_found"),
        (f"{RUNS}?limit=0", 400, "malformed"),
        (f"{RUNS}?limit=1.0", 400, "malformed"),
        (f"{RUNS}?limit=1&limit=2", 400, "malformed"),
        (f"{RUNS}?nowhere=1", 400, "malformed"),
        (f"{RUNS}?cursor=x", 400, "malformed"),
        (f"{RUNS}?count=1", 400, "malformed"),
        ("/api/v1/runs.csv?limit=2", 400, "malformed"),
        (f"{RUNS}?x=%00", 400, "malformed"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    api: Client, address: str, status: int, code: str
) -> None:
    problem(api.get(address), status, code)


def test_everything_wrong_with_the_parameters_is_named_at_once(api: Client) -> None:
    body = problem(api.get(f"{RUNS}?limit=x&count=y&z=1"), 400, "malformed")
    assert {fault["pointer"] for fault in body["errors"]} == {"?", "?limit", "?count"}


def test_another_method_is_refused_and_the_right_ones_named(api: Client) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        answer = api.generic(method, RUNS)
        problem(answer, 405, "method_not_allowed")
        assert answer["Allow"] == "GET, HEAD"


def test_accept_chooses_the_format_or_is_refused(api: Client) -> None:
    kinds = {
        "": "application/json",
        "*/*": "application/json",
        "text/html, */*;q=0.1": "application/json",
        "text/csv": "text/csv; charset=utf-8; header=present",
        "application/x-ndjson, text/csv;q=0.5": "application/x-ndjson",
    }
    for accept, expected in kinds.items():
        assert api.get(RUNS, headers={"accept": accept})["Content-Type"] == expected
    for accept in ("text/html", "application/json;q=0"):
        problem(api.get(RUNS, headers={"accept": accept}), 406, "not_acceptable")


def test_failures_and_other_hosts_are_problems_too(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem(api.get(RUNS, headers={"host": "evil.example"}), 400, "malformed")
    monkeypatch.setattr("scoring.api.runs_moment", lambda: 1 // 0)
    body = problem(api.get(RUNS), 500, "failure")
    assert "division" not in str(body)


def test_a_body_that_is_too_long_or_in_another_encoding_is_a_problem(api: Client) -> None:
    long = api.generic("POST", RUNS, b"x" * (5 << 20), "application/json")
    problem(long, 413, "too_large")
    foreign = api.generic("POST", RUNS, b"{}", "application/json; charset=rot13")
    problem(foreign, 415, "unsupported_media_type")


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "Bearer bw_nobody", "x" * 9])
def test_a_wrong_token_is_refused_even_where_none_is_needed(api: Client, header: str) -> None:
    answer = api.get(RUNS, headers={"authorization": header})
    problem(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_reads(api: Client, anna: User) -> None:
    _, secret = create_token(user=anna, name="script", scopes=["read:public"], days=1)
    headers = {"authorization": f"Bearer {secret}"}
    assert api.get(RUNS, headers=headers).status_code == 200


def test_an_answer_names_its_bytes_and_is_not_sent_twice(api: Client) -> None:
    first = api.get(RUNS)
    again = api.get(RUNS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert not first["ETag"].startswith("W/")
    weak = api.get(RUNS, headers={"if-none-match": f'"other", W/{first["ETag"]}'})
    assert weak.status_code == 304
    assert api.get(RUNS, headers={"if-none-match": "*"}).status_code == 304
    assert api.get(RUNS, headers={"if-none-match": '"other"'}).status_code == 200


def test_every_question_and_format_has_a_tag_of_its_own(api: Client) -> None:
    asked = [RUNS, f"{RUNS}?limit=5", "/api/v1/runs.csv", "/api/v1/runs.jsonl"]
    assert len({api.get(address)["ETag"] for address in asked}) == len(asked)


def test_scripts_of_other_sites_may_read_what_is_public(api: Client) -> None:
    answer = api.get(RUNS, headers={"origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    preflight = api.options(RUNS, headers=asked)
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]
    refused = api.get(f"{RUNS}?limit=0")
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_head_tells_what_get_would(api: Client) -> None:
    head, full = api.head(RUNS), api.get(RUNS)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", full["ETag"])


def test_an_answer_leads_on(api: Client) -> None:
    links = api.get(RUNS)["Link"]
    for relation in ("first", "service-desc", "service-doc", "license"):
        assert f'rel="{relation}"' in links


def test_the_index_names_addresses_that_answer(api: Client) -> None:
    addresses = api.get("/api/v1/").json()
    assert addresses["run-list"].endswith(RUNS)
    for address in addresses.values():
        own = {401} if address.endswith("/evidence/") else set()
        assert api.get(address).status_code in {200, 202, 404} | own
