"""Opinions side by side, and the notes on why they differ."""

import re

import pytest
from django.test import Client

from assessments.models import Reconciliation, Revision
from assessments.services.review import return_revision, submit_revision
from tests.assessments.factories import person, published, saved, score
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db
PATH = "/technologies/edge-ai/opinions/"


def text(client: Client, path: str = PATH) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", str(answer.content.decode()))


def handed_in(author: str, **changes: object) -> Revision:
    revision = saved(author=author, role="second opinion", **changes)
    submit_revision(revision=revision, by=person(author))
    return revision


def note(client: Client, words: str = "They mean two markets.") -> int:
    spoke_of = re.findall(r'name="spoke_of" value="(\w+)"', text(client))
    return client.post(PATH, {"text": words, "spoke_of": spoke_of}).status_code


def test_opinions_stand_side_by_side_with_how_far_they_are_apart() -> None:
    published(novelty=score("4"))
    handed_in("otto", novelty=score("1"), timing=window(2031, 2033))
    page = text(signed_in("anna"))
    assert "Edge ai</span>: two opinions are in." in page
    assert "Same level 4 of 5, within one 4 of 5." in page
    assert "3 levels apart" in page
    assert "two years between two windows" in page
    assert "given blind" in page


def window(first: int, last: int) -> dict[str, object]:
    stated = {"from": first, "to": last, "certainty": "medium", "rationale": "Pilots end then."}
    return stated | {"unscored_reason": None}


def test_who_handed_in_nothing_sees_the_published_alone() -> None:
    published(novelty=score("4"))
    handed_in("otto", novelty=score("1"))
    nina = signed_in("nina")
    page = text(nina)
    assert "one opinion is in." in page
    assert "One second opinion is in; it is shown when yours is." in page
    assert "levels apart" not in page
    assert "Give your opinion" in page
    handed_in("nina")
    assert "three opinions are in." in text(nina)


def test_an_opinion_given_after_another_was_seen_says_so() -> None:
    published()
    first = published(author="otto", role="second opinion").revision
    handed_in("nina")
    assert "given after another one was published" in text(signed_in("nina"))
    assert first.card.role == "second opinion"


def test_an_opinion_of_the_editor_who_reviewed_another_says_so() -> None:
    published()
    opinion = handed_in("otto")
    return_revision(revision=opinion, by=person("carla", "editor"), note="Say where.")
    handed_in("carla")
    assert "given after reviewing another one" in text(signed_in("otto"))
    assert "given blind" in text(signed_in("otto"))


def test_a_note_is_kept_with_the_revisions_that_it_spoke_of() -> None:
    shown, opinion = published().revision, handed_in("otto")
    anna = signed_in("anna")
    assert note(anna) == 302
    assert {one.revision_id for one in Reconciliation.objects.get().spoken_of.all()} == {
        shown.pk,
        opinion.pk,
    }
    page = text(anna)
    assert "They mean two markets." in page
    assert "on anna’s lead, revision 1, otto’s second opinion, revision 1" in page
    assert "They mean two markets." not in text(signed_in("nina"))


def test_a_note_on_what_changed_meanwhile_or_without_words_is_refused() -> None:
    published()
    handed_in("otto")
    anna = signed_in("anna")
    answer = anna.post(PATH, {"text": "Why.", "spoke_of": ["0" * 64]})
    assert answer.status_code == 422
    assert "An opinion changed since the page was opened." in answer.content.decode()
    assert "Why." in answer.content.decode()
    assert note(anna, " ") == 422
    assert not Reconciliation.objects.exists()


def test_one_opinion_alone_has_no_note() -> None:
    published()
    anna = signed_in("anna")
    assert note(anna) == 422
    assert "Keep the note" not in text(anna)


def test_the_desk_leads_to_the_opinions_and_marks_what_was_noted() -> None:
    published("edge-ai", novelty=score("4"))
    published("edge-ai", "dora", role="second opinion", novelty=score("1"))
    anna = signed_in("anna")
    desk = text(anna, "/desk/")
    assert PATH in desk
    assert "noted" not in desk
    note(anna)
    assert "noted" in text(anna, "/desk/")
