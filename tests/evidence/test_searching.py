"""The library finds what is in it, on each database by its own means."""

import io
from dataclasses import replace
from urllib.parse import unquote_plus

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from evidence import searching
from evidence.library import item_facts
from evidence.models import Item, ItemWords
from evidence.searching import best_first, engine, install_search, matching
from evidence.services import edit_item
from evidence.values.words import read_query
from tests.evidence.builders import person
from tests.evidence.library_items import item, quoted
from tests.trust.hostile import VALUES

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["its own", "reading"])
def _engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the index of the database, and without any."""
    if request.param == "reading":
        monkeypatch.setattr(searching, "engine", lambda using="default": searching._Reading())


def found(typed: str) -> set[str]:
    query = read_query(typed)
    rows = {row.title for row in matching(Item.objects.all(), query)}
    if query.wanted and not query.unwanted:
        names = dict(Item.objects.values_list("pk", "title"))
        assert {names[pk] for pk in best_first(query)} == rows
    return rows


@pytest.mark.usefixtures("_engine")
def test_every_part_of_an_item_is_found() -> None:
    item(
        "Alpha",
        text="The plant ran in Turku.",
        notes="Compare *Gotland*.",
        authors=("Åsa Öberg",),
        publisher="Nordic Bulletin",
        tags=("Heat pumps",),
        url="https://example.org/winter-2023",
        passages=(quoted("It cost less than planned.", comment="at last"),),
    )
    item("Beta", text="Nothing of that.")
    for typed in ("turku", "gotland", "asa oberg", "bulletin ", '"heat pumps"', "winter-2023"):
        assert found(typed) == {"Alpha"}, typed
    for typed in ('"less than planned"', "last -turbine", "TURK", "alpha"):
        assert found(typed) == {"Alpha"}, typed
    assert found('"planned than"') == set()
    assert found('"turku nothing"') == set()
    assert found("-turku") == {"Beta"}
    assert found("nothing -of") == set()


@pytest.mark.usefixtures("_engine")
def test_any_script_is_found() -> None:
    item("One", text="新しい電池の研究")
    item("Two", text="Η ενέργεια του ήλιου")
    item("Three", text="हिन्दी में ऊर्जा")
    item("Four", text="พลังงานแสงอาทิตย์")
    assert found("電池") == {"One"}
    assert found("池電") == set()
    assert found("ηλιου ") == {"Two"}
    assert found("ऊर्जा") == {"Three"}
    assert found("แสงอาทิตย์") == {"Four"}


def test_the_title_weighs_most_then_the_tags() -> None:
    item("Zinc", text="zinc " * 3 + "copper " * 30)
    item("Other", text="zinc once " + "copper " * 30, tags=("zinc",))
    item("Last", text="zinc once, and " + "copper " * 30)
    item("None", text="copper " * 30)
    names = dict(Item.objects.values_list("pk", "title"))
    assert [names[pk] for pk in best_first(read_query("zinc "))] == ["Zinc", "Other", "Last"]
    item("Copper and zinc", text="copper " * 20)
    for typed in ("zinc copper ", "copper zi", '"copper and zinc"'):
        names = dict(Item.objects.values_list("pk", "title"))
        assert names[best_first(read_query(typed))[0]] == "Copper and zinc", typed


def test_what_is_edited_is_found_at_once_and_what_went_is_not() -> None:
    one = item("Alpha", text="before")
    edit_item(item=one, facts=replace(item_facts(one), text="after"), version=1, by=person())
    assert found("after ") == {"Alpha"}
    assert found("before ") == set()


def test_what_is_not_written_is_not_found() -> None:
    with transaction.atomic():
        item("Alpha")
        transaction.set_rollback(True)
    assert found("alpha ") == set()


@pytest.mark.usefixtures("_engine")
@pytest.mark.parametrize("name", sorted(VALUES))
def test_nothing_typed_breaks_the_search(name: str) -> None:
    item("Alpha")
    text = unquote_plus(VALUES[name], errors="replace")
    found(text[:120])
    found(f'"{text[:100]}')
    found(f"-{text[:100]}*")


def test_a_text_of_very_many_words_is_kept_and_found_by_its_first() -> None:
    item("Long", text=" ".join(f"w{n}" for n in range(28_000)))
    item("Dense", text="".join(chr(0x4E00 + n % 20_000) for n in range(190_000)))
    assert found("w17 ") == {"Long"}
    assert found("一") == {"Dense"}
    assert found('"w20000 w20001"') == {"Long"}


def test_a_lost_index_is_made_again_after_a_migration() -> None:
    item("Alpha")
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE evidence_itemwords DROP COLUMN vector")
        else:
            # As when the table is made anew: its triggers are gone, and what came since is not
            # in the index.
            cursor.execute("DROP TRIGGER evidence_itemsearch_insert")
            cursor.execute("DROP TRIGGER evidence_itemsearch_update")
    if connection.vendor == "sqlite":
        item("Beta")
        assert found("beta ") == set()
    install_search(using="default")
    item("Gamma")
    assert found("alpha ") == {"Alpha"}
    assert found("gamma ") == {"Gamma"}
    assert connection.vendor == "postgresql" or found("beta ") == {"Beta"}


def test_all_can_be_read_again() -> None:
    item("Alpha")
    ItemWords.objects.all().delete()
    assert found("alpha ") == set()
    out = io.StringIO()
    call_command("rebuild_evidence_search", stdout=out)
    assert out.getvalue() == "1 items can be found.\n"
    assert found("alpha ") == {"Alpha"}


def test_the_check_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searching.check_search(databases=["default"]) == []
    monkeypatch.setattr(searching, "has_fts5", lambda using="default": False)
    told = searching.check_search(databases=["default"])
    assert len(told) == (connection.vendor == "sqlite")
    if connection.vendor == "sqlite":
        assert isinstance(engine(), searching._Reading)
