"""What two people changed in one item, over what both began from."""

from typing import Any

import pytest

from evidence.values.item import ItemFacts, PassageFacts, item_from_json, item_json
from evidence.values.merging import merge_items

ONE, TWO, THREE = (PassageFacts("point", words) for words in ("One.", "Two.", "Three."))
BASE = ItemFacts(
    kind="news", title="Nine weeks", notes="Old.", tags=("heat", "pilots"), passages=(ONE, TWO)
)


def facts(**changes: Any) -> ItemFacts:
    return ItemFacts(**{name: getattr(BASE, name) for name in vars(BASE)} | changes)


def merged(theirs: ItemFacts, mine: ItemFacts, **choices: str) -> Any:
    return merge_items(BASE, theirs, mine, choices)


def test_the_facts_are_read_back_from_their_json() -> None:
    assert item_from_json(item_json(BASE)) == BASE


def test_fields_that_only_one_side_changed_merge_by_themselves() -> None:
    made = merged(facts(title="Ten weeks", url="https://example.org/"), facts(notes="New."))
    assert made.conflicts == ()
    assert made.facts == facts(title="Ten weeks", url="https://example.org/", notes="New.")
    assert made.from_theirs == ("title", "url")
    assert made.from_mine == ("notes",)


def test_a_field_that_both_changed_is_asked_and_settled_by_a_choice() -> None:
    theirs, mine = facts(title="Ten weeks"), facts(title="Eleven weeks", notes="New.")
    asked = merged(theirs, mine)
    (field,) = asked.conflicts
    assert (field.name, field.base, field.theirs, field.mine) == (
        "title",
        "Nine weeks",
        "Ten weeks",
        "Eleven weeks",
    )
    assert asked.facts.title == "Ten weeks"
    assert merged(theirs, mine, title="mine").facts == facts(title="Eleven weeks", notes="New.")
    assert merged(theirs, mine, title="theirs").facts == facts(title="Ten weeks", notes="New.")
    assert merged(theirs, mine, title="whoever").conflicts == asked.conflicts


def test_the_same_change_twice_is_no_conflict() -> None:
    both = facts(title="Ten weeks")
    assert merged(both, both).facts == both


def test_tags_of_both_are_joined_and_those_taken_out_stay_out() -> None:
    made = merged(facts(tags=("heat", "pilots", "Turku")), facts(tags=("HEAT", "costs")))
    assert made.conflicts == ()
    assert made.facts.tags == ("heat", "Turku", "costs")


def test_an_empty_choice_asks_nothing_that_merges_by_itself() -> None:
    theirs = facts(tags=("heat", "pilots", "Turku"), passages=(ONE, TWO, THREE))
    mine = facts(tags=("heat", "pilots", "costs"), passages=(TWO,))
    made = merged(theirs, mine, tags="", passages="", title="")
    assert made.conflicts == ()
    assert made.facts.tags == ("heat", "pilots", "Turku", "costs")
    assert made.facts.passages == (TWO, THREE)


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ((ONE, TWO, THREE), (ONE,), (ONE, THREE)),
        ((TWO,), (ONE, THREE, TWO), (TWO, THREE)),
        ((ONE, TWO), (ONE, THREE, TWO), (ONE, THREE, TWO)),
        ((TWO,), (ONE,), ()),
    ],
)
def test_passages_of_both_are_joined(theirs: Any, mine: Any, both: Any) -> None:
    made = merged(facts(passages=theirs), facts(passages=mine))
    assert made.conflicts == ()
    assert set(made.facts.passages) == set(both)


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ((PassageFacts("point", "One, theirs."), TWO), (PassageFacts("point", "One, mine."), TWO)),
        ((TWO, ONE), (ONE, TWO, THREE)),
        ((ONE, TWO, TWO), (ONE, TWO, THREE)),
    ],
)
def test_one_passage_changed_by_both_and_another_order_are_asked(theirs: Any, mine: Any) -> None:
    made = merged(facts(passages=theirs), facts(passages=mine))
    assert [one.name for one in made.conflicts] == ["passages"]


def test_without_a_base_every_difference_is_asked() -> None:
    made = merge_items(None, BASE, facts(title="Ten weeks", tags=("PILOTS", "heat")), {})
    assert [one.name for one in made.conflicts] == ["title"]
