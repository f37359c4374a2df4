"""Cards by script: begun, read, saved on top of what was read."""

import json
from typing import Any

import pytest

from assessments.models import Card, Revision
from assessments.values.card import parse_card
from tests.assessments.factories import card_json, published, saved, score
from tests.assessments.programs import Program
from tests.assessments.typed_cards import technology

pytestmark = pytest.mark.django_db

EDGE = "/cards/edge-ai/"


def sent(slug: str = "edge-ai", **changes: Any) -> dict[str, Any]:
    return card_json(slug, **changes)


def test_a_card_is_begun_and_says_where_it_is() -> None:
    technology()
    answer = Program("anna").post("/cards/", sent())
    assert answer.status_code == 201, answer.content
    assert answer["Location"] == "http://testserver/api/v1/cards/edge-ai/"
    revision = Revision.objects.get()
    assert answer["ETag"].startswith(f'"{revision.content_hash}.')
    again = Program("otto").get(EDGE)
    assert again["ETag"] == answer["ETag"]
    assert again.content == answer.content
    assert parse_card(again.json()).summary == "Models that run where the data arise."
    assert again.json()["author"] == "anna"


def test_a_second_opinion_has_a_key_with_its_owner() -> None:
    saved()
    answer = Program("otto").post("/cards/", sent(role="second opinion"))
    assert answer.status_code == 201, answer.content
    assert answer["Location"].endswith("/cards/edge-ai~otto/")
    keys = [row["key"] for row in Program("otto").get("/cards/").json()["results"]]
    assert keys == ["edge-ai", "edge-ai~otto"]


def test_a_card_that_is_there_is_not_begun_again() -> None:
    head = saved()
    answer = Program("anna").post("/cards/", sent(reason="Another beginning."))
    assert answer.status_code == 409
    assert answer.json()["newest"]["content_hash"] == head.content_hash
    assert answer.json()["newest"]["url"] == "/api/v1/cards/edge-ai/"
    assert Revision.objects.count() == 1


def test_a_card_of_an_unknown_technology_names_every_fault() -> None:
    answer = Program("anna").post("/cards/", sent(as_of="tomorrow"))
    assert answer.status_code == 409
    pointers = {fault["pointer"] for fault in answer.json()["errors"]}
    assert pointers == {"#/technology/slug", "#/as_of"}


def test_every_wrong_field_is_named_by_its_pointer() -> None:
    technology()
    bad = sent(
        impact=score("6"),
        viability=score("3", level_to="5", rationale=""),
        companies=[{"name": "A"}, {"name": "", "stock": 1}],
        p_never=2,
    )
    del bad["as_of"]
    bad["colour/x"] = "red"
    answer = Program("anna").post("/cards/", bad)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == {
        "#/as_of": "missing",
        "#/scores/impact/level": "invalid",
        "#/scores/viability/level_to": "invalid",
        "#/scores/viability/rationale": "invalid",
        "#/companies/1/name": "invalid",
        "#/companies/1/stock": "unknown_key",
        "#/p_never": "invalid",
        "#/colour~1x": "unknown_key",
    }
    assert not Card.objects.exists()


def test_a_save_builds_on_what_if_match_names() -> None:
    saved()
    program = Program("otto")
    read = program.get(EDGE)
    body = read.json() | {"summary": "A chip in every lamp.", "reason": "Lamps."}
    answer = program.put(EDGE, body, If_Match=read["ETag"])
    assert answer.status_code == 200, answer.content
    first, second = Revision.objects.order_by("number")
    assert second.parent == first
    assert answer.json()["author"] == "otto"
    assert answer.json()["parent"] == first.content_hash
    assert program.get(EDGE)["ETag"] == answer["ETag"] != read["ETag"]


def test_a_save_without_if_match_is_refused() -> None:
    head = saved()
    for headers in ({}, {"If_Match": "*"}, {"If_Match": '"nothing"'}):
        answer = Program("anna").put(EDGE, sent(summary="Blind."), **headers)
        assert answer.status_code == 428, headers
    assert head.card.revisions.count() == 1


@pytest.mark.parametrize(
    "spelling", ['"{}"', 'W/"{}"', '"{}.0123456789abcdef"', '"{}.0123456789abcdef-gz"', '"a", "{}"']
)
def test_a_tag_that_came_through_a_proxy_still_names_the_revision(spelling: str) -> None:
    head = saved()
    tag = spelling.format(head.content_hash)
    answer = Program("anna").put(EDGE, sent(summary="New."), If_Match=tag, Accept_Encoding="gzip")
    assert answer.status_code == 200, answer.content


def test_a_stale_save_overwrites_nothing_and_says_what_is_newest() -> None:
    first = saved()
    newest = saved(author="otto", parent=first.content_hash, summary="Theirs.", reason="x")
    tag = f'"{first.content_hash}"'
    answer = Program("anna").put(EDGE, sent(summary="Mine."), If_Match=tag)
    assert answer.status_code == 412
    problem = answer.json()
    assert problem["code"] == "precondition_failed"
    assert problem["newest"] == {
        "content_hash": newest.content_hash,
        "number": 2,
        "author": "otto",
        "url": "/api/v1/cards/edge-ai/",
    }
    assert Program("anna").get(EDGE).json()["summary"] == "Theirs."
    assert Revision.objects.count() == 2


def test_the_same_words_are_not_saved_twice() -> None:
    saved()
    program = Program("anna")
    read = program.get(EDGE)
    answer = program.put(EDGE, read.json(), If_Match=read["ETag"])
    assert answer.status_code == 200
    assert answer["ETag"] == read["ETag"]
    assert Revision.objects.count() == 1


def test_a_card_is_saved_at_its_own_address() -> None:
    head = saved()
    for changes in ({"slug": "other"}, {"role": "second opinion"}):
        answer = Program("anna").put(EDGE, sent(**changes), If_Match=f'"{head.content_hash}"')
        assert answer.status_code == 409
        assert [fault["code"] for fault in answer.json()["errors"]] == ["another_card"]


def test_a_score_that_moved_without_a_reason_is_refused() -> None:
    head = saved()
    answer = Program("anna").put(
        EDGE, sent(impact=score("4"), reason=""), If_Match=f'"{head.content_hash}"'
    )
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/reason"]


def test_nobody_saves_the_second_opinion_of_another() -> None:
    saved()
    mine = saved(author="otto", role="second opinion")
    answer = Program("anna").put(
        "/cards/edge-ai~otto/",
        sent(role="second opinion", summary="Not mine."),
        If_Match=f'"{mine.content_hash}"',
    )
    assert answer.status_code == 403
    assert "analyst who gave it" in answer.json()["detail"]


def test_a_body_is_strict_json() -> None:
    technology()
    program = Program("anna")
    bodies = ["{", '{"role": "lead", "role": "lead"}', '{"p_never": NaN}', '{"text": "\\u0000"}']
    for body in bodies:
        answer = program.post("/cards/", body)
        assert answer.status_code == 400, body
    assert program.post("/cards/", json.dumps([])).status_code == 422
    assert not Card.objects.exists()


def test_who_may_write_at_all() -> None:
    saved()
    cases = {
        Program(): 401,
        Program("rita", "reader"): 403,
        Program("anna", scopes="read:drafts"): 403,
        Program("anna", scopes="read:public export predict write:evidence"): 403,
    }
    for program, status in cases.items():
        assert program.post("/cards/", sent()).status_code == status
        for key in ("edge-ai", "nowhere"):
            answer = program.put(f"/cards/{key}/", sent(), If_Match='"x"')
            assert answer.status_code == status
            for step in ("submit", "approve", "return", "publish"):
                assert program.post(f"/cards/{key}/{step}/").status_code == status


def test_a_draft_answers_like_nothing_to_whoever_does_not_see_drafts() -> None:
    saved()
    saved("nearly", author="otto")
    team = Program("anna", scopes="read:drafts")
    assert [row["key"] for row in team.get("/cards/").json()["results"]] == ["edge-ai", "nearly"]
    for program in (Program(), Program("ben", "editor", "read:public review")):
        assert program.get("/cards/").json()["results"] == []
        for path in ("/cards/edge-ai/", "/cards/edge-ai/revisions/"):
            hidden, missing = program.get(path), program.get(path.replace("edge-ai", "nowhere"))
            assert hidden.status_code == missing.status_code == 404
            assert without_request(hidden) == without_request(missing)


def without_request(answer: Any) -> dict[str, Any]:
    return answer.json() | {"request_id": "", "instance": ""}


def test_a_writer_without_sight_of_drafts_sees_what_its_owner_wrote() -> None:
    writer = Program("anna", scopes="write:cards")
    saved()
    assert writer.get(EDGE).status_code == 200
    saved("nearly", author="otto")
    assert writer.get("/cards/nearly/").status_code == 404
    head = Revision.objects.get(card__technology__slug="edge-ai")
    theirs = saved(author="otto", parent=head.content_hash, summary="Theirs.")
    assert writer.get(EDGE).json()["summary"] != "Theirs."
    answer = writer.put(EDGE, sent(summary="Mine."), If_Match=f'"{head.content_hash}"')
    assert answer.status_code == 412
    assert "newest" not in answer.json()
    assert theirs.content_hash not in answer.content.decode()


def test_readers_get_the_published_revision_and_its_facts() -> None:
    shown = published(summary="Published.").revision
    newer = saved(parent=shown.content_hash, summary="A draft.")
    answer = Program().get(EDGE)
    assert answer.json()["summary"] == "Published."
    assert answer["ETag"].startswith(f'"{shown.content_hash}.')
    assert Program("otto").get(EDGE)["ETag"].startswith(f'"{newer.content_hash}.')
    row = Program().get("/cards/").json()["results"][0]
    assert (row["state"], row["content_hash"]) == ("published", shown.content_hash)
    seen = Program("otto").get("/cards/").json()["results"][0]
    assert (seen["state"], seen["published_hash"]) == ("draft", shown.content_hash)


def test_a_parent_that_readers_do_not_see_is_not_named() -> None:
    first = saved()
    shown = published(parent=first.content_hash, summary="Published.").revision
    assert Program("otto").get(EDGE).json()["parent"] == first.content_hash
    assert Program().get(EDGE).json()["parent"] is None
    rows = Program().get(f"{EDGE}revisions/").json()["results"]
    assert [row["content_hash"] for row in rows] == [shown.content_hash]
    assert rows[0]["parent"] is rows[0]["number"] is rows[0]["recorded_at"] is None
    assert rows[0]["oversight"] == "approved by one editor"


def test_the_team_reads_every_revision_newest_first() -> None:
    first = saved()
    second = saved(parent=first.content_hash, summary="Second.")
    program = Program("otto")
    rows = program.get(f"{EDGE}revisions/").json()["results"]
    assert [row["number"] for row in rows] == [2, 1]
    assert rows[0]["parent"] == first.content_hash
    page = program.get(f"{EDGE}revisions/?limit=1").json()
    assert page["next"].endswith(f"cursor=after:{second.content_hash}&limit=1") or page["next"]
    answer = program.client.get(page["next"], headers=program.headers).json()
    assert [row["number"] for row in answer["results"]] == [1]


def test_the_list_is_filtered_paged_and_given_as_files() -> None:
    for slug in ("c", "a-b", "a"):
        saved(slug)
    saved("a", author="otto", role="second opinion")
    published("d")
    program = Program("otto")
    walked, address = [], "/cards/?limit=2"
    while address:
        page = program.get(address).json()
        walked += [row["key"] for row in page["results"]]
        address = (page["next"] or "").partition("/api/v1")[2]
    assert walked == ["a", "a-b", "a~otto", "c", "d"]

    def keys(query: str) -> list[str]:
        return [row["key"] for row in program.get(f"/cards/?{query}").json()["results"]]

    assert keys("role=lead&technology=a") == ["a"]
    assert keys("author=otto") == ["a~otto"]
    assert keys("state=published") == ["d"]
    assert keys("state=draft&role=lead") == ["a", "a-b", "c"]
    assert program.get("/cards/?state=odd").status_code == 400
    lines = program.get("/cards.jsonl").getvalue().splitlines()
    assert [json.loads(line)["key"] for line in lines] == walked
    assert Program().get("/cards.csv").getvalue().decode().splitlines()[1].startswith("d,d,lead")


def test_what_did_not_change_is_not_sent_again() -> None:
    published()
    program = Program()
    for path in (EDGE, "/cards/", f"{EDGE}revisions/"):
        tag = program.get(path)["ETag"]
        assert program.get(path, If_None_Match=tag).status_code == 304, path
    tag = Program("anna").get(EDGE)["ETag"]
    saved(parent=Revision.objects.get().content_hash, summary="A draft.")
    assert Program("anna").get(EDGE, If_None_Match=tag).status_code == 200
    assert program.get(EDGE, If_None_Match=tag).status_code == 304
