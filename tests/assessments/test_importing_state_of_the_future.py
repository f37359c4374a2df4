import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assessments.importing.cards_file import ImportedCard, Refusal, read_cards_file
from assessments.values.card import CardDocument, Company, parse_card, to_json
from assessments.values.scale import Dimension, Origin, RatingValue, Role, UnscoredReason

FILE = Path(__file__).parent / "data" / "printed_cards.json"


def printed() -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = json.loads(FILE.read_bytes())
    return cards


def imported(cards: object = None, **options: Any) -> list[ImportedCard]:
    items = read_cards_file(json.dumps(cards or printed()).encode(), **options)
    assert [str(item) for item in items if isinstance(item, Refusal)] == []
    return [item for item in items if isinstance(item, ImportedCard)]


def documents() -> dict[tuple[str, str], CardDocument]:
    """The last card of each technology and edition."""
    found = [card.document for card in imported()]
    return {(document.technology.slug, document.series): document for document in found}


def refusals(key: str, value: object) -> list[tuple[str, str]]:
    cards = printed()
    cards[0][key] = value
    items = read_cards_file(json.dumps(cards).encode())
    assert len([item for item in items if isinstance(item, ImportedCard)]) == len(cards) - 1
    (refusal,) = [item for item in items if isinstance(item, Refusal)]
    assert refusal.card.startswith("card 1 (")
    first = (refusal.field, refusal.value)
    return [first, *((problem.field, problem.value) for problem in refusal.more)]


def test_levels_are_kept_as_printed() -> None:
    scores = documents()["wave-power", "2023"].scores
    levels = [score.printed for score in scores.values()]
    assert levels == ["3/4", "2", "", "1/2", "5/5+"]
    assert documents()["wave-power", "2026"].scores[Dimension.IMPACT].level == "5+"


def test_level_that_is_null_is_not_yet_assessed() -> None:
    novelty = documents()["wave-power", "2023"].scores[Dimension.NOVELTY]
    assert novelty.unscored_reason is UnscoredReason.NOT_YET_ASSESSED


def test_every_score_says_that_no_rationale_was_printed_and_where() -> None:
    document = documents()["wave-power", "2023"]
    for score in document.scores.values():
        assert score.rationale == "no rationale printed; source: https://example.org/waves"
    assert document.timing.rationale == (
        'no rationale printed; source: https://example.org/waves\n\nLabelled "Soon".'
    )


def test_certainties_are_of_impact_and_timing() -> None:
    document = documents()["wave-power", "2023"]
    assert document.scores[Dimension.IMPACT].certainty == "medium"
    assert document.timing.certainty == "high"
    assert document.scores[Dimension.VIABILITY].certainty is None
    assert documents()["airborne-wind", "2023"].scores[Dimension.IMPACT].certainty == "low"


def test_windows_speak_from_the_card() -> None:
    found = documents()
    assert found["wave-power", "2023"].timing.printed == "2025-2030"
    assert found["wave-power", "2026"].timing.printed == "2028-2031"
    assert found["airborne-wind", "2023"].timing.printed == "2020+"
    noted = found["airborne-wind", "2023"].timing.rationale
    assert noted.endswith('Printed as "2020-2025/2030+".')


def test_undated_card_speaks_of_the_end_of_its_edition() -> None:
    kite = documents()["kite-power", "2026"]
    assert kite.as_of == date(2026, 12, 31)
    assert "undated in source" in kite.text
    assert kite.timing.unscored_reason is UnscoredReason.NOT_YET_ASSESSED
    assert kite.timing.rationale.endswith('Printed as "Now (0-2yr)".')


def test_rating_is_read_with_its_note_and_perspective() -> None:
    rating = documents()["wave-power", "2023"].rating
    assert rating is not None
    assert (rating.value, rating.note) == (RatingValue.FAIRLY_RATED, "engineers agree")
    assert rating.perspective == "ten-year venture fund"


def test_note_on_a_rating_that_is_not_there_stays_in_the_text() -> None:
    kite = documents()["kite-power", "2026"]
    assert kite.rating is None
    assert kite.text.endswith("On the rating: not rated this year")


def test_prediction_keeps_every_field() -> None:
    (prediction,) = documents()["wave-power", "2023"].predictions
    said = prediction.to_json()
    for key, value in printed()[0]["prediction"].items():
        assert said[key] == value
    assert prediction.statement == (
        "share of wave power: >= 1%; island grids; from 0.1% in 2022; by 2030-12-31"
    )


def test_open_ended_prediction_says_so_in_its_statement() -> None:
    (prediction,) = documents()["kite-power", "2026"].predictions
    assert prediction.deadline is None
    assert prediction.statement == "kites aloft: never above; open-ended"


def test_scenarios_keep_market_and_probability_in_words() -> None:
    high, low = documents()["wave-power", "2023"].scenarios
    assert (high.name, high.text, high.impact_level) == ("high", "every coast has one", None)
    assert (low.impact_level, low.probability) == ("1/2", None)
    assert low.text == "Market: <1bn USD.\n\nProbability in words: high."


def test_companies_and_connections_are_kept() -> None:
    document = documents()["wave-power", "2023"]
    assert document.companies == (Company("Swell Ltd"), Company("Buoy AG"), Company("Swell Ltd"))
    assert document.text == "Connections:\n\n- tidal turbines\n- buoys"


def test_notes_stay_beside_the_card() -> None:
    card = imported()[0]
    assert card.internal_notes == (
        "Two readers disagree.",
        "Inconsistent in the source: text says 2",
        "Inconsistent in the source: chart says 3",
    )
    assert "readers" not in json.dumps(to_json(card.document))


def test_source_is_a_link_only_where_it_is_one() -> None:
    (linked,) = documents()["wave-power", "2023"].sources
    (named,) = documents()["wave-power", "2026"].sources
    assert linked.url == "https://example.org/waves"
    assert (named.title, named.url) == ("The printed edition, page 4", None)


def test_card_says_what_it_is() -> None:
    document = documents()["wave-power", "2023"]
    assert (document.role, document.author, document.origin) == (Role.LEAD, None, Origin.IMPORTED)
    assert document.technology.domains == ("unsorted",)
    assert document.reason == "Imported from State of the Future, edition 2023."


def test_two_cards_of_an_edition_are_revisions_in_the_order_of_their_dates() -> None:
    cards = [c.document for c in imported() if c.document.series == "2026"]
    assert [(c.technology.slug, c.as_of.month) for c in cards] == [
        ("wave-power", 2),
        ("wave-power", 9),
        ("kite-power", 12),
    ]
    assert cards[0].origin is Origin.MACHINE_DRAFT
    assert cards[1].origin is Origin.IMPORTED


def test_newest_card_names_the_technology_and_older_names_are_aliases() -> None:
    for card in imported():
        if card.document.technology.slug == "wave-power":
            assert card.document.technology.name == "Wave energy"
            assert card.document.technology.aliases == ("Wave power",)


def test_other_slugs_are_joined_only_by_a_mapping() -> None:
    slugs = {card.document.technology.slug for card in imported()}
    assert slugs == {"wave-power", "kite-power", "airborne-wind"}
    joined = imported(same={"airborne-wind": "kite-power"})
    facts = [c.document.technology for c in joined if c.document.technology.slug == "kite-power"]
    assert [(fact.name, fact.aliases) for fact in facts] == [("Kite power", ("Airborne wind",))] * 2


def test_every_card_is_one_that_the_contract_reads() -> None:
    for card in imported():
        assert parse_card(to_json(card.document)) == card.document
        assert card.chains


@pytest.mark.parametrize(
    ("key", "value", "field", "shown"),
    [
        ("edition", "late", "edition", '"late"'),
        ("edition", 2023, "edition", "2023"),
        ("as_of", "4 May 2023", "as_of", '"4 May 2023"'),
        ("slug", "Wave Power", "slug", '"Wave Power"'),
        ("technology", None, "technology", "null"),
        ("technology", "a\u202eb", "technology", '"a\\u202eb"'),
        ("impact_certainty", "medium", "impact_certainty", '"medium"'),
        ("timing_certainty", 1, "timing_certainty", "1"),
        ("timing", "2025-", "timing", '"2025-"'),
        ("timing", 2030, "timing", "2030"),
        ("timing", "2030-2025", "timing", '"2030-2025"'),
        ("timing", "3000+", "timing", '"3000+"'),
        ("rating", "Great", "rating", '"Great"'),
        ("companies", "Swell Ltd", "companies", '"Swell Ltd"'),
        ("companies", ["Swell Ltd", ""], "companies[1]", '""'),
        ("prediction", "soon", "prediction", '"soon"'),
        ("prediction", {"metric": "m", "deadline": "late 2030"}, "prediction.deadline", None),
        ("prediction", {"metric": "m", "oracle": "me"}, "prediction.oracle", '"me"'),
        ("prediction", {"metric": "m", "threshold": 5}, "prediction.threshold", "5"),
        ("impact_scenarios", [{"summary": "x"}], "impact_scenarios[0].name", "null"),
        (
            "impact_scenarios",
            [{"name": "x", "impact_score": "6"}],
            "impact_scenarios[0].impact_score",
            '"6"',
        ),
        ("impact_scenarios", [{"name": "x", "odds": 1}], "impact_scenarios[0].odds", "1"),
        ("notes", 7, "notes", "7"),
        ("scores", [], "scores", "a list of 0"),
        ("mood", "good", "mood", '"good"'),
    ],
)
def test_what_cannot_be_read_exactly_leaves_its_card_out_and_no_other(
    key: str, value: object, field: str, shown: str | None
) -> None:
    found = dict(refusals(key, value))
    assert field in found
    assert shown is None or found[field] == shown


@pytest.mark.parametrize(
    "level",
    ["4 (digest) / 5 (body)", "7", "0", "4.5", "4/3", "3/5", "3/", "", " 4", "NaN", 4, 4.5, True],
)
def test_level_off_the_scale_is_named_with_its_dimension(level: object) -> None:
    scores = printed()[0]["scores"] | {"drivers": level}
    ((field, _),) = refusals("scores", scores)
    assert field == "scores.drivers"


def test_five_plus_is_a_level_of_impact_alone() -> None:
    ((field, value),) = refusals("scores", printed()[0]["scores"] | {"novelty": "5+"})
    assert (field, value) == ("scores.novelty", '"5+"')


def test_missing_and_unknown_dimensions_are_named() -> None:
    scores = printed()[0]["scores"] | {"beauty": "5"}
    del scores["impact"]
    assert {field for field, _ in refusals("scores", scores)} == {"scores.impact", "scores.beauty"}


def test_refusal_prints_card_field_value_and_reason_for_each_problem() -> None:
    cards = printed()
    cards[3]["scores"]["impact"] = "7"
    cards[3]["mood"] = "good"
    (refusal,) = [
        item for item in read_cards_file(json.dumps(cards).encode()) if isinstance(item, Refusal)
    ]
    first, second = str(refusal).splitlines()
    assert first.startswith('card 4 (kite-power, 2026), scores.impact, "7": The level of impact')
    assert second.startswith('card 4 (kite-power, 2026), mood, "good": There is no such key here')
