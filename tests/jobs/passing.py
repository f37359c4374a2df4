from datetime import timedelta

from jobs.models import Job

INSTANTS = ("created_at", "due_at", "rung_at", "started_at", "lease_until")


def let_time_pass(job: Job, seconds: float = 3600) -> None:
    """Every instant of the row moves into the past, as if the database's clock had gone on."""
    job.refresh_from_db()
    span = timedelta(seconds=seconds)
    known = {name: getattr(job, name) for name in INSTANTS}
    Job.objects.filter(pk=job.pk).update(
        **{name: instant - span for name, instant in known.items() if instant is not None}
    )
    job.refresh_from_db()
