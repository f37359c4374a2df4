"""A file is brought in twice, while people correct what it brought."""

from dataclasses import replace

import pytest

from accounts.models import User
from evidence.importing.brought import BroughtItem
from evidence.library import item_facts
from evidence.models import Item
from evidence.services import edit_item
from evidence.services.bringing import (
    READ,
    BringingRefused,
    Look,
    Outcome,
    bring_in_all,
    look_at,
)
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.merging import MINE, THEIRS
from record.models import Change
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db
FACTS = ItemFacts(kind="paper", title="Nine weeks in Turku", tags=("heat",))


@pytest.fixture
def anna() -> User:
    return person()


def row(facts: ItemFacts = FACTS, **more: object) -> BroughtItem:
    return replace(BroughtItem("/0", "csl:turku", facts), **more)


def bring(by: User, one: BroughtItem) -> Outcome:
    (brought,) = bring_in_all(rows=[one], by=by, state="inbox")
    return brought.outcome


def look(one: BroughtItem) -> Look:
    (found,) = look_at([one], state="inbox")
    return found


def edited(by: User, **changes: object) -> None:
    item = Item.objects.get()
    facts = replace(item_facts(item), **changes)
    edit_item(item=item, facts=facts, version=item.version, by=by)


def test_the_same_twice_changes_nothing_and_leaves_what_people_made_of_it(anna: User) -> None:
    assert bring(anna, row()) is Outcome.CREATED
    edited(anna, title="Nine weeks at Turku", notes="mine", tags=("mine",))
    before, changes = item_facts(Item.objects.get()), Change.objects.count()
    assert look(row()).kept == ("title",)
    assert bring(anna, row()) is Outcome.SKIPPED
    assert (item_facts(Item.objects.get()), Change.objects.count()) == (before, changes)


def test_what_was_corrected_on_the_way_in_is_not_brought_in_again(anna: User) -> None:
    read = replace(FACTS, passages=(PassageFacts(kind="quotation", text="Heat is hote."),))
    mended = replace(FACTS, passages=(PassageFacts(kind="quotation", text="Heat is hot."),))
    assert bring(anna, row(mended, said=read)) is Outcome.CREATED
    assert bring(anna, row(read)) is Outcome.SKIPPED
    assert item_facts(Item.objects.get()).passages == mended.passages


def test_what_is_new_in_the_file_comes_beside_what_people_wrote(anna: User) -> None:
    bring(anna, row())
    edited(anna, notes="mine")
    newer = replace(FACTS, title="Nine weeks and a day", publisher="Tides", tags=("heat", "ice"))
    assert look(row(newer)).changed == ("title", "publisher", "tags")
    assert bring(anna, row(newer)) is Outcome.UPDATED
    assert item_facts(Item.objects.get()) == replace(newer, notes="mine")


def test_what_both_changed_is_asked_and_nothing_saved_until_it_is_answered(anna: User) -> None:
    bring(anna, row())
    edited(anna, title="By hand")
    newer = row(replace(FACTS, title="In the file", publisher="Tides"))
    found = look(newer)
    assert (found.outcome, found.is_settled) == (None, False)
    with pytest.raises(BringingRefused, match="/0, title: library and file differ"):
        bring(anna, newer)
    assert item_facts(Item.objects.get()).publisher == ""
    stale = replace(newer, choices={"title": MINE}, newest=1)
    with pytest.raises(BringingRefused, match="differ"):
        bring(anna, stale)
    assert bring(anna, replace(newer, choices={"title": MINE}, newest=2)) is Outcome.UPDATED
    assert item_facts(Item.objects.get()).title == "In the file"


def test_an_answer_for_the_library_is_remembered(anna: User) -> None:
    bring(anna, row())
    edited(anna, title="By hand")
    newer = row(replace(FACTS, title="In the file"), choices={"title": THEIRS}, newest=2)
    assert bring(anna, newer) is Outcome.SKIPPED
    assert Change.objects.filter(kind=READ).count() == 2
    again = look(row(replace(FACTS, title="In the file")))
    assert (again.outcome, again.kept) == (Outcome.SKIPPED, ("title",))


def test_reading_a_file_makes_no_version(anna: User) -> None:
    bring(anna, row())
    assert Change.objects.filter(kind=READ).count() == 1
    assert Item.objects.get().version == 1
