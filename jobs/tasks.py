"""Who sends a message names its queue: the bell from the job's row, the clock from its entry."""

from celery import shared_task

from jobs import bell, services

SOFT_SECONDS = 240
HARD_SECONDS = 300


@shared_task(
    name=bell.EXECUTE,
    acks_late=False,
    ignore_result=True,
    soft_time_limit=SOFT_SECONDS,
    time_limit=HARD_SECONDS,
)
def execute(job_id: int) -> None:
    services.execute_job(job_id=job_id)


@shared_task(
    name="jobs.sweep", acks_late=False, ignore_result=True, soft_time_limit=30, time_limit=40
)
def sweep() -> None:
    services.sweep()
