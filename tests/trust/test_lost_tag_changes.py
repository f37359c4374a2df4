"""Tags are renamed, merged and parted while others edit the items that have them, over HTTP."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection

from evidence.library import item_facts
from evidence.models import Item, ItemWords, Tag
from evidence.services import create_item
from evidence.tagging import CAN_BE_UNDONE
from evidence.values.item import ItemFacts
from evidence.values.words import joined
from evidence.versions import facts_at
from record.models import Change
from tests.evidence.builders import person
from tests.served import Line, served
from tests.trust.test_lost_item_edits import browser, program
from tests.trust.test_lost_updates import MARK, Open

PEOPLE, EDITS, MOVES = 5, 20, 12
SHARED = ("solar", "wind", "heat", "grid", "cars")
KEYS = tuple(f"item-{number}" for number in range(4))


@pytest.fixture
def site(committed_db: str) -> Iterator[Open]:
    for number, key in enumerate(KEYS):
        tags = tuple(sorted({SHARED[number % 5], SHARED[(number + 1) % 5]}))
        create_item(facts=ItemFacts("note", key, tags=tags), by=person(), key=key)
    with served() as opened:
        yield opened


def edit(one: Line, name: str) -> list[tuple[str, str]]:
    """The keys and notes that were accepted; each edit gives its item one more tag."""
    chance, accepted = Random(name), []  # noqa: S311 for a test
    for number in range(EDITS):
        path = f"/api/v1/evidence/{chance.choice(KEYS)}/"
        read = one.ask("GET", path)
        said = read.json()
        tags = [*chance.sample(said["tags"], len(said["tags"])), f"{name} {number}"]
        if number % 2:
            tags.append(chance.choice(SHARED))
        body = {"kind": "note", "title": said["title"], "notes": f"{name} {number}", "tags": tags}
        answer = one.ask("PUT", path, json.dumps(body).encode(), If_Match=read.headers["etag"])
        assert answer.status in {200, 412}, answer.body
        if answer.status == 200:
            accepted.append((said["key"], f"{name} {number}"))
    return accepted


def move(one: Line, name: str) -> int:
    """How many renames and merges the forms accepted."""
    chance, accepted = Random(name), 0  # noqa: S311 for a test
    for number in range(MOVES):
        tag, into, undone = chosen(chance)
        path, typed = f"/evidence/tags/{tag.slug}/", {"shown": tag.name}
        if number % 3 == 2:
            path, typed = f"/evidence/tags/changes/{undone}/undo/", {}
        elif number % 3:
            path, typed["into"] = f"{path}merge/", into.name
        else:
            names = {*SHARED, f"{name} new {number}"} - {tag.name}
            typed["name"] = chance.choice(sorted(names))
        answer = one.ask("POST", path, urlencode(typed | {"csrfmiddlewaretoken": MARK}).encode())
        assert answer.status in {302, 404, 409, 422}, answer.body
        leads_to_list = answer.headers.get("location") == "/evidence/tags/"
        accepted += leads_to_list and "undo" not in path
    return accepted


def chosen(chance: Random) -> tuple[Tag, Tag, int]:
    """Two tags, and a change that may be taken back."""
    tag, into = chance.sample(list(Tag.objects.order_by("pk")[:8]), 2)
    undone = Change.objects.filter(kind__in=CAN_BE_UNDONE).order_by("-seq").first()
    connection.close()
    return tag, into, undone.seq if undone else 0


def test_nothing_accepted_is_lost_and_every_version_is_known(site: Open) -> None:
    names = [f"writer{number}" for number in range(PEOPLE)]
    movers = [f"mover{number}" for number in range(PEOPLE)]
    first = {item.key: item_facts(item) for item in Item.objects.all()}
    programs = [program(site, name) for name in names]
    browsers = [browser(site, person(name).username) for name in movers]
    with ThreadPoolExecutor(2 * PEOPLE) as pool:
        edited = [pool.submit(edit, *each) for each in zip(programs, names, strict=True)]
        moved = [pool.submit(move, *each) for each in zip(browsers, movers, strict=True)]
        accepted = [one for each in edited for one in each.result()]
        moves = sum(each.result() for each in moved)
    logged = Change.objects.filter(kind__in=CAN_BE_UNDONE).count()
    assert accepted
    assert logged == moves > 0
    for item in Item.objects.all():
        mine = {notes for key, notes in accepted if key == item.key}
        edits = Change.objects.filter(kind="item.edited", subject_key=item.key)
        assert sorted(mine) == sorted(row.after["notes"] for row in edits if row.after)
        assert mine <= found_by(item)
        assert facts_at(item, 1) == first[item.key]
        assert facts_at(item, 0) is facts_at(item, item.version + 1) is None
        words = ItemWords.objects.get(item=item)
        assert words.tags == joined(item_facts(item).tags)


def found_by(item: Item) -> set[str]:
    """The names of its tags, of now and before."""
    tags = Tag.objects.filter(items=item).prefetch_related("former_names")
    names = {name.name for tag in tags for name in tag.former_names.all()}
    return names | {tag.name for tag in tags}
