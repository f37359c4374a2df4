"""Who may open what: every route, method and role against one reviewed table."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import change_role, deactivate_user
from config import health
from config.api import LIST_FILE
from config.routes import ROUTES
from rest.access import Access
from tests.trust.conftest import row_counts, visitor
from tests.trust.matrix import ANSWERS, Line, answer_of, lines
from tests.trust.objects import ROLES, Things
from tests.trust.planting import PASSWORD

POLICY = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
ROUTE_NAMES = [route.name for route in ROUTES]
API_NAMES = [name for name in ROUTE_NAMES if name.startswith("api:")]
PAGE_NAMES = [name for name in ROUTE_NAMES if name not in API_NAMES]


@pytest.fixture(scope="module")
def things(planted: Things) -> Things:
    return planted


@pytest.fixture(autouse=True)
def _broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "answers", lambda *_: True)


def ask(line: Line, things: Things, role: str, method: str = "") -> Any:
    """The response, with all that it wrote taken back."""
    address = reverse(line.route, kwargs=things.parts(line.thing, role=role))
    with transaction.atomic():
        client = visitor(ROLES[role])
        before = row_counts()
        response = client.generic(method or line.method, address)
        is_refused = answer_of(response) != "open"
        assert not is_refused or row_counts() == before, f"{line} was refused and wrote something"
        transaction.set_rollback(True)
    return response


def test_the_table_names_every_route_and_no_other() -> None:
    assert {line.route for line in lines()} == set(ROUTE_NAMES)
    taken = {
        (route.name, method)
        for route in ROUTES
        if isinstance(route.permission, Access)
        for method in route.permission.scopes
    }
    every = {(name, method) for name in ROUTE_NAMES for method in ("GET", "POST")}
    assert {(line.route, line.method) for line in lines()} == every | taken


def test_the_table_says_what_happens_to_what_is_not_there() -> None:
    with_parts = {route.name for route in ROUTES if "<" in route.path.replace(LIST_FILE, "")}
    about_nothing = {line.route for line in lines() if line.thing.startswith(("no ", "dead "))}
    assert about_nothing == with_parts


def test_every_cell_of_the_table_is_a_known_word() -> None:
    assert {answer for line in lines() for answer in line.answers.values()} <= ANSWERS


@pytest.mark.parametrize("route", ROUTE_NAMES)
def test_each_role_is_answered_as_the_table_says(route: str, things: Things) -> None:
    wrong, bare = [], []
    for line in (line for line in lines() if line.route == route):
        for role, expected in line.answers.items():
            response = ask(line, things, role)
            asked = f"{line.method} {line.thing} as {role}"
            if answer_of(response) != expected:
                wrong.append(f"{asked}: {answer_of(response)}, not {expected}")
            bare += [f"{asked}: {name}" for name in without_policy(response)]
    assert wrong == []
    assert bare == []


def without_policy(response: Any) -> list[str]:
    return [name for name, value in POLICY.items() if response.headers.get(name) != value]


@pytest.mark.parametrize("route", ROUTE_NAMES)
def test_no_other_method_does_anything(route: str, things: Things) -> None:
    line = next(line for line in lines() if line.route == route)
    named = {line.method for line in lines() if line.route == route}
    for role in ("anonymous", "admin"):
        others = [method for method in OTHER_METHODS if method not in named]
        answers = {answer_of(ask(line, things, role, method)) for method in others}
        assert answers <= {"no method", "forbidden", "absent"}


def test_what_one_may_not_see_answers_like_what_is_not_there(things: Things) -> None:
    different = []
    for line in lines():
        missing = line_about_nothing(line)
        if missing is None or missing == line:
            continue
        for role, answer in line.answers.items():
            if answer == missing.answers[role] == "absent":
                pair = (ask(line, things, role), ask(missing, things, role))
                if lasting(pair[0]) != lasting(pair[1]):
                    different.append(f"{line.route}: {line.thing} as {role}")
    assert different == []


def line_about_nothing(line: Line) -> Line | None:
    rows = [row for row in lines() if (row.route, row.method) == (line.route, line.method)]
    return next((row for row in rows if row.thing.startswith("no ")), None)


def lasting(response: Any) -> str:
    passing = r"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \")\w+|\"instance\":\"[^\"]*\""
    return re.sub(passing, "", body_of(response))


def body_of(response: Any) -> str:
    return str(response.getvalue().decode())


@pytest.mark.parametrize("route", API_NAMES)
def test_no_session_writes_through_the_api_without_its_mark(route: str, things: Things) -> None:
    line = next(line for line in lines() if line.route == route)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(username="root"))
    address = reverse(line.route, kwargs=things.parts(line.thing, role="admin"))
    for method in ("POST", "PUT", "DELETE"):
        before = row_counts()
        response = client.generic(method, address, b"{}", "application/json")
        assert response.status_code in {403, 405}
        assert response["Content-Type"] == "application/problem+json"
        assert without_policy(response) == []
        assert row_counts() == before


@pytest.mark.parametrize("route", PAGE_NAMES)
def test_no_route_takes_a_form_without_its_mark(route: str, things: Things) -> None:
    line = next(line for line in lines() if line.route == route)
    for role in ("anonymous", "admin"):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if ROLES[role]:
            client.force_login(User.objects.get(username=ROLES[role]))
        address = reverse(line.route, kwargs=things.parts(line.thing, role=role))
        for method in ("POST", "PUT", "DELETE"):
            before = row_counts()
            response = client.generic(method, address)
            assert response.status_code == 403
            assert "This form was open too long" in body_of(response)
            assert without_policy(response) == []
            assert row_counts() == before


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/static/css/app.css", 200),
        ("/static/vendor/htmx/htmx.min.js", 200),
        ("/static/nowhere.css", 404),
        ("/nowhere/", 404),
        ("/?q=%00", 400),
        ("/technologies/?q=%E2%80%AE", 400),
    ],
)
@pytest.mark.usefixtures("things")
def test_files_and_errors_carry_the_policy(address: str, status: int) -> None:
    response = visitor().get(address)
    response.close()
    assert response.status_code == status
    assert without_policy(response) == []


@pytest.mark.usefixtures("things")
def test_refused_bodies_and_hosts_carry_the_policy() -> None:
    long = visitor().generic("POST", "/", b"x" * (5 << 20), "text/plain")
    foreign = visitor().generic("POST", "/", b"x", "text/plain; charset=rot13")
    elsewhere = visitor().get("/", headers={"host": "evil.example"})
    assert [long.status_code, foreign.status_code, elsewhere.status_code] == [413, 415, 400]
    assert [without_policy(answer) for answer in (long, foreign, elsewhere)] == [[], [], []]


@pytest.mark.usefixtures("things")
def test_a_role_taken_away_ends_with_the_next_request() -> None:
    with transaction.atomic():
        ben, root = User.objects.get(username="ben"), User.objects.get(username="root")
        editor = visitor("ben")
        assert answer_of(editor.get("/runs/1/reopen/")) == "no method"
        change_role(user=ben, role="reader", by=root)
        assert answer_of(editor.get("/runs/1/reopen/")) == "forbidden"
        assert answer_of(editor.get("/accounts/tokens/")) == "open"
        transaction.set_rollback(True)


@pytest.mark.usefixtures("things")
def test_a_closed_account_is_nobody_with_the_next_request() -> None:
    with transaction.atomic():
        ben, root = User.objects.get(username="ben"), User.objects.get(username="root")
        signed_in = Client()
        assert signed_in.login(username="ben", password=PASSWORD)
        assert answer_of(signed_in.get("/accounts/tokens/")) == "open"
        deactivate_user(user=ben, by=root)
        assert answer_of(signed_in.get("/accounts/tokens/")) == "sign in"
        assert not Client().login(username="ben", password=PASSWORD)
        transaction.set_rollback(True)
