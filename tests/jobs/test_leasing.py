from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from jobs.kinds import JobOutput
from jobs.limits import MAX_ATTEMPTS, lease
from jobs.models import Job, JobResult
from jobs.services import finish_job, lease_job, park_exhausted, release_job
from jobs.services.leases import Lease
from jobs.signals import job_ended
from tests.jobs.passing import let_time_pass

pytestmark = pytest.mark.django_db

OUTPUT = JobOutput(headline={"answer": 42}, arrays=b"\x01")


def leased(job: Job) -> Lease:
    held = lease_job(job_id=job.pk)
    assert held is not None
    return held


def test_a_lease_counts_the_attempt_and_runs_by_the_clock_of_the_database(job: Job) -> None:
    held = leased(job)
    assert (held.job.state, held.job.attempts, held.token) == (Job.State.RUNNING, 1, 1)
    assert held.job.started_at is not None
    assert held.job.lease_until is not None
    length = held.job.lease_until - held.job.started_at
    assert abs(length - lease()) < timedelta(milliseconds=10)


def test_a_lease_is_taken_in_one_update(job: Job) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        leased(job)
    updates = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert len(updates) == 1


def test_a_leased_job_is_refused_to_others_until_the_lease_runs_out(job: Job) -> None:
    first = leased(job)
    assert lease_job(job_id=job.pk) is None
    let_time_pass(job)
    second = leased(job)
    assert (second.token, second.job.attempts) == (first.token + 1, 2)


def test_two_leases_never_share_a_token(job: Job) -> None:
    """Another worker takes the lease, and falls silent, between our reading and our update."""
    others: list[Lease] = []
    turns = iter(["theirs"])

    def another_worker_first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and next(turns, None):
            others.append(leased(job))
            let_time_pass(job)
        return execute(sql, *rest)

    with connection.execute_wrapper(another_worker_first):
        mine = lease_job(job_id=job.pk)
    assert mine is None
    assert leased(job).token == others[-1].token + 1


def test_an_ended_or_unknown_job_is_not_leased(job: Job) -> None:
    assert finish_job(held=leased(job), output=OUTPUT, receipt={})
    assert lease_job(job_id=job.pk) is None
    assert lease_job(job_id=job.pk + 1) is None


def test_finishing_writes_result_and_end_state(job: Job) -> None:
    assert finish_job(held=leased(job), output=OUTPUT, receipt={"seed": 7})
    result = JobResult.objects.get(job=job)
    assert (result.headline, bytes(result.arrays)) == ('{"answer":42}', b"\x01")
    assert (result.digest, result.receipt) == (OUTPUT.digest, {"seed": 7})
    assert result.job.state == Job.State.DONE
    assert result.job.ended_at is not None


def test_a_stale_token_writes_nothing(job: Job) -> None:
    stale = leased(job)
    let_time_pass(job)
    current = leased(job)
    assert not finish_job(held=stale, output=OUTPUT, receipt={})
    assert not release_job(held=stale, error=ValueError("late"))
    job.refresh_from_db()
    assert (job.state, job.token, job.error) == (Job.State.RUNNING, current.token, "")
    assert not JobResult.objects.exists()
    assert finish_job(held=current, output=OUTPUT, receipt={})


def test_a_late_worker_whose_lease_nobody_took_may_finish(job: Job) -> None:
    held = leased(job)
    let_time_pass(job)
    assert finish_job(held=held, output=OUTPUT, receipt={})


def test_a_released_job_waits_longer_after_each_attempt(job: Job) -> None:
    pauses = []
    for _ in range(MAX_ATTEMPTS - 1):
        held = leased(job)
        assert release_job(held=held, error=ValueError("not yet"))
        assert lease_job(job_id=job.pk) is None
        job.refresh_from_db()
        pauses.append((job.due_at - held.job.started_at).total_seconds())
        let_time_pass(job)
    assert pauses == pytest.approx([2, 4, 8, 16], abs=1)
    assert (job.state, job.error) == (Job.State.QUEUED, "ValueError: not yet")


def test_the_fifth_failure_parks_the_job_with_its_error(job: Job) -> None:
    for attempt in range(MAX_ATTEMPTS):
        assert release_job(held=leased(job), error=ValueError(f"failure {attempt + 1}"))
        let_time_pass(job)
    assert (job.state, job.error) == (Job.State.PARKED, "ValueError: failure 5")
    assert lease_job(job_id=job.pk) is None


def test_a_worker_lost_five_times_parks_the_job(job: Job) -> None:
    for _ in range(MAX_ATTEMPTS):
        leased(job)
        let_time_pass(job)
    assert lease_job(job_id=job.pk) is None
    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    assert job.error == "The worker stopped without a word at each of 5 attempts."


def test_a_last_attempt_under_way_is_not_parked(job: Job) -> None:
    for _ in range(MAX_ATTEMPTS):
        let_time_pass(job)
        leased(job)
    assert not park_exhausted(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_an_error_is_kept_in_words_that_any_database_takes(job: Job) -> None:
    assert release_job(held=leased(job), error=ValueError("a\0b\ud800" + "x" * 5000))
    job.refresh_from_db()
    assert job.error.startswith("ValueError: ab\\ud800xx")
    assert len(job.error) < 2100


def test_an_end_is_told_once_after_the_commit(
    job: Job, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    told: list[Job] = []

    def listen(*, job: Job, **_: object) -> None:
        told.append(job)

    job_ended.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            held = leased(job)
            finish_job(held=held, output=OUTPUT, receipt={})
            finish_job(held=held, output=OUTPUT, receipt={})
            assert told == []
    finally:
        job_ended.disconnect(listen)
    assert [(each.pk, each.state) for each in told] == [(job.pk, Job.State.DONE)]
