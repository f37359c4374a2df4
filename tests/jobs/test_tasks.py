import pytest
from celery import current_app

from jobs import tasks
from jobs.models import Job


@pytest.mark.django_db
def test_the_task_executes_the_job(job: Job) -> None:
    tasks.execute(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


@pytest.mark.django_db
def test_the_sweep_task_sweeps(job: Job, rings: list[tuple[int, str]]) -> None:
    Job.objects.update(rung_at=None)
    tasks.sweep()
    assert rings == [(job.pk, "compute")]


@pytest.mark.parametrize("name", ["jobs.execute", "jobs.sweep"])
def test_a_task_has_limits_and_never_repeats_itself(name: str) -> None:
    task = current_app.tasks[name]
    assert 0 < task.soft_time_limit < task.time_limit
    assert (task.acks_late, task.ignore_result) == (False, True)
