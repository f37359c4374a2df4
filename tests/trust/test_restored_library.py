"""A restored evidence library finds what the one that was kept found."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict

from evidence.facets import facets
from evidence.library import item_facts
from evidence.models import Item, Tag
from evidence.related import kinds_of_sources, reasons, related_items
from evidence.searching import best_first
from evidence.services import edit_item, merge_tags
from evidence.values.words import read_query
from publishing.filters import LibraryFilters
from tests.databases import OpenDatabase
from tests.evidence.builders import person
from tests.evidence.library_items import item, quoted

SEARCHES = ("heat", "heat -turku", '"nine weeks"', "ener", "電池", "solar ", "warmth ")
ASKED = ("", "q=heat", "tag=heat", "author=Ada&q=pump", "kind=paper&state=kept", "q=-turku")
MEMO = "The pilot ran for nine weeks and cost less than planned."
Found = dict[str, Any]


def fill() -> None:
    memo = item("The memo", kind="note", text=MEMO, tags=("heat", "warmth"))
    for number in range(30):
        item(
            f"Item {number}",
            kind=("news", "paper")[number % 2],
            state=("kept", "inbox")[number % 3 == 0],
            authors=(("Ada", "Bo", "Åsa Öberg")[number % 3],),
            publisher=("MIT", "")[number % 2],
            published=f"20{10 + number % 9}",
            text=f"Solar energy and heat pumps in Turku, part {number}. 新しい電池" * (number % 4),
            tags=("heat", f"tag {number % 5}"),
            passages=(quoted(MEMO, source=memo.key),) if number % 7 == 0 else (),
        )
    warmth, heat = Tag.objects.get(name="warmth"), Tag.objects.get(name="heat")
    merge_tags(tag=warmth, into=heat, shown="warmth", by=person())


def found() -> Found:
    names = dict(Item.objects.values_list("pk", "key"))
    searched = {typed: [names[pk] for pk in best_first(read_query(typed))] for typed in SEARCHES}
    narrowed, beside = {}, {}
    for asked in ASKED:
        filters = LibraryFilters(QueryDict(asked), Item.objects.all())
        narrowed[asked] = (filters.keys(), facets(filters))
    for one in Item.objects.order_by("key"):
        rows = related_items(one, Item.objects.all())
        kinds = kinds_of_sources(rows)
        beside[one.key] = [(row.item.key, row.score, reasons(row, kinds)) for row in rows]
    return {"searches": searched, "lists": narrowed, "beside": beside}


@pytest.fixture(scope="module")
def kept(
    open_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Found]:
    path = tmp_path_factory.mktemp("libraries") / "kept.zip"
    with open_database("library"):
        fill()
        call_command("backup", str(path), verbosity=0)
        return path, found()


@pytest.fixture
def empty(open_database: OpenDatabase) -> Iterator[None]:
    with open_database("restored"):
        yield


@pytest.mark.parametrize("holds_another", [False, True])
def test_search_facets_and_related_reading_are_the_same(
    kept: tuple[Path, Found], empty: None, *, holds_another: bool
) -> None:
    path, before = kept
    if holds_another:
        item("Another heat", text="Heat, and words of a library that is replaced.")
    call_command("restore", str(path), *(["--replace"] if holds_another else []), verbosity=0)
    after = found()
    assert after == before
    assert all(before["searches"][typed] for typed in SEARCHES if typed != "warmth ")
    assert any(rows for rows in before["beside"].values())
    assert best_first(read_query("replaced ")) == []


def test_what_is_written_after_a_restore_is_found(kept: tuple[Path, Found], empty: None) -> None:
    call_command("restore", str(kept[0]), verbosity=0)
    one = Item.objects.get(title="The memo")
    facts = replace(item_facts(one), text="A kettle.")
    edit_item(item=one, facts=facts, version=one.version, by=person())
    new = item("New", text="Another kettle.")
    assert set(best_first(read_query("kettle "))) == {one.pk, new.pk}
    assert one.pk not in best_first(read_query('"nine weeks and"'))
