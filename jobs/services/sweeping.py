import logging

from django.db.models import Q
from django.db.models.functions import Now

from jobs import bell
from jobs.limits import MAX_ATTEMPTS, RINGS_PER_SWEEP, patience
from jobs.models import Job
from jobs.services.leases import expired
from jobs.services.leasing import park_exhausted
from jobs.signals import swept
from record.trace import tracing

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Jobs without attempts left are parked, and the bell is rung again for those that wait."""
    for job in Job.objects.filter(expired(), attempts__gte=MAX_ATTEMPTS):
        with tracing(job.request_id):
            park_exhausted(job_id=job.pk)
    _ring_again()
    swept.send_robust(sender=Job)


def _ring_again() -> None:
    unanswered = Q(rung_at=None) | Q(rung_at__lt=Now() - patience())
    forgotten = list(
        Job.objects.filter(Q(state=Job.State.QUEUED, due_at__lte=Now()) | expired())
        .filter(unanswered)
        .values_list("pk", "queue")[:RINGS_PER_SWEEP]
    )
    if not forgotten:
        return
    # Oldest first and not all at once: a long queue must not drown in doubled messages.
    Job.objects.filter(pk__in=[pk for pk, _ in forgotten]).update(rung_at=Now())
    for pk, queue in forgotten:
        bell.ring(job_id=pk, queue=queue)
    logger.info("rang again for %s jobs", len(forgotten))
