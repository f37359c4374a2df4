"""Tags are renamed and merged, and both can be taken back while they still fit."""

from dataclasses import replace

import pytest

from evidence.library import item_facts
from evidence.models import Item, Tag, TagName
from evidence.searching import matching
from evidence.services import edit_item, merge_tags, rename_tag, tags, undo_tag_change
from evidence.tagging import counted_tags, found_tag, hints, tag_changes
from evidence.values.words import read_query
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from tests.evidence.builders import person
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def names(one: Item) -> list[str]:
    return sorted(Item.objects.get(pk=one.pk).tags.values_list("name", flat=True))


def found(typed: str) -> int:
    return len(matching(Item.objects.all(), read_query(typed)))


def rename(old: str, new: str, shown: str = "") -> Tag:
    return rename_tag(tag=tag(old), name=new, shown=shown or old, by=person())


def merge(old: str, into: str) -> Tag:
    return merge_tags(tag=tag(old), into=tag(into), shown=old, by=person())


def undo(kind: str, old: str = "") -> str:
    changes = Change.objects.filter(kind=kind)
    change = changes.filter(subject_key=old).latest("seq") if old else changes.latest("seq")
    return undo_tag_change(change=change, by=person())


def test_an_old_name_goes_on_leading_to_the_tag() -> None:
    one = item("One", tags=("heat pumps",))
    rename("heat pumps", "Warmth")
    two = item("Two", tags=("Heat Pumps",))
    assert names(one) == names(two) == ["Warmth"]
    assert found_tag("heat-pumps") == tag("Warmth")
    assert (found("warmth "), found("pumps ")) == (2, 0)


def test_a_new_spelling_of_the_same_name_needs_no_former_name() -> None:
    item("One", tags=("heat",))
    rename("heat", "Heat")
    assert not TagName.objects.exists()


def test_a_tag_goes_back_to_a_name_it_had() -> None:
    item("One", tags=("heat",))
    rename("heat", "warmth")
    rename("warmth", "heat")
    assert list(TagName.objects.values_list("name", flat=True)) == ["warmth"]


def test_a_name_that_is_taken_is_refused() -> None:
    item("One", tags=("heat", "warmth", "cold"))
    merge("warmth", "cold")
    with pytest.raises(Conflict, match="There is a tag “cold” already"):
        rename("heat", "COLD")
    with pytest.raises(Conflict, match="“warmth” leads to the tag “cold”"):
        rename("heat", "warmth")


def test_whoever_saw_another_name_changes_nothing() -> None:
    item("One", tags=("heat", "cold"))
    with pytest.raises(Conflict, match="meanwhile"):
        rename("heat", "warmth", shown="hot")
    with pytest.raises(Conflict, match="meanwhile"):
        merge_tags(tag=tag("heat"), into=tag("cold"), shown="hot", by=person())
    gone = tag("heat")
    merge("heat", "cold")
    with pytest.raises(Conflict, match="meanwhile"):
        merge_tags(tag=gone, into=tag("cold"), shown="heat", by=person())


def test_merged_tags_are_one_and_the_log_names_the_items() -> None:
    one, two = item("One", tags=("ev", "cars")), item("Two", tags=("ev",))
    three = item("Three", tags=("cars",))
    merge("ev", "cars")
    assert names(one) == names(two) == names(three) == ["cars"]
    change = Change.objects.get(kind="tag.merged")
    assert change.before is not None
    assert change.before["items"] == sorted([one.key, two.key])
    assert found_tag("ev") == tag("cars")
    assert (found("cars "), found("ev ")) == (3, 0)


def test_a_merge_is_taken_back_whole() -> None:
    one, two = item("One", tags=("ev", "cars")), item("Two", tags=("ev",))
    three = item("Three", tags=("cars",))
    rename("ev", "electric cars")
    merge("electric cars", "cars")
    assert undo("tag.merged") == "“electric cars” and “cars” are two tags again."
    assert names(one) == ["cars", "electric cars"]
    assert names(two) == ["electric cars"]
    assert names(three) == ["cars"]
    assert found_tag("ev") == tag("electric cars")
    assert found("electric ") == 2


def test_of_merges_that_are_taken_back_in_another_order_none_takes_what_another_gave() -> None:
    one = item("One", tags=("ev", "trucks"))
    two = item("Two", tags=("cars",))
    merge("ev", "cars")
    merge("trucks", "cars")
    undo("tag.merged", "ev")
    assert names(one) == ["cars", "ev"]
    assert found_tag("trucks") == tag("cars")
    undo("tag.merged", "trucks")
    assert {"ev", "trucks"} < set(names(one))
    assert names(two) == ["cars"]


def test_whoever_gives_a_name_in_the_same_moment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    item("One", tags=("heat", "cold"))
    monkeypatch.setattr(tags, "_require_free", lambda *_: None)
    with pytest.raises(Conflict, match="gave a tag this name just now"):
        rename("heat", "cold")
    assert tag("heat") != tag("cold")


def test_what_was_edited_since_stays_as_it_is() -> None:
    one, two = item("One", tags=("ev",)), item("Two", tags=("ev",))
    item("Three", tags=("cars",))
    merge("ev", "cars")
    one = Item.objects.get(pk=one.pk)
    edit_item(item=one, facts=replace(item_facts(one), tags=()), version=one.version, by=person())
    assert "1 of 2 items had lost the tag since" in undo("tag.merged")
    assert (names(one), names(two)) == ([], ["ev"])


def test_a_rename_is_taken_back() -> None:
    one = item("One", tags=("heat",))
    rename("heat", "warmth")
    assert undo("tag.renamed") == "The tag is called “heat” again."
    assert names(one) == ["heat"]
    assert not TagName.objects.exists()


def test_what_no_longer_fits_is_not_taken_back() -> None:
    item("One", tags=("heat", "cold"))
    rename("heat", "warmth")
    rename("warmth", "hot")
    first = Change.objects.filter(kind="tag.renamed").earliest("seq")
    with pytest.raises(Conflict, match="has another name by now"):
        undo_tag_change(change=first, by=person())
    merge("hot", "cold")
    undo("tag.merged")
    with pytest.raises(Conflict, match="does not lead to"):
        undo("tag.merged")
    with pytest.raises(DomainError, match="Only renamed and merged"):
        undo("item.created")


def test_the_list_of_changes_offers_what_still_fits() -> None:
    item("One", tags=("heat", "cold"))
    rename("heat", "warmth")
    merge("warmth", "cold")
    assert [row.number is not None for row in tag_changes()] == [True, False]
    assert tag_changes()[0].words == "“warmth” was merged into “cold”, with 1 item"
    undo("tag.merged")
    assert [row.number is not None for row in tag_changes()] == [False, False, True]


def test_readers_change_no_tags() -> None:
    item("One", tags=("heat", "cold"))
    reader = person("rita", "reader")
    with pytest.raises(NotAllowed):
        rename_tag(tag=tag("heat"), name="warmth", shown="heat", by=reader)
    with pytest.raises(NotAllowed):
        merge_tags(tag=tag("heat"), into=tag("cold"), shown="heat", by=reader)


def test_a_tag_without_sense_is_refused() -> None:
    item("One", tags=("heat",))
    for name in ("", "a, b", "x" * 61, "a\0b"):
        with pytest.raises(DomainError):
            rename("heat", name)
    with pytest.raises(DomainError, match="same tag"):
        merge_tags(tag=tag("heat"), into=tag("heat"), shown="heat", by=person())


def test_names_that_are_probably_one_are_hinted_at() -> None:
    item("One", tags=("heat pumps", "batteries", "gpt-3", "AI", "robotics"))
    item("Two", tags=("heat pumps", "heat-pump", "bateries", "gpt-4", "AR", "robotocs"))
    pairs = {(hint.tag.name, hint.into.name) for hint in hints(counted_tags())}
    assert ("heat-pump", "heat pumps") in pairs
    assert {frozenset(pair) for pair in pairs} == {
        frozenset(("heat-pump", "heat pumps")),
        frozenset(("bateries", "batteries")),
        frozenset(("robotics", "robotocs")),
    }
