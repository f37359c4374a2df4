"""Every other path on which people write over what they read: whatever was accepted stands.

Ten lines of ten people send five edits each. A further path is one more entry of PATHS.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.services import create_token
from assessments.models import Publication, Revision
from assessments.opinions import content_of
from evidence.services import create_indicator
from record.models import Change
from scoring.models import LensVersion
from scoring.services.lenses import LensDraft, create_lens
from tests.assessments.factories import card_json, person, published, saved
from tests.assessments.typed_cards import resent
from tests.evidence.builders import facts
from tests.served import Heard, Line, served

MARK = "m" * 32
FUND = {"region": {"kind": "whole simplex"}, "horizon": None, "spacing": None, "rule": "mean"}
CARD = "/api/v1/cards/edge-ai/"
PEOPLE, EDITS = 10, 5
Open = Callable[[dict[str, str]], Line]


@dataclass
class Hand:
    """One person at a browser and with a program, both signed in."""

    browser: Line
    program: Line
    name: str

    def page(self, path: str) -> dict[str, Any]:
        return resent(self.browser.ask("GET", path).body.decode())

    def send(self, path: str, fields: dict[str, Any]) -> Heard:
        body = urlencode(fields | {"csrfmiddlewaretoken": MARK}).encode()
        return self.browser.ask("POST", path, body)

    def tag(self, path: str) -> str:
        return self.program.ask("GET", path).headers["etag"]

    def put(self, path: str, body: dict[str, Any], tag: str = "") -> Heard:
        named = {"If_Match": tag} if tag else {}
        return self.program.ask("PUT", path, json.dumps(body).encode(), **named)


@dataclass(frozen=True)
class Path:
    """`edit` sends a text over what was read and tells whether it was accepted; `kept` are the
    texts that the record holds, each made from the one before it."""

    name: str
    begin: Callable[[], object]
    edit: Callable[[Hand, str], bool]
    kept: Callable[[], list[str]]
    role: str = "editor"


def accepted(answer: Heard, *refusals: int) -> bool:
    assert answer.status in {200, 302, *refusals}, (answer.status, answer.body)
    return answer.status in {200, 302}


def by_form(path: str, field: str) -> Callable[[Hand, str], bool]:
    """What was typed stands in the page that refuses it."""

    def edit(hand: Hand, text: str) -> bool:
        answer = hand.send(path, hand.page(path) | {field: text})
        done = accepted(answer, 409, 422)
        assert done or text in answer.body.decode()
        return done

    return edit


def in_log(kind: str, field: str) -> Callable[[], list[str]]:
    """Each change of the log was made from what the one before it left."""

    def kept() -> list[str]:
        rows = list(Change.objects.filter(kind=kind).order_by("seq"))
        for old, new in pairwise(rows):
            assert new.before == old.after
        return [row.after[field] for row in rows]

    return kept


def summaries() -> list[str]:
    rows = list(Revision.objects.order_by("number"))
    assert [row.parent_id for row in rows[1:]] == [row.pk for row in rows[:-1]]
    return [content_of(row)["summary"] for row in rows[1:]]


def edit_path() -> str:
    return f"/cards/{Revision.objects.earliest('pk').card_id}/edit/"


def by_indicator_api(hand: Hand, text: str) -> bool:
    path = "/api/v1/indicators/module-price/"
    read = hand.program.ask("GET", path)
    own = ("is_demonstration", "version", "observations", "latest")
    body = {key: value for key, value in read.json().items() if key not in own} | {"name": text}
    assert hand.put(path, body).status == 428
    return accepted(hand.put(path, body, read.headers["etag"]), 412)


def by_merge(hand: Hand, text: str) -> bool:
    """Everybody changes the summary: it is asked about, never merged."""
    body = card_json(summary=text)
    assert hand.put(f"{CARD}?merge=disjoint", body).status == 428
    answer = hand.put(f"{CARD}?merge=disjoint", body, hand.tag(CARD))
    done = accepted(answer, 412)
    if not done:
        told = answer.json()
        assert told["theirs"]["summary"] != text
        assert told["conflicts"] == [] or told["conflicts"][0]["mine"] == json.dumps(text)
        assert told["mine_kept"]
    return done


def by_disjoint_merge(hand: Hand, text: str) -> bool:
    """Everybody adds a tripwire of their own to the first revision: all of them are merged."""
    first = Revision.objects.earliest("pk")
    body = card_json(tripwires=[text])
    answer = hand.put(f"{CARD}?merge=disjoint", body, f'"{first.content_hash}"')
    return accepted(answer, 412)


def tripwires() -> list[str]:
    rows: list[str] = content_of(Revision.objects.latest("number"))["tripwires"]
    return rows


def by_going_back(hand: Hand, text: str) -> bool:
    """What a conflict kept is thrown away first: a form is filled from one place."""
    path = edit_path()
    hand.send(path.replace("/edit/", "/buffer/"), {"then": "discard"})
    fields = hand.page(f"{path}?from=1") | {"summary": text, "reason": "Back.", "then": "draft"}
    return accepted(hand.send(f"{path}?from=1", fields), 409)


def by_minor_edit(hand: Hand, text: str) -> bool:
    """Saved and published, or saved and told why not: the draft counts as accepted."""
    hand.send(edit_path().replace("/edit/", "/buffer/"), {"then": "discard"})
    answer = hand.send(edit_path(), hand.page(edit_path()) | {"summary": text, "then": "minor"})
    return accepted(answer, 409)


def lens_notes() -> list[str]:
    rows = list(LensVersion.objects.filter(key="city-fund").order_by("seq"))
    return [row.note for row in rows[1:]]


PATHS = (
    Path(
        "technology form",
        saved,
        by_form("/technologies/edge-ai/edit/", "name"),
        in_log("technology.edited", "name"),
    ),
    Path(
        "indicator form",
        lambda: create_indicator(facts=facts(), by=person("anna")),
        by_form("/indicators/module-price/edit/", "name"),
        in_log("indicator.edited", "name"),
    ),
    Path(
        "indicator API",
        lambda: create_indicator(facts=facts(), by=person("anna")),
        by_indicator_api,
        in_log("indicator.edited", "name"),
    ),
    Path(
        "lens form",
        lambda: create_lens(
            draft=LensDraft(name="City fund", note="", definition=FUND),
            by=person("ben", "editor"),
        ),
        by_form("/lenses/city-fund/edit/", "note"),
        lens_notes,
    ),
    Path("card API that may merge", saved, by_merge, summaries),
    Path("card API that merges", saved, by_disjoint_merge, tripwires),
    Path("going back to a revision", saved, by_going_back, summaries),
    Path("minor edit", published, by_minor_edit, summaries),
)


def hand(site: Open, number: int, role: str) -> Hand:
    name = f"writer{number}"
    user = person(name, role)
    scopes = ["read:drafts", "write:cards", "write:evidence"]
    _, secret = create_token(user=user, name="program", scopes=scopes, days=1)
    client = Client()
    client.force_login(user)
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={MARK}"
    form = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    program = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    return Hand(site(form), site(program), name)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_of_fifty_edits_none_that_was_accepted_is_lost(path: Path, committed_db: str) -> None:
    path.begin()
    with served() as site:
        hands = [hand(site, number, path.role) for number in range(PEOPLE)]

        def work(one: Hand) -> list[str]:
            texts = [f"Edit {number} of {one.name}." for number in range(EDITS)]
            try:
                return [text for text in texts if path.edit(one, text)]
            finally:
                connection.close()

        with ThreadPoolExecutor(PEOPLE) as pool:
            taken = [text for texts in pool.map(work, hands) for text in texts]
    assert taken
    assert sorted(path.kept()) == sorted(taken)


def test_of_ten_imports_at_once_none_that_was_accepted_is_lost(
    committed_db: str, tmp_path: Any
) -> None:
    first = saved()

    def bring_in(number: int) -> str:
        text = f"Import {number}."
        file = tmp_path / f"{number}.json"
        card = card_json(parent=first.content_hash, tripwires=[text], author=None)
        file.write_text(json.dumps({"format": "bellwether.cards/1", "cards": [card]}))
        try:
            call_command("import_cards", str(file), "--merge", "--author", "anna")
        except SystemExit:
            return ""
        finally:
            connection.close()
        return text

    with ThreadPoolExecutor(PEOPLE) as pool:
        taken = sorted(filter(None, pool.map(bring_in, range(PEOPLE))))
    assert taken
    assert sorted(tripwires()) == taken


def test_a_minor_edit_is_published_once_however_often_it_is_sent(committed_db: str) -> None:
    first = published().revision
    saved(parent=first.content_hash, summary="Other words.", reason="Words.")
    with served() as site:
        hands = [hand(site, number, "analyst") for number in range(PEOPLE)]
        path = f"/cards/{first.card_id}/minor/"
        with ThreadPoolExecutor(PEOPLE) as pool:
            answers = list(pool.map(lambda one: one.send(path, {}).status, hands))
    assert set(answers) == {302}
    assert Publication.objects.filter(kind="card").count() == 2
