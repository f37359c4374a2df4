import json
import logging
from time import monotonic

from django.db import close_old_connections, connection

from jobs.heartbeat import Heartbeat, LeaseLostError
from jobs.kinds import JobOutput, kind_named
from jobs.receipts import make_receipt
from jobs.services.leasing import Lease, finish_job, lease_job, release_job
from record.trace import tracing

logger = logging.getLogger(__name__)


def execute_job(*, job_id: int) -> None:
    """The job is one attempt further: done, waiting again or parked. Safe to call at any time."""
    held = lease_job(job_id=job_id)
    if held is None:
        return
    with tracing(held.job.request_id):
        logger.info("job %s: attempt %s of %s", job_id, held.job.attempts, held.job.kind)
        try:
            _compute_and_finish(held)
        except LeaseLostError:
            logger.warning("job %s: given up, another worker has it", job_id)
        except Exception as error:
            logger.exception("job %s: attempt %s failed", job_id, held.job.attempts)
            _drop_a_dead_connection()
            release_job(held=held, error=error)


def _compute_and_finish(held: Lease) -> None:
    started = monotonic()
    output = _compute(held)
    receipt = make_receipt(job=held.job, seconds=monotonic() - started)
    _drop_a_dead_connection()
    if finish_job(held=held, output=output, receipt=receipt):
        logger.info("job %s: done", held.job.pk)


def _compute(held: Lease) -> JobOutput:
    job = held.job
    kind = kind_named(job.kind)
    with Heartbeat(job_id=job.pk, token=held.token) as heartbeat:
        return kind.compute(json.loads(job.inputs), seed=job.seed, report=heartbeat.report)


def _drop_a_dead_connection() -> None:
    """The database may have restarted during the computation."""
    if not connection.in_atomic_block:
        close_old_connections()
