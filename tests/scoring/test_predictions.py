"""Headlines of finished runs as the values that pages read."""

import datetime
import json
from typing import Any

import pytest

from jobs.kinds import JobOutput
from jobs.models import Job, JobResult
from record.canonical import canonical_json, digest
from record.clock import now
from scoring.models import Run, RunKind
from scoring.predictions import (
    latest_forecasts,
    latest_predictions,
    probability_history,
    track_record,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 21)
NO_FAN = {"indicator": "cost-of-genomes", "no_forecast_because": "It is a snapshot."}


def prediction(p: float | None) -> dict[str, Any]:
    pool = None if p is None else {"p": p, "low": 0.1, "high": 0.6, "members": 2, "model_share": 0}
    return {
        "prediction": "fusion-2030-1",
        "kind": "yes or no",
        "as_of": "2026-11-21",
        "fan": NO_FAN,
        "model": None,
        "people": [{"who": 7, "p": p, "weight": 1.0, "age_days": 3}] if pool else [],
        "pool": pool,
        "at_deadline": None,
        "quantities": None,
        "without": "It is a snapshot.",
    }


def finished(
    kind: RunKind, subject: str, headline: dict[str, Any], as_of: datetime.date = DAY
) -> Run:
    inputs = canonical_json({"number": Job.objects.count()})
    job = Job.objects.create(
        kind=kind.value,
        inputs_digest=digest(inputs),
        engine_version="test/1",
        seed=1,
        inputs=inputs,
        queue="compute",
        state=Job.State.DONE,
        ended_at=now(),
    )
    output = JobOutput(headline)
    JobResult.objects.create(
        job=job, headline=output.headline_json, digest=output.digest, receipt={}
    )
    return Run.objects.create(kind=kind, subject=subject, as_of=as_of, reason="test", job=job)


def test_the_latest_of_each_subject_is_read() -> None:
    finished(RunKind.PREDICTION, "fusion-2030-1", prediction(0.2))
    run = finished(RunKind.PREDICTION, "fusion-2030-1", prediction(0.4))
    finished(RunKind.PREDICTION, "lidar-2030-1", prediction(0.9))
    found = latest_predictions(["fusion-2030-1", "nowhere-2030-1"])
    assert list(found) == ["fusion-2030-1"]
    result = found["fusion-2030-1"]
    assert result.run_id == run.seq
    assert result.pool is not None
    assert result.pool.p == 0.4
    assert result.people[0].who == 7
    assert result.fan is not None
    assert result.fan.no_forecast_because == "It is a snapshot."


def test_history_is_in_order_and_leaves_out_runs_without_any_probability() -> None:
    for p in (0.2, None, 0.4):
        finished(RunKind.PREDICTION, "fusion-2030-1", prediction(p))
    assert [point.pool for point in probability_history("fusion-2030-1")] == [0.2, 0.4]


def test_a_forecast_is_read_with_its_baseline() -> None:
    quantiles = {"0.1": [1.0, 2.0], "0.9": [3.0, 4.0]}
    headline = {
        "indicator": "cost-of-genomes",
        "method": "a walk",
        "unit": "USD",
        "history": [[2024.0, 3.0], [2025.0, 2.0]],
        "years": [2026.0, 2027.0],
        "quantiles": quantiles,
        "baseline": {"method": "a plainer walk", "quantiles": quantiles},
        "observations": 2,
        "effective_sample_size": 900.5,
        "reference_dominates": True,
        "data_hash": "0" * 64,
    }
    finished(RunKind.FORECAST, "cost-of-genomes", headline)
    (fan,) = latest_forecasts(["cost-of-genomes"]).values()
    assert fan.quantiles["0.9"] == (3.0, 4.0)
    assert fan.baseline is not None
    assert fan.baseline.method == "a plainer walk"
    assert not fan.no_forecast_because


def test_the_record_keeps_the_demonstration_apart() -> None:
    assert track_record() is None
    tally = {
        "who": "7",
        "by": "all",
        "value": "",
        "scored": "events",
        "n": 12,
        "needed": 10,
        "figures": {"brier": {"value": 0.1, "low": 0.05, "high": 0.15}},
    }
    empty: dict[str, Any] = {
        "counts": {"resolved": 0},
        "tallies": [],
        "calibrations": [],
        "predictions": [],
        "base_rate": None,
    }
    headline = {
        "as_of": "2026-11-21",
        "real": empty,
        "demonstration": {**empty, "tallies": [tally]},
    }
    finished(RunKind.SCORES, "", json.loads(json.dumps(headline)))
    found = track_record()
    assert found is not None
    assert found.real.tally("7", "events") is None
    mine = found.demonstration.tally("7", "events")
    assert mine is not None
    assert mine.is_shown
    assert mine.person_id == 7
