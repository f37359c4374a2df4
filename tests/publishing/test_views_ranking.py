"""The ranking under a lens, an order, filters, or weights of one's own."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from benchmarks.installation import fill
from publishing.selectors import published
from scoring.inputs import JUDGED
from scoring.models import Run
from tests.databases import OpenDatabase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
RANKING = "/ranking/"
NAME = re.compile(r'<th scope="row"><a href="[^"]*">([^<]+)')


@pytest.fixture(scope="module")
def record(open_database: OpenDatabase) -> Iterator[None]:
    with open_database("ranking"):
        fill(technologies=20, seed=1)
        yield


def weights(*sizes: object) -> str:
    return ",".join(f"{name}:{size}" for name, size in zip(JUDGED, sizes, strict=True))


def text_of(client: Client, query: str, status: int = 200) -> str:
    answer = client.get(f"{RANKING}?{query}")
    assert answer.status_code == status, query
    return unescape(answer.content.decode())


def names_in(text: str) -> list[str]:
    table = text.split("The ranking in figures</caption>")[1].split("</table>", maxsplit=1)[0]
    return NAME.findall(table)


def test_rows_follow_the_index_that_is_asked_for(client: Client) -> None:
    ranking = published().ranking
    assert ranking
    by_top_3 = sorted(ranking.ranked, key=lambda row: (-row.p_top_3, row.expected_rank))
    text = text_of(client, "sort=p_top_3")
    assert names_in(text) == [row.name for row in by_top_3]
    assert "Sorted by top 3" in text
    assert 'aria-sort="descending"' in text
    assert "Band 1</h2>" in text_of(client, "sort=band")


def test_a_filter_keeps_the_band_and_says_how_much_of_it_is_shown(client: Client) -> None:
    ranking = published().ranking
    assert ranking
    last = ranking.ranked[-1]
    text = text_of(client, f"q={last.name}")
    assert names_in(text) == [last.name]
    assert f"Band {last.band}</h2>" in text
    assert f"1 of {len(ranking.ranked)} shown" in text
    assert "Nothing that is ranked matches" in text_of(client, "q=zzzz")


def test_what_the_form_sends_becomes_the_one_address_of_the_weights(client: Client) -> None:
    typed = "&".join(f"weigh_{name}={size}" for name, size in zip(JUDGED, range(5), strict=True))
    answer = client.get(f"{RANKING}?sort=entropy&{typed}&lens=moonshot&page=2")
    assert answer.status_code == 302
    assert answer["Location"] == f"{RANKING}?sort=entropy&weights={weights(0, 1, 2, 3, 4)}"


def test_the_link_brings_back_the_weights_and_their_ranking(client: Client) -> None:
    runs = Run.objects.count()
    text = text_of(client, f"weights={weights(0, 0, 0, 0, 80)}")
    assert "Your own weights · as of" in text
    assert "Around viability 0 %, drivers 0 %, novelty 0 %, diffusion 0 %, impact 100 %" in text
    assert re.search(r'id="weigh_impact"[^>]*value="80"', text)
    assert names_in(text) == names_in(text_of(client, f"weights={weights(0, 0, 0, 0, 3)}"))
    assert names_in(text) != names_in(text_of(client, f"weights={weights(80, 0, 0, 0, 0)}"))
    assert Run.objects.count() == runs


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (weights(0, 0, 0, 0, 0), "All weights are 0; give at least one dimension more than 0."),
        (weights(20, "x", 20, 20, 20), 'The weight of drivers is "x"; write a whole number'),
        (weights(20, 20, 20, 20, 10**9), 'The weight of impact is "1000000000"; write'),
        (weights(-5, 20, 20, 20, 20), 'The weight of viability is "-5"; write a whole number'),
        (weights(20, 20, "NaN", 20, 20), 'The weight of novelty is "NaN"; write a whole number'),
        (f"{weights(1, 1, 1, 1, 1)},wit:20", '"wit:20" is no weight; write viability:20'),
        ("impact:20,impact:30", "The weight of impact stands twice; give it once."),
        ("impact:20", "Weights name all five dimensions in their order, as in viability:20"),
        (",,,,", '"" is no weight'),
        ("x" * 900, "is no weight"),
    ],
)
def test_weights_that_cannot_be_used_get_a_sentence_at_the_sliders(
    client: Client, asked: str, sentence: str
) -> None:
    text = text_of(client, f"weights={asked}", 400)
    assert text.count(sentence) == 1
    assert "<details" in text
    assert re.search(r'id="own-weights"[^>]* open>', text)


def test_an_order_or_a_lens_that_there_is_not_gets_a_sentence(client: Client) -> None:
    assert "The order" in text_of(client, "sort=luck", 400)
    assert 'There is no lens "nowhere"' in text_of(client, "lens=nowhere", 400)
    text = text_of(client, "lens=moonshot")
    assert "The ranking under “Moonshot” is on its way." in text


def test_a_page_that_is_held_is_not_sent_again(client: Client) -> None:
    address = f"{RANKING}?weights={weights(9, 9, 9, 9, 60)}"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(RANKING, headers={"If-None-Match": tag}).status_code == 200
    part = client.get(f"{address}&seen=", headers={"HX-Request": "true"})
    assert (part.status_code, b"<html" in part.content) == (200, False)
    assert part["ETag"] != tag


def test_more_technologies_than_one_waits_for_have_no_sliders(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.own_weights.MOST_TECHNOLOGIES", 10)
    monkeypatch.setattr("publishing.pages.ranking_choices.MOST_TECHNOLOGIES", 10)
    assert "Sliders rank up to 10 technologies while you wait" in text_of(client, "")
    refused = text_of(client, f"weights={weights(1, 1, 1, 1, 1)}")
    assert "Sliders rank up to 10 technologies" in refused
