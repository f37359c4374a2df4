"""Predictions as data: those in parts and those in words alone have one shape."""

from datetime import UTC, date, datetime

import pytest

from publishing.api.prediction_shapes import EXAMPLE, PREDICTION_WHOLE
from publishing.prediction_data import (
    flat_prediction,
    prediction_document,
    prediction_records,
    structured_record,
    worded_document,
)
from scoring.resolution_states import Standing
from tests.publishing.made import card, published
from tests.publishing.made_predictions import foretold, record, spec, state, years

WORDED = {
    "statement": "It is on sale.",
    "metric": "vendors",
    "direction": "at least",
    "threshold": "three",
    "population": None,
    "baseline": None,
    "deadline": "2028-12-31",
    "kind": "event",
    "resolution_rule": "Price lists.",
    "resolvability": "clear",
    "wording_problem": None,
    "later_status": None,
}


def test_both_kinds_have_the_shape_of_the_example() -> None:
    found = published(card("edge-ai", predictions=[WORDED]))
    worded, structured = prediction_records(found, [foretold()])
    assert list(worded) == list(structured) == list(EXAMPLE)
    assert (worded["id"], worded["is_structured"]) == ("edge-ai-1", False)
    assert (structured["id"], structured["is_structured"]) == ("edge-ai-2030-417", True)
    whole = list(PREDICTION_WHOLE.fields)
    assert list(worded_document(worded)) == list(prediction_document(foretold())) == whole


def test_a_worded_prediction_says_what_its_card_says_and_nothing_more() -> None:
    (worded,) = prediction_records(published(card("edge-ai", predictions=[WORDED])))
    assert {key: worded[key] for key in WORDED} == WORDED
    assert worded["state"] is worded["p_pooled"] is worded["people"] is None


def test_a_prediction_in_parts_gives_its_parts_and_its_chances() -> None:
    found = structured_record(foretold())
    assert (found["indicator"], found["comparator"], found["direction"]) == (
        "oecd-gdp-per-hour",
        "at least",
        "at least",
    )
    assert (found["threshold"], found["threshold_value"]) == ("20", 20.0)
    assert (found["threshold_kind"], found["baseline_period"]) == ("change", "2022")
    chances = [found[key] for key in ("p_pooled", "p_pooled_low", "p_pooled_high", "p_model")]
    assert chances == [0.2375, 0.19, 0.31, 0.12]
    assert (found["people"], found["model_share"], found["run"]) == (2, 0.4, 57)
    assert found["event"] is None


def test_a_threshold_of_zero_is_a_threshold() -> None:
    one = foretold(record=record(spec=spec(threshold=0.0, threshold_text="0")))
    assert structured_record(one)["threshold_value"] == 0.0


def test_a_date_has_quantiles_in_place_of_a_chance() -> None:
    found = structured_record(foretold(record=record(kind="date"), result=years()))
    assert found["p_pooled"] is None
    quantiles = [found[f"pooled_p{level}"] for level in (10, 50, 90)]
    assert quantiles == [2027.0, pytest.approx(2029.5), 2034.0]
    assert found["p_never"] == 0.1
    whole = prediction_document(foretold(record=record(kind="date"), result=years()))
    assert whole["quantities"]["pool"]["levels"] == [0.1, 0.4, 0.6, 0.9]


def test_before_the_first_run_nothing_is_known_of_it() -> None:
    found = structured_record(foretold(result=None))
    assert found["p_pooled"] is found["run"] is found["people"] is None
    assert found["state"] == "open"


def test_a_proposal_is_no_answer_and_a_resolution_is_one() -> None:
    said = {"outcome": "no", "value": 110.0, "note": "Read in the table.", "evidence": "https://x/"}
    proposed = structured_record(foretold(state=state(Standing.PROPOSED, **said)))
    assert proposed["state"] == "proposed"
    assert proposed["outcome"] is proposed["resolution_note"] is None
    ended = state(
        Standing.RESOLVED,
        happened_on=date(2030, 12, 31),
        ended_at=datetime(2031, 4, 2, 8, tzinfo=UTC),
        **said,
    )
    resolved = structured_record(foretold(state=ended))
    assert [resolved[key] for key in ("outcome", "outcome_value", "happened_on")] == [
        "no",
        110.0,
        "2030-12-31",
    ]
    assert resolved["resolved_at"] == "2031-04-02T08:00:00+00:00"


def test_a_row_of_a_table_holds_several_keys_in_one_cell() -> None:
    one = foretold(record=record(stones=("edge-ai-2027-1", "edge-ai-2028-2")))
    row = flat_prediction(structured_record(one))
    assert list(row)[:3] == ["id", "slug", "name"]
    assert row["stones"] == "edge-ai-2027-1; edge-ai-2028-2"
    assert row["slug"] == "edge-ai"


def test_predictions_stand_by_technology_and_then_by_number() -> None:
    found = published(card("edge-ai", predictions=[WORDED, WORDED]), card("chiplets"))
    foretellings = [foretold("edge-ai-2030-417"), foretold("chiplets-2030-88")]
    ids = [row["id"] for row in prediction_records(found, foretellings)]
    assert ids == ["chiplets-2030-88", "edge-ai-1", "edge-ai-2", "edge-ai-2030-417"]
