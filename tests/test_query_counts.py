"""Every list answers with as many questions to the database at thirty technologies as at three."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from accounts.models import User
from benchmarks.installation import fill
from benchmarks.lists import listed
from tests.databases import Template, connected_to

FEW, MANY, MOST = 3, 30, 36


@pytest.fixture(scope="module")
def counts(
    template_database: Template, django_db_blocker: DjangoDbBlocker
) -> dict[int, dict[str, int]]:
    """How many questions each list asks, by the number of technologies."""
    found = {}
    with django_db_blocker.unblock():
        for technologies in (FEW, MANY):
            name = template_database.copy(f"counts{technologies}")
            with connected_to(name):
                fill(technologies=technologies, seed=1)
                User.objects.filter(username="ben").update(role="admin")
                found[technologies] = {path: questions(path) for path in listed()}
            template_database.drop(name)
    return found


def questions(path: str) -> int:
    """Of a second answer, since a process reads each state of the record once."""
    client = Client()
    client.force_login(User.objects.get(username="ben"))
    cache.clear()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        if response.streaming:
            b"".join(response)
    return len(asked)


def test_the_lists_are_found() -> None:
    assert len(listed()) > 20


@pytest.mark.parametrize("path", listed())
def test_a_list_asks_as_often_at_thirty_as_at_three(
    counts: dict[int, dict[str, int]], path: str
) -> None:
    assert counts[MANY][path] == counts[FEW][path]
    assert counts[MANY][path] <= MOST
