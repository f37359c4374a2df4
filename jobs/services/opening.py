from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from jobs import bell
from jobs.kinds import kind_named
from jobs.models import Job
from jobs.services.parts import reopen_parts
from record.canonical import canonical_json, digest
from record.errors import Conflict, DomainError
from record.services import log_change
from record.trace import current_request_id


@transaction.atomic
def open_job(*, kind: str, inputs: dict[str, Any], engine_version: str, seed: int) -> Job:
    """The one job for this computation, made if it is new; a waiting one is rung after commit."""
    text = canonical_json(inputs)
    job, _ = Job.objects.get_or_create(
        kind=kind,
        inputs_digest=digest(text),
        engine_version=engine_version,
        seed=seed,
        defaults={
            "inputs": text,
            "queue": kind_named(kind).queue,
            "request_id": current_request_id(),
        },
    )
    if job.state == Job.State.QUEUED:
        transaction.on_commit(partial(bell.ring, job_id=job.pk, queue=job.queue))
    return job


@transaction.atomic
def reopen_job(*, job: Job, actor_id: int, reason: str) -> Job:
    """A parked job waits again with all its attempts, and the log says who asked and why."""
    if not reason.strip():
        raise DomainError(f"Say why job {job.pk} is opened again.", field="reason")
    if job.whole_id is not None:
        raise DomainError(f"Job {job.pk} is a part; open job {job.whole_id} again.", field="reason")
    state = _state_to_resume(job)
    reopened = Job.objects.filter(pk=job.pk, state=Job.State.PARKED).update(
        state=state,
        attempts=0,
        ended_at=None,
        due_at=Now(),
        rung_at=Now(),
        request_id=current_request_id() or job.request_id,
    )
    if not reopened:
        raise Conflict(f"Job {job.pk} is no longer parked; reload the page to see its state.")
    log_change(
        kind="job.reopened",
        subject_kind="job",
        subject_key=str(job.pk),
        actor_id=actor_id,
        reason=reason,
        before={"state": job.state, "attempts": job.attempts, "error": job.error},
        after={"state": state, "attempts": 0},
    )
    if state == Job.State.WAITING:
        reopen_parts(job)
    else:
        transaction.on_commit(partial(bell.ring, job_id=job.pk, queue=job.queue))
    job.refresh_from_db()
    return job


def _state_to_resume(job: Job) -> Job.State:
    """A job in parts whose parts are not all done goes on where it stopped."""
    unfinished = Job.objects.filter(whole_id=job.pk).exclude(state=Job.State.DONE)
    return Job.State.WAITING if unfinished.exists() else Job.State.QUEUED
