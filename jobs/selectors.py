from django.db.models import F
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
