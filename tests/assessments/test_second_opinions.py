"""Second opinions are blind: nobody sees another's before their own is in."""

import re

import pytest
from django.test import Client

from assessments.models import Revision
from assessments.second_opinions import withheld_words
from assessments.services.drafting import add_note
from assessments.services.review import submit_revision
from tests.assessments.factories import card_json, person, published, saved, score
from tests.assessments.programs import Program
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db
WORDS = "Only otto says this."


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", str(client.get(path).content.decode()))


def handed_in(author: str = "otto", **changes: object) -> Revision:
    """A second opinion in review on what readers see."""
    revision = saved(author=author, role="second opinion", summary=WORDS, **changes)
    submit_revision(revision=revision, by=person(author))
    return revision


@pytest.fixture
def opinion() -> Revision:
    published()
    return handed_in(impact=score("5", rationale=WORDS))


def pages(opinion: Revision) -> list[str]:
    return [
        f"/review/{opinion.pk}/",
        f"/cards/{opinion.card_id}/revisions/1/",
        f"/cards/{opinion.card_id}/revisions/",
        "/review/",
        "/desk/",
        "/cards/new/?technology=edge-ai",
        "/sketches/?whose=team",
    ]


def test_who_handed_in_nothing_sees_nothing_of_it_and_is_told_so(opinion: Revision) -> None:
    nina = signed_in("nina")
    add_note(card=opinion.card, text="A doubt of otto's.", author=person("otto"))
    for path in pages(opinion):
        page = text(nina, path)
        assert WORDS not in page, path
        assert "A doubt of otto" not in page, path
    assert nina.get(f"/review/{opinion.pk}/").status_code == 404
    sentence = "One second opinion is in; it is shown when yours is."
    assert sentence in text(nina, "/review/")
    assert sentence in text(nina, "/cards/new/?technology=edge-ai")
    assert "shown when your own opinion is in" in text(nina, f"/cards/{opinion.card_id}/revisions/")


def test_a_draft_of_ones_own_opens_nothing_and_handing_it_in_does(opinion: Revision) -> None:
    own = saved(author="nina", role="second opinion")
    nina = signed_in("nina")
    assert nina.get(f"/review/{opinion.pk}/").status_code == 404
    assert WORDS not in text(nina, f"/cards/{own.card_id}/edit/")
    submit_revision(revision=own, by=person("nina"))
    assert WORDS in text(nina, f"/review/{opinion.pk}/")
    assert "second opinion is in;" not in text(nina, "/review/")


def test_a_drafted_opinion_is_not_in_and_not_announced() -> None:
    published()
    draft = saved(author="otto", role="second opinion", summary=WORDS)
    for client in (signed_in("nina"), signed_in("ben", "editor")):
        assert client.get(f"/review/{draft.pk}/").status_code == 404
        assert "second opinion is in" not in text(client, "/cards/new/?technology=edge-ai")
    assert WORDS in text(signed_in("anna"), f"/review/{draft.pk}/")


def test_the_editor_who_reviews_it_sees_it_and_the_list_keeps_its_scores(
    opinion: Revision,
) -> None:
    carla = signed_in("carla", "editor")
    page = text(carla, "/review/")
    assert "your own opinion would no longer be blind" in page
    assert WORDS in text(carla, f"/review/{opinion.pk}/")


def test_what_is_published_is_seen_by_all(opinion: Revision) -> None:
    shown = published(author="dora", role="second opinion").revision
    assert signed_in("nina").get(f"/review/{shown.pk}/").status_code == 200


@pytest.mark.parametrize("scopes", ["read:drafts", ""])
def test_programs_see_what_the_owner_of_their_token_sees(opinion: Revision, scopes: str) -> None:
    nina = Program("nina", scopes=scopes)
    listed = [row["key"] for row in nina.get("/cards/").json()["results"]]
    assert listed == ["edge-ai"]
    assert nina.get("/cards/edge-ai~otto/").status_code == 404
    assert nina.get("/cards/edge-ai~otto/revisions/").status_code == 404
    step = nina.post("/cards/edge-ai~otto/submit/", {})
    assert step.status_code in {403, 404}
    assert Program("otto").get("/cards/edge-ai~otto/").json()["summary"] == WORDS
    assert Program("carla", "editor").get("/cards/edge-ai~otto/").status_code == 200


def test_a_program_that_hands_in_its_owners_opinion_sees_the_others(opinion: Revision) -> None:
    nina = Program("nina")
    assert nina.post("/cards/", card_json(role="second opinion")).status_code == 201
    assert nina.get("/cards/edge-ai~otto/").status_code == 404
    assert nina.post("/cards/edge-ai~nina/submit/", {}).status_code == 200
    assert nina.get("/cards/edge-ai~otto/").json()["summary"] == WORDS


def test_a_sketched_second_opinion_is_kept_back_too() -> None:
    published()
    sketch = saved(author="otto", role="second opinion", detail="sketch", summary=WORDS)
    assert signed_in("nina").get(f"/sketches/{sketch.card_id}/").status_code == 404
    assert WORDS not in text(signed_in("nina"), "/sketches/?whose=team")
    assert signed_in("otto").get(f"/sketches/{sketch.card_id}/").status_code == 200


def test_withheld_opinions_are_counted_in_words() -> None:
    assert withheld_words(0) == ""
    assert withheld_words(2) == "Two second opinions are in; they are shown when yours is."
    assert withheld_words(12).startswith("12 second opinions")
