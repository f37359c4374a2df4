"""Every change of a job's state while it is worked on: one conditional UPDATE each."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from jobs.kinds import JobOutput
from jobs.limits import MAX_ATTEMPTS, backoff, lease
from jobs.models import Job, JobResult
from jobs.services.leases import Lease, expired, held_by, tell_ended, warn_too_late
from jobs.services.parts import drop_parts, park_whole

logger = logging.getLogger(__name__)

WORKER_LOST = f"The worker stopped without a word at each of {MAX_ATTEMPTS} attempts."
LONGEST_ERROR = 2000


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
            **_fresh_progress(job),
            started_at=Now(),
        )
    )
    if not taken:
        park_exhausted(job_id=job_id)
        return None
    job.refresh_from_db()
    return Lease(job, job.token)


def _fresh_progress(job: Job) -> dict[str, int]:
    """A part keeps the size that it was cut to, and a whole whose parts are done what they did."""
    if job.parts_total:
        return {}
    return {"progress_done": 0} if job.whole_id else {"progress_done": 0, "progress_total": 0}


@transaction.atomic
def finish_job(*, held: Lease, output: JobOutput, receipt: dict[str, Any]) -> bool:
    """Result and end state stand together, or, when the lease was lost, nothing is written."""
    headline, arrays, digest = output.headline_json, output.arrays, output.digest
    ended = held_by(held).update(
        state=Job.State.DONE,
        lease_until=None,
        error="",
        progress_done=F("progress_total"),
        ended_at=Now(),
    )
    if not ended:
        warn_too_late(held)
        return False
    if held.job.parts_total:
        drop_parts(held.job)
    JobResult.objects.create(
        job_id=held.job.pk, headline=headline, arrays=arrays, digest=digest, receipt=receipt
    )
    transaction.on_commit(partial(tell_ended, held.job.pk))
    return True


@transaction.atomic
def release_job(*, held: Lease, error: Exception) -> bool:
    """After a failed attempt the job waits for the next one, or is parked after the last."""
    if held.job.attempts >= MAX_ATTEMPTS:
        return _park(held_by(held), job_id=held.job.pk, error=_as_text(error))
    return bool(
        held_by(held).update(
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
        whole_id = park_whole(part_id=job_id, error=error)
        transaction.on_commit(partial(tell_ended, whole_id or job_id))
    return bool(parked)


def _held_by(held: Lease) -> QuerySet[Job]:
    return Job.objects.filter(pk=held.job.pk, token=held.token, state=Job.State.RUNNING)


def _as_text(error: Exception) -> str:
    """The error in words that any database takes: no NUL, no lone surrogates, not endless."""
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    return words.encode(errors="backslashreplace").decode().replace("\0", "")
