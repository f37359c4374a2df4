"""The demonstration's files, read as they ship."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import assessments
import evidence
from assessments.values.card import (
    CardDocument,
    changed_dimensions,
    parse_card,
    to_json,
    unscored_dimensions,
)
from assessments.values.citations import Direction
from assessments.values.meanings import MEANINGS
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Detail,
    Dimension,
    Role,
    UnscoredReason,
)

FOLDER = Path(assessments.__file__).parent / "demonstration"
NAMES = ("cards.json", "technologies.json")
DOMAINS = {"AI", "Chips", "Security", "Quantum", "Energy", "Biology", "Mobility and space"}
KINDS = {"accelerates", "competes with", "requires"}
ANALYSTS = {"marta", "jonas", "ilse"}
YEARS = range(300, 600)


def _loaded(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return content


RECORD = _loaded("technologies.json")
TECHNOLOGIES = {entry["slug"]: entry for entry in RECORD["technologies"]}
RAW_CARDS: list[dict[str, Any]] = _loaded("cards.json")["cards"]
CARDS = [parse_card(card) for card in RAW_CARDS]


def _histories() -> dict[tuple[str, Role, str | None], list[CardDocument]]:
    histories: dict[tuple[str, Role, str | None], list[CardDocument]] = {}
    for card in CARDS:
        histories.setdefault((card.technology.slug, card.role, card.author), []).append(card)
    return histories


HISTORIES = _histories()
LEADS = {slug: cards[-1] for (slug, role, _), cards in HISTORIES.items() if role is Role.LEAD}
FULL = [card for card in LEADS.values() if card.detail is Detail.FULL]


def _sentences(text: str) -> int:
    return text.count(". ") + text.endswith(".")


def _not_ranked(card: CardDocument) -> bool:
    unscored = [d for d in unscored_dimensions(card) if d is not Dimension.TIMING]
    reasons = {card.score_of(d).unscored_reason for d in unscored}
    must = {Dimension.IMPACT, Dimension.VIABILITY} & set(unscored)
    return bool(UnscoredReason.NOT_APPLICABLE in reasons or len(unscored) > 1 or must)


@pytest.mark.parametrize("name", NAMES)
def test_files_are_printed_the_one_way(name: str) -> None:
    printed = json.dumps(_loaded(name), ensure_ascii=False, indent=2) + "\n"
    assert (FOLDER / name).read_text("utf-8") == printed


def test_formats_are_named() -> None:
    formats = [_loaded(name)["format"] for name in NAMES]
    assert formats == [f"bellwether.{name.removesuffix('.json')}/1" for name in NAMES]


def test_cards_are_the_contracts_and_come_back_unchanged() -> None:
    assert [json.dumps(to_json(card)) for card in CARDS] == [json.dumps(raw) for raw in RAW_CARDS]


def test_cards_are_in_order_and_none_twice() -> None:
    keys = [(c.technology.slug, c.role.value, c.author or "", c.as_of) for c in CARDS]
    assert keys == sorted(set(keys))


def test_technologies_are_twenty_six_and_three_yardsticks() -> None:
    yardsticks = [slug for slug, entry in TECHNOLOGIES.items() if entry["is_yardstick"]]
    assert sorted(yardsticks) == ["electric-cars", "genome-sequencing", "solar-pv"]
    assert len(TECHNOLOGIES) == len(RECORD["technologies"]) == 29
    assert all(TECHNOLOGIES[slug]["open_since"] for slug in yardsticks)


def test_every_technology_but_a_yardstick_has_one_lead_card() -> None:
    leads = Counter(slug for slug, role, _ in HISTORIES if role is Role.LEAD)
    ranked = {slug for slug, entry in TECHNOLOGIES.items() if not entry["is_yardstick"]}
    assert leads == dict.fromkeys(ranked, 1)


def test_technologies_have_known_domains_and_sorted_facts() -> None:
    for entry in TECHNOLOGIES.values():
        assert entry["domains"], entry["slug"]
        assert set(entry["domains"]) <= DOMAINS
        assert entry["domains"] == sorted(entry["domains"])
        assert entry["aliases"] == sorted(set(entry["aliases"]))


def test_what_is_varied_comes_before_its_variant() -> None:
    seen: set[str] = set()
    for entry in RECORD["technologies"]:
        assert entry["variant_of"] is None or entry["variant_of"] in seen, entry["slug"]
        seen.add(entry["slug"])


def test_cards_repeat_the_facts_of_their_technology() -> None:
    for card in RAW_CARDS:
        entry = TECHNOLOGIES[card["technology"]["slug"]]
        assert card["technology"] == {key: entry[key] for key in card["technology"]}


def test_links_are_typed_and_join_known_technologies_once() -> None:
    links = [(link["from"], link["to"], link["kind"]) for link in RECORD["links"]]
    assert len(links) >= 25
    assert len(set(links)) == len(links)
    assert {kind for _, _, kind in links} == KINDS
    assert all(a in TECHNOLOGIES and b in TECHNOLOGIES and a != b for a, b, _ in links)
    assert all(link["note"] for link in RECORD["links"])


def test_no_window_ends_before_that_of_what_it_requires() -> None:
    for link in RECORD["links"]:
        if link["kind"] == "requires" and link["to"] in LEADS:
            late, early = LEADS[link["from"]].timing, LEADS[link["to"]].timing
            assert (late.year_to or 9999) >= (early.year_to or 9999), link


def test_openings_lie_inside_the_stated_windows() -> None:
    for slug, card in LEADS.items():
        year = TECHNOLOGIES[slug]["open_since"]
        if year:
            first, last = card.timing.year_from, card.timing.year_to
            assert first is not None
            assert last is not None
            assert first <= year <= last


def test_fourteen_leads_are_full_and_twelve_are_sketches() -> None:
    assert Counter(card.detail for card in LEADS.values()) == {Detail.FULL: 14, Detail.SKETCH: 12}


def test_authors_are_the_three_analysts() -> None:
    assert {card.author for card in CARDS} == ANALYSTS


def test_second_opinions_are_from_somebody_else() -> None:
    seconds = [(slug, who) for slug, role, who in HISTORIES if role is Role.SECOND_OPINION]
    assert len(seconds) >= 3
    assert all(LEADS[slug].author != who for slug, who in seconds)


@pytest.mark.parametrize("card", FULL, ids=lambda card: card.technology.slug)
def test_full_lead_cards_have_all_their_parts(card: CardDocument) -> None:
    assert 3 <= len(card.text.split("\n\n")) <= 5
    assert 1 <= _sentences(card.summary) <= 2
    assert len(card.scenarios) == 3
    assert card.companies
    assert card.rating is not None
    assert card.rating.note
    assert card.tripwires
    assert card.open_questions
    assert len(card.predictions) == 1
    assert card.sources


@pytest.mark.parametrize("card", FULL, ids=lambda card: card.technology.slug)
def test_full_lead_cards_give_each_score_two_or_three_sentences(card: CardDocument) -> None:
    for dimension in Dimension:
        assert 2 <= _sentences(card.score_of(dimension).rationale) <= 3, dimension
        assert card.score_of(dimension).certainty, dimension


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.technology.slug} {card.as_of}")
def test_every_score_has_a_reason_and_every_sketch_a_sentence(card: CardDocument) -> None:
    assert card.summary
    assert card.reason
    assert all(card.score_of(dimension).rationale for dimension in Dimension)


def test_sketches_have_no_text_and_are_sure_of_impact_and_timing_alone() -> None:
    for card in (card for card in CARDS if card.detail is Detail.SKETCH):
        assert card.text == ""
        for dimension in Dimension:
            score = card.score_of(dimension)
            is_asked = dimension in {Dimension.IMPACT, Dimension.TIMING} and score.is_scored
            assert bool(score.certainty) == is_asked, (card.technology.slug, dimension)


def test_seven_cards_have_two_revisions_about_a_year_apart() -> None:
    pairs = [cards for cards in HISTORIES.values() if len(cards) == 2]
    assert len(pairs) >= 7
    assert all(len(cards) <= 2 for cards in HISTORIES.values())
    assert all((new.as_of - old.as_of).days in YEARS for old, new in pairs)
    assert all((old.as_of.year, new.as_of.year) == (2025, 2026) for old, new in pairs)


def test_revisions_change_a_score_and_say_what_was_learnt() -> None:
    for old, new in (cards for cards in HISTORIES.values() if len(cards) == 2):
        changed = set(changed_dimensions(old, new)) & set(Dimension)
        assert changed, new.technology.slug
        assert len(new.reason) > 100
        assert new.reason != old.reason


def test_predictions_stay_as_they_were_made() -> None:
    for old, new in (cards for cards in HISTORIES.values() if len(cards) == 2):
        assert new.predictions[: len(old.predictions)] == old.predictions


def test_predictions_can_be_checked_by_the_end_of_2030() -> None:
    made = [raw for card in RAW_CARDS for raw in card["predictions"]]
    assert {raw["deadline"] for raw in made} == {"2028-12-31", "2030-12-31"}
    for raw in made:
        assert raw["deadline"] in raw["statement"]
        assert raw["metric"]
        assert raw["threshold"]
        assert raw["resolution_rule"]


def test_current_leads_are_of_2026_but_for_two_old_sketches() -> None:
    window = date(2026, 1, 1), date(2026, 11, 15)
    old = [card for card in LEADS.values() if not window[0] <= card.as_of <= window[1]]
    assert len(old) == 2
    assert all(card.detail is Detail.SKETCH for card in old)
    assert all(date(2024, 1, 1) < card.as_of < date(2025, 5, 15) for card in old)


def test_one_technology_alone_is_listed_and_not_ranked() -> None:
    unranked = [slug for slug, card in LEADS.items() if _not_ranked(card)]
    assert unranked == ["high-na-euv-lithography"]


def test_leads_show_every_certainty_span_reason_and_open_end() -> None:
    scores = [card.score_of(d) for card in LEADS.values() for d in Dimension]
    assert {s.unscored_reason for s in scores} == {None, *UnscoredReason}
    assert {s.certainty for s in scores} == {None, *Certainty}
    assert sum("/" in score.printed for score in scores) >= 4
    opened = [slug for slug, card in LEADS.items() if card.timing.printed.endswith("+")]
    assert opened == ["cultured-meat", "nuclear-fusion"]


def test_leads_reach_every_level_and_one_goes_beyond() -> None:
    for dimension in LEVEL_DIMENSIONS:
        found = {card.scores[dimension].level for card in LEADS.values()} - {None}
        assert len(found) >= 4, dimension
    beyond = [slug for slug, card in LEADS.items() if card.scores[Dimension.IMPACT].level == "5+"]
    assert beyond == ["large-language-models"]


def test_only_the_invented_company_carries_a_disclosure() -> None:
    disclosed = {c.name for card in CARDS for c in card.companies if c.disclosure}
    assert disclosed == {"Example Photonics GmbH (invented)"}


def test_examples_stand_where_the_demonstration_puts_them() -> None:
    named = {card.technology.name.lower(): card for card in LEADS.values()}
    for dimension in LEVEL_DIMENSIONS:
        for level, meaning in MEANINGS[dimension].items():
            for card in filter(None, (named.get(name.lower()) for name in meaning.examples)):
                score = card.scores[dimension]
                assert level in {score.level, score.level_to}, (dimension, card.technology.slug)


def test_citations_name_items_of_the_demonstration_as_they_are_called_there() -> None:
    path = Path(evidence.__file__).parent / "demonstration" / "items.json"
    items = {item["key"]: item for item in json.loads(path.read_text("utf-8"))}
    cited = [(card, citation) for card in CARDS for citation in card.citations]
    assert len({citation.item for _, citation in cited}) >= 8
    assert {citation.direction for _, citation in cited} == set(Direction)
    for card, citation in cited:
        item = items[citation.item]
        assert (citation.title, citation.url) == (item["title"], item.get("url"))
        assert item.get("published", "") <= card.as_of.isoformat()
        assert citation.quote in item.get("text", "")
        assert citation.belief.endswith(".")
