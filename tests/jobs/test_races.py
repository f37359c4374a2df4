"""Threads with connections of their own, on a database that commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from typing import Any, TypeVar

from django.db import connection
from django.db.models.functions import Now
from pytest_django import Settings

from jobs.kinds import Compute, JobOutput, Report
from jobs.models import Job, JobResult
from jobs.services import execute_job, lease_job, open_job
from tests.stack import wait_until

THREADS = 10

Answer = TypeVar("Answer")


def at_once(work: Callable[[], Answer]) -> list[Answer]:
    """What ten threads get that set out together."""
    barrier = Barrier(THREADS)

    def one() -> Answer:
        barrier.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(THREADS)]]


def test_ten_threads_open_one_job(committed_db: str, doubling: str) -> None:
    opened = at_once(
        lambda: open_job(kind=doubling, inputs={"number": 1}, engine_version="1", seed=7).pk
    )
    assert len(set(opened)) == 1
    assert Job.objects.count() == 1


def test_one_of_ten_threads_gets_the_lease(committed_db: str, job: Job) -> None:
    leases = [held for held in at_once(lambda: lease_job(job_id=job.pk)) if held]
    assert [held.token for held in leases] == [1]


def test_ten_messages_make_one_result(committed_db: str, job: Job) -> None:
    at_once(lambda: execute_job(job_id=job.pk))
    assert JobResult.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.token) == (Job.State.DONE, 1, 1)


def test_a_long_computation_keeps_its_lease_and_shows_progress(
    committed_db: str,
    settings: Settings,
    add_kind: Callable[[str, Compute], None],
    rings: list[Any],
) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    enough = Event()

    def patient(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        report(3, 10)
        assert enough.wait(20)
        return JobOutput(headline={})

    add_kind("test.patient", patient)
    job = open_job(kind="test.patient", inputs={}, engine_version="1", seed=7)
    worker = Thread(target=run_and_disconnect, args=(job.pk,))
    worker.start()
    wait_until(lambda: Job.objects.get().progress_done == 3, seconds=10, what="progress")
    first_end = Job.objects.get().lease_until
    later = Job.objects.annotate(clock=Now()).filter(clock__gt=first_end)
    wait_until(later.exists, seconds=10, what="the end of the first lease")
    assert lease_job(job_id=job.pk) is None
    enough.set()
    worker.join()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.progress_total) == (Job.State.DONE, 1, 10)


def run_and_disconnect(job_id: int) -> None:
    try:
        execute_job(job_id=job_id)
    finally:
        connection.close()
