"""Items come into the library, change under a version, and are brought in once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import create_user
from evidence.library import item_facts
from evidence.models import Item, Passage, Tag
from evidence.services import (
    ItemRefused,
    create_item,
    edit_item,
    items,
    keep_item,
    restore_item,
    retract_item,
)
from evidence.values.anchoring import Selector
from evidence.values.item import ItemFacts, PassageFacts
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change

pytestmark = pytest.mark.django_db
TEXT = "The pilot plant ran for nine weeks. It cost less than planned."
QUOTE = "It cost less than planned."


@pytest.fixture
def anna() -> User:
    return create_user(username="anna", role="analyst", password="a long enough one 1")


def facts(**changes: Any) -> ItemFacts:
    return ItemFacts(**({"kind": "news", "title": "Nine weeks in Turku", "text": TEXT} | changes))


def test_an_item_keeps_what_was_given(anna: User) -> None:
    given = facts(
        url="https://example.org/turku",
        authors=("A. Writer", "B. Other"),
        published="2024-05",
        tags=("Heat", "pilot plants"),
        passages=(PassageFacts("quotation", QUOTE, comment="at last"),),
    )
    item = create_item(facts=given, by=anna)
    assert item.state == "inbox"
    kept = item_facts(Item.objects.get(pk=item.pk))
    assert kept.authors == ("A. Writer", "B. Other")
    assert kept.tags == ("Heat", "pilot plants")
    assert kept.passages[0].exact == QUOTE
    assert item.passages.get().anchor == "anchored"
    assert Change.objects.get(kind="item.created").subject_key == item.key


def test_a_quotation_is_marked_lost_when_its_text_changes_and_found_when_it_returns(
    anna: User,
) -> None:
    item = create_item(facts=facts(passages=(PassageFacts("quotation", QUOTE),)), by=anna)
    other = create_item(
        facts=facts(
            kind="digest",
            text="",
            passages=(PassageFacts("point", "cheap", source=item.key, exact=QUOTE),),
        ),
        by=anna,
    )
    now = item_facts(item)
    edit_item(
        item=item, facts=facts(text="Nothing of it.", passages=now.passages), version=1, by=anna
    )
    assert item.passages.get().anchor == "lost"
    assert other.passages.get().anchor == "lost"
    again = item_facts(Item.objects.get(pk=item.pk))
    edit_item(
        item=item, facts=facts(text=f"Later. {TEXT}", passages=again.passages), version=2, by=anna
    )
    assert item.passages.get().start == TEXT.index(QUOTE) + 7
    assert other.passages.get().anchor == "anchored"


def test_a_stale_version_overwrites_nothing(anna: User) -> None:
    item = create_item(facts=facts(), by=anna)
    edit_item(item=item, facts=facts(title="Newer"), version=1, by=anna)
    with pytest.raises(Conflict, match="changed by somebody else"):
        edit_item(item=item, facts=facts(title="Older"), version=1, by=anna)
    assert Item.objects.get().title == "Newer"


def test_an_edit_that_changes_nothing_leaves_the_version(anna: User) -> None:
    item = create_item(facts=facts(tags=("heat",)), by=anna)
    edit_item(item=item, facts=facts(tags=("Heat",)), version=1, by=anna)
    assert Item.objects.get().version == 1


def test_the_log_holds_what_changed_and_nothing_else(anna: User) -> None:
    item = create_item(facts=facts(), by=anna)
    edit_item(item=item, facts=facts(title="Newer"), version=1, by=anna, reason="a typo")
    change = Change.objects.get(kind="item.edited")
    assert change.before == {"title": "Nine weeks in Turku"}
    assert change.after == {"title": "Newer"}


def test_a_passage_that_is_written_anew_meanwhile_does_not_stop_a_new_text(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = create_item(facts=facts(), by=anna)
    point = PassageFacts("point", "cheap", source=item.key, exact=QUOTE)
    create_item(facts=facts(kind="digest", text="", passages=(point,)), by=anna)
    anchor = items._anchor

    def gone(row: Passage, text: str, selector: Selector) -> None:
        anchor(row, text, selector)
        Passage.objects.filter(pk=row.pk).delete()

    monkeypatch.setattr(items, "_anchor", gone)
    edit_item(item=item, facts=facts(text="Nothing of it."), version=1, by=anna)
    assert Item.objects.get(pk=item.pk).text == "Nothing of it."


def test_an_item_is_kept_retracted_and_restored(anna: User) -> None:
    item = create_item(facts=facts(), by=anna)
    item = keep_item(item=item, version=1, by=anna)
    with pytest.raises(DomainError, match="why"):
        retract_item(item=item, version=2, by=anna, reason=" ")
    item = retract_item(item=item, version=2, by=anna, reason="The figures were made up.")
    assert (item.state, item.retracted_reason) == ("retracted", "The figures were made up.")
    item = restore_item(item=item, version=3, by=anna, reason="They were not.")
    assert (item.state, item.retracted_reason, item.retracted_on) == ("kept", "", None)
    with pytest.raises(DomainError, match="is kept and cannot become kept"):
        keep_item(item=item, version=4, by=anna)


def test_the_library_wants_a_title_and_the_inbox_does_not(anna: User) -> None:
    item = create_item(facts=facts(title=""), by=anna)
    assert item.name == TEXT
    with pytest.raises(ItemRefused, match="title"):
        keep_item(item=item, version=1, by=anna)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"title": "", "text": ""}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": "2023-13"}, "published"),
        ({"published": "May 2023"}, "published"),
        ({"authors": ("",)}, "authors"),
        ({"tags": ("a, b",)}, "tags"),
        ({"text": "a\0b"}, "text"),
        ({"passages": (PassageFacts("guess", "x"),)}, "passages.0.kind"),
        ({"passages": (PassageFacts("point", " "),)}, "passages.0.text"),
        (
            {"passages": (PassageFacts("point", "x", source="nowhere", exact="x"),)},
            "passages.0.source",
        ),
    ],
)
def test_what_cannot_stand_is_named_and_nothing_is_saved(
    anna: User, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ItemRefused) as refused:
        create_item(facts=facts(**wrong), by=anna)
    assert field in refused.value.faults
    assert not Item.objects.exists()
    assert not Tag.objects.exists()


def test_a_reader_writes_nothing() -> None:
    rita = create_user(username="rita", role="reader", password="a long enough one 1")
    with pytest.raises(NotAllowed):
        create_item(facts=facts(), by=rita)
    assert not Item.objects.visible_to(rita).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rumour"},
        {"state": "lost"},
        {"title": "", "text": "", "url": ""},
        {"state": "retracted"},
    ],
)
def test_the_database_refuses_what_no_item_is(anna: User, wrong: dict[str, Any]) -> None:
    row = {"key": "a-1", "kind": "news", "title": "A", "created_by": anna} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(**row)
