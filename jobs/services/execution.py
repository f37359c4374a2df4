import json
import logging
from time import monotonic
from typing import Any

from django.db import close_old_connections, connection

from jobs.heartbeat import Heartbeat, LeaseLostError
from jobs.kinds import InParts, JobOutput, Kind, Split, kind_named
from jobs.models import Job
from jobs.receipts import computing_environment, make_receipt, receipt_of_whole
from jobs.services.leases import Lease
from jobs.services.leasing import finish_job, lease_job, release_job
from jobs.services.parts import (
    contributions,
    facts_of_parts,
    finish_part,
    shared_bytes,
    split_job,
    whole_of,
)
from record.trace import tracing

logger = logging.getLogger(__name__)


def execute_job(*, job_id: int) -> None:
    """The job is one attempt further: done, cut, waiting again or parked. Safe at any time."""
    held = lease_job(job_id=job_id)
    if held is None:
        return
    with tracing(held.job.request_id):
        logger.info("job %s: attempt %s of %s", job_id, held.job.attempts, held.job.kind)
        try:
            _attempt(held)
        except LeaseLostError:
            logger.warning("job %s: given up, another worker has it", job_id)
        except Exception as error:
            logger.exception("job %s: attempt %s failed", job_id, held.job.attempts)
            _drop_a_dead_connection()
            release_job(held=held, error=error)


def _attempt(held: Lease) -> None:
    if held.job.whole_id is not None:
        _compute_part(held, _in_parts(Job.objects.get(pk=held.job.whole_id)))
    elif held.job.parts_total:
        _merge_and_finish(held, _in_parts(held.job))
    else:
        _compute_or_split(held, kind_named(held.job.kind))


def _in_parts(whole: Job) -> InParts:
    in_parts = kind_named(whole.kind).in_parts
    if in_parts is None:
        raise LookupError(f"Jobs of kind {whole.kind!r} are not computed in parts here.")
    return in_parts


def _compute_or_split(held: Lease, kind: Kind) -> None:
    started = monotonic()
    job, inputs = held.job, json.loads(held.job.inputs)
    found: Split | JobOutput | None = None
    with Heartbeat(job_id=job.pk, token=held.token) as heartbeat:
        if kind.in_parts is not None:
            found = kind.in_parts.split(inputs, seed=job.seed, report=heartbeat.report)
        if found is None:
            found = kind.compute(inputs, seed=job.seed, report=heartbeat.report)
    receipt = make_receipt(job=job, seconds=monotonic() - started)
    _drop_a_dead_connection()
    if isinstance(found, Split):
        if split_job(held=held, split=found):
            logger.info("job %s: cut into %s parts", job.pk, len(found.parts))
    else:
        _finish(held, found, receipt)


def _compute_part(held: Lease, in_parts: InParts) -> None:
    started = monotonic()
    job = held.job
    inputs, shared = json.loads(job.inputs)["part"], shared_bytes(whole_of(job))
    with Heartbeat(job_id=job.pk, token=held.token) as heartbeat:
        content = in_parts.part(inputs, shared=shared, seed=job.seed, report=heartbeat.report)
    facts = {"seconds": round(monotonic() - started, 3), **computing_environment()}
    _drop_a_dead_connection()
    if finish_part(held=held, content=content, facts=facts):
        logger.info("job %s: part of job %s done", job.pk, job.whole_id)


def _merge_and_finish(held: Lease, in_parts: InParts) -> None:
    started = monotonic()
    job = held.job
    with Heartbeat(job_id=job.pk, token=held.token, progress=_progress(job)):
        output = in_parts.merge(
            json.loads(job.inputs),
            shared=shared_bytes(job.pk),
            outputs=contributions(job),
            seed=job.seed,
        )
    parts = facts_of_parts(job)
    receipt = receipt_of_whole(job=job, seconds=monotonic() - started, parts=parts)
    _drop_a_dead_connection()
    _finish(held, output, receipt)


def _progress(job: Job) -> tuple[int, int]:
    return job.progress_done, job.progress_total


def _finish(held: Lease, output: JobOutput, receipt: dict[str, Any]) -> None:
    if finish_job(held=held, output=output, receipt=receipt):
        logger.info("job %s: done", held.job.pk)


def _drop_a_dead_connection() -> None:
    """The database may have restarted during the computation."""
    if not connection.in_atomic_block:
        close_old_connections()
