"""The track record of generated predictions."""

import datetime
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from scoring.engine.proper_scores import brier
from scoring.services.repeats import unheard
from scoring.services.score_computations import base_rates, compute_scores
from scoring.track_record import Record, TrackRecord

DAY = datetime.date(2030, 1, 1)


def event(number: int, **changes: Any) -> dict[str, Any]:
    """A resolved question of yes or no; anna (7) is nearer to the truth than dora (8)."""
    rng = np.random.default_rng(number)
    p = float(rng.uniform(0.1, 0.9))
    truth = float(rng.random() < p)
    people = [
        {"who": who, "age_days": 20, "p": said, "points": None, "confidence": None, "p_never": None}
        for who, said in ((7, p), (8, 1 - p))
    ]
    return {
        "key": f"question-{number}",
        "kind": "yes or no",
        "outcome": "yes" if truth else "no",
        "truth": truth,
        "value": None,
        "resolved_on": "2029-12-31",
        "is_share": False,
        "cuts": {"topic": "AI", "domain": "", "dimension": "timing", "certainty": "low"},
        "life_days": 700,
        "status_quo": "no",
        "checkpoints": [
            {"on": "2028-06-30", "pool": p, "model": None, "baseline": None, "people": people}
        ],
    } | changes


def number(place: int) -> dict[str, Any]:
    people = [
        {
            "who": 7,
            "age_days": 3,
            "p": None,
            "points": [80.0, 100.0, 130.0],
            "confidence": 0.8,
            "p_never": None,
        }
    ]
    wide = [50.0 + k for k in range(99)]
    checkpoint = {
        "on": "2028-06-30",
        "pool": None,
        "model": [99.0 + k / 50 for k in range(99)],
        "baseline": wide,
        "people": people,
    }
    facts = {"kind": "number", "outcome": "number", "truth": 100.0, "value": 100.0}
    return event(place, checkpoints=[checkpoint], **facts)


def record_of(real: list[dict[str, Any]], shown: list[dict[str, Any]]) -> TrackRecord:
    counts = {"resolved": len(real), "annulled": 1, "ambiguous": 2}
    inputs = {
        "computation": "scores",
        "real": {"counts": counts, "predictions": real},
        "demonstration": {"counts": counts, "predictions": shown},
    }
    output = compute_scores(inputs, seed=1, report=unheard)
    again = compute_scores(inputs, seed=1, report=unheard)
    assert output.headline_json == again.headline_json
    return TrackRecord.from_headline(output.headline, as_of=DAY)


def events(number_of: int) -> Record:
    return record_of([event(k) for k in range(number_of)], []).real


def test_a_record_is_shown_from_ten_on() -> None:
    few, enough = events(9).tally("7", "events"), events(10).tally("7", "events")
    assert few is not None
    assert (few.n, few.is_shown, few.figures) == (9, False, {})
    assert enough is not None
    assert enough.is_shown
    figure = enough.figures["brier"]
    assert figure.low <= figure.value <= figure.high


def test_topics_are_shown_from_ten_and_finer_cuts_from_thirty() -> None:
    ten, thirty = events(10), events(30)
    assert ten.tally("pool", "events", "topic", "AI") is not None
    assert ten.tally("pool", "events", "dimension", "timing") is None
    assert ten.tally("7", "events", "topic", "AI") is None
    assert thirty.tally("pool", "events", "dimension", "timing") is not None
    assert thirty.tally("7", "events", "certainty", "low") is not None


def test_calibration_is_shown_from_ten_on() -> None:
    few, enough = events(9).calibration("pool"), events(40).calibration("pool")
    assert few is not None
    assert (few.n, few.bins) == (9, ())
    assert enough is not None
    assert sum(row.n for row in enough.bins) == 40
    assert enough.reliability is not None


def test_demonstration_never_mixes_with_what_is_real() -> None:
    found = record_of([event(k) for k in range(4)], [event(k) for k in range(4, 40)])
    assert found.real.tally("7", "events").n == 4  # type: ignore[union-attr]
    assert found.demonstration.tally("7", "events").n == 36  # type: ignore[union-attr]
    assert {row.prediction for row in found.real.predictions} == {f"question-{k}" for k in range(4)}
    alone = record_of([event(k) for k in range(4)], [])
    assert alone.real == found.real


def test_whoever_is_nearer_to_the_truth_has_the_better_record() -> None:
    record = events(60)
    anna, dora = record.tally("7", "events"), record.tally("8", "events")
    assert anna is not None
    assert dora is not None
    assert anna.figures["brier"].value < dora.figures["brier"].value
    assert anna.figures["skill"].value > 0 > dora.figures["skill"].value


def test_the_mean_is_the_mean_over_predictions() -> None:
    rows = [event(k) for k in range(12)]
    expected = np.mean([brier(row["truth"], row["checkpoints"][0]["pool"]) for row in rows])
    found = record_of(rows, []).real.tally("pool", "events")
    assert found is not None
    assert found.figures["brier"].value == pytest.approx(expected, abs=1e-6)


def test_the_base_rate_leaves_the_question_itself_out() -> None:
    rates = base_rates([event(0, truth=1.0), event(1, truth=0.0), event(2, truth=0.0)])
    assert rates == {"question-0": 1 / 4, "question-1": 2 / 4, "question-2": 2 / 4}


def test_numbers_are_scored_against_the_baseline() -> None:
    record = record_of([number(k) for k in range(10)], []).real
    model = record.tally("model", "quantities")
    assert model is not None
    assert set(model.figures) == {"crps", "wis", "skill"}
    assert model.figures["skill"].value > 0.5
    assert record.tally("7", "quantities") is not None
    assert record.tally("pool", "quantities") is not None


def dated(truth: float, **said: Any) -> dict[str, float]:
    """The mean scores of a date asked by 2030, of whoever says something else than nothing."""
    nothing = {"pool": None, "model": None, "baseline": None, "people": []}
    facts = {"kind": "date", "outcome": "date" if truth < 2030 else "no", "truth": truth}
    row = event(0, deadline=2030.0, checkpoints=[{"on": "2028-06-30"} | nothing | said], **facts)
    scores: dict[str, dict[str, float]] = record_of([row], []).real.predictions[0].scores  # type: ignore[assignment]
    return scores["model" if "model" in said else "7"]


def test_a_date_that_never_came_costs_the_square_of_the_chance_given_to_it() -> None:
    """Of the levels of 1 to 99 %, 33 say 2027 and the others never: 3 years times (1/3)^2."""
    never = dated(2030.0, model=[2027.0] * 33)
    assert never["crps"] == pytest.approx(3 * (1 / 3) ** 2, abs=1e-6)
    came = dated(2027.0, model=[2027.0] * 33)
    assert came["crps"] == pytest.approx(3 * (2 / 3) ** 2, abs=1e-6)


def test_who_said_never_pays_nothing_where_it_never_came() -> None:
    assert dated(2030.0, model=[]) == {"crps": 0.0, "wis": 0.0}
    assert dated(2027.0, model=[])["crps"] == pytest.approx(3.0)


def test_a_person_who_gave_never_a_chance_is_scored_with_it() -> None:
    """Of what never came it is the integral of F^2 up to the deadline, F being .6 of a normal."""
    one = {"who": 7, "age_days": 3, "p": None, "points": [2027.0, 2028.0, 2029.0]}
    person = one | {"confidence": 0.8, "p_never": 0.4}
    spread = 1 / norm.ppf(0.9)
    exact = quad(lambda year: (0.6 * norm.cdf(year, 2028, spread)) ** 2, 2020, 2030)[0]
    assert dated(2030.0, people=[person])["crps"] == pytest.approx(exact, rel=0.02)
    certain = dated(2030.0, people=[person | {"p_never": None}])
    assert certain["crps"] > dated(2030.0, people=[person])["crps"]


def test_what_closed_without_a_checkpoint_is_counted_and_not_scored() -> None:
    record = record_of([event(0, checkpoints=[]), event(1)], []).real
    assert record.counts == {"resolved": 2, "annulled": 1, "ambiguous": 2, "scored": 1}


def test_recalibration_is_refitted_after_every_ten_resolutions() -> None:
    def learnt(number_of: int) -> dict[str, Any]:
        inputs = {
            name: {"counts": {}, "predictions": [event(k) for k in range(number_of)]}
            for name in ("real", "demonstration")
        }
        found = compute_scores(inputs, seed=1, report=unheard).headline["learnt"]["real"]
        recalibration: dict[str, Any] = found["recalibration"]
        return recalibration

    assert learnt(9) == {"shift": -0.2, "slope": 1.2, "questions": 0}
    assert learnt(10) == learnt(19) != learnt(20)
    assert learnt(20)["questions"] == 20
