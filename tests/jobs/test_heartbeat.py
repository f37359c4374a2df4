import pytest

from jobs.heartbeat import Heartbeat, LeaseLostError
from jobs.models import Job
from jobs.services import lease_job
from tests.jobs.passing import let_time_pass


def test_progress_never_runs_past_its_total() -> None:
    beat = Heartbeat(job_id=1, token=1)
    beat.report(7, 5)
    assert beat._progress == (5, 5)


@pytest.mark.django_db
def test_a_renewal_extends_the_lease_and_stores_progress(job: Job) -> None:
    held = lease_job(job_id=job.pk)
    assert held is not None
    let_time_pass(job, seconds=25)
    before = job.lease_until
    assert Heartbeat(job_id=job.pk, token=held.token)._renew((3, 10))
    job.refresh_from_db()
    assert before is not None
    assert job.lease_until is not None
    assert job.lease_until > before
    assert (job.progress_done, job.progress_total) == (3, 10)


@pytest.mark.django_db
def test_a_lost_lease_ends_the_computation_at_its_next_report(job: Job) -> None:
    held = lease_job(job_id=job.pk)
    assert held is not None
    let_time_pass(job)
    assert lease_job(job_id=job.pk) is not None
    beat = Heartbeat(job_id=job.pk, token=held.token)
    beat._renew((1, 2))
    with pytest.raises(LeaseLostError, match="Another worker has taken over"):
        beat.report(2, 2)
    job.refresh_from_db()
    assert job.progress_total == 0
