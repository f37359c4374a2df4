"""An item is corrected in a form, also by two people at once, and no word is lost."""

from typing import Any

import pytest
from django.test import Client

from evidence.library import item_facts
from evidence.models import Item
from evidence.services import create_item, edit_item, keep_item
from evidence.values.item import ItemFacts, PassageFacts
from evidence.versions import facts_at
from tests.assessments.typed_cards import resent
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db
TEXT = "The pilot ran for nine weeks.\n\nIt cost less than planned."
QUOTE = PassageFacts("quotation", "It cost less than planned.", comment="At last.")


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def made(**changes: Any) -> Item:
    facts = {"kind": "news", "title": "Nine weeks", "text": TEXT, "passages": (QUOTE,)}
    return create_item(facts=ItemFacts(**(facts | changes)), by=person(), state="kept")


def form_of(client: Client, item: Item, query: str = "") -> dict[str, Any]:
    response = client.get(f"/evidence/{item.key}/edit/{query}")
    assert response.status_code == 200
    return resent(response.content.decode())


def send(client: Client, item: Item, typed: dict[str, Any]) -> Any:
    return client.post(f"/evidence/{item.key}/edit/", typed)


def now_said(item: Item) -> ItemFacts:
    return item_facts(Item.objects.get(pk=item.pk))


def theirs(item: Item, **changes: Any) -> None:
    """Somebody else saves the item in the meantime."""
    held = Item.objects.get(pk=item.pk)
    said = ItemFacts(**(vars(item_facts(held)) | changes))
    edit_item(item=held, facts=said, version=held.version, by=person("otto"))


def test_a_form_that_is_sent_back_untouched_changes_nothing(team: Client) -> None:
    item = made(
        authors=("A. Writer", "B. Other"),
        tags=("heat", "pilots"),
        published="2024-05",
        passages=(QUOTE, PassageFacts("footnote", "Nine.", mark="1"), PassageFacts("point", "x")),
    )
    before = now_said(item)
    assert send(team, item, form_of(team, item)).status_code == 302
    item.refresh_from_db()
    assert (item.version, now_said(item)) == (1, before)


def test_every_field_is_saved_as_it_is_typed(team: Client) -> None:
    item = made()
    typed = form_of(team, item) | {
        "title": "Ten weeks",
        "kind": "paper",
        "url": "https://example.org/ten",
        "authors": "A. Writer\r\n\r\nB. Other\r\n",
        "publisher": "The bureau",
        "published": "2024-05",
        "accessed_on": "2024-06-01",
        "licence": "CC BY 4.0",
        "via": "A friend",
        "via_url": "https://example.org/friend",
        "tags": "heat, , pilots",
        "notes": "*Ask*.",
        "reason": "Read again.",
    }
    assert send(team, item, typed).status_code == 302
    said = now_said(item)
    assert (said.title, said.kind, said.authors) == (
        "Ten weeks",
        "paper",
        ("A. Writer", "B. Other"),
    )
    assert (said.published, str(said.accessed_on)) == ("2024-05", "2024-06-01")
    assert (said.via, said.licence, said.tags) == ("A friend", "CC BY 4.0", ("heat", "pilots"))
    page = team.get(f"/evidence/{item.key}/").content.decode()
    assert "Read again." in page


def test_passages_are_added_moved_and_taken_out(team: Client) -> None:
    item = made(passages=(QUOTE, PassageFacts("point", "Two."), PassageFacts("point", "Three.")))
    typed = form_of(team, item)
    assert typed["passages-TOTAL_FORMS"] == "4"
    typed |= {"passages-1-gone": "on", "passages-2-order": "1", "passages-0-order": "2"}
    typed |= {"passages-3-text": "Four.", "passages-3-kind": "opinion"}
    send(team, item, typed)
    said = [(one.kind, one.text) for one in now_said(item).passages]
    assert said == [("point", "Three."), ("quotation", QUOTE.text), ("opinion", "Four.")]


def test_a_quotation_is_looked_for_by_its_own_words_when_they_change(team: Client) -> None:
    item = made()
    send(team, item, form_of(team, item) | {"passages-0-text": "The pilot ran for nine weeks."})
    row = item.passages.get()
    assert (row.anchor, row.start) == ("anchored", 0)


def test_a_lost_quotation_is_repaired_by_correcting_its_words(team: Client) -> None:
    lost = PassageFacts("quotation", "It cost “less”.", exact="It cost less, they say.")
    item = made(passages=(lost,))
    assert item.passages.get().anchor == "lost"
    typed = form_of(team, item)
    assert typed["passages-0-exact"] == lost.exact
    send(team, item, typed | {"passages-0-text": QUOTE.text})
    row = item.passages.get()
    assert (row.anchor, row.exact, row.start) == ("anchored", QUOTE.text, TEXT.index(QUOTE.text))


def test_a_quotation_out_of_another_item_follows_its_corrected_words(team: Client) -> None:
    source = made()
    there = PassageFacts("quotation", QUOTE.text, source=source.key, exact=QUOTE.text)
    point = PassageFacts("point", QUOTE.text, source=source.key, exact=QUOTE.text)
    item = made(title="Other", text="", passages=(there, point))
    changes = {"passages-0-text": "The pilot ran for nine weeks.", "passages-1-text": "Dear."}
    send(team, item, form_of(team, item) | changes)
    found = [(one.exact, one.start) for one in item.passages.order_by("position")]
    assert found == [
        ("The pilot ran for nine weeks.", 0),
        (QUOTE.text, TEXT.index(QUOTE.text)),
    ]


def test_many_passages_stand_on_several_pages_and_none_is_lost(team: Client) -> None:
    item = made(passages=tuple(PassageFacts("point", f"Point {n}.") for n in range(250)))
    typed = form_of(team, item, "?place=100")
    assert typed["passages-0-text"] == "Point 100."
    send(team, item, typed | {"passages-0-gone": "on", "passages-100-text": "New."})
    said = [one.text for one in now_said(item).passages]
    assert said[:101] == [*(f"Point {n}." for n in range(100)), "Point 101."]
    assert said[199:] == ["New.", *(f"Point {n}." for n in range(200, 250))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "id_title_error"),
        ({"title": "a\u202eb"}, "id_title_error"),
        ({"url": "javascript:alert(1)"}, "id_url_error"),
        ({"published": "soon"}, "id_published_error"),
        ({"accessed_on": "soon"}, "id_accessed_on_error"),
        ({"kind": "rumour"}, "id_kind_error"),
        ({"version": "x"}, "id_version_error"),
        ({"passages-0-text": "a\u202eb"}, "id_passages-0-text_error"),
        ({"passages-0-text": ""}, "id_passages-0-text_error"),
        ({"passages-0-source": "nowhere"}, "id_passages-0-source_error"),
        ({"passages-0-order": "first"}, "id_passages-0-order_error"),
        ({"passages-1-text": "x", "passages-1-kind": "y"}, "id_passages-1-kind_error"),
        ({"passages-TOTAL_FORMS": ""}, "did not arrive whole"),
        ({"passages-TOTAL_FORMS": "10000000"}, "Save, then add more"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    team: Client, changes: dict[str, str], field: str
) -> None:
    item = made()
    response = send(team, item, form_of(team, item) | {"notes": "Kept as typed."} | changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert field in page
    assert "Kept as typed." in page
    item.refresh_from_db()
    assert item.version == 1


def test_fields_that_only_one_of_two_changed_merge_by_themselves(team: Client) -> None:
    item = made()
    typed = form_of(team, item)
    theirs(item, publisher="The bureau", tags=("heat",))
    answer = team.post(
        f"/evidence/{item.key}/edit/", typed | {"notes": "Mine.", "tags": "costs"}, follow=True
    )
    page = answer.content.decode()
    assert "Saved, beside what otto had changed meanwhile: published by." in page
    said = now_said(item)
    assert (said.publisher, said.notes, said.tags) == ("The bureau", "Mine.", ("costs", "heat"))


def test_the_same_field_asks_and_keeps_both_until_it_is_settled(team: Client) -> None:
    item = made()
    typed = form_of(team, item) | {"notes": "Mine.\n\nTwo lines <b>.", "title": "Ten weeks"}
    theirs(item, notes="Theirs.")
    asked = send(team, item, typed)
    assert asked.status_code == 409
    page = asked.content.decode()
    assert "Otto changed" in page
    assert all(words in page for words in ("Theirs.", "Two lines &lt;b&gt;.", "Merged already"))
    assert now_said(item).title == "Nine weeks"
    again = resent(page) | {"take-notes": "mine"}
    assert send(team, item, again).status_code == 302
    said = now_said(item)
    assert (said.notes, said.title) == ("Mine.\n\nTwo lines <b>.", "Ten weeks")


def test_what_was_merged_already_is_not_asked_when_the_rest_is_settled(team: Client) -> None:
    item = made(tags=("one",))
    typed = form_of(team, item) | {"title": "Title B", "tags": "two"}
    typed |= {"passages-1-text": "Of B.", "passages-1-kind": "point"}
    of_a = PassageFacts("point", "Of A.")
    theirs(item, title="Title A", tags=("one", "three"), passages=(QUOTE, of_a))
    page = send(team, item, typed).content.decode()
    assert "take-title" in page
    assert "take-tags" not in page
    assert send(team, item, resent(page) | {"take-title": "mine"}).status_code == 302
    said = now_said(item)
    assert (said.title, said.tags) == ("Title B", ("three", "two"))
    assert [one.text for one in said.passages] == [QUOTE.text, "Of B.", "Of A."]


def test_a_choice_counts_only_against_what_was_shown(team: Client) -> None:
    item = made()
    typed = form_of(team, item) | {"notes": "Mine."}
    theirs(item, notes="Theirs.")
    again = resent(send(team, item, typed).content.decode()) | {"take-notes": "mine"}
    theirs(item, notes="Theirs, later.")
    asked = send(team, item, again)
    assert asked.status_code == 409
    assert "Theirs, later." in asked.content.decode()
    assert now_said(item).notes == "Theirs, later."


def test_a_form_without_its_version_asks_about_everything_that_differs(team: Client) -> None:
    item = made()
    typed = form_of(team, item) | {"title": "Ten weeks", "version": ""}
    asked = send(team, item, typed)
    assert asked.status_code == 409
    assert "Nine weeks" in asked.content.decode()
    assert send(team, item, form_of(team, item) | {"version": ""}).status_code == 302


def test_an_earlier_version_is_known_from_the_log(team: Client) -> None:
    item = create_item(facts=ItemFacts("news", "One", text=TEXT), by=person())
    first = item_facts(item)
    theirs(item, title="Two", passages=(QUOTE,), authors=("A.",))
    held = Item.objects.get(pk=item.pk)
    second = item_facts(held)
    keep_item(item=held, version=2, by=person())
    theirs(item, title="Three", passages=(), tags=("heat",))
    held = Item.objects.get(pk=item.pk)
    assert (facts_at(held, 1), facts_at(held, 2), facts_at(held, 3)) == (first, second, second)
    assert facts_at(held, 4) == item_facts(held)
    assert facts_at(held, 0) is facts_at(held, 5) is None
