"""More than a thousand technologies: the same bytes in one process and from any workers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from jobs.kinds import JobOutput
from jobs.models import Intermediate, Job, JobResult
from jobs.services import execute_job, open_job
from scoring.inputs import RANKING_ENGINE
from scoring.selectors import SEED
from scoring.services.computations import compute_ranking
from scoring.services.large_rankings import RankingInParts
from scoring.services.repeats import unheard
from tests.scoring.made import ranking_inputs

MANY, DRAWS = 1_050, 320


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ranking that is soon done is cut all the same."""
    monkeypatch.setattr("scoring.engine.large.WHOLE_UP_TO", 1_000)
    monkeypatch.setattr("scoring.engine.large_pilot.PILOT_DRAWS", 256)


@pytest.fixture(scope="module")
def inputs() -> dict[str, Any]:
    return ranking_inputs(MANY, DRAWS)


@pytest.fixture(scope="module")
def alone(inputs: dict[str, Any]) -> Iterator[JobOutput]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scoring.engine.large_pilot.PILOT_DRAWS", 256)
        yield compute_ranking(inputs, seed=SEED, report=unheard)


def work(job_id: int) -> None:
    try:
        execute_job(job_id=job_id)
    finally:
        connection.close()


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_gives_the_bytes_of_one_process(
    workers: int, committed_db: str, inputs: dict[str, Any], alone: JobOutput
) -> None:
    job = open_job(kind="ranking", inputs=inputs, engine_version=RANKING_ENGINE, seed=SEED)
    execute_job(job_id=job.pk)
    parts = list(Job.objects.filter(whole=job).values_list("pk", flat=True))
    assert len(parts) == 16
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, reversed(parts)))
    execute_job(job_id=job.pk)
    result = JobResult.objects.get(job=job)
    assert result.digest == alone.digest
    assert result.receipt["parts"] == 16
    assert Intermediate.objects.count() == 0


def test_a_headline_names_every_technology_in_the_order_of_the_ranking(alone: JobOutput) -> None:
    rows = alone.headline["technologies"]
    expected = [row["expected_rank"] for row in rows]
    assert len(rows) == MANY
    assert expected == sorted(expected)
    assert [row["band"] for row in rows] == sorted(row["band"] for row in rows)
    assert all(row["rank_low"] <= row["expected_rank"] <= row["rank_high"] for row in rows)


def test_up_to_a_thousand_are_not_cut() -> None:
    few = ranking_inputs(1_000, DRAWS)
    assert RankingInParts().split(few, seed=SEED, report=unheard) is None


def test_what_one_worker_does_soon_is_not_cut(
    monkeypatch: pytest.MonkeyPatch, inputs: dict[str, Any]
) -> None:
    monkeypatch.setattr("scoring.engine.large.WHOLE_UP_TO", MANY * DRAWS)
    assert RankingInParts().split(inputs, seed=SEED, report=unheard) is None
