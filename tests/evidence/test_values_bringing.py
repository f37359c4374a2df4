"""A file that is read again, as values."""

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from evidence.values.bringing import brought_again
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.merging import MINE, THEIRS

READ = ItemFacts(kind="paper", title="Old title", notes="A note.", tags=("heat",))
NAMES = ("title", "publisher", "notes", "licence")
WORDS = st.sampled_from(["", "one", "two", "three"])


@st.composite
def facts(draw: st.DrawFn) -> ItemFacts:
    said = {name: draw(WORDS) for name in NAMES}
    tags = tuple(sorted(draw(st.sets(st.sampled_from(["heat", "cold", "wind"])))))
    words = draw(st.lists(st.sampled_from(["p", "q", "r"]), unique=True))
    passages = tuple(PassageFacts(kind="quotation", text=text) for text in words)
    return ItemFacts(kind="paper", tags=tags, passages=passages, **said)


def test_the_same_file_again_leaves_what_people_corrected() -> None:
    corrected = replace(READ, title="New title", tags=())
    merge = brought_again(READ, corrected, READ, {})
    assert (merge.facts, merge.conflicts) == (corrected, ())


def test_what_the_file_says_newly_is_taken() -> None:
    said = replace(READ, notes="A longer note.", accessed_on=date(2024, 5, 1), tags=("heat", "ice"))
    merge = brought_again(READ, replace(READ, title="New title"), said, {})
    assert merge.facts == replace(said, title="New title")
    assert set(merge.from_mine) == {"notes", "accessed_on", "tags"}


def test_what_the_file_leaves_out_takes_nothing_away() -> None:
    merge = brought_again(READ, READ, ItemFacts(kind="paper", title="Old title"), {})
    assert merge.facts == READ


def test_what_both_changed_is_asked_and_can_be_settled() -> None:
    item, said = replace(READ, title="Corrected"), replace(READ, title="Newer in the file")
    open_one = brought_again(READ, item, said, {})
    assert [(one.name, one.theirs, one.mine) for one in open_one.conflicts] == [
        ("title", "Corrected", "Newer in the file")
    ]
    assert open_one.facts == item
    assert brought_again(READ, item, said, {"title": MINE}).facts == said
    kept = brought_again(READ, item, said, {"title": THEIRS})
    assert (kept.facts, kept.conflicts) == (item, ())


def test_a_difference_is_asked_where_nobody_knows_what_was_read() -> None:
    item = replace(READ, title="Corrected", notes="")
    merge = brought_again(None, item, READ, {})
    assert [one.name for one in merge.conflicts] == ["title"]
    assert merge.facts.notes == "A note."


def test_a_quotation_that_somebody_mended_does_not_come_back() -> None:
    read = replace(READ, passages=(PassageFacts(kind="quotation", text="Heat is hote."),))
    mended = replace(READ, passages=(PassageFacts(kind="quotation", text="Heat is hot."),))
    assert brought_again(read, mended, read, {}).facts == mended


@given(facts(), facts(), facts())
def test_nothing_that_people_wrote_is_lost_unasked(
    before: ItemFacts, item: ItemFacts, said: ItemFacts
) -> None:
    merge = brought_again(before, item, said, {})
    asked = {one.name for one in merge.conflicts}
    for name in (field.name for field in fields(ItemFacts)):
        is_new = getattr(said, name) != getattr(before, name)
        is_of_people = getattr(item, name) != getattr(before, name)
        if name in {"tags", "passages"}:
            assert set(getattr(item, name)) <= set(getattr(merge.facts, name))
        elif is_of_people and (getattr(item, name) or not is_new):
            assert getattr(merge.facts, name) == getattr(item, name)
        elif getattr(said, name) and name not in asked:
            assert getattr(merge.facts, name) == getattr(said, name)
    assert brought_again(said, merge.facts, said, {}).facts == merge.facts
