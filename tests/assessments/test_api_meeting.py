"""A program that saves on top of what is no longer the newest: both texts, or one of both."""

import json
from typing import Any

import pytest

from assessments.models import Buffer, Revision
from assessments.opinions import content_of
from assessments.services.drafting import keep_buffer
from tests.assessments.factories import card_json, person, saved, score
from tests.assessments.programs import Program
from tests.assessments.typed_cards import edit_path, resent, signed_in

pytestmark = pytest.mark.django_db

EDGE = "/cards/edge-ai/"
MERGE = f"{EDGE}?merge=disjoint"
MINE = "Mine: a chip in every door."


def met(path: str = EDGE, theirs: dict[str, Any] | None = None, **mine: Any) -> Any:
    """Anna's answer after otto saved over what she had read."""
    first = saved()
    saved(author="otto", parent=first.content_hash, **(theirs or {"text": "Theirs."}))
    tag = f'"{first.content_hash}"'
    return Program("anna").put(path, card_json(**mine), If_Match=tag)


def newest() -> Any:
    return content_of(Revision.objects.latest("number"))


def test_a_stale_save_is_told_both_texts_and_mine_is_kept_for_the_form() -> None:
    answer = met(summary=MINE, theirs={"summary": "Theirs."}, reason="Mine.")
    assert answer.status_code == 412
    problem = answer.json()
    first, second = Revision.objects.order_by("number")
    assert problem["base"] == first.content_hash
    assert problem["theirs"]["summary"] == "Theirs."
    assert problem["newest"]["content_hash"] == second.content_hash
    old = json.dumps("Models that run where the data arise.")
    told = {"field": "summary", "base": old, "theirs": '"Theirs."', "mine": json.dumps(MINE)}
    assert problem["conflicts"] == [told]
    assert problem["mine_kept"] is True
    page = signed_in("anna").get(edit_path(first)).content.decode()
    typed = resent(page)
    assert (typed["summary"], typed["reason"], typed["parent"]) == (
        MINE,
        "Mine.",
        first.content_hash,
    )


def test_what_a_program_sent_is_saved_from_the_form_and_asks_there() -> None:
    met(summary=MINE, theirs={"summary": "Theirs."}, reason="Mine.")
    client, path = signed_in("anna"), edit_path(Revision.objects.get(number=1))
    answer = client.post(path, resent(client.get(path).content.decode()) | {"then": "draft"})
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()


def test_what_the_person_typed_is_not_replaced_by_what_their_program_sent() -> None:
    first = saved()
    fields: dict[str, object] = {"summary": ["Typed by hand."]}
    keep_buffer(card=first.card, user=person("anna"), parent_hash="", fields=fields)
    saved(author="otto", parent=first.content_hash, text="Theirs.")
    tag = f'"{first.content_hash}"'
    answer = Program("anna").put(EDGE, card_json(summary=MINE), If_Match=tag)
    assert answer.json()["mine_kept"] is False
    assert Buffer.objects.get().fields == fields
    tag = f'"{Revision.objects.get(number=2).content_hash}"'
    answer = Program("anna").put(EDGE, card_json(summary=MINE), If_Match=tag)
    assert answer.status_code == 200
    assert Buffer.objects.get().fields == fields


def test_what_was_sent_in_vain_goes_once_a_later_save_is_accepted() -> None:
    met(summary=MINE)
    tag = f'"{Revision.objects.get(number=2).content_hash}"'
    assert Buffer.objects.exists()
    assert Program("anna").put(EDGE, card_json(text="x"), If_Match=tag).status_code == 200
    assert not Buffer.objects.exists()


def test_different_fields_are_merged_where_that_is_asked() -> None:
    answer = met(MERGE, summary=MINE, impact=score("4"), reason="A third vendor.")
    assert answer.status_code == 200, answer.content
    merged = answer.json()["merged"]
    assert (merged["author"], merged["number"]) == ("otto", 2)
    assert merged["from_theirs"] == ["text"]
    assert merged["from_mine"] == ["summary", "scores.impact"]
    assert (newest()["text"], newest()["summary"]) == ("Theirs.", MINE)
    assert newest()["scores"]["impact"]["level"] == "4"
    again = Program("anna").get(EDGE)
    assert again["ETag"] == answer["ETag"]
    assert again.json() == {key: value for key, value in answer.json().items() if key != "merged"}


def test_the_same_field_is_named_and_not_merged() -> None:
    answer = met(MERGE, summary=MINE, text="Mine.", theirs={"summary": "Theirs."})
    assert answer.status_code == 412
    assert [one["field"] for one in answer.json()["conflicts"]] == ["summary"]
    assert "changed the same: summary" in answer.json()["detail"]
    assert Revision.objects.count() == 2


def test_a_merged_score_needs_its_reason_too() -> None:
    answer = met(MERGE, impact=score("4"), reason="")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/reason"


def test_whoever_sees_no_drafts_is_told_nothing_of_them_and_merges_nothing() -> None:
    first = saved()
    saved(author="otto", parent=first.content_hash, text="A secret draft.")
    program = Program("anna", scopes="write:cards")
    for path in (EDGE, MERGE):
        tag = f'"{first.content_hash}"'
        answer = program.put(path, card_json(summary=MINE), If_Match=tag)
        assert answer.status_code == 412
        assert not {"theirs", "conflicts", "base", "newest"} & answer.json().keys()
        assert b"secret" not in answer.content


def test_there_is_one_way_to_merge() -> None:
    answer = met(f"{EDGE}?merge=mine", summary=MINE)
    assert answer.status_code == 400
