"""Items for programs of the team: reading, bringing, changing, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.services import create_token
from evidence.models import Item
from evidence.services import create_item, retract_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db
LIST = "/api/v1/evidence/"
TEXT = "The pilot ran for nine weeks. It cost less than planned."
ITEM = {
    "kind": "news",
    "title": "Nine weeks",
    "url": "https://example.org/pilot",
    "authors": ["A. Writer"],
    "accessed_on": "2024-06-01",
    "tags": ["heat"],
    "text": TEXT,
    "passages": [{"kind": "quotation", "text": "It cost less than planned."}],
}


def program(*scopes: str) -> Client:
    chosen = list(scopes or ("read:drafts", "write:evidence"))
    _, secret = create_token(user=person(), name="program", scopes=chosen, days=30)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, method: str, path: str, body: object = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    call = getattr(client, method)
    return call(path, body, content_type="application/json", headers=named)


def brought(client: Client) -> tuple[str, str]:
    """The address and the tag of a fresh item."""
    response = send(client, "post", LIST, ITEM)
    assert response.status_code == 201, response.content
    return f"{LIST}{response.json()['key']}/", response["ETag"]


def test_an_item_is_brought_into_the_inbox_and_read_back() -> None:
    client = program()
    path, tag = brought(client)
    read = client.get(path)
    assert read["ETag"] == tag
    record = read.json()
    assert {name: record[name] for name in ITEM if name != "passages"} == {
        name: value for name, value in ITEM.items() if name != "passages"
    }
    assert (record["state"], record["reference"]) == ("inbox", f"url:{ITEM['url']}")
    assert (record["passages"][0]["anchor"], record["passages"][0]["start"]) == ("anchored", 30)


def test_the_same_again_is_the_item_that_is_there_and_more_words_are_not_dropped() -> None:
    client = program()
    path, tag = brought(client)
    again = send(client, "post", LIST, ITEM)
    assert (again.status_code, again["ETag"]) == (200, tag)
    assert again["Location"].endswith(path)
    more = send(client, "post", LIST, ITEM | {"text": "Quite other words."})
    assert more.status_code == 409
    assert "Nothing was saved" in more.json()["detail"]
    assert Item.objects.get().version == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"url": "https://example.org/alone"}, "link"),
        ({"url": "https://example.org/alone", "text": TEXT}, "link"),
        ({"text": TEXT}, "note"),
        ({"title": "Nine weeks", "url": " "}, "note"),
    ],
)
def test_an_item_without_a_kind_is_of_the_one_that_the_form_takes(body: Any, kind: str) -> None:
    client = program()
    response = send(client, "post", LIST, body)
    assert (response.status_code, response.json()["kind"]) == (201, kind)
    item = Item.objects.get()
    item.delete()
    team = Client()
    team.force_login(person())
    team.post("/evidence/new/", {"url": "", "text": "", "title": ""} | body)
    assert Item.objects.get().kind == kind


def test_what_is_read_of_an_item_is_what_a_change_takes() -> None:
    client = program()
    path, tag = brought(client)
    record = client.get(path).json()
    same = send(client, "put", path, record, If_Match=tag)
    assert (same.status_code, same["ETag"]) == (200, tag)
    wrong = {"state": "kept", "version": 9, "key": 5, "retracted_reason": None, "title": "Ten"}
    changed = send(client, "put", path, record | wrong, If_Match=tag).json()
    assert changed == record | {
        "title": "Ten",
        "version": 2,
        "changed_at": changed["changed_at"],
    }
    strange = send(client, "put", path, record | {"surprise": 1}, If_Match=tag)
    assert strange.status_code == 422
    bare = {name: ITEM[name] for name in ITEM if name != "kind"}
    refused = send(client, "put", path, bare, If_Match=tag)
    assert [one["pointer"] for one in refused.json()["errors"]] == ["#/kind"]


def test_an_item_that_was_read_elsewhere_is_brought_as_it_is() -> None:
    client = program()
    path, _ = brought(client)
    record = client.get(path).json() | {"state": "retracted", "retracted_reason": "Wrong."}
    Item.objects.all().delete()
    response = send(client, "post", LIST, record)
    assert (response.status_code, response.json()["state"]) == (201, "inbox")
    assert Item.objects.get().retracted_reason == ""


def test_the_list_is_narrowed_paged_and_had_as_files() -> None:
    for number in range(5):
        facts = ItemFacts("paper", f"Paper {number}", text=TEXT, tags=("Heat",))
        create_item(facts=facts, by=person(), state="kept")
    lost = PassageFacts("quotation", "=never said")
    facts = ItemFacts("news", "=news", authors=("A.", "B."), text="Words.", passages=(lost,))
    create_item(facts=facts, by=person())
    client = program("read:drafts")
    seen, path = [], f"{LIST}?limit=2&count=true"
    while path:
        page = client.get(path).json()
        assert page["count"] == 6
        seen += [row["key"] for row in page["results"]]
        path = page["next"]
    assert seen == sorted(seen)
    assert len(set(seen)) == 6
    for query, number in (
        ("kind=paper", 5),
        ("state=inbox", 1),
        ("tag=heat", 5),
        ("tag=none", 0),
        ("q=nine weeks", 5),
        ("q=nine weeks&kind=news", 0),
    ):
        assert len(client.get(f"{LIST}?{query}").json()["results"]) == number, query
    (row,) = client.get(f"{LIST}?kind=news").json()["results"]
    assert (row["passages"], row["lost"], row["authors"]) == (1, 1, ["A.", "B."])
    assert "text" not in row
    lines = client.get("/api/v1/evidence.csv").getvalue().decode().splitlines()
    assert len(lines) == 7
    assert any("'=news" in line and "A.; B." in line for line in lines)
    assert len(client.get("/api/v1/evidence.jsonl").getvalue().splitlines()) == 6
    assert client.get(f"{LIST}?kind=rumour").status_code == 400


def test_an_unmoved_list_is_answered_with_304_until_something_is_written() -> None:
    client = program()
    path, _ = brought(client)
    tag = client.get(LIST)["ETag"]
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304
    assert step(client, path, "keep").status_code == 200
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 200


def test_a_change_names_its_version_and_a_stale_one_is_told_both_texts() -> None:
    client = program()
    path, tag = brought(client)
    body = ITEM | {"title": "Ten weeks"}
    assert send(client, "put", path, body).status_code == 428
    changed = send(client, "put", path, body, If_Match=tag)
    assert changed.status_code == 200
    assert changed.json()["title"] == "Ten weeks"
    stale = send(client, "put", path, ITEM | {"title": "Eleven weeks"}, If_Match=tag)
    assert stale.status_code == 412
    (fault,) = [one for one in stale.json()["errors"] if one["pointer"] == "#/title"]
    assert fault["detail"] == 'It is now "Ten weeks"; you sent "Eleven weeks".'
    assert client.get(path).json()["title"] == "Ten weeks"
    again = send(client, "put", path, ITEM, If_Match=changed["ETag"])
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], "#"),
        ({}, "#/title"),
        (ITEM | {"surprise": 1}, "#"),
        (ITEM | {"kind": ""}, "#/kind"),
        (ITEM | {"passages": [{"kind": "point", "text": "x", "state": "kept"}]}, "#/passages/0"),
        (ITEM | {"title": 5}, "#/title"),
        (ITEM | {"kind": "rumour"}, "#/kind"),
        (ITEM | {"url": "javascript:alert(1)"}, "#/url"),
        (ITEM | {"authors": "A. Writer"}, "#/authors"),
        (ITEM | {"authors": [1]}, "#/authors/0"),
        (ITEM | {"tags": ["a,b"]}, "#/tags"),
        (ITEM | {"accessed_on": "soon"}, "#/accessed_on"),
        (ITEM | {"accessed_on": "2024-02-31"}, "#/accessed_on"),
        (ITEM | {"published": "soon"}, "#/published"),
        (ITEM | {"notes": "a\u202eb"}, "#/notes"),
        (ITEM | {"text": "x" * 200_001}, "#/text"),
        (ITEM | {"passages": {}}, "#/passages"),
        (ITEM | {"passages": [1]}, "#/passages/0"),
        (ITEM | {"passages": [{"kind": "point"}]}, "#/passages/0/text"),
        (ITEM | {"passages": [{"kind": "point", "text": " "}]}, "#/passages/0/text"),
        (ITEM | {"passages": [{"kind": "x", "text": "y"}]}, "#/passages/0/kind"),
        (
            ITEM | {"passages": [{"kind": "point", "text": "y", "source": "nowhere"}]},
            "#/passages/0/source",
        ),
        ({"kind": "news"}, "#/title"),
    ],
)
def test_a_wrong_item_is_refused_by_pointer(body: Any, pointer: str) -> None:
    client = program()
    response = send(client, "post", LIST, body)
    assert response.status_code == 422, response.content
    assert pointer in [fault["pointer"] for fault in response.json()["errors"]]
    assert not Item.objects.exists()


def step(client: Client, path: str, name: str, body: object = None) -> Any:
    return send(client, "post", f"{path}{name}/", body, If_Match=client.get(path)["ETag"])


def test_an_item_is_kept_retracted_and_restored() -> None:
    client = program()
    path, _ = brought(client)
    assert step(client, path, "restore").status_code == 409
    assert step(client, path, "keep").json()["state"] == "kept"
    assert step(client, path, "retract", {"reason": " "}).status_code == 422
    assert step(client, path, "retract", {}).status_code == 422
    gone = step(client, path, "retract", {"reason": "Taken back."}).json()
    assert (gone["state"], gone["retracted_reason"]) == ("retracted", "Taken back.")
    assert step(client, path, "restore").json()["state"] == "kept"


@pytest.mark.parametrize(
    ("name", "body"), [("keep", None), ("retract", {"reason": "Wrong."}), ("restore", None)]
)
def test_a_step_names_its_version_and_a_stale_one_is_told_what_changed(
    name: str, body: object
) -> None:
    client = program()
    path, tag = brought(client)
    assert send(client, "post", f"{path}{name}/", body).status_code == 428
    send(client, "put", path, ITEM | {"title": "Ten weeks"}, If_Match=tag)
    kept = step(client, path, "keep")
    stale = send(client, "post", f"{path}{name}/", body, If_Match=tag)
    assert stale.status_code == 412
    assert stale["ETag"] == kept["ETag"]
    told = {fault["pointer"]: fault["detail"] for fault in stale.json()["errors"]}
    assert told.pop("#/reason", None) == ('You sent "Wrong.".' if body else None)
    assert told == {
        "#/state": 'It is now "kept"; you read "inbox".',
        "#/title": 'It is now "Ten weeks"; you read "Nine weeks".',
    }
    assert Item.objects.get().state == "kept"
    for other in ('"x"', f'"{tag[1:-1]}x-v9"', '"-v1"', tag.replace("-v1", "-v77"), "v", "*"):
        assert send(client, "post", f"{path}{name}/", body, If_Match=other).status_code == 412


def test_what_is_read_beside_an_item_says_why_as_its_page_does() -> None:
    facts = ItemFacts("paper", "Ten weeks", authors=("A. Writer",), tags=("heat",))
    other = create_item(facts=facts, by=person(), state="kept")
    gone = create_item(facts=replace(facts, title="Gone"), by=person(), state="kept")
    retract_item(item=gone, version=1, by=person(), reason="Wrong.")
    client = program()
    path, _ = brought(client)
    (row,) = client.get(f"{path}related/").json()["results"]
    assert row == {
        "key": other.key,
        "name": "Ten weeks",
        "kind": "paper",
        "state": "kept",
        "url": "",
        "because": ["1 tag", "same author"],
        "tags": ["heat"],
        "authors": ["A. Writer"],
    }
    team = Client()
    team.force_login(person())
    assert ", ".join(row["because"]) in team.get(path.removeprefix("/api/v1")).content.decode()
    tag = client.get(f"{path}related/")["ETag"]
    assert client.get(f"{path}related/", headers={"If-None-Match": tag}).status_code == 304
    assert step(client, path, "keep").status_code == 200
    assert client.get(f"{path}related/", headers={"If-None-Match": tag}).status_code == 200


def test_nobody_reads_or_writes_without_the_scope() -> None:
    path, _ = brought(program())
    for wrong in (program("read:public"), program("write:cards")):
        assert wrong.get(LIST).status_code == 403
        assert wrong.get(path).status_code == 403
        assert wrong.get(f"{path}related/").status_code == 403
        assert send(wrong, "post", LIST, ITEM).status_code == 403
    assert Client().get(LIST).status_code == 401
    for missing in ("nowhere/", "nowhere/related/"):
        assert program("read:drafts").get(f"{LIST}{missing}").status_code == 404
