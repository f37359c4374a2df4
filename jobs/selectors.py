from django.db.models import F, Sum
from django.db.models.functions import Now

from jobs.models import Job


def seconds_waited() -> float:
    """How long the job that waits longest has been due; 0 when none waits."""
    waiting = (
        Job.objects.filter(state=Job.State.QUEUED, due_at__lte=Now())
        .annotate(clock=Now())
        .order_by(F("due_at"))
        .values_list("due_at", "clock")
        .first()
    )
    return (waiting[1] - waiting[0]).total_seconds() if waiting else 0.0


def progress_of(job: Job) -> tuple[int, int]:
    """How much is done and of how much; while a job waits for its parts, the sum of theirs."""
    if job.state != Job.State.WAITING:
        return job.progress_done, job.progress_total
    done = Job.objects.filter(whole_id=job.pk).aggregate(done=Sum("progress_done"))["done"]
    return min(done or 0, job.progress_total), job.progress_total


def parts_done(job: Job) -> int:
    return Job.objects.filter(whole_id=job.pk, state=Job.State.DONE).count()
