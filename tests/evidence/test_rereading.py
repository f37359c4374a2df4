"""A text that is read once more loses nothing that people did to its item meanwhile."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from evidence.library import item_facts
from evidence.models import Item
from evidence.services import edit_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.evidence.builders import person
from tests.evidence.test_views_reading import opened, pasted, saved
from tests.evidence.texts import of_others, own

pytestmark = pytest.mark.django_db
NAMES = {"resource": "resource", "digest": "digest", "link_blog": "link-blog", "essay": "essay"}
AGAIN = "This text was read before."


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def now(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def corrected(item: Item, **changes: Any) -> ItemFacts:
    """The item with what somebody made of it by hand."""
    facts = replace(item_facts(now(item)), **changes)
    edited = edit_item(item=item, facts=facts, version=now(item).version, by=person("ada"))
    return item_facts(now(edited))


def read_and_saved(client: Client, item: Item, reader: str = "", **changes: str) -> ItemFacts:
    fields, _ = opened(client, item, reader)
    return saved(client, item, fields | changes, reader)


@pytest.mark.parametrize("name", NAMES)
def test_reading_again_and_saving_at_once_changes_nothing(team: Client, name: str) -> None:
    item = pasted(own(name))
    first = read_and_saved(team, item, NAMES[name])
    version = now(item).version
    assert read_and_saved(team, item, NAMES[name]) == first
    assert now(item).version == version


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_the_texts_of_others_read_again_change_nothing(team: Client, number: str) -> None:
    item = pasted(of_others(number))
    first = read_and_saved(team, item)
    assert read_and_saved(team, item) == first
    assert now(item).version == 2


def test_a_digest_read_again_keeps_what_was_made_by_hand(team: Client) -> None:
    source = pasted("Twice a day the water leaves the bay. Nothing else happens.")
    item = pasted(own("digest"))
    parts = list(read_and_saved(team, item).passages)
    at = {"source": source.key, "exact": "Twice a day the water leaves the bay."}
    parts[0] = replace(parts[0], comment="Ask Ines.", kind="observation", heading="Ours")
    parts[0] = replace(parts[0], prefix="", suffix="", **at)
    parts[1] = replace(parts[1], text="In our own words.")
    parts.reverse()
    mine = corrected(
        item,
        title="Our title",
        notes="Only this.",
        tags=("tides",),
        passages=(*parts, PassageFacts("opinion", "Added by hand.")),
    )
    version = now(item).version
    _, page = opened(team, item)
    assert AGAIN in page
    assert "Points into" in page
    assert read_and_saved(team, item) == mine
    assert now(item).version == version


def test_what_the_text_says_otherwise_is_a_hint(team: Client) -> None:
    item = pasted(own("resource"))
    first = read_and_saved(team, item)
    corrected(item, title="Our title")
    fields, page = opened(team, item)
    assert fields["title"] == "Our title"
    assert f"which says: {first.title}" in page


def test_closing_commentary_stands_in_the_notes_once(team: Client) -> None:
    item = pasted(own("link_blog"))
    read_and_saved(team, item)
    corrected(item, title="Looms")
    facts = read_and_saved(team, item, **{"p0-comment": "Mine."})
    assert facts.notes.count("I recommend reading all of it.") == 1
    assert len(facts.passages) == 7


def test_what_was_left_out_or_placed_stays_so(team: Client) -> None:
    item = pasted(own("digest"))
    choices = {"p1-kind": "left out", "p2-kind": "note", "u0-becomes": "point"}
    first = read_and_saved(team, item, **choices)
    version = now(item).version
    assert read_and_saved(team, item) == first
    assert now(item).version == version
    fields, _ = opened(team, item)
    place = next(name for name, value in fields.items() if value == "left out")
    assert len(read_and_saved(team, item, **{place: "point"}).passages) == len(first.passages) + 1


def test_another_reader_adds_to_what_the_item_holds(team: Client) -> None:
    item = pasted(own("digest"))
    first = read_and_saved(team, item)
    fields, page = opened(team, item, "essay")
    assert AGAIN not in page
    assert "The item was filled before." in page
    both = saved(team, item, fields, "essay")
    assert set(first.passages) <= set(both.passages)
    assert both.title == first.title


def test_a_text_that_grew_is_proposed_where_it_grew(team: Client) -> None:
    item = pasted(own("digest"))
    first = read_and_saved(team, item)
    corrected(
        item, text=f"{own('digest')}\n\n3. Who paid?\n\nWhy so late?\n\n- Nobody had asked.\n"
    )
    _, page = opened(team, item)
    assert AGAIN not in page
    facts = read_and_saved(team, item, "digest")
    assert {one.text for one in first.passages} < {one.text for one in facts.passages}


def test_a_pointer_is_moved_only_where_that_is_chosen(team: Client) -> None:
    source = pasted(
        "Nothing here. Twice a day the water leaves the bay through a gap that is ninety metres"
        " wide. At slack tide two batteries bridge half an hour in which nothing turns."
    )
    item = pasted(own("digest"))
    first = read_and_saved(team, item)
    held = replace(first.passages[0], source=source.key, exact="Nothing here.", prefix="")
    corrected(item, passages=(replace(held, suffix=""), *first.passages[1:]))
    kept = read_and_saved(team, item, source=source.key).passages[0]
    assert kept.exact == "Nothing here."
    moved = read_and_saved(team, item, **{"source": source.key, "p0-points": "yes"}).passages[0]
    assert moved.exact.startswith("Twice a day")
    gone = read_and_saved(team, item, **{"source": source.key, "p0-points": "no"}).passages[0]
    assert gone.source == ""
