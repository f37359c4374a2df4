"""Sketching with six keys and one sentence, and pasting a list of names."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client

from assessments.models import Card, Domain, Revision, Technology
from assessments.values.scale import WindowWord, window_of_word, window_word
from tests.assessments.factories import JUDGED, published, saved
from tests.assessments.typed_cards import signed_in, technology

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 21)
PAGE = "/sketches/new/?technology=edge-ai"


def keys(**changes: Any) -> dict[str, Any]:
    sent = dict.fromkeys(JUDGED, "3") | {"timing": "2028-2030", "sentence": "Two vendors ship it."}
    return {key: value for key, value in (sent | changes).items() if value is not None}


def sketched(client: Client, **changes: Any) -> Revision:
    answer = client.post(PAGE, keys(**changes))
    assert answer.status_code == 302, answer.content.decode()
    revision: Revision = Revision.objects.latest("id")
    assert answer.headers["Location"] == f"/sketches/{revision.card_id}/"
    return revision


@pytest.mark.parametrize("word", [word for word in WindowWord if word != WindowWord.PASSED])
def test_the_years_of_a_word_are_read_back_as_the_word(word: WindowWord) -> None:
    assert window_word(*window_of_word(word, on=ON), on=ON) == word


def test_six_keys_and_a_sentence_are_a_sketch() -> None:
    technology()
    revision = sketched(signed_in(), impact="5+", novelty="unscored")
    content = json.loads(revision.content)
    assert (revision.detail, content["summary"]) == ("sketch", "Two vendors ship it.")
    assert content["scores"]["impact"]["level"] == "5+"
    assert content["scores"]["novelty"]["unscored_reason"] == "not yet assessed"
    assert (content["scores"]["timing"]["from"], content["scores"]["timing"]["to"]) == (2028, 2030)
    assert revision.card.role == Card.Role.LEAD


def test_the_page_shows_no_word_of_the_card_that_is_published() -> None:
    published(summary="The secret of it.", viability={**keys_of_four(), "rationale": "Hidden."})
    page = signed_in("otto").get(PAGE).content.decode()
    assert "What others said stays hidden" in page
    assert "checked" not in page
    assert "The secret of it." not in page
    assert "Hidden." not in page


def keys_of_four() -> dict[str, Any]:
    return {"level": "4", "level_to": None, "certainty": "high", "unscored_reason": None}


def test_a_sketch_beside_a_lead_card_is_a_second_opinion() -> None:
    published()
    assert sketched(signed_in("otto")).card.role == Card.Role.SECOND


def test_a_full_card_of_ones_own_is_not_sketched_over() -> None:
    revision = saved()
    answer = signed_in().post(PAGE, keys())
    assert answer.headers["Location"] == f"/cards/{revision.card_id}/edit/"
    assert Revision.objects.count() == 1


def test_a_second_sketch_builds_on_the_first_and_says_why() -> None:
    technology()
    client = signed_in()
    first = sketched(client)
    assert 'value="3" data-key="3" checked' in client.get(PAGE).content.decode()
    refused = client.post(PAGE, keys(impact="4", parent=first.content_hash))
    assert refused.status_code == 422
    assert "Needed: one sentence on what you have learnt" in refused.content.decode()
    second = sketched(client, impact="4", parent=first.content_hash, reason="A third vendor.")
    assert (second.number, second.reason) == (2, "A third vendor.")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("impact", None, "Needed: a key of this row"),
        ("impact", "6", "no such key"),
        ("viability", "5+", "no such key"),
        ("timing", "3", "no such key"),
        ("timing", "2030-2028", "no such key"),
        ("timing", "0001-9999", "no such key"),
        ("sentence", "", "A sketch needs its one sentence"),
        ("sentence", "a\x00b", "NUL"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_saved(
    field: str, value: str | None, words: str
) -> None:
    technology()
    answer = signed_in().post(PAGE, keys(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Revision.objects.count() == 0
    assert Card.objects.count() == 0


def test_the_choice_names_what_nobody_has_scored() -> None:
    technology("solar-kites")
    saved()
    page = signed_in().get("/sketches/new/").content.decode()
    assert "One technology waits for its first sketch." in page
    assert "Solar kites" in page
    assert "Edge ai" not in page


def test_published_technologies_are_offered_blind_until_one_has_spoken() -> None:
    published()
    client = signed_in("otto")
    assert "technology=edge-ai" in client.get("/sketches/new/").content.decode()
    assert "technology=edge-ai" not in signed_in().get("/sketches/new/").content.decode()
    sketched(client)
    assert "technology=edge-ai" not in client.get("/sketches/new/").content.decode()


def test_a_part_of_a_name_finds_what_to_sketch() -> None:
    technology("solar-kites").aliases.create(name="Flying wind turbines")
    technology("kelp")
    page = signed_in().get("/sketches/new/?q=WIND").content.decode()
    assert "What would you sketch? 1 found." in page
    assert "technology=solar-kites" in page
    assert "technology=kelp" not in page
    refused = signed_in().get("/sketches/new/", {"q": "x" * 121})
    assert refused.status_code == 400
    assert "The search has 121 characters" in refused.content.decode()


def paste(names: str, then: str = "preview", client: Client | None = None) -> Any:
    return (client or signed_in()).post("/sketches/paste/", {"names": names, "then": then})


def test_a_preview_tells_each_line_and_saves_nothing() -> None:
    technology()
    answer = paste("Kelp, Energy\nEdge AI\n\nkelp\n- Peat;  New field\n")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Of 4 lines: 2 new, 1 there already, 1 twice." in page
    assert "the same as line 1" in page
    assert "new field" in page
    assert Technology.objects.count() == 1


def test_a_list_becomes_the_backlog() -> None:
    technology()
    answer = paste('Kelp\tEnergy\nEdge AI\n"Peat; wet"\t\n', "create")
    assert answer.headers["Location"] == "/sketches/new/"
    made = {one.name: one for one in Technology.objects.exclude(slug="edge-ai")}
    assert set(made) == {"Kelp", "Peat; wet"}
    assert [domain.name for domain in made["Kelp"].domains.all()] == ["Energy"]
    assert [domain.name for domain in made["Peat; wet"].domains.all()] == ["unsorted"]


def test_an_alias_counts_as_there() -> None:
    edge = technology()
    edge.aliases.create(name="On-device AI")
    assert "as Edge ai" in paste("on-device ai").content.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a\x00b", "Line 2: The name holds a NUL character"),
        ("a\u202eb", "Line 2: The name holds a character that reverses"),
        ("x" * 121, "Line 2: The name has 121 characters"),
        ("電気", "Line 2: No address can be made from this name."),
        ("C++", "Line 2: Its address “c” would be that of line 1 too."),
        ("new", "Line 2: The address “new” is a page of this site."),
        (",Energy", "Line 2: The name is empty"),
        ("\u200b", "Line 2: The name is empty"),
        (f"Kelp, {'f' * 81}", "Line 2: The field has 81 characters"),
    ],
)
@pytest.mark.parametrize("then", ["preview", "create"])
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_saved(
    line: str, words: str, then: str
) -> None:
    answer = paste(f"C\n{line}\nPeat", then)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Technology.objects.count() == 0
    assert Domain.objects.filter(name__startswith="fff").count() == 0


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Needed: at least one name"),
        ("\n \n", "Needed: at least one name"),
        ("\n".join(f"Name {number}" for number in range(501)), "at most 500 are read"),
        ("x" * 60_001, "at most 60,000 are read"),
    ],
)
def test_a_list_as_a_whole_may_be_refused(names: str, words: str) -> None:
    for then in ("preview", "create"):
        answer = paste(names, then)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Technology.objects.count() == 0
