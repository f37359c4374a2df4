import pytest

from jobs.limits import MAX_ATTEMPTS, RINGS_PER_SWEEP
from jobs.models import Job
from jobs.services import execute_job, lease_job, open_job, sweep
from jobs.signals import swept
from tests.jobs.passing import let_time_pass

pytestmark = pytest.mark.django_db

Rings = list[tuple[int, str]]


def test_a_job_rung_a_moment_ago_is_left_alone(job: Job, rings: Rings) -> None:
    sweep()
    assert rings == []


def test_a_job_nobody_picked_up_is_rung_again_once(job: Job, rings: Rings) -> None:
    let_time_pass(job, seconds=16)
    sweep()
    sweep()
    assert rings == [(job.pk, "compute")]


def test_a_job_whose_worker_fell_silent_is_rung_again(job: Job, rings: Rings) -> None:
    lease_job(job_id=job.pk)
    sweep()
    assert rings == []
    let_time_pass(job, seconds=31)
    sweep()
    assert rings == [(job.pk, "compute")]


def test_a_failed_job_is_rung_when_its_pause_is_over(failing: Job, rings: Rings) -> None:
    execute_job(job_id=failing.pk)
    sweep()
    assert rings == []
    let_time_pass(failing, seconds=3)
    sweep()
    assert rings == [(failing.pk, "compute")]


def test_ended_jobs_are_never_rung(job: Job, rings: Rings) -> None:
    execute_job(job_id=job.pk)
    Job.objects.update(rung_at=None)
    sweep()
    assert rings == []


def test_a_job_without_attempts_left_is_parked(job: Job, rings: Rings) -> None:
    for _ in range(MAX_ATTEMPTS):
        assert lease_job(job_id=job.pk) is not None
        let_time_pass(job)
    sweep()
    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    assert rings == []


def test_a_long_queue_is_rung_in_portions_oldest_first(doubling: str, rings: Rings) -> None:
    for seed in range(RINGS_PER_SWEEP + 3):
        open_job(kind=doubling, inputs={"number": 1}, engine_version="1", seed=seed)
    Job.objects.update(rung_at=None)
    oldest_first = list(Job.objects.values_list("pk", "queue"))
    sweep()
    assert rings == oldest_first[:RINGS_PER_SWEEP]
    sweep()
    assert rings == oldest_first


def test_the_sweep_is_announced_even_when_a_listener_fails(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    heard = []

    def fail(**_: object) -> None:
        raise RuntimeError("no")

    def listen(**_: object) -> None:
        heard.append("swept")

    swept.connect(fail)
    swept.connect(listen)
    try:
        sweep()
    finally:
        swept.disconnect(fail)
        swept.disconnect(listen)
    assert heard == ["swept"]
