import pytest

from jobs.models import Job
from jobs.selectors import seconds_waited
from jobs.services import execute_job, open_job
from tests.jobs.passing import let_time_pass

pytestmark = pytest.mark.django_db


def test_nothing_waits_when_there_is_nothing_to_do(job: Job) -> None:
    execute_job(job_id=job.pk)
    assert seconds_waited() == 0


def test_the_oldest_waiting_job_counts(job: Job) -> None:
    let_time_pass(job, seconds=90)
    open_job(kind=job.kind, inputs={"number": 2}, engine_version="1", seed=7)
    assert seconds_waited() == pytest.approx(90, abs=5)


def test_a_job_that_pauses_after_a_failure_does_not_count(failing: Job) -> None:
    execute_job(job_id=failing.pk)
    assert seconds_waited() == 0
