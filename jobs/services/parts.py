"""A job in parts: cut, counted together, woken for its end, and cleared away."""

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from jobs import bell
from jobs.kinds import Split
from jobs.models import Intermediate, Job
from jobs.services.leases import Lease, held_by, warn_too_late
from record.canonical import canonical_json, digest

logger = logging.getLogger(__name__)

STOPPED = "Stopped, because another part of the same job failed."


@transaction.atomic
def split_job(*, held: Lease, split: Split) -> bool:
    """The parts wait for workers and the whole for its parts, holding none."""
    whole = held.job
    parted = held_by(held).update(
        state=Job.State.WAITING,
        lease_until=None,
        error="",
        attempts=0,
        parts_total=len(split.parts),
        progress_done=0,
        progress_total=sum(part.size for part in split.parts),
    )
    if not parted:
        warn_too_late(held)
        return False
    Intermediate.objects.create(job_id=whole.pk, content=split.shared)
    for number, part in enumerate(split.parts):
        text = canonical_json({"whole": whole.inputs_digest, "number": number, "part": part.inputs})
        row = Job.objects.create(
            kind=f"{whole.kind}.part",
            inputs_digest=digest(text),
            engine_version=whole.engine_version,
            seed=whole.seed,
            inputs=text,
            queue=whole.queue,
            whole_id=whole.pk,
            progress_total=part.size,
            request_id=whole.request_id,
        )
        transaction.on_commit(partial(bell.ring, job_id=row.pk, queue=row.queue))
    return True


def whole_of(part: Job) -> int:
    if part.whole_id is None:
        raise ValueError(f"Job {part.pk} is no part of another.")
    return part.whole_id


@transaction.atomic
def finish_part(*, held: Lease, content: bytes, facts: dict[str, Any]) -> bool:
    """The contribution is kept, and the last part to end wakes the whole."""
    part, whole_id = held.job, whole_of(held.job)
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
    Intermediate.objects.create(job_id=part.pk, content=content, facts=facts)
    # The row of the whole is written before the others are counted: two parts that end at the
    # same moment then follow each other, and the second sees the first.
    Job.objects.filter(pk=whole_id).update(progress_done=F("progress_done") + part.progress_total)
    if not Job.objects.filter(whole_id=whole_id).exclude(state=Job.State.DONE).exists():
        _wake(whole_id, part.queue)
    return True


def _wake(whole_id: int, queue: str) -> None:
    waiting = Job.objects.filter(pk=whole_id, state=Job.State.WAITING)
    if waiting.update(state=Job.State.QUEUED, due_at=Now(), rung_at=Now()):
        logger.info("job %s: all parts are done", whole_id)
        transaction.on_commit(partial(bell.ring, job_id=whole_id, queue=queue))


def park_whole(*, part_id: int, error: str) -> int | None:
    """The id of the job that cannot end without this parked part; None where it is no part."""
    part = Job.objects.get(pk=part_id)
    if part.whole_id is None:
        return None
    siblings = Job.objects.filter(whole_id=part.whole_id)
    number = siblings.filter(pk__lte=part_id).count()
    sentence = f"Part {number} of {siblings.count()} failed at each of its attempts: {error}"
    Job.objects.filter(pk=part.whole_id, state=Job.State.WAITING).update(
        state=Job.State.PARKED, error=sentence, ended_at=Now()
    )
    siblings.filter(state=Job.State.QUEUED).update(
        state=Job.State.PARKED, error=STOPPED, ended_at=Now()
    )
    logger.error("job %s: parked: %s", part.whole_id, sentence)
    return part.whole_id


def reopen_parts(whole: Job) -> None:
    """Parts that failed or were stopped wait again; those that are done stay done."""
    parked = Job.objects.filter(whole_id=whole.pk, state=Job.State.PARKED)
    rows = list(parked.values_list("pk", flat=True))
    parked.update(state=Job.State.QUEUED, attempts=0, ended_at=None, due_at=Now(), rung_at=Now())
    for pk in rows:
        transaction.on_commit(partial(bell.ring, job_id=pk, queue=whole.queue))


def shared_bytes(whole_id: int) -> bytes:
    return bytes(Intermediate.objects.values_list("content", flat=True).get(pk=whole_id))


def contributions(whole: Job) -> Iterator[bytes]:
    """What each part left, in the order of the parts, one in memory at a time."""
    found = Intermediate.objects.filter(job__whole_id=whole.pk).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    if len(keys) != whole.parts_total:
        raise RuntimeError(
            f"{len(keys)} of the {whole.parts_total} parts of job {whole.pk} left their numbers."
        )
    for pk in keys:
        yield shared_bytes(pk)


def facts_of_parts(whole: Job) -> list[dict[str, Any]]:
    """Seconds and environment of each part, in their order."""
    rows = Intermediate.objects.filter(job__whole_id=whole.pk).order_by("pk")
    return list(rows.values_list("facts", flat=True))


def drop_parts(whole: Job) -> None:
    """With the result of the whole in place nobody needs what led to it."""
    Intermediate.objects.filter(job__whole_id=whole.pk).delete()
    Intermediate.objects.filter(pk=whole.pk).delete()
    Job.objects.filter(whole_id=whole.pk).delete()
