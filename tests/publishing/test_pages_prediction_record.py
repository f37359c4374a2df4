"""The record of what has resolved: scores and calibration, real and demonstration apart."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from publishing.pages.prediction.record import RecordPage, calibration_of, record_page
from scoring.track_record import (
    Calibration,
    CalibrationBin,
    Figure,
    Record,
    ScoredPrediction,
    Tally,
    TrackRecord,
)

NAMES = {4: "marta", 5: "ilse"}
EMPTY = Record({}, (), (), (), None)
KEY = "edge-ai-2026-1"


def tally(who: str, n: int = 12, **changes: Any) -> Tally:
    figures = {"brier": Figure(0.12, 0.08, 0.17), "log": Figure(0.4, 0.3, 0.5)}
    figures |= {"skill": Figure(0.31, 0.1, 0.5)}
    stated: dict[str, Any] = {
        "by": "all",
        "value": "",
        "scored": "events",
        "needed": 10,
        "figures": figures if n >= 10 else {},
    }
    return Tally(who=who, n=n, **stated | changes)


def curve(who: str, *bins: CalibrationBin, n: int = 12) -> Calibration:
    return Calibration(who, n, 10, bins, 0.01, 0.08, 0.2)


def scored(key: str = KEY, **scores: float) -> ScoredPrediction:
    days = (date(2025, 5, 4), date(2026, 5, 4))
    said = {who: {"brier": value} for who, value in (scores or {"pool": 0.04}).items()}
    return ScoredPrediction(key, "yes or no", "yes", None, date(2026, 6, 1), days, said)


def record(**changes: Any) -> Record:
    stated: dict[str, Any] = {
        "counts": {"resolved": 12, "annulled": 1, "ambiguous": 0},
        "tallies": (tally("4", 3), tally("model"), tally("pool")),
        "calibrations": (curve("pool", CalibrationBin(0.1, 0.3, 0.2, 0.4, 12)),),
        "predictions": (scored(),) * 12,
        "base_rate": 0.4,
    }
    return Record(**stated | changes)


def page(real: Record = EMPTY, demonstration: Record = EMPTY) -> RecordPage:
    found = TrackRecord(real, demonstration, date(2026, 11, 21), run_id=8)
    return record_page(found, names=NAMES, statements={KEY: "It is on sale."}, csv_url="/c.csv")


def test_before_anything_resolved_nothing_is_claimed() -> None:
    empty = record_page(None, names={}, statements={}, csv_url="")
    assert empty.headline == "No prediction has resolved yet."
    assert empty.parts == ()
    assert page().headline == "No real prediction has resolved yet."


def test_scores_stand_with_their_number_and_band_and_too_few_are_counted() -> None:
    (part,) = page(record()).parts
    (table,) = part.tables
    assert [row.name for row in table.rows] == ["The pool", "The model", "marta"]
    assert table.rows[0].cells[0] == "0.120 (0.080 to 0.170)"
    assert table.rows[0].n == 12
    assert table.rows[2].cells == ()
    assert table.rows[2].missing == (
        "seven more resolved predictions needed before scores are shown"
    )


def test_the_demonstration_is_kept_apart_and_marked() -> None:
    found = page(record(), record(tallies=(tally("pool", 30),)))
    assert [(part.heading, part.is_demonstration) for part in found.parts] == [
        ("Real predictions", False),
        ("Demonstration", True),
    ]
    assert [part.tables[0].rows[0].n for part in found.parts] == [12, 30]
    assert found.headline == "Twelve predictions have resolved and are scored."
    only = page(EMPTY, record())
    assert only.headline == "No real prediction has resolved yet."
    assert "nobody’s forecasts have been scored" in only.lede


def test_calibration_says_which_bands_miss_and_has_a_table() -> None:
    (part,) = page(record()).parts
    chart = part.calibration
    assert chart is not None
    assert chart.sentence == (
        "The pool, on twelve questions: one band of 1 does not hold the chance that was given."
    )
    assert chart.table.rows == (("The pool", 10.0, 30.0, 20.0, 40.0, 12),)
    assert chart.drawing.figure["data"][0]["line"]["dash"] == "dot"
    assert calibration_of(None, {}, is_demonstration=False) is None


def test_too_few_questions_have_no_curve_and_say_how_many_are_missing() -> None:
    (part,) = page(record(calibrations=(curve("pool", n=7),))).parts
    assert part.calibration is None
    assert part.why_no_calibration == (
        "Calibration is shown from 10 resolved questions on; 3 are missing."
    )


def test_finer_cuts_are_shown_where_they_are_long_enough() -> None:
    cut = tally("pool", 31, by="domain", value="AI", needed=30)
    short = tally("pool", 9, by="domain", value="Chips", needed=30)
    (part,) = page(record(tallies=(tally("pool"), cut, short))).parts
    assert [row.name for table in part.cuts for row in table.rows] == ["AI: The pool"]


def test_resolved_predictions_are_listed_when_they_are_published() -> None:
    rows = (scored(pool=0.04, model=0.09), scored("hidden-2026-1"))
    (part,) = page(record(predictions=rows)).parts
    (row,) = part.resolved
    assert (row.statement, row.outcome, row.on) == ("It is on sale.", "yes", "1 June 2026")
    assert (row.measure, row.scores) == ("Brier", ("The pool 0.040", "The model 0.090"))


@pytest.mark.django_db
def test_the_page_opens_before_anything_resolved(client: Client) -> None:
    response = client.get("/predictions/record/")
    assert response.status_code == 200
    assert "No prediction has resolved yet." in response.content.decode()
    assert client.get("/predictions/record/calibration.csv").status_code == 404
