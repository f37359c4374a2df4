"""The list of the library for programs finds what its page finds."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.services import create_token
from evidence.models import Item, Tag
from evidence.services import rename_tag
from publishing.filters import LibraryFilters
from tests.evidence.builders import person
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db
LIST = "/api/v1/evidence/"


@pytest.fixture
def program() -> Client:
    _, secret = create_token(user=person(), name="program", scopes=["read:drafts"], days=30)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def listed(client: Client, asked: dict[str, Any]) -> list[str]:
    answer = client.get(f"{LIST}?{urlencode(asked, doseq=True)}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def on_the_page(client: Client, asked: dict[str, Any]) -> set[str]:
    client.force_login(person())
    page = client.get(f"/evidence/?{urlencode(asked, doseq=True)}").context["page"]
    return set(Item.objects.filter(pk__in=list(page.listing)).values_list("title", flat=True))


def plant() -> None:
    item("Alpha", tags=("heat", "pilot"), authors=("Ada",), publisher="MIT", published="2023-05")
    item("Beta", kind="paper", tags=("heat",), authors=("Ada", "Bo"), published="2024")
    item("Gamma", kind="paper", state="inbox", text="All about heat and more.")
    rename_tag(tag=Tag.objects.get(slug="heat"), name="Warmth", shown="heat", by=person())


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 3),
        ({"q": "warmth"}, 2),
        ({"q": '"about heat"'}, 1),
        ({"q": "-heat"}, 2),
        ({"q": "warmth -bo"}, 1),
        ({"q": "warmth", "kind": "paper"}, 1),
        ({"state": "inbox"}, 1),
        ({"kind": "paper"}, 2),
        ({"tag": "heat"}, 2),
        ({"tag": ["warmth", "pilot"]}, 1),
        ({"tag": ["warmth", "none"]}, 0),
        ({"author": "Ada"}, 2),
        ({"publisher": "MIT"}, 1),
        ({"year": "2023"}, 1),
        ({"cited": "yes"}, 0),
        ({"cited": "no", "author": "Bo"}, 1),
    ],
)
def test_the_list_and_the_page_find_the_same(
    program: Client, client: Client, asked: dict[str, Any], number: int
) -> None:
    plant()
    found = listed(program, asked)
    assert len(found) == number
    assert set(found) == on_the_page(client, asked)


def test_the_rows_that_the_filters_keep_are_those_that_the_page_counts() -> None:
    plant()
    for asked in ("q=warmth -bo", "tag=heat&tag=pilot", "q=-heat"):
        filters = LibraryFilters(QueryDict(asked), Item.objects.all())
        assert sorted(row.key for row in filters.qs) == filters.keys()
        assert len(filters.keys()) in {1, 2}


def test_what_is_no_filter_is_refused(program: Client) -> None:
    for asked in ("order=newest", "tag=Not a slug", "year=x", "kind=rumour", "state="):
        assert program.get(f"{LIST}?{asked}").status_code == 400, asked


def test_pages_lead_both_ways_through_what_is_found(program: Client) -> None:
    for number in range(7):
        item(f"Item {number}", tags=("heat",))
    item("Other")
    seen, path = [], f"{LIST}?tag=heat&limit=3&count=true"
    while path:
        page = program.get(path).json()
        assert page["count"] == 7
        seen.append([row["key"] for row in page["results"]])
        path, before = page["next"], page["previous"]
    named = Item.objects.filter(title__startswith="Item").values_list("key", flat=True)
    assert [key for each in seen for key in each] == sorted(named)
    assert [row["key"] for row in program.get(before).json()["results"]] == seen[-2]


def test_ever_more_items_are_asked_for_in_as_many_questions(program: Client) -> None:
    program.get(LIST)
    counts: list[int] = []
    for _ in range(2):
        for number in range(12):
            item(f"Item {len(counts)} {number}", text="Heat.", tags=("heat", f"t{number}"))
        with CaptureQueriesContext(connection) as asked:
            assert listed(program, {"q": "heat", "tag": "heat", "cited": "no", "limit": 5})
        counts.append(len(asked))
    assert len(set(counts)) == 1
