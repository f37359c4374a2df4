"""Drafts, notes, private people and failures reach no reader, not even as a count."""

import base64
import html
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import pytest

from assessments.models import Revision
from assessments.values.card import parse_card, to_json
from config.routes import ROUTES
from tests.databases import OpenDatabase
from tests.trust.conftest import program, visitor
from tests.trust.crawl import VALUES, Answer, addresses, addresses_of, crawl, crawl_by_program
from tests.trust.planting import Record, plant
from tests.trust.words import Words, texts_of, worded_card

READERS = ("", "rita")
# What these may do is theirs by role; without read:drafts none of them sees more than a reader.
PROGRAMS = (
    ("rita", "read:public"),
    ("anna", "read:public", "export", "predict"),
    ("ben", "review", "resolve"),
)
# Parts of a card that are no free text: of a list, a number, a name of an account or a date.
FIXED = {
    *("technology.slug", "technology.name", "technology.domains[]", "author", "role", "origin"),
    *("detail", "as_of", "rating.value", "predictions[].deadline"),
    *(f"citations[].{part}" for part in ("dimension", "item", "direction", "strength")),
}
NOT_PRINTED = {"prediction kind"}

# What differs between two answers that say the same.
PASSING = (
    re.compile(r"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \"|csrftoken=)\w+"),
    re.compile(r"sessionid=\w+|expires=[^;]+|app;dur=\d+"),
    re.compile(r"^(Expires|Last-Modified|Content-Length): .+", re.MULTILINE),
    re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.:+]*"),
    re.compile(r"(?<=\d{4})[, ]+\d\d:\d\d"),
    re.compile(r"(?<=<dt>Seconds</dt><dd class=\"mono\">)[\d.]+"),
    re.compile(r"(?<=\"seconds\": )[\d.]+"),
)


@pytest.fixture(scope="module")
def with_drafts(open_database: OpenDatabase) -> Iterator[tuple[Record, list[str], list[Answer]]]:
    with open_database("drafts"):
        record, asked = plant(), addresses()
        yield record, asked, _answers(asked)


def _answers(asked: list[str]) -> list[Answer]:
    by_people = [
        Answer(f"{name or 'anonymous'}: {answer.asked}", answer.status, answer.text)
        for name in READERS
        for answer in crawl(partial(visitor, name), asked)
    ]
    by_programs = [
        Answer(f"{' '.join(named)}: {answer.asked}", answer.status, answer.text)
        for named in PROGRAMS
        for answer in crawl_by_program(program(*named), asked)
    ]
    return by_people + by_programs


def test_the_crawl_covers_every_route_of_the_site() -> None:
    assert set(VALUES) <= {route.name for route in ROUTES}


@pytest.mark.usefixtures("with_drafts")
def test_the_crawl_has_an_address_for_every_route() -> None:
    assert [route.name for route in ROUTES if not addresses_of(route)] == []


def test_no_hidden_word_reaches_a_reader(
    with_drafts: tuple[Record, list[str], list[Answer]],
) -> None:
    record, _, answers = with_drafts
    leaks = {
        f"{place}: {answer.asked}"
        for answer in answers
        # What the visitor has written may be shown to the visitor.
        for place in record.hidden.found_in(answer.text) - record.hidden.found_in(answer.asked)
    }
    assert sorted(leaks) == []


def test_what_is_published_is_found_by_the_same_crawl(
    with_drafts: tuple[Record, list[str], list[Answer]],
) -> None:
    record, _, answers = with_drafts
    found = {place for answer in answers for place in record.shown.found_in(answer.text)}
    current = ("alpha, ", "gamma, ", "facts of ", "note of a link", "reason of the withdrawal")
    wanted = {place for place in record.shown.places.values() if place.startswith(current)}
    missing = {place for place in wanted - found if place.partition(", ")[2] not in NOT_PRINTED}
    assert len(wanted) > 60
    assert missing == set()


def test_the_team_finds_the_drafts_that_readers_do_not(
    with_drafts: tuple[Record, list[str], list[Answer]],
) -> None:
    record, analyst, found = with_drafts[0], visitor("anna"), set()
    for revision in Revision.objects.filter(publications=None):
        page = analyst.get(f"/review/{revision.pk}/").content.decode()
        notes = analyst.get(f"/cards/{revision.card_id}/revisions/").content.decode()
        found |= record.hidden.found_in(f"{page} {notes}")
    drafted = ("never published", "newer", "second opinion in review", "internal")
    wanted = {place for place in record.hidden.places.values() if place.startswith(drafted)}
    assert len(wanted) > 150
    assert {place for place in wanted - found if not place.endswith("series")} == set()


def test_drafts_change_no_byte_of_what_readers_get(
    with_drafts: tuple[Record, list[str], list[Answer]], open_database: OpenDatabase
) -> None:
    _, asked, answers = with_drafts
    with open_database("published"):
        plant(with_drafts=False)
        others = _answers(asked)
    pairs = zip(answers, others, strict=True)
    assert [one.asked for one, other in pairs if not _is_same(one, other)] == []


def _is_same(one: Answer, other: Answer) -> bool:
    assert one.asked == other.asked
    return one.status == other.status and _lasting(one.text) == _lasting(other.text)


def _lasting(text: str) -> str:
    for pattern in PASSING:
        text = pattern.sub("", text)
    return text


def test_every_text_of_a_planted_card_carries_a_word_of_its_own() -> None:
    words = Words()
    card = to_json(parse_card(worded_card("edge-ai", words.under("card"))))
    texts = [(path, text) for path, text in texts_of(card) if path not in FIXED]
    without = [path for path, text in texts if not re.search(r"^level|certainty|zq", text)]
    fixed = re.compile(r"scores\.\w+\.(level|level_to|certainty|unscored_reason)")
    assert [path for path in without if not fixed.fullmatch(path)] == []
    assert len(words.places) == len(set(words.places.values())) > 30


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        quote,
        lambda text: html.escape(f"<{text}>"),
        lambda text: "".join(f"&#{ord(character)};" for character in text),
        lambda text: base64.b64encode(f"x{text}".encode()).decode(),
        lambda text: base64.urlsafe_b64encode(f"xy{text}~~".encode()).decode(),
    ],
)
def test_a_word_in_disguise_is_found(disguise: object) -> None:
    words = Words()
    word = words.at("a place")
    assert callable(disguise)
    assert words.found_in(f"before {disguise(word)} after") == {"a place"}
    assert words.found_in("nothing here") == set()
