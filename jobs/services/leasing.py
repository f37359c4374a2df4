"""Every change of a job's state while it is worked on: one conditional UPDATE each."""

import logging
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from jobs.kinds import JobOutput
from jobs.limits import MAX_ATTEMPTS, backoff, lease
from jobs.models import Job, JobResult
from jobs.signals import job_ended
from record.trace import tracing

logger = logging.getLogger(__name__)

WORKER_LOST = f"The worker stopped without a word at each of {MAX_ATTEMPTS} attempts."
LONGEST_ERROR = 2000


@dataclass(frozen=True)
class Lease:
    """The right to end a job, until somebody else takes it over."""

    job: Job
    token: int


def expired() -> Q:
    return Q(state=Job.State.RUNNING, lease_until__lt=Now())


def lease_job(*, job_id: int) -> Lease | None:
    """A lease on a job that is due or whose worker fell silent; None when there is nothing to do.

    The token read before is part of the condition, so no two leases share one.
    """
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.is_ended:
        return None
    taken = (
        Job.objects.filter(pk=job_id, token=job.token, attempts__lt=MAX_ATTEMPTS)
        .filter(Q(state=Job.State.QUEUED, due_at__lte=Now()) | expired())
        .update(
            state=Job.State.RUNNING,
            lease_until=Now() + lease(),
            attempts=F("attempts") + 1,
            token=job.token + 1,
            progress_done=0,
            progress_total=0,
            started_at=Now(),
        )
    )
    if not taken:
        park_exhausted(job_id=job_id)
        return None
    job.refresh_from_db()
    return Lease(job, job.token)


@transaction.atomic
def finish_job(*, held: Lease, output: JobOutput, receipt: dict[str, Any]) -> bool:
    """Result and end state stand together, or, when the lease was lost, nothing is written."""
    headline, arrays, digest = output.headline_json, output.arrays, output.digest
    ended = _held_by(held).update(
        state=Job.State.DONE,
        lease_until=None,
        error="",
        progress_done=F("progress_total"),
        ended_at=Now(),
    )
    if not ended:
        logger.warning("job %s: finished too late, another worker has it", held.job.pk)
        return False
    JobResult.objects.create(
        job_id=held.job.pk, headline=headline, arrays=arrays, digest=digest, receipt=receipt
    )
    transaction.on_commit(partial(_tell_ended, held.job.pk))
    return True


@transaction.atomic
def release_job(*, held: Lease, error: Exception) -> bool:
    """After a failed attempt the job waits for the next one, or is parked after the last."""
    if held.job.attempts >= MAX_ATTEMPTS:
        return _park(_held_by(held), job_id=held.job.pk, error=_as_text(error))
    return bool(
        _held_by(held).update(
            state=Job.State.QUEUED,
            lease_until=None,
            error=_as_text(error),
            due_at=Now() + backoff(held.job.attempts),
            rung_at=None,
        )
    )


@transaction.atomic
def park_exhausted(*, job_id: int) -> bool:
    """A job whose worker was lost at its last attempt is parked."""
    silent = Job.objects.filter(expired(), pk=job_id, attempts__gte=MAX_ATTEMPTS)
    return _park(silent, job_id=job_id, error=WORKER_LOST)


def _park(jobs: QuerySet[Job], *, job_id: int, error: str) -> bool:
    parked = jobs.update(state=Job.State.PARKED, lease_until=None, error=error, ended_at=Now())
    if parked:
        logger.error("job %s: parked after %s attempts: %s", job_id, MAX_ATTEMPTS, error)
        transaction.on_commit(partial(_tell_ended, job_id))
    return bool(parked)


def _held_by(held: Lease) -> QuerySet[Job]:
    return Job.objects.filter(pk=held.job.pk, token=held.token, state=Job.State.RUNNING)


def _tell_ended(job_id: int) -> None:
    job = Job.objects.get(pk=job_id)
    with tracing(job.request_id):
        job_ended.send_robust(sender=Job, job=job)


def _as_text(error: Exception) -> str:
    """The error in words that any database takes: no NUL, no lone surrogates, not endless."""
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    return words.encode(errors="backslashreplace").decode().replace("\0", "")
