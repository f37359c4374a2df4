"""Opening runs. A burst of publications opens at most two of a kind: one at once, for the
first, and one when the burst is over, for all the others."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from assessments.models import Publication
from jobs.services import open_job
from record.clock import now, today
from record.trace import current_request_id
from scoring.models import Run, RunKind
from scoring.selectors import newest_publication_seq, newest_run, run_inputs

QUIET = datetime.timedelta(seconds=3)
PATIENCE = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class Question:
    """What a run answers."""

    kind: RunKind
    as_of: datetime.date
    known_on: datetime.date | None = None


@transaction.atomic
def open_run(*, question: Question, reason: str) -> Run:
    """A run of the record as it stands, answered by an earlier job where nothing moved."""
    inputs = run_inputs(kind=question.kind, as_of=question.as_of, known_on=question.known_on)
    job = open_job(
        kind=question.kind.value,
        inputs=inputs.values,
        engine_version=inputs.engine_version,
        seed=inputs.seed,
    )
    return Run.objects.create(
        kind=question.kind,
        lens=inputs.lens,
        as_of=question.as_of,
        known_on=question.known_on,
        reason=reason,
        publication_seq=newest_publication_seq(),
        request_id=current_request_id(),
        job=job,
    )


@transaction.atomic
def open_runs_for(*, publication: Publication) -> None:
    """A run of each kind is opened now, unless a burst is on: then the sweep opens it after."""
    for kind in RunKind:
        if not _is_in_burst(kind, publication):
            # By its address: the name may have been edited and not be public yet.
            reason = f"publication {publication.seq}: {publication.technology.slug}"
            open_run(question=Question(kind=kind, as_of=today()), reason=reason)


def _is_in_burst(kind: RunKind, publication: Publication) -> bool:
    since = now() - QUIET
    run = newest_run(kind)
    if run is not None and (_is_waited_for(run) or run.opened_at > since):
        return True
    others = Publication.objects.filter(seq__lt=publication.seq, at__gt=since)
    return run is not None and others.exists()


def _is_waited_for(run: Run) -> bool:
    return run.job.is_waited_for


def open_due_runs() -> None:
    """Runs that publications or a new day ask for are opened, once their burst is over."""
    for kind in RunKind:
        run = newest_run(kind)
        if run is None or not _is_waited_for(run):
            _open_due(kind, run)


@transaction.atomic
def _open_due(kind: RunKind, run: Run | None) -> None:
    newest = Publication.objects.select_related("technology").order_by("-seq").first()
    if newest is None:
        return
    if run is None or newest.seq > run.publication_seq:
        waited = run is None or run.opened_at <= now() - PATIENCE
        if newest.at <= now() - QUIET or waited:
            reason = f"publications up to {newest.seq}: {newest.technology.slug}"
            open_run(question=Question(kind=kind, as_of=today()), reason=reason)
    elif run.as_of < today():
        open_run(question=Question(kind=kind, as_of=today()), reason=f"a new day, {today()}")
