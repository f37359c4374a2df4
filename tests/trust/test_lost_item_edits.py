"""Many save one item at once, over HTTP: whatever was accepted stands in it."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_token
from evidence.library import item_facts
from evidence.models import Item
from evidence.services import create_item
from evidence.values.item import ItemFacts
from record.models import Change
from tests.evidence.builders import person
from tests.served import Heard, Line, served
from tests.trust.test_lost_updates import MARK, Open

KEY = "the-item"
API, FORM = f"/api/v1/evidence/{KEY}/", f"/evidence/{KEY}/edit/"
PEOPLE = 10


@pytest.fixture
def site(committed_db: str) -> Iterator[Open]:
    create_item(facts=ItemFacts("note", "The item", notes="First."), by=person(), key=KEY)
    with served() as opened:
        yield opened


def program(site: Open, username: str) -> Line:
    scopes = ["read:drafts", "write:evidence"]
    _, secret = create_token(user=person(username), name="program", scopes=scopes, days=1)
    return site({"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})


def browser(site: Open, username: str) -> Line:
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={MARK}"
    return site({"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"})


def put(one: Line, notes: str) -> Heard:
    read = one.ask("GET", API)
    body = {"kind": "note", "title": "The item", "notes": notes, "tags": read.json()["tags"]}
    return one.ask("PUT", API, json.dumps(body).encode(), If_Match=read.headers["etag"])


def write(one: Line, name: str, times: int) -> list[str]:
    """The notes that were accepted."""
    accepted = []
    for number in range(times):
        notes = f"Edit {number} of {name}."
        answer = put(one, notes)
        assert answer.status in {200, 412}, answer.body
        if answer.status == 200:
            accepted.append(notes)
    return accepted


def type_into(one: Line, reader: Line, name: str, times: int) -> tuple[list[str], list[str]]:
    """The notes and the tags that the form accepted; each edit puts its tag for its last one."""
    notes, tags = [], []
    for number in range(times):
        read = reader.ask("GET", API).json()
        typed = {
            "csrfmiddlewaretoken": MARK,
            "version": read["version"],
            "title": "The item",
            "kind": "note",
            "notes": read["notes"],
            "tags": ", ".join([*others(read["tags"], name), f"{name} {number}"]),
            "passages-TOTAL_FORMS": 0,
            "passages-INITIAL_FORMS": 0,
        }
        if number % 2:
            typed["notes"] = f"Typed {number} by {name}."
        answer = one.ask("POST", FORM, urlencode(typed).encode())
        assert answer.status in {302, 409}, answer.body
        if answer.status == 302:
            tags.append(f"{name} {number}")
            notes += [str(typed["notes"])] if number % 2 else []
    return notes, tags


def others(tags: list[str], name: str) -> list[str]:
    return [tag for tag in tags if not tag.startswith(f"{name} ")]


def said(field: str) -> list[str]:
    """Everything that the item ever said in the field, in order."""
    edits = Change.objects.filter(kind="item.edited", subject_key=KEY).order_by("seq")
    return [edit.after[field] for edit in edits if edit.after and field in edit.after]


def test_of_500_changes_by_ten_programs_none_that_was_accepted_is_lost(site: Open) -> None:
    lines = [(program(site, f"writer{number}"), f"writer{number}") for number in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        found = list(pool.map(lambda one: write(*one, 50), lines))
    accepted = [notes for each in found for notes in each]
    assert len(accepted) >= 50
    assert sorted(said("notes")) == sorted(accepted)
    item = Item.objects.get()
    assert item.version == len(accepted) + 1
    assert item.notes == said("notes")[-1]


def test_of_what_ten_people_type_beside_each_other_none_that_was_accepted_is_lost(
    site: Open,
) -> None:
    names = [f"writer{number}" for number in range(PEOPLE)]
    readers = [program(site, name) for name in names]
    browsers = [browser(site, name) for name in names]
    with ThreadPoolExecutor(PEOPLE) as pool:
        parts = zip(browsers, readers, names, strict=True)
        found = list(pool.map(lambda one: type_into(*one, 5), parts))
    notes = [note for accepted, _ in found for note in accepted]
    tags = [tag for _, accepted in found for tag in accepted]
    assert len(tags) > len(notes) > 0
    assert set(tags) == {tag for stated in said("tags") for tag in stated}
    last = [accepted[-1] for _, accepted in found if accepted]
    assert sorted(item_facts(Item.objects.get()).tags) == sorted(last)
    assert set(notes) <= set(said("notes"))
