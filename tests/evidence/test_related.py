"""What is read beside an item, with the reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.models import Item, ItemMark
from evidence.related import _own_marks, kinds_of_sources, reasons, related_items
from evidence.services import retract_item
from tests.evidence.builders import person
from tests.evidence.library_items import item, quoted

pytestmark = pytest.mark.django_db
MEMO = "We have no moat, and neither does anybody else who trains these models."


def beside(one: Item) -> dict[str, str]:
    rows = related_items(one, Item.objects.all())
    kinds = kinds_of_sources(rows)
    return {row.item.title: ", ".join(reasons(row, kinds)) for row in rows}


def test_the_reason_is_in_words() -> None:
    memo = item("The memo", kind="note", text=MEMO)
    one = item(
        "One",
        tags=("moats", "open models", "chips"),
        authors=("Ada L.",),
        passages=(quoted(MEMO, source=memo.key, exact=MEMO),),
    )
    item(
        "Two",
        tags=("Moats", "open models", "chips", "more"),
        authors=("Ada L.",),
        passages=(quoted(MEMO, source=memo.key, exact=MEMO),),
    )
    item("Three", passages=(quoted(f"  {MEMO.upper()}"),))
    item("Nothing to do with it", text="Salt caverns.")
    assert beside(one) == {
        "Two": "3 tags, same author, quotes the same note",
        "Three": "quotes the same words",
        "The memo": "quoted here",
    }
    assert beside(memo)["One"] == "quotes this"


def test_a_rare_tag_weighs_more_than_a_common_one() -> None:
    one = item("One", tags=("common", "rare"))
    item("Rare", tags=("rare",))
    for number in range(6):
        item(f"Common {number}", tags=("common",))
    assert next(iter(beside(one))) == "Rare"


def test_similar_words_are_named() -> None:
    text = "Hydrogen embrittlement of steel pipelines under cyclic pressure."
    one = item("One", text=text)
    item("Two", text=f"Pressure, pipelines and embrittlement. {text}")
    item("Three", text="A single pipelines word.")
    for number in range(12):
        item(f"Other {number}", text="Cheese and wine in the evening.")
    found = beside(one)
    assert list(found) == ["Two"]
    assert found["Two"].startswith("similar words (")


def test_the_same_address_is_seen_whatever_its_spelling() -> None:
    one = item("One", url="https://www.example.org/a/")
    item("Two", url="http://example.org/a#part")
    item("Three", via="A blog", via_url="https://example.org/list")
    four = item("Four", via="A blog", via_url="https://example.org/list")
    assert beside(one) == {"Two": "same address"}
    assert beside(four) == {"Three": "found by way of the same page"}


def test_the_publisher_alone_is_no_reason() -> None:
    one = item("One", publisher="The Bulletin", tags=("heat",))
    item("Two", publisher="The Bulletin")
    item("Three", publisher="The Bulletin", tags=("heat",))
    assert beside(one) == {"Three": "1 tag, same publisher"}


def test_what_was_retracted_is_not_recommended() -> None:
    one, two = item("One", tags=("heat",)), item("Two", tags=("heat",))
    retract_item(item=two, version=1, by=person(), reason="It was made up.")
    assert beside(one) == {}


def test_there_are_at_most_eight_and_always_as_many_questions() -> None:
    one = item("One", tags=("heat",), authors=("Ada",), text="Hydrogen pipelines and caverns.")
    counts = []
    for number in range(10):
        item(f"Other {number}", tags=("heat",), authors=("Ada",), text="Hydrogen pipelines.")
        with CaptureQueriesContext(connection) as asked:
            rows = related_items(one, Item.objects.all())
            kinds_of_sources(rows)
        counts.append(len(asked))
    assert len(rows) == 8
    assert len(set(counts)) == 1


def test_what_very_many_share_is_counted_no_further_than_that_is_known() -> None:
    text = "Hydrogen pipelines and caverns."
    one = item("One", authors=("Ada", "Bo"), text=text)
    for number in range(4):
        item(f"Other {number}", authors=("Ada", "Cy"), text=text if number else "Hydrogen.")
    for most in (1, 3, 9):
        counted = {
            (mark.kind, mark.value): ItemMark.objects.filter(
                kind=mark.kind, value=mark.value
            ).count()
            for mark in one.marks.all()
        }
        expected = {mark: min(number, most + 1) for mark, number in counted.items()}
        assert _own_marks(one, most) == expected
    assert set(counted.values()) == {1, 4, 5}
