"""Many save one card at once, over HTTP: whatever was accepted stands, in one line of revisions."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_token
from assessments.models import Revision
from tests.assessments.factories import card_json, person, saved
from tests.assessments.typed_cards import typed
from tests.served import Heard, Line, served

PATH = "/api/v1/cards/edge-ai/"
MARK = "m" * 32
Open = Callable[[dict[str, str]], Line]


@pytest.fixture
def site(committed_db: str) -> Iterator[Open]:
    saved()
    with served() as opened:
        yield opened


def line(site: Open, username: str) -> Line:
    _, secret = create_token(
        user=person(username), name="program", scopes=["read:drafts", "write:cards"], days=1
    )
    return site({"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})


def put(one: Line, summary: str, tag: str) -> Heard:
    body = json.dumps(card_json(summary=summary)).encode()
    return one.ask("PUT", PATH, body, If_Match=tag, Accept_Encoding="gzip")


def write(one: Line, name: str, times: int) -> tuple[list[str], int]:
    """The summaries that were accepted, and how many were refused as stale."""
    accepted, refused = [], 0
    for number in range(times):
        read, summary = one.ask("GET", PATH), f"Edit {number} of {name}."
        answer = put(one, summary, read.headers["etag"])
        assert answer.status in {200, 412}, answer.body
        if answer.status == 200:
            accepted.append(summary)
        else:
            refused += 1
            assert answer.json()["newest"]["url"] == PATH
    return accepted, refused


def check_nothing_is_lost(accepted: list[str]) -> None:
    rows = list(Revision.objects.order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.parent_id for row in rows[1:]] == [row.pk for row in rows[:-1]]
    kept = [json.loads(row.content)["summary"] for row in rows[1:]]
    assert sorted(kept) == sorted(accepted)


def test_of_500_saves_by_ten_programs_none_that_was_accepted_is_lost(site: Open) -> None:
    lines = [line(site, f"writer{number}") for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(lambda one: write(one[1], str(one[0]), 50), enumerate(lines)))
    accepted = [summary for summaries, _ in found for summary in summaries]
    refused = sum(number for _, number in found)
    assert len(accepted) + refused == 500
    assert refused > 0
    assert len(accepted) >= 50
    check_nothing_is_lost(accepted)


def browser(site: Open, username: str) -> Line:
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={MARK}"
    form = "application/x-www-form-urlencoded"
    return site({"Cookie": cookies, "Content-Type": form})


def type_into(one: Line, reader: Line, card: int, name: str) -> list[str]:
    """The summaries that the form of the card accepted."""
    accepted = []
    for number in range(10):
        parent = reader.ask("GET", PATH).headers["etag"].strip('"').partition(".")[0]
        summary = f"Typed {number} by {name}."
        sent = typed(parent=parent, summary=summary) | {"csrfmiddlewaretoken": MARK}
        answer = one.ask("POST", f"/cards/{card}/edit/", urlencode(sent).encode())
        assert answer.status in {302, 409}, answer.body
        if answer.status == 302:
            accepted.append(summary)
    return accepted


def test_a_form_and_a_program_that_save_one_card_lose_nothing_of_each_other(site: Open) -> None:
    card = Revision.objects.get().card_id
    names = [f"writer{number}" for number in range(3)]
    readers = [line(site, name) for name in names]
    browsers = [browser(site, name) for name in names]
    programs = [line(site, name) for name in names]
    with ThreadPoolExecutor(6) as pool:
        forms = [
            pool.submit(type_into, *parts)
            for parts in zip(browsers, readers, [card] * 3, names, strict=True)
        ]
        puts = [
            pool.submit(write, one, name, 10) for one, name in zip(programs, names, strict=True)
        ]
        accepted = [summary for form in forms for summary in form.result()]
        accepted += [summary for written in puts for summary in written.result()[0]]
    assert any(summary.startswith("Typed") for summary in accepted)
    assert any(summary.startswith("Edit") for summary in accepted)
    check_nothing_is_lost(accepted)
