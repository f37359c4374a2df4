"""Technologies begun by script, so that a house of one's own can be set up."""

from typing import Any

import pytest

from assessments.models import Technology
from tests.assessments.programs import Program

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "slug": "tidal-stream-power",
    "name": "Tidal stream power",
    "aliases": ["Tidal turbines"],
    "domains": ["Energy"],
    "variant_of": None,
}


def test_a_technology_is_begun_and_hidden_until_a_card_of_it_is_published() -> None:
    anna = Program("anna", scopes="write:cards")
    answer = anna.post("/technologies/", FACTS)
    assert answer.status_code == 201
    assert answer.json() == FACTS
    assert answer["Location"] == "http://testserver/api/v1/technologies/tidal-stream-power/"
    assert Technology.objects.get().created_by.username == "anna"
    assert anna.get("/technologies/tidal-stream-power/").status_code == 404
    assert anna.get("/technologies/").json()["results"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"slug": "tidal-stream-power"}, "#/slug"),
        ({"slug": "new"}, "#/slug"),
        ({"slug": "b", "variant_of": "nowhere"}, "#/variant_of"),
    ],
)
def test_what_the_record_stands_against_is_a_conflict(
    changes: dict[str, Any], pointer: str
) -> None:
    anna = Program("anna")
    anna.post("/technologies/", FACTS)
    answer = anna.post("/technologies/", FACTS | changes)
    assert answer.status_code == 409
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert Technology.objects.count() == 1


def test_every_wrong_fact_is_named() -> None:
    bad = {"slug": "No Slug", "aliases": ["a", "A"], "domains": "AI", "stock": 1}
    answer = Program("anna").post("/technologies/", bad)
    assert answer.status_code == 422
    pointers = {fault["pointer"] for fault in answer.json()["errors"]}
    assert pointers == {"#/slug", "#/name", "#/aliases/1", "#/domains", "#/stock"}


def test_who_may_begin_one() -> None:
    for program, status in (
        (Program(), 401),
        (Program("rita", "reader"), 403),
        (Program("anna", scopes="read:drafts"), 403),
    ):
        assert program.post("/technologies/", FACTS).status_code == status
    assert not Technology.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"variant_of": "tidal-stream-power"}, 409),
        ({"aliases": ["Tide", "tide "]}, 409),
        ({"aliases": ["Tide", "tide "], "name": 5}, 422),
    ],
)
def test_good_values_that_do_not_go_together_are_a_conflict(
    changes: dict[str, object], status: int
) -> None:
    sent = {"slug": "tidal-stream-power", "name": "Tidal stream power"} | changes
    answer = Program("anna").post("/technologies/", sent)
    assert answer.status_code == status, answer.content
