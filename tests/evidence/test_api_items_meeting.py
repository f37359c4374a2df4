"""A program changes an item that somebody else changed since it was read."""

import json
from typing import Any

import pytest
from django.test import Client

from evidence.api.item_shapes import SAVED_ITEM, STALE_ITEM
from evidence.models import Item
from evidence.services import edit_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.evidence.builders import person
from tests.evidence.test_api_items import ITEM, brought, program, send

pytestmark = pytest.mark.django_db
MERGE = "?merge=disjoint"


def change(client: Client, path: str, tag: str, **fields: Any) -> Any:
    return send(client, "put", path, ITEM | fields, If_Match=tag)


def read(client: Client, path: str) -> dict[str, Any]:
    record: dict[str, Any] = client.get(path).json()
    return record


def stale(client: Client, **theirs: Any) -> tuple[str, str, dict[str, Any]]:
    """The address, the tag and the record of an item that otto then changed."""
    path, tag = brought(client)
    record, item = read(client, path), Item.objects.get()
    facts = {name: record[name] for name in ITEM if name not in {"accessed_on", "passages"}}
    facts |= {name: tuple(facts[name]) for name in ("authors", "tags")}
    facts |= {"accessed_on": item.accessed_on}
    facts["passages"] = tuple(
        PassageFacts(**{name: one[name] for name in one if name not in {"anchor", "start"}})
        for one in record["passages"]
    )
    edit_item(item=item, facts=ItemFacts(**(facts | theirs)), version=1, by=person("otto"))
    return path, tag, record


def test_a_stale_change_is_told_only_what_both_changed() -> None:
    client = program()
    path, tag, record = stale(client, title="Ten weeks", publisher="The bureau")
    mine = record | {"title": "Eleven weeks", "notes": "Mine."}
    problem = send(client, "put", path, mine, If_Match=tag)
    assert problem.status_code == 412
    told = problem.json()
    assert set(told) == set(STALE_ITEM.fields) - {"newest"}
    assert [one["pointer"] for one in told["errors"]] == ["#/title"]
    assert told["conflicts"] == [
        {
            "field": "title",
            "base": '"Nine weeks"',
            "theirs": '"Ten weeks"',
            "mine": '"Eleven weeks"',
        }
    ]
    assert (told["base"], told["theirs"]) == (1, read(client, path))
    assert problem["ETag"] == client.get(path)["ETag"]
    assert send(client, "put", path + MERGE, mine, If_Match=tag).json()["conflicts"]
    assert Item.objects.get().version == 2


def test_a_field_that_the_sender_left_alone_is_no_conflict() -> None:
    client = program()
    path, tag, record = stale(client, title="Ten weeks")
    problem = send(client, "put", path, record | {"notes": "Mine."}, If_Match=tag)
    assert problem.status_code == 412
    assert (problem.json()["errors"], problem.json()["conflicts"]) == ([], [])
    assert "?merge=disjoint" in problem.json()["detail"]
    assert Item.objects.get().notes == ""


def test_disjoint_changes_are_merged_when_that_is_asked_for() -> None:
    client = program()
    path, tag, record = stale(client, title="Ten weeks", tags=("heat", "Turku"))
    mine = record | {"notes": "Mine.", "tags": ["heat", "costs"]}
    answer = send(client, "put", path + MERGE, mine, If_Match=tag)
    assert answer.status_code == 200, answer.content
    saved = answer.json()
    assert set(saved) == set(SAVED_ITEM.fields)
    assert saved.pop("merged") == {
        "base": 1,
        "theirs": 2,
        "author": "otto",
        "from_theirs": ["title"],
        "from_mine": ["notes", "tags"],
    }
    assert (saved["title"], saved["notes"]) == ("Ten weeks", "Mine.")
    assert (saved["tags"], saved["version"]) == (["Turku", "costs", "heat"], 3)
    assert (saved, answer["ETag"]) == (read(client, path), client.get(path)["ETag"])


def test_nothing_is_merged_where_the_version_is_in_force_or_not_known() -> None:
    client = program()
    path, tag, record = stale(client, title="Ten weeks")
    for other in ('"x"', "*", tag.replace("-v1", "-v77")):
        problem = send(client, "put", path + MERGE, record, If_Match=other)
        assert problem.status_code == 412
        assert problem.json()["base"] is None
        (conflict,) = problem.json()["conflicts"]
        assert (conflict["base"], json.loads(conflict["mine"])) == (None, "Nine weeks")
    assert send(client, "put", path + MERGE, record).status_code == 428
    now = client.get(path)["ETag"]
    fresh = send(client, "put", path + MERGE, record | {"notes": "Mine."}, If_Match=now)
    assert (fresh.status_code, "merged" in fresh.json()) == (200, False)
    assert send(client, "put", f"{path}?merge=all", record, If_Match=now).status_code == 400


def test_what_cannot_stand_is_refused_on_a_stale_version_too() -> None:
    client = program()
    path, tag, record = stale(client, title="Ten weeks")
    for query in ("", MERGE):
        wrong = record | {"published": "soon"}
        refused = send(client, "put", path + query, wrong, If_Match=tag)
        assert refused.status_code == 422
        assert [one["pointer"] for one in refused.json()["errors"]] == ["#/published"]


def test_the_days_and_passages_of_a_conflict_are_told_as_they_are_read() -> None:
    client = program()
    path, tag, record = stale(client, accessed_on=None, passages=())
    (passage,) = record["passages"]
    mine = record | {"accessed_on": "2024-07-01", "passages": [passage | {"comment": "Mine."}]}
    told = send(client, "put", path, mine, If_Match=tag).json()["conflicts"]
    said = {one["field"]: one for one in told}
    assert (said["accessed_on"]["base"], said["accessed_on"]["theirs"]) == ('"2024-06-01"', "null")
    assert json.loads(said["passages"]["mine"])[0]["comment"] == "Mine."
