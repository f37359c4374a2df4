"""Texts that would like to be programs: every page shows them as text."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Publication, Technology
from assessments.services.drafting import add_note, keep_buffer
from assessments.services.technologies import Facts, create_technology
from assessments.values.card import CardInvalid, parse_card
from evidence.services.items import create_item
from evidence.values.item import ItemFacts
from jobs.models import Job
from jobs.services import execute_job
from tests.assessments.factories import card_json, published
from tests.databases import OpenDatabase
from tests.trust.conftest import visitor
from tests.trust.crawl import addresses
from tests.trust.words import item_key, texts_of, worded_card

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "script closed oddly": "<scr<script>ipt>alert(1)</script >",
    "error of an image": "<img src=x onerror=alert(1)>",
    "load of a body": "<body onload=alert(1)>",
    "link": "[a](javascript:alert(1))",
    "link in capitals": "[a](JaVaScRiPt:alert(1))",
    "link with an entity": "[a](java&#x73;cript:alert(1))",
    "link with a tab": "[a](java\tscript:alert(1))",
    "link of old": "[a](vbscript:alert(1))",
    "link to data": "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "reference": "[a][b]\n\n[b]: javascript:alert(1) 'x'",
    "bare address": "<javascript:alert(1)>",
    "image link": "![a](javascript:alert(1) \"onerror='alert(1)'\")",
    "drawing": "<svg><script>alert(1)</script><a xlink:href=javascript:alert(1)></svg>",
    "formula": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "form": "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>",
    "details": "<details open ontoggle=alert(1)>",
    "style": "<style>@import 'javascript:alert(1)'</style><p style='background:url(x)'>",
    "base": "<base href=https://evil.example/>",
    "refresh": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "names of the page": "<a id=main name=live hx-get=/ hx-on:click=alert(1)>x</a>",
    "focus": "<input autofocus onfocus=alert(1)>",
    "end of a value": "\"><script>alert(1)</script>'>",
    "end of a template": "{{ request.user.password }}{% debug %}",
}
SCHEMES = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//x",
    "x",
]
ACTIVE = {"iframe", "object", "embed", "base", "frame", "frameset", "math", "applet", "noscript"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "cite"}
FORBIDDEN = {"style", "srcdoc", "autofocus"}
OWN_SCRIPTS = ("/static/",)


class Findings(HTMLParser):
    """What in a page could run, or lead to what runs."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if not re.fullmatch(r"[a-z0-9-]+", tag) or tag in ACTIVE:
            self.found.append(tag)
        if tag == "meta" and "http-equiv" in values:
            self.found.append("refresh")
        if tag == "script" and not values.get("src", "").startswith(OWN_SCRIPTS):
            self.found.append("script of another")
        self.ids += [values["id"]] if "id" in values else []
        for name, value in values.items():
            self._look_at(tag, name, value)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)

    def _look_at(self, tag: str, name: str, value: str) -> None:
        # The round of cards puts the focus on its own button; a payload would on what it brings.
        is_own = (tag, name) == ("button", "autofocus")
        if name.startswith(("on", "hx-on")) or (name in FORBIDDEN and not is_own):
            self.found.append(f"{tag} {name}")
        if name in ADDRESSES and not _is_harmless(tag, name, value):
            self.found.append(f"{tag} {name}={value}")


def _is_harmless(tag: str, name: str, value: str) -> bool:
    bare = "".join(character for character in value if character > " ").lower()
    is_link = tag == "a" and name == "href"
    is_outside = is_link and bare.startswith(("http://", "https://"))
    is_inside = bare.startswith(("/", "#", "?")) and not bare.startswith("//")
    return is_outside or is_inside or not bare


@pytest.fixture(scope="module")
def pages(open_database: OpenDatabase) -> Iterator[dict[str, str]]:
    """Every page, as nobody and as an administrator, of a record full of payloads."""
    with open_database("payloads"):
        for number, payload in enumerate(PAYLOADS.values()):
            publish_payload(f"technology-{number}", payload)
        for job in Job.objects.filter(state="queued"):
            execute_job(job_id=job.pk)
        User.objects.filter(username="anna").update(role="admin", display_name=PAYLOADS["script"])
        readers, team = visitor(), visitor("anna")
        asked = addresses()
        others = [one for one in asked if not one.startswith("/technologies/technology-")]
        yield pages_of(readers, "", asked) | pages_of(team, "anna", others)


def pages_of(client: Client, who: str, asked: list[str]) -> dict[str, str]:
    """The answers that a browser draws; it runs nothing out of data."""
    answers = {f"{who} {address}": client.get(address) for address in asked}
    return {
        name: b"".join(answer).decode()
        for name, answer in answers.items()
        if answer.headers.get("Content-Type", "").startswith("text/html")
    }


def publish_payload(slug: str, payload: str) -> None:
    line = " ".join(payload.split())
    author = User.objects.filter(username="anna").first() or User.objects.create_user(
        username="anna", role="analyst"
    )
    facts = Facts(slug=slug, name=line, aliases=(line,), domains=(line[:80],))
    create_technology(facts=facts, by=author)
    card = worded_card(slug, lambda part: "x" if part.endswith(" address") else line)
    facts_of_item = ItemFacts(kind="note", title=line, text=payload, notes=payload)
    create_item(facts=facts_of_item, by=author, key=item_key(slug))
    card |= {"text": payload, "series": line[:60]}
    card["predictions"][0] |= {"direction": line, "kind": line}
    scores = card.pop("scores")
    shown = published(slug, **{key: card[key] for key in card if key != "technology"} | scores)
    add_note(card=shown.card, text=payload, author=author)
    fields: dict[str, object] = {"summary": [payload], "text": [payload], payload: [payload]}
    keep_buffer(card=shown.card, user=author, parent_hash="", fields=fields)


# The bookmark that sends a page to the inbox: our own words, and nothing that anybody typed.
BOOKMARK = "a href=javascript:(()=>{const e=encodeURIComponent,"


@pytest.fixture(scope="module")
def findings(pages: dict[str, str]) -> dict[str, Findings]:
    return {asked: Findings(page) for asked, page in pages.items()}


def test_no_page_holds_anything_that_runs(findings: dict[str, Findings]) -> None:
    found = {
        asked: [what for what in page.found if not what.startswith(BOOKMARK)]
        for asked, page in findings.items()
    }
    assert {asked: what for asked, what in found.items() if what} == {}


def test_no_page_names_a_part_of_itself_twice(findings: dict[str, Findings]) -> None:
    twice = {
        asked: {name for name, times in Counter(page.ids).items() if times > 1}
        for asked, page in findings.items()
    }
    assert {asked: names for asked, names in twice.items() if names} == {}


@pytest.mark.parametrize("kind", PAYLOADS)
def test_every_payload_stands_on_the_pages_as_text(kind: str, pages: dict[str, str]) -> None:
    place = list(PAYLOADS).index(kind)
    assert Publication.objects.filter(technology__slug=f"technology-{place}").exists()
    page = pages[f" /technologies/technology-{place}/"]
    assert "alert(1)" in page or kind in {"base", "end of a template", "link to data"}


def test_no_secret_of_the_person_who_asks_is_printed(pages: dict[str, str]) -> None:
    password = User.objects.get(username="anna").password
    assert [asked for asked, page in pages.items() if password in page] == []
    assert Technology.objects.count() == len(PAYLOADS)


@pytest.mark.parametrize("address", SCHEMES)
def test_a_source_has_an_address_of_the_web_or_none(address: str) -> None:
    source = {"title": "A paper", "url": address, "accessed_on": None}
    with pytest.raises(CardInvalid, match=r"sources\[0\]\.url: The address must begin with http"):
        parse_card(card_json(sources=[source]))


def test_the_findings_find() -> None:
    dangerous = [payload for kind, payload in PAYLOADS.items() if payload.startswith("<")]
    harmless = [payload for payload in dangerous if not Findings(payload).found]
    assert len(dangerous) > 12
    assert harmless == []


def test_every_text_of_the_cards_was_a_payload() -> None:
    card: dict[str, Any] = worded_card("a", lambda part: "payload")
    kept = [path for path, text in texts_of(card) if "payload" in text]
    assert len(kept) > 30
