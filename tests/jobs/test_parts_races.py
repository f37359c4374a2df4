"""Parts and workers as threads with connections of their own, on a database that commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jobs import kinds
from jobs.kinds import register_kind
from jobs.models import Intermediate, Job, JobResult
from jobs.services import execute_job, open_job, sweep
from tests.jobs.summing import NAME, Summing


@pytest.fixture
def summing(committed_db: str, monkeypatch: pytest.MonkeyPatch, rings: list[Any]) -> Summing:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    summing = Summing()
    register_kind(summing.kind)
    return summing


def work(job_id: int) -> None:
    try:
        execute_job(job_id=job_id)
    finally:
        connection.close()


def cut(seed: int) -> tuple[Job, list[int]]:
    job = open_job(kind=NAME, inputs={"numbers": 80}, engine_version="1", seed=seed)
    execute_job(job_id=job.pk)
    return job, list(Job.objects.filter(whole=job).values_list("pk", flat=True))


def test_parts_that_end_together_wake_the_whole_once(summing: Summing, rings: list[Any]) -> None:
    job, parts = cut(seed=1)
    together = Barrier(len(parts))

    def wait(_number: int) -> None:
        together.wait(20)

    summing.before_part = wait
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(work, parts))
    job.refresh_from_db()
    assert (job.state, job.progress_done) == (Job.State.QUEUED, 80)
    assert [ring for ring in rings if ring == (job.pk, "compute")] == [(job.pk, "compute")] * 2


def test_ten_messages_at_once_merge_once(summing: Summing) -> None:
    job, parts = cut(seed=1)
    for part in parts:
        execute_job(job_id=part)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(work, [job.pk] * 10))
    job.refresh_from_db()
    assert (job.state, JobResult.objects.count()) == (Job.State.DONE, 1)
    assert job.token == 2
    assert Intermediate.objects.count() == 0


def test_one_two_and_four_workers_give_the_same_bytes(summing: Summing) -> None:
    digests = set()
    for workers in (1, 2, 4):
        job, parts = cut(seed=workers)
        # Workers take parts in any order.
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, reversed(parts)))
        execute_job(job_id=job.pk)
        digests.add(JobResult.objects.get(job=job).digest)
    assert len(digests) == 1


def test_the_sweep_rings_for_parts_and_for_a_whole_whose_bell_was_lost(
    summing: Summing, rings: list[Any]
) -> None:
    job, parts = cut(seed=1)
    rings.clear()
    Job.objects.update(rung_at=None)
    sweep()
    assert [pk for pk, _ in rings] == parts
    for part in parts:
        execute_job(job_id=part)
    rings.clear()
    Job.objects.update(rung_at=None)
    sweep()
    assert [pk for pk, _ in rings] == [job.pk]
