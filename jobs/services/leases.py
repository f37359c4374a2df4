"""Who may end a job."""

import logging
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from jobs.models import Job
from jobs.signals import job_ended
from record.trace import tracing

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lease:
    """The right to end a job, until somebody else takes it over."""

    job: Job
    token: int


def expired() -> Q:
    return Q(state=Job.State.RUNNING, lease_until__lt=Now())


def held_by(held: Lease) -> QuerySet[Job]:
    return Job.objects.filter(pk=held.job.pk, token=held.token, state=Job.State.RUNNING)


def warn_too_late(held: Lease) -> None:
    logger.warning("job %s: finished too late, another worker has it", held.job.pk)


def tell_ended(job_id: int) -> None:
    job = Job.objects.get(pk=job_id)
    with tracing(job.request_id):
        job_ended.send_robust(sender=Job, job=job)
