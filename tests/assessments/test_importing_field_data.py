"""The published cards, where they are at hand: read whole, and equal to what the file prints."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assessments.importing.cards_file import ImportedCard, read_cards_file
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, Origin

ROOT = Path(__file__).parents[2]
FILE = (
    ROOT / os.environ.get("FIELD_DATA", "../shared") / "data" / "cards" / "state_of_the_future.json"
)
pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason=f"the published cards are not at hand: FIELD_DATA has no {FILE.name}"
)


@pytest.fixture(name="pairs")
def pairs_of_printed_and_read() -> list[tuple[dict[str, Any], ImportedCard]]:
    printed = json.loads(FILE.read_bytes())
    items = read_cards_file(FILE.read_bytes())
    read = [item for item in items if isinstance(item, ImportedCard)]
    assert [str(item) for item in items if item not in read] == []
    return list(zip(printed, read, strict=True))


def test_all_thirty_five_cards_go_in(pairs: list[tuple[dict[str, Any], ImportedCard]]) -> None:
    assert len(pairs) == 35
    for printed, card in pairs:
        assert (card.document.technology.slug, card.document.series) == (
            printed["slug"],
            printed["edition"],
        )
        assert printed["as_of"] in {None, card.document.as_of.isoformat()}


def test_levels_equal_the_file(pairs: list[tuple[dict[str, Any], ImportedCard]]) -> None:
    for printed, card in pairs:
        read = {d.value: card.document.scores[d].printed or None for d in LEVEL_DIMENSIONS}
        assert read == printed["scores"]


def test_certainties_equal_the_file(pairs: list[tuple[dict[str, Any], ImportedCard]]) -> None:
    for printed, card in pairs:
        impact = card.document.scores[Dimension.IMPACT].certainty or ""
        timing = card.document.timing.certainty or ""
        assert impact == (printed["impact_certainty"] or "").lower()
        assert timing == (printed["timing_certainty"] or "").lower()


def test_printed_windows_equal_the_file(
    pairs: list[tuple[dict[str, Any], ImportedCard]],
) -> None:
    windows = {"Now (0-2yr)": "2026-2028", "Soon (2-5yr)": "2028-2031"}
    windows |= {"Later (5-10yr)": "2031-2036", "Distant (10yr+)": "2036+"}
    windows |= {"2020-2025/2030+": "2020+", "Unclear": ""}
    for printed, card in pairs:
        said = printed["timing"] or ""
        is_band_without_date = printed["as_of"] is None and said.startswith("Now")
        expected = "" if is_band_without_date else windows.get(said, said)
        assert card.document.timing.printed == expected


def test_nothing_that_a_card_says_is_lost(
    pairs: list[tuple[dict[str, Any], ImportedCard]],
) -> None:
    for printed, card in pairs:
        document = card.document
        assert [company.name for company in document.companies] == (printed["companies"] or [])
        assert len(document.scenarios) == len(printed["impact_scenarios"] or [])
        assert all(name in document.text for name in printed["connections"] or [])
        assert printed["notes"] in {None, *card.internal_notes}
        kept = len(card.internal_notes) - bool(printed["notes"])
        assert kept == len(printed["internal_inconsistencies"] or [])
        assert (document.rating.note if document.rating else "") == (printed["rating_note"] or "")


def test_predictions_equal_the_file(pairs: list[tuple[dict[str, Any], ImportedCard]]) -> None:
    for printed, card in pairs:
        read = [prediction.to_json() for prediction in card.document.predictions]
        for prediction, said in zip(read, [printed["prediction"]] * len(read), strict=True):
            deadline = said["deadline"]
            is_kept = {**said, "deadline": None if deadline == "open-ended" else deadline}
            assert {key: prediction[key] for key in said} == is_kept
            assert deadline in str(prediction["statement"])
        assert bool(read) == bool(printed["prediction"])


def test_one_card_of_the_file_is_a_machine_draft(
    pairs: list[tuple[dict[str, Any], ImportedCard]],
) -> None:
    drafts = [c.document for _, c in pairs if c.document.origin is Origin.MACHINE_DRAFT]
    assert [(d.technology.slug, d.as_of.isoformat()) for d in drafts] == [
        ("photonic-compute", "2026-08-31")
    ]
