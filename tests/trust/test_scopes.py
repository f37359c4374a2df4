"""What each scope of a token opens, against one reviewed table: scopes.csv beside this file."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.scopes import SCOPES
from config.routes import ROUTES
from rest.access import Access
from tests.trust.conftest import program, row_counts, visitor
from tests.trust.matrix import answer_of, lines
from tests.trust.objects import Things

TABLE = Path(__file__).with_name("scopes.csv")
ADDRESSES = [route for route in ROUTES if isinstance(route.permission, Access)]
NAMES = [route.name for route in ADDRESSES]
# The last use of a token is noted; all else stays.
CLOSED = {"no token", "forbidden"}


def table() -> dict[tuple[str, str], str]:
    with TABLE.open(newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return {(row["route"], row["method"].strip()): row["scope"].strip() for row in rows}


@pytest.fixture(scope="module")
def things(planted: Things) -> Things:
    return planted


@pytest.fixture(scope="module")
def tokens(things: Things) -> dict[str, Client]:
    """A client for each scope, all of the one person who may do everything."""
    return {scope: program("root", scope) for scope in SCOPES} | {"": visitor()}


def test_the_table_names_every_method_of_every_address() -> None:
    declared = {
        (route.name, method): scope or "-"
        for route in ADDRESSES
        if isinstance(route.permission, Access)
        for method, scope in route.permission.scopes.items()
    }
    assert table() == declared
    assert set(table().values()) <= {"-", *SCOPES}


def address_of(name: str, things: Things, *, is_there: bool = True) -> str:
    named = [line.thing for line in lines() if line.route == name]
    thing = named[0] if is_there else named[-1]
    return reverse(name, kwargs=things.parts(thing, role="admin"))


def ask(client: Client, method: str, address: str) -> Any:
    with transaction.atomic():
        before = row_counts()
        response = client.generic(method, address, b"", "application/json")
        if answer_of(response) in CLOSED:
            assert row_counts() == before
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("name", NAMES)
def test_a_scope_opens_what_the_table_says_and_nothing_else(
    name: str, things: Things, tokens: dict[str, Client]
) -> None:
    wrong = []
    for (route, method), wanted in table().items():
        if route != name:
            continue
        for is_there in (True, False):
            address = address_of(name, things, is_there=is_there)
            for scope, client in tokens.items():
                answer = answer_of(ask(client, method, address))
                closed = "no token" if not scope else "forbidden"
                is_let_in = wanted in {"-", scope}
                if (answer not in CLOSED) != is_let_in or (not is_let_in and answer != closed):
                    wrong.append(f"{method} {address} by {scope or 'nobody'}: {answer}")
    assert wrong == []
