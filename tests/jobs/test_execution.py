import logging
from collections.abc import Callable
from typing import Any

import pytest

from jobs.heartbeat import LeaseLostError
from jobs.kinds import Compute, JobOutput, Report
from jobs.models import Job, JobResult
from jobs.services import execute_job, lease_job, open_job
from record.trace import current_request_id, tracing
from tests.jobs.passing import let_time_pass

pytestmark = pytest.mark.django_db

AddKind = Callable[[str, Compute], None]


def test_a_job_is_computed_from_its_inputs_and_seed(job: Job) -> None:
    execute_job(job_id=job.pk)
    result = JobResult.objects.get(job=job)
    assert (result.headline, bytes(result.arrays)) == ('{"doubled":42}', b"\x07")
    assert result.receipt["inputs_digest"] == job.inputs_digest
    assert (result.job.state, result.job.error) == (Job.State.DONE, "")


def test_a_second_message_changes_nothing(job: Job) -> None:
    execute_job(job_id=job.pk)
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.attempts, JobResult.objects.count()) == (1, 1)


def test_a_failure_is_kept_on_the_row_and_told_in_the_log(
    failing: Job, caplog: pytest.LogCaptureFixture
) -> None:
    execute_job(job_id=failing.pk)
    failing.refresh_from_db()
    assert (failing.state, failing.attempts) == (Job.State.QUEUED, 1)
    assert failing.error == "ValueError: no value  here"
    assert f"job {failing.pk}: attempt 1 failed" in caplog.text


def test_an_output_that_is_not_json_is_a_failure(add_kind: AddKind, rings: list[Any]) -> None:
    def half(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        return JobOutput(headline={"half": float("nan")})

    add_kind("test.half", half)
    job = open_job(kind="test.half", inputs={}, engine_version="1", seed=7)
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert "not JSON compliant" in job.error
    assert not JobResult.objects.exists()


def test_a_kind_unknown_to_this_worker_is_a_failure(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    Job.objects.filter(pk=job.pk).update(kind="test.gone")
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert "No app registers the job kind 'test.gone'" in job.error


def test_the_work_is_done_in_the_name_of_the_request(
    add_kind: AddKind, rings: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    def who(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        return JobOutput(headline={"request": current_request_id()})

    add_kind("test.who", who)
    with tracing("abc123"):
        job = open_job(kind="test.who", inputs={}, engine_version="1", seed=7)
    with caplog.at_level(logging.INFO):
        execute_job(job_id=job.pk)
    assert JobResult.objects.get(job=job).headline == '{"request":"abc123"}'
    assert current_request_id() == ""


def test_a_computation_that_lost_its_lease_is_given_up(add_kind: AddKind, rings: list[Any]) -> None:
    def slow(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        let_time_pass(job)
        assert lease_job(job_id=job.pk) is not None
        raise LeaseLostError("another worker has it")

    add_kind("test.slow", slow)
    job = open_job(kind="test.slow", inputs={}, engine_version="1", seed=7)
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.token, job.error) == (Job.State.RUNNING, 2, "")
