"""The texts of others go through the pages and yield what they say, each in its parts."""

import re
from collections import Counter
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from evidence.models import Indicator
from tests.assessments.typed_cards import technology
from tests.evidence.builders import person
from tests.evidence.test_views_reading import _Form, address, opened, pasted, saved
from tests.evidence.texts import of_others, own

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/predictions/new/\?[^"]+)"')


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def test_000_is_a_resource_with_notes_tags_and_who_wrote_it(team: Client) -> None:
    item = pasted(of_others("000"))
    facts = saved(team, item, opened(team, item)[0])
    assert facts.title.startswith("We’re Gonna Need a Bigger Moat")
    assert (facts.authors, facts.published) == (("Steve Yegge",), "2023-05")
    assert len(facts.tags) == 12
    assert "lora" in facts.tags
    assert facts.url.startswith("https://steve-yegge.medium.com/")
    assert len(facts.notes) > 3_000
    assert "Cookies" not in facts.notes


def test_001_is_a_digest_of_six_questions_and_seventeen_points(team: Client) -> None:
    item = pasted(of_others("001"))
    facts = saved(team, item, opened(team, item)[0])
    assert facts.kind == "digest"
    points = [one for one in facts.passages if one.kind == "point"]
    assert (len(points), len({one.heading for one in points})) == (17, 6)
    assert points[0].text.startswith("Transformers are a simple yet powerful")
    assert facts.via


def test_002_is_quotations_with_commentary_and_five_gradings(team: Client) -> None:
    item = pasted(of_others("002"))
    given = opened(team, item)[0] | {"series-base": "2023-02-24", "series-vintage": "2023-05-04"}
    answer: Any = team.post(address(item), given | {"then": "dates"})
    fields = {
        name: value.removeprefix("\n")
        for name, value in _Form(answer.content.decode()).fields.items()
    }
    wanted = {"series-make": "on", "series-progress": "up", "series-kind": "count"}
    facts = saved(team, item, fields | wanted)
    assert Counter(one.kind for one in facts.passages) == {"quotation": 11}
    assert sum(bool(one.comment) for one in facts.passages) >= 7
    assert "simonwillison.net/2023/May/4/no-moat" in facts.via_url
    indicator = Indicator.objects.get()
    assert indicator.is_snapshot
    assert [(row.period, row.entered) for row in indicator.observations.all()] == [
        ("2023-02-24", "68"),
        ("2023-03-10", "76"),
        ("2023-03-17", "92"),
        ("", "93"),
        ("", "100"),
    ]


def test_004_is_typed_statements_with_footnotes(team: Client) -> None:
    item = pasted(of_others("004"))
    facts = saved(team, item, opened(team, item)[0])
    kinds = Counter(one.kind for one in facts.passages)
    assert min(kinds[kind] for kind in ("observation", "opinion", "forecast")) >= 5
    assert kinds["footnote"] == 5
    marks = {one.mark for one in facts.passages if one.kind != "footnote" and one.mark}
    assert marks == {"1", "2", "3", "4", "5"}


def guessed(team: Client, text: str, published: str) -> list[str]:
    item = pasted(text, published=published, url="https://example.org/essay")
    return [unescape(link) for link in LINK.findall(opened(team, item)[1])]


def prediction_form(team: Client, link: str) -> dict[str, str]:
    technology("edge-ai")
    answer: Any = team.get(f"{link}&technology=edge-ai")
    assert answer.status_code == 200
    return {
        name: value.removeprefix("\n")
        for name, value in _Form(answer.content.decode()).fields.items()
    }


def test_004_offers_its_dated_guesses_with_their_day_and_their_source(team: Client) -> None:
    links = guessed(team, of_others("004"), "2023-08-13")
    form = prediction_form(team, links[0])
    assert "the first real “death”" in form["sentence"]
    assert form["deadline"] == "2026-12-31"
    assert form["definitions"].startswith("Said in “GenAI and Obvious-ish”")
    assert "2023-08-13, https://example.org/essay: “Given the high" in form["definitions"]


def test_a_guess_without_a_time_brings_no_day(team: Client) -> None:
    links = guessed(team, of_others("004"), "2023-08-13")
    assert prediction_form(team, links[-1])["deadline"] == ""


def test_a_guess_of_our_own_text_brings_its_day_and_its_source(team: Client) -> None:
    links = guessed(team, own("essay"), "2024-03")
    form = prediction_form(team, links[0])
    assert form["deadline"] == "2030-12-31"
    assert "2024-03, https://example.org/essay: “" in form["definitions"]
    asked = parse_qs(urlsplit(links[0]).query)
    assert asked["definitions"][0] == form["definitions"]
    assert date.fromisoformat(form["deadline"]).year == 2030
