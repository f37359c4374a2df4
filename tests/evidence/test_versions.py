"""A changed tag is a version of each item that has it, and what was said before is known."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.services import create_token
from evidence.library import item_facts
from evidence.models import Item, Tag
from evidence.services import (
    Edit,
    edit_item,
    merge_tags,
    rename_tag,
    save_edit,
    undo_tag_change,
)
from evidence.versions import facts_at, last_author_id
from record.models import Change
from tests.evidence.builders import person
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db


def now(one: Item) -> Item:
    return Item.objects.get(pk=one.pk)


def rename(old: str, new: str, by: str = "olga") -> None:
    rename_tag(tag=Tag.objects.get(name=old), name=new, shown=old, by=person(by))


def merge(old: str, into: str) -> None:
    one, other = (Tag.objects.get(name=name) for name in (old, into))
    merge_tags(tag=one, into=other, shown=old, by=person("olga"))


def undo() -> None:
    kinds = ("tag.renamed", "tag.merged")
    change = Change.objects.filter(kind__in=kinds).latest("seq")
    undo_tag_change(change=change, by=person("olga"))


def edit(one: Item, **facts: Any) -> None:
    held = now(one)
    edit_item(
        item=held, facts=replace(item_facts(held), **facts), version=held.version, by=person()
    )


def save(one: Item, version: int, **facts: Any) -> None:
    """Somebody began from that version, and sends it with these changes."""
    base = facts_at(now(one), version)
    assert base is not None
    typed = Edit(facts=replace(base, **facts), version=version)
    save_edit(item=one, edit=typed, by=person())


def tags(one: Item) -> tuple[str, ...]:
    return item_facts(now(one)).tags


def test_each_change_of_a_tag_is_a_version_of_the_items_that_have_it() -> None:
    one, other = item("One", tags=("ev",)), item("Other", tags=("cars",))
    rename("ev", "electric")
    assert (now(one).version, now(other).version) == (2, 1)
    merge("electric", "cars")
    assert (now(one).version, now(other).version) == (3, 1)
    undo()
    assert (now(one).version, now(other).version) == (4, 1)
    assert last_author_id(now(one)) == person("olga").pk
    assert last_author_id(now(other)) == person().pk


def test_what_an_item_said_before_its_tags_changed_is_known() -> None:
    one = item("One", tags=("ev", "cars", "heat"))
    item("Other", tags=("ev", "cold"))
    said = [item_facts(now(one))]
    steps = (
        lambda: rename("ev", "electric"),
        lambda: edit(one, notes="Second.", tags=("electric", "cars", "new")),
        lambda: merge("electric", "cars"),
        undo,
        lambda: edit(one, notes="Third.", tags=("electric", "new")),
        lambda: merge("electric", "cold"),
        lambda: rename("cold", "ice"),
        lambda: merge("new", "ice"),
        undo,
    )
    for step in steps:
        step()
        said.append(item_facts(now(one)))
    assert now(one).version == len(said)
    assert [facts_at(now(one), number) for number in range(1, len(said) + 1)] == said


def test_changes_of_tags_from_before_they_made_versions_are_passed_over() -> None:
    one = item("One", tags=("ev",))
    edit(one, notes="Second.")
    for kind in ("tag.renamed", "tag.merged"):
        Change.objects.create(
            seq=Change.objects.latest("seq").seq + 1,
            kind=kind,
            subject_kind="tag",
            subject_key="e",
            before={"name": "e", "slug": "e", "items": [one.key]},
            after={"name": "ev", "slug": "ev", "had_both": []},
        )
    before = facts_at(now(one), 1)
    assert before is not None
    assert before.notes == ""


def test_an_edit_begun_before_a_rename_keeps_the_tag_and_its_own_change() -> None:
    one = item("One", tags=("ev", "heat"))
    rename("ev", "electric")
    save(one, 1, notes="Mine.")
    assert (tags(one), now(one).notes) == (("electric", "heat"), "Mine.")
    save(one, 1, tags=("heat",))
    assert tags(one) == ("heat",)


def test_an_edit_begun_before_a_merge_was_taken_back_leaves_the_two_apart() -> None:
    one = item("One", tags=("ev",))
    item("Other", tags=("cars",))
    merge("ev", "cars")
    undo()
    save(one, 2, notes="Mine.", tags=("cars", "new"))
    assert (tags(one), now(one).notes) == (("ev", "new"), "Mine.")


def test_a_program_that_read_other_tags_is_told_so() -> None:
    one = item("One", tags=("ev",))
    _, secret = create_token(
        user=person(), name="program", scopes=["read:drafts", "write:evidence"], days=30
    )
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    path = f"/api/v1/evidence/{one.key}/"
    read = program.get(path)
    rename("ev", "electric")
    undo()
    assert program.get(path)["ETag"] != read["ETag"]
    body = json.dumps({"kind": "news", "title": "One", "tags": ["electric"]})
    stale = program.put(
        path, body, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert stale.status_code == 412
    # Renamed and named back, they did not change: only the sender has.
    assert (stale.json()["theirs"]["tags"], stale.json()["conflicts"]) == (["ev"], [])
    assert tags(one) == ("ev",)
