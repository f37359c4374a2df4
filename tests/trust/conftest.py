from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.services import create_token
from tests.databases import Template, connected_to

REQUEST_ID = "the-request-of-a-test"
# Sessions, and the count of tries of passwords.
PASSING = {"django_session", "accounts_signintries"}

OpenDatabase = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def open_database(template_database: Template, django_db_blocker: DjangoDbBlocker) -> OpenDatabase:
    """Opens a migrated database of a label's own, in which commits are real."""

    @contextmanager
    def opened(label: str) -> Iterator[None]:
        with django_db_blocker.unblock():
            name = template_database.copy(label)
            try:
                with connected_to(name):
                    yield
            finally:
                template_database.drop(name)

    return opened


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
