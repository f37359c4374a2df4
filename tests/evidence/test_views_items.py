"""Texts, addresses and files come into the inbox, once each, and leave it on a step."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence.library import item_facts
from evidence.models import Item
from evidence.services import create_item, edit_item
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.reference import plain_address, text_reference, url_reference
from tests.evidence.builders import person
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db
NEW = "/evidence/new/"
ADDRESS = "https://example.org/pilot"
TEXT = "The pilot ran for nine weeks.\n\nIt cost less than planned."


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def paste(client: Client, **typed: Any) -> Any:
    return client.post(NEW, typed)


def page_of(client: Client, item: Item) -> str:
    response = client.get(f"/evidence/{item.key}/")
    assert response.status_code == 200
    return str(response.content.decode())


def kept(**changes: Any) -> Item:
    facts = ItemFacts(**({"kind": "news", "title": "Nine weeks", "text": TEXT} | changes))
    return create_item(facts=facts, by=person(), state="kept")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.org/a", "https://example.org/a"),
        ("HTTPS://example.org:443/a", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=x", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
    ],
)
def test_one_page_has_one_reference_however_its_address_is_spelt(one: str, other: str) -> None:
    assert url_reference(one) == url_reference(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "http://example.org/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://example.org/a?x=a%2Bb", "https://example.org/a?x=a+b"),
    ],
)
def test_other_pages_have_other_references(one: str, other: str) -> None:
    assert url_reference(one) != url_reference(other)


def test_a_query_without_trackers_stays_as_it_is_written() -> None:
    assert (
        plain_address("https://example.org/?q=a%20b+c&flag")
        == "https://example.org/?q=a%20b+c&flag"
    )
    assert plain_address("https://example.org:port/") == "https://example.org:port/"
    long = url_reference(f"https://example.org/{'a' * 400}")
    assert len(long) == len("url:") + 64


def test_a_pasted_text_is_an_item_of_the_inbox_at_once(team: Client) -> None:
    response = paste(team, text=TEXT)
    item = Item.objects.get()
    assert response["Location"] == f"/evidence/{item.key}/"
    assert (item.state, item.kind, item.reference) == ("inbox", "note", text_reference(TEXT))
    page = page_of(team, item)
    assert "In the inbox" in page
    assert 'id="p2"' in page
    assert page.count("<h1") == 1


def test_an_address_is_kept_as_a_link_and_never_opened(team: Client) -> None:
    paste(team, url=f"{ADDRESS}?utm_source=mail", tags="Heat, pilots")
    item = Item.objects.get()
    assert (item.kind, item.reference) == ("link", f"url:{ADDRESS}")
    assert item_facts(item).tags == ("Heat", "pilots")


def test_a_file_is_read_as_text(team: Client) -> None:
    paste(team, file=SimpleUploadedFile("notes.md", b"\xef\xbb\xbfA *note*.\r\nSecond line."))
    assert Item.objects.get().text == "A *note*.\nSecond line."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"\xff\xfe\x00", "UTF-16"),
        ("a.txt", b"a\xff", "UTF-8"),
        ("a.pdf", b"%PDF-1.7", "A PDF is not plain text"),
        ("a.docx", b"PK", "word processor"),
        ("a.html", b"<!DOCTYPE html><html>", "source of a web page"),
        ("a.txt", b"a\x00b", "NUL"),
        ("a.txt", b"a" * 200_001, "at most 200,000"),
        ("a.txt", b"", "Needed"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_a_sentence(
    team: Client, name: str, content: bytes, words: str
) -> None:
    response = paste(team, file=SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Item.objects.exists()


def test_a_text_and_a_file_are_not_one_item(team: Client) -> None:
    response = paste(team, text="One.", file=SimpleUploadedFile("a.txt", b"Two."))
    assert response.status_code == 422
    assert not Item.objects.exists()


def test_the_same_paste_again_leads_to_the_item_that_is_there(team: Client) -> None:
    paste(team, text=TEXT)
    again = team.post(NEW, {"text": TEXT}, follow=True)
    assert again.redirect_chain == [(f"/evidence/{Item.objects.get().key}/", 302)]
    assert "The library holds this already" in again.content.decode()
    paste(team, url=ADDRESS)
    paste(team, url=f"{ADDRESS}#results")
    assert Item.objects.count() == 2


def test_other_words_of_a_known_address_are_not_dropped(team: Client) -> None:
    paste(team, url=ADDRESS, text=TEXT)
    typed = {"url": ADDRESS, "text": "A line of their own.", "tags": "heat", "notes": "See this."}
    asked = paste(team, **typed)
    assert asked.status_code == 409
    page = asked.content.decode()
    assert "A line of their own." in page
    assert "quotation" in page
    item = Item.objects.get()
    assert item.version == 1
    assert paste(team, **typed, then="add").status_code == 302
    item.refresh_from_db()
    assert [one.text for one in item.passages.all()] == ["A line of their own."]
    assert (item.text, item.notes, item_facts(item).tags) == (TEXT, "See this.", ("heat",))
    again = paste(team, **typed)
    assert again["Location"] == f"/evidence/{item.key}/"


def test_such_words_may_become_an_item_of_their_own(team: Client) -> None:
    paste(team, url=ADDRESS, text=TEXT)
    typed = {"url": ADDRESS, "text": "A line of their own.", "then": "apart"}
    assert paste(team, **typed).status_code == 302
    assert Item.objects.filter(url=ADDRESS).count() == 2
    paste(team, **typed)
    assert Item.objects.count() == 2


def test_a_bookmark_fills_the_form_and_saves_nothing(team: Client) -> None:
    asked = {"url": ADDRESS, "title": "Nine & weeks", "text": "<b>nine</b>", "cut": "1"}
    page = team.get(NEW, asked).content.decode()
    assert f'value="{ADDRESS}"' in page
    assert "Nine &amp; weeks" in page
    assert "&lt;b&gt;nine" in page
    assert "longer than an address can carry" in page
    assert not Item.objects.exists()
    assert "javascript:(" in page
    assert "open(&#x27;http://testserver/evidence/new/?url=" in page


def test_what_is_quoted_is_marked_where_it_stands(team: Client) -> None:
    quote = PassageFacts("quotation", "It cost less than planned.", comment="At *last*.")
    source = kept(passages=(quote, PassageFacts("quotation", "It never ran.")))
    point = PassageFacts("point", "Nine weeks", "Running", source=source.key, exact="nine weeks")
    digest = kept(title="A digest", kind="digest", text="", passages=(point,))
    page = page_of(team, source)
    assert "<mark>It cost less than planned.</mark>" in page
    assert f'id="of-{source.key}-1"' in page
    assert f'href="#of-{source.key}-1"' in page
    assert "no longer in the text" in page
    assert "At <em>last</em>." in page
    assert "<mark>nine weeks</mark>" in page
    assert f'href="/evidence/{digest.key}/#passage-1"' in page
    assert f'href="/evidence/{source.key}/#of-{digest.key}-1"' in page_of(team, digest)


def test_every_paragraph_begins_with_its_words(team: Client) -> None:
    page = page_of(team, kept(text="One.\n\n  Two.\nStill two.\n \n\nThree."))
    shown = re.findall(r'aria-label="Paragraph \d">(\d)</a>([^<]*)</p>', page)
    assert shown == [("1", "One."), ("2", "  Two.\nStill two."), ("3", "Three.")]


def test_statements_stand_by_kind_with_their_footnotes(team: Client) -> None:
    item = kept(
        passages=(
            PassageFacts("observation", "It ran.", mark="1"),
            PassageFacts("forecast", "It will run."),
            PassageFacts("footnote", "For nine weeks.", mark="1"),
        )
    )
    page = page_of(team, item)
    assert page.index("Observations") < page.index("It ran.") < page.index("Forecasts")
    assert 'href="#footnote-1"' in page
    assert 'id="footnote-1"' in page


def test_an_item_is_kept_retracted_and_restored(team: Client) -> None:
    paste(team, text=TEXT, title="Nine weeks")
    item = Item.objects.get()
    path = f"/evidence/{item.key}/"
    team.post(f"{path}keep/", {"version": "1"})
    assert "Kept in the library, by anna" in page_of(team, item)
    assert team.post(f"{path}retract/", {"version": "2", "reason": " "}).status_code == 422
    team.post(f"{path}retract/", {"version": "2", "reason": "Taken back <b>."})
    assert "Taken back &lt;b&gt;." in page_of(team, item)
    team.post(f"{path}restore/", {"version": "3"})
    item.refresh_from_db()
    assert (item.state, item.version, item.retracted_reason) == ("kept", 4, "")


def test_a_step_on_an_old_version_does_nothing_and_shows_what_changed(team: Client) -> None:
    paste(team, text=TEXT, title="Nine weeks")
    item = Item.objects.get()
    path = f"/evidence/{item.key}/"
    changed = replace(item_facts(item), title="Ten weeks")
    edit_item(item=item, facts=changed, version=1, by=person("olga"))
    for step, reason in (("keep", ""), ("retract", "It is wrong."), ("restore", "")):
        stale = team.post(f"{path}{step}/", {"version": "1", "reason": reason})
        text = stale.content.decode()
        assert stale.status_code == 409, step
        assert text.index("As you read it") < text.index("Nine weeks") < text.index("As it is now")
        assert "olga last" in text
        assert reason in text
        assert 'name="version" value="2"' in text
        item.refresh_from_db()
        assert (item.state, item.version) == ("inbox", 2)
    for step in ("keep", "retract"):
        unknown = team.post(f"{path}{step}/", {"version": "7", "reason": "It is wrong."})
        assert unknown.status_code == 409
        assert "is not known" in unknown.content.decode()
    team.post(f"{path}retract/", {"version": "2", "reason": "It is wrong."})
    item.refresh_from_db()
    assert item.state == "retracted"


def test_an_item_without_a_title_says_what_it_lacks_to_be_kept(team: Client) -> None:
    paste(team, text=TEXT)
    item = Item.objects.get()
    answer = team.post(f"/evidence/{item.key}/keep/", {"version": "1"}, follow=True)
    assert "has a title; give it one" in answer.content.decode()


def test_readers_and_visitors_learn_of_no_item(team: Client) -> None:
    item = kept()
    reader = Client()
    reader.force_login(person("rita", "reader"))
    for path in (NEW, f"/evidence/{item.key}/", "/evidence/nothing/"):
        assert reader.get(path).status_code == 403
        assert Client().get(path).status_code == 302


ISSUE = "Viability: 3\nA plant runs.\nDrivers: 2\nNovelty: 4\nDiffusion: 2\nImpact: 3"
QUESTIONS = (
    "Who pays for it?\n\n• The towns do.\n\n• So do banks.\n\nWho builds it?\n\n• Two firms."
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ISSUE, "a newsletter issue with a card</a> (5 of the six dimensions head lines of it)"),
        (QUESTIONS, "a digest of questions and answers</a> ("),
    ],
)
def test_the_likeliest_way_to_read_a_text_is_first_with_what_speaks_for_it(
    team: Client, text: str, words: str
) -> None:
    page = team.get(f"/evidence/{item('A text', text=text).key}/").content.decode()
    looks = page.split("It looks like", 1)[1].split("Or read it as", 1)
    assert words in looks[0]
    assert looks[1].split("you correct", 1)[0].count("<a ") == 4


def test_a_text_like_no_other_is_read_as_one_likes(team: Client) -> None:
    page = team.get(f"/evidence/{item('A text', text='Some words.').key}/").content.decode()
    assert "It looks like" not in page
    assert "Read its text as" in page
