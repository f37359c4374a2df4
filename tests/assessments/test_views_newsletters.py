"""An issue of the library becomes a card: chosen, corrected, saved; what is open is asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Buffer, Card, Challenge, InternalNote, Revision, Technology
from assessments.selectors import state_of
from assessments.services.technologies import Facts, create_technology
from assessments.states import State
from assessments.values.scale import Dimension
from evidence.models import Item
from evidence.services.items import create_item
from evidence.values.item import ItemFacts
from tests.assessments.factories import person, published
from tests.assessments.typed_cards import Form, resent, signed_in, technology

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).parent / "data" / "newsletter"


def issue(name: str = "flow_batteries.txt", **facts: Any) -> Item:
    text = (TEXTS / name).read_text("utf-8")
    said = ItemFacts(kind="news", title="The issue", text=text, **facts)
    return create_item(facts=said, by=person("anna"))


def flow() -> Technology:
    found = Technology.objects.filter(slug="flow-batteries").first()
    facts = Facts(slug="flow-batteries", name="Flow batteries", aliases=("redox cells",))
    return found or create_technology(facts=facts, by=person("anna"))


def address(item: Item, asked: str = "") -> str:
    return f"/evidence/{item.key}/card/{asked}"


def shown(client: Client, path: str) -> tuple[HttpResponse, dict[str, Any]]:
    """The page, and what a browser sends from it untouched."""
    answer = client.get(path)
    assert answer.status_code == 200
    form = Form()
    form.feed(answer.content.decode())
    return answer, form.sent


def saved(client: Client, path: str, **changes: Any) -> Revision:
    _, sent = shown(client, path)
    answer = client.post(path, sent | {"then": "draft"} | changes)
    assert answer.status_code == 302, answer.content.decode()
    revision: Revision = Revision.objects.latest("id")
    return revision


def test_the_technology_that_the_issue_names_is_offered_and_not_taken() -> None:
    flow()
    page = signed_in().get(address(issue())).content.decode()
    assert 'value="Flow batteries"' in page
    assert Card.objects.count() == 0


def test_a_name_or_an_alias_leads_to_the_filled_card() -> None:
    flow()
    item = issue()
    answer = signed_in().post(address(item), {"part": "1", "name": "Redox cells"})
    assert answer["Location"] == address(item, "?technology=flow-batteries&part=1")


def test_an_unknown_name_is_made_a_technology_only_when_asked() -> None:
    item = issue()
    client = signed_in()
    asked = client.post(address(item), {"part": "1", "name": "Flow batteries", "then": "choose"})
    assert "No technology is called" in asked.content.decode()
    assert not Technology.objects.exists()
    made = client.post(address(item), {"part": "1", "name": "Flow batteries", "then": "create"})
    assert made["Location"].endswith("?technology=flow-batteries&part=1")
    assert Technology.objects.get().name == "Flow batteries"


def test_what_the_issue_says_fills_the_card_with_the_line_it_came_from() -> None:
    flow()
    answer, sent = shown(signed_in(), address(issue(), "?technology=flow-batteries"))
    assert (sent["novelty-level"], sent["novelty-is_span"]) == ("3", "on")
    assert (sent["timing-year_from"], sent["timing-certainty"]) == ("2027", "low")
    assert (sent["as_of"], sent["rating_value"]) == ("2024-05-14", "underrated")
    assert sent["companies-1-name"] == "Ironstream"
    assert "novelty: how much better relative to alternatives? (3/4)" in answer.content.decode()


def test_an_issue_is_saved_as_an_imported_draft_with_its_source() -> None:
    flow()
    item = issue(url="https://example.org/n12")
    revision = saved(signed_in(), address(item, "?technology=flow-batteries"))
    card = json.loads(revision.content)
    assert (revision.origin, revision.as_of.isoformat()) == ("imported", "2024-05-14")
    assert card["sources"] == [
        {"title": "The issue", "url": "https://example.org/n12", "accessed_on": None}
    ]
    assert [one["name"] for one in card["scenarios"]] == [
        "high-impact scenario (backbone)",
        "low(ish)-impact scenario (niche)",
    ]
    assert card["scores"]["viability"]["certainty"] is None
    assert len(card["predictions"]) == 1


def test_a_correction_wins_over_the_issue() -> None:
    flow()
    path = address(issue(), "?technology=flow-batteries")
    revision = saved(signed_in(), path, **{"viability-level": "3"})
    assert json.loads(revision.content)["scores"]["viability"]["level"] == "3"


def test_a_question_that_nobody_answered_keeps_the_card_from_review() -> None:
    technology("orbital-mirrors")
    client, path = signed_in(), address(issue("orbital_mirrors.txt"), "?technology=orbital-mirrors")
    page, sent = shown(client, path)
    assert "viability-level" not in sent
    assert "5 questions to answer" in page.content.decode()
    answer = client.post(path, sent | {"then": "review"})
    assert answer.status_code == 422
    assert "The text says different things in different places." in answer.content.decode()
    assert not Revision.objects.exists()


def test_a_draft_keeps_what_nobody_answered_as_not_yet_assessed() -> None:
    technology("orbital-mirrors")
    path = address(issue("orbital_mirrors.txt"), "?technology=orbital-mirrors")
    card = json.loads(saved(signed_in(), path).content)
    scores = [card["scores"][key] for key in ("viability", "timing")]
    assert [one["unscored_reason"] for one in scores] == ["not yet assessed"] * 2
    assert (card["rating"], card["scores"]["novelty"]["level"]) == (None, "5")
    assert "it probably will" in InternalNote.objects.get().text


def test_a_line_that_leaves_a_score_open_stands_once_above_its_answers() -> None:
    item = issue("kelp_plastic.md")
    page = signed_in().get(address(item, f"?technology={flow().slug}")).content.decode()
    assert page.count("Impact | 3 | 2 | Bags are banned anyway.") == 1


def test_an_answer_is_taken_and_a_field_filled_by_hand_wins() -> None:
    technology("orbital-mirrors")
    path = address(issue("orbital_mirrors.txt"), "?technology=orbital-mirrors")
    changes = {
        "answer-viability": "1",
        "answer-diffusion": "0",
        "answer-impact": "1",
        "answer-timing": "0",
        "answer-rating": "1",
        "diffusion-level": "2",
    }
    card = json.loads(saved(signed_in(), path, **changes).content)
    levels = [card["scores"][key]["level"] for key in ("viability", "diffusion", "impact")]
    assert levels == ["4", "2", "5"]
    assert (card["scores"]["timing"]["from"], card["scores"]["timing"]["to"]) == (2030, 2040)
    assert card["rating"]["value"] == "fairly rated"


def test_a_score_of_running_words_fills_its_field_when_somebody_says_so() -> None:
    technology("kite-freight")
    path = address(issue("kite_freight.txt"), "?technology=kite-freight")
    page, sent = shown(signed_in(), path)
    assert "If impact is anything above a 2, I will eat my hat." in page.content.decode()
    assert "impact-level" not in sent
    changes = {f"answer-{key}": "0" for key in ("viability", "drivers", "novelty", "timing")}
    changes |= {"answer-diffusion": "0", "impact-level": "3", "as_of": "2026-03-11"}
    changes |= {f"{key}-rationale": "See the issue." for key in Dimension}
    card = json.loads(saved(signed_in(), path, **changes).content)
    levels = [card["scores"][key]["level"] for key in ("viability", "diffusion", "impact")]
    assert levels == ["3", "2", "3"]


def test_unplaced_words_go_where_they_are_put_and_stay_in_the_source() -> None:
    flow()
    item = issue()
    changes = {"place-0": "text", "place-1": "question", "place-2": "note"}
    revision = saved(signed_in(), address(item, "?technology=flow-batteries"), **changes)
    card = json.loads(revision.content)
    assert "Our plant on the windowsill" in card["text"]
    assert card["open_questions"][-1]["question"] == "On deep geothermal, a correction"
    assert "Tanks against cells" in InternalNote.objects.get().text
    assert "Our plant on the windowsill" in Item.objects.get(pk=item.pk).text


def test_unplaced_words_can_go_to_any_part_of_the_card() -> None:
    flow()
    changes = {"place-0": "drivers", "place-1": "company", "place-2": "scenario"}
    card = json.loads(
        saved(signed_in(), address(issue(), "?technology=flow-batteries"), **changes).content
    )
    assert "Our plant on the windowsill" in card["scores"]["drivers"]["rationale"]
    assert card["companies"][-1]["name"] == "On deep geothermal, a correction"
    assert "Tanks against cells" in card["scenarios"][-1]["text"]


def test_the_issue_is_cited_only_where_somebody_says_so() -> None:
    flow()
    item = issue()
    path = address(item, "?technology=flow-batteries")
    client = signed_in()
    changes = {"cite-novelty": "supports", "cite-novelty-strength": "weak"}
    _, sent = shown(client, path)
    assert (sent["cite-viability"], sent["cite-novelty"]) == ("", "")
    torn = client.post(path, sent | {"then": "draft", "cite-novelty": "supports"})
    assert torn.status_code == 422
    assert "say what the issue does to it and how strongly" in torn.content.decode()
    (cited,) = json.loads(saved(client, path, **changes).content)["citations"]
    assert (cited["dimension"], cited["item"]) == ("novelty", item.key)
    assert (cited["direction"], cited["strength"]) == ("supports", "weak")


def test_what_was_typed_in_the_editor_is_not_replaced_by_an_issue() -> None:
    card = published("flow-batteries", as_of="2023-01-02").card
    client, path = signed_in(), address(issue(), "?technology=flow-batteries&role=lead")
    _, sent = shown(client, path)
    typed = {**sent, "summary": "Typed by hand."}
    typed.pop("item")
    assert client.post(f"/cards/{card.pk}/buffer/", typed).status_code == 200
    assert "this page saves nothing before you" in client.get(path).content.decode()
    assert client.post(f"/cards/{card.pk}/buffer/", sent).status_code == 409
    answer = client.post(path, sent | {"then": "draft", "summary": "From the issue."})
    assert answer.status_code == 422
    assert "You typed on this card in its editor" in answer.content.decode()
    assert "From the issue." in answer.content.decode()
    assert Buffer.objects.get(card=card).fields["summary"] == ["Typed by hand."]
    assert card.revisions.count() == 1


def test_a_passage_goes_to_no_place_that_is_not_offered() -> None:
    flow()
    client, path = signed_in(), address(issue(), "?technology=flow-batteries")
    answer = client.post(path, shown(client, path)[1] | {"place-0": "nowhere"})
    assert answer.status_code == 422
    assert "Passage 1: choose one of the list." in answer.content.decode()


def test_the_day_of_an_undated_issue_is_asked_for() -> None:
    technology("tidal-kites")
    client, path = signed_in(), address(issue("two_at_once.txt"), "?technology=tidal-kites")
    page, sent = shown(client, path)
    assert "The day of the issue was not found" in page.content.decode()
    answer = client.post(path, sent | {"then": "draft"})
    assert (answer.status_code, Revision.objects.count()) == (422, 0)
    assert saved(client, path, as_of="2025-01-31").as_of.isoformat() == "2025-01-31"


def test_beside_the_card_of_somebody_else_it_is_a_second_opinion_or_goes_on_top() -> None:
    published("flow-batteries", as_of="2023-01-02")
    item, client = issue(), signed_in("otto")
    path = address(item, "?technology=flow-batteries")
    assert "new revision of the lead card" in client.get(path).content.decode()
    assert saved(client, path).card.role == Card.Role.SECOND
    on_top = saved(client, f"{path}&role=lead")
    assert (on_top.card.role, on_top.number) == (Card.Role.LEAD, 2)
    assert "Read in “The issue”." in on_top.reason


def test_a_card_saved_meanwhile_is_not_overwritten() -> None:
    published("flow-batteries", as_of="2023-01-02")
    client = signed_in("otto")
    path = address(issue(), "?technology=flow-batteries&role=lead")
    _, sent = shown(client, path)
    saved(client, path)
    answer = client.post(path, sent | {"then": "draft", "viability-level": "1"})
    card = Card.objects.get(role=Card.Role.LEAD)
    assert (answer.status_code, answer["Location"]) == (302, f"/cards/{card.pk}/edit/")
    assert Buffer.objects.get(card=card).fields["viability-level"] == ["1"]
    assert card.revisions.count() == 2


def test_what_was_typed_and_not_saved_comes_back_on_the_page_of_the_issue() -> None:
    flow()
    client, path = signed_in(), address(issue(), "?technology=flow-batteries")
    _, sent = shown(client, path)
    client.post("/cards/new/buffer/?technology=flow-batteries", sent | {"summary": "Mine."})
    assert shown(client, path)[1]["summary"].strip() == "Mine."


def test_an_issue_that_is_saved_again_makes_no_revision_and_stays_in_review() -> None:
    flow()
    client, path = signed_in(), address(issue(), "?technology=flow-batteries")
    first = saved(client, path, then="review", **{"place-2": "note"})
    for then, words in (("draft", "says the same."), ("review", "It waits for a second pair")):
        sent = shown(client, path)[1] | {"then": then, "place-2": "note"}
        page = client.post(path, sent, follow=True).content.decode()
        assert "Nothing changed: revision 1 says the same." in page
        assert words in page
    assert list(Revision.objects.all()) == [first]
    assert state_of(first) is State.IN_REVIEW
    assert InternalNote.objects.count() == 1


def test_the_day_that_somebody_gave_an_issue_comes_back_with_it() -> None:
    technology("tidal-kites")
    client, path = signed_in(), address(issue("two_at_once.txt"), "?technology=tidal-kites")
    saved(client, path, as_of="2025-01-31")
    assert shown(client, path)[1]["as_of"] == "2025-01-31"
    saved(client, path)
    assert Revision.objects.count() == 1


def test_the_next_page_leads_to_the_linter_and_to_the_mailbag() -> None:
    flow()
    item, client = issue(), signed_in()
    _, sent = shown(client, address(item, "?technology=flow-batteries"))
    answer = client.post(address(item, "?technology=flow-batteries"), sent, follow=True)
    page = answer.content.decode()
    assert "/predictions/new/?technology=flow-batteries&amp;sentence=By+2030+flow" in page
    assert "You said that no closed loop sells heat today." in page
    assert "Greta Olsen" in page


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("?technology=nowhere", 404),
        ("?technology=flow-batteries&part=2", 404),
        ("?technology=flow-batteries&part=x", 404),
        (f"?technology=flow-batteries&part={'9' * 5000}", 404),
        ("next/?card=0", 200),
        ("next/?part=7", 404),
    ],
)
def test_an_address_that_names_nothing_answers_so(asked: str, status: int) -> None:
    flow()
    assert signed_in().get(address(issue(), asked)).status_code == status


def test_an_item_without_a_card_or_a_text_says_so() -> None:
    client = signed_in()
    page = client.get(address(issue("no_card.txt"))).content.decode()
    assert "No assessment was found in this text." in page
    link = create_item(facts=ItemFacts(kind="link", url="https://example.org/"), by=person("anna"))
    assert "keeps no text" in client.get(address(link)).content.decode()


def letter(**changes: str) -> dict[str, str]:
    said = {"letter": "1", "technology": "Deep geothermal", "dimension": "diffusion"}
    said |= {"claim": "You said that no closed loop sells heat.", "evidence": "", "credit": ""}
    said |= {"name": "Greta Olsen", "said_on": "2024-05-14", "reply": "You are right."}
    return said | changes


def test_a_letter_of_the_mailbag_becomes_a_challenge_once_with_its_answer() -> None:
    technology("deep-geothermal")
    item, client = issue(), signed_in()
    for _ in range(2):
        assert client.post(address(item, "next/"), letter()).status_code == 302
    challenge = Challenge.objects.get()
    assert (challenge.dimension, challenge.source) == ("diffusion", item)
    assert challenge.said_on.isoformat() == "2024-05-14"
    assert [event.note for event in challenge.events.all()] == ["You are right."]


def test_a_letter_that_was_edited_and_sent_again_is_the_same_challenge() -> None:
    technology("deep-geothermal")
    item, client = issue(), signed_in()
    client.post(address(item, "next/"), letter())
    again = letter(claim="One closed loop does sell heat.", reply="Another answer.")
    page = client.post(address(item, "next/"), again, follow=True).content.decode()
    challenge = Challenge.objects.get()
    assert challenge.claim == "You said that no closed loop sells heat."
    assert [event.note for event in challenge.events.all()] == ["You are right."]
    assert "in the ledger already, and stays as it was first entered" in page
    assert f'/challenges/{challenge.key}/"' in page
    typed = letter(letter="0", claim="A letter that was not read.")
    client.post(address(item, "next/"), typed)
    assert Challenge.objects.count() == 2


def test_a_letter_is_about_no_technology_before_somebody_says_so() -> None:
    item, client = issue(), signed_in()
    answer = client.post(address(item, "next/"), letter(technology=""))
    assert answer.status_code == 422
    assert "Needed: the name or an alias" in answer.content.decode()
    assert not Challenge.objects.exists()


def test_a_letter_that_is_in_the_ledger_leads_there() -> None:
    technology("deep-geothermal")
    item, client = issue(), signed_in()
    page = client.get(address(item, "next/")).content.decode()
    sent = resent(page.partition("Enter a letter that was not read")[0])
    assert sent["technology"] == "Deep geothermal"
    assert client.post(address(item, "next/"), sent).status_code == 302
    assert (
        f"/challenges/{Challenge.objects.get().key}/"
        in client.get(address(item, "next/")).content.decode()
    )
