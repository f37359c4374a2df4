from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.services import create_token
from tests.databases import OpenDatabase, Template, connected_to, copied
from tests.trust.objects import Things
from tests.trust.planting import in_one_burst, plant

REQUEST_ID = "the-request-of-a-test"
# Sessions, and the count of tries of passwords.
PASSING = {"django_session", "accounts_signintries"}


@pytest.fixture(scope="session")
def planted_database(
    template_database: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database that holds the planted record, with no run computed; to be copied."""
    with django_db_blocker.unblock(), copied(template_database, "planted") as name:
        with connected_to(name):
            plant(is_computed=False)
        yield name


@pytest.fixture(scope="module")
def planted(planted_database: str, open_database: OpenDatabase) -> Iterator[Things]:
    """The record of the tests of a module begins with the planted one."""
    with open_database("planted-again", of=planted_database):
        with in_one_burst():
            things = Things()
        yield things


def visitor(username: str = "") -> Client:
    """A client of that person, or of nobody; a failure answers as it would on the site."""
    client = Client(raise_request_exception=False, headers={"X-Request-ID": REQUEST_ID})
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def program(username: str, *scopes: str) -> Client:
    """A client with a token of that person's, of these scopes."""
    user = User.objects.get(username=username)
    _, secret = create_token(user=user, name="program", scopes=list(scopes), days=1)
    headers = {"X-Request-ID": REQUEST_ID, "Authorization": f"Bearer {secret}"}
    return Client(raise_request_exception=False, headers=headers)


def row_counts() -> dict[str, int]:
    """How many rows each table holds, but for those that every visit may write."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - PASSING)
        parts = [f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables]  # noqa: S608
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())
