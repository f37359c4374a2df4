"""Opening runs. A burst of publications opens at most two of a kind: one at once, for the
first, and one when the burst is over, for all the others."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from assessments.models import Publication
from jobs.models import Job
from jobs.services import open_job
from record.clock import now, today
from record.trace import current_request_id
from scoring.inputs import RANKING_ENGINE
from scoring.models import OF_THE_RECORD, Run, RunKind
from scoring.selectors import (
    DEFAULT_LENS,
    lens_keys,
    lens_versions,
    newest_lens_runs,
    newest_publication_seq,
    newest_run,
    run_inputs,
)

QUIET = datetime.timedelta(seconds=3)
PATIENCE = datetime.timedelta(seconds=60)
QUIET_FOR_LENSES = datetime.timedelta(seconds=10)


@dataclass(frozen=True)
class Question:
    """What a run answers."""

    kind: RunKind
    as_of: datetime.date
    known_on: datetime.date | None = None
    lens: str = DEFAULT_LENS


@transaction.atomic
def open_run(*, question: Question, reason: str) -> Run:
    """A run of the record as it stands, answered by an earlier job where nothing moved."""
    inputs = run_inputs(
        kind=question.kind,
        as_of=question.as_of,
        known_on=question.known_on,
        lens=question.lens,
    )
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
    for kind in OF_THE_RECORD:
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
    for kind in OF_THE_RECORD:
        _open_due(kind)
    open_due_lens_run()


def held_newest_run(kind: RunKind) -> Run | None:
    """The newest run; of two that ask in transactions the second waits for the first to end."""
    run = newest_run(kind)
    if run is not None:
        list(Job.objects.select_for_update().filter(pk=run.job_id).values_list("pk"))
        run = newest_run(kind)
    return run


@transaction.atomic
def _open_due(kind: RunKind) -> None:
    run = held_newest_run(kind)
    if run is not None and _is_waited_for(run):
        return
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


@transaction.atomic
def open_due_lens_run() -> None:
    """One ranking under another lens is opened, where it is behind the default one and nothing
    else is going on: the default is done and up to date, and no other lens is computed."""
    held_newest_run(RunKind.RANKING)
    runs = newest_lens_runs()
    default = runs.get(DEFAULT_LENS)
    if default is None or any(_is_waited_for(run) for run in runs.values()):
        return
    if default.job.state != Job.State.DONE or not is_quiet(default):
        return
    made_at = {key: row.at for key, row in lens_versions().items()}
    for key in lens_keys():
        run = runs.get(key)
        if key != DEFAULT_LENS and (run is None or _is_behind(run, default, made_at.get(key))):
            question = Question(kind=RunKind.RANKING, as_of=default.as_of, lens=key)
            open_run(question=question, reason=f"the lens {key}, after run {default.seq}")
            return


def is_quiet(default: Run) -> bool:
    """The run knows all that was published, and nothing was for a while."""
    newest = Publication.objects.order_by("-seq").values_list("seq", "at").first()
    if newest is None or newest[0] > default.publication_seq or default.as_of < today():
        return False
    return bool(newest[1] <= now() - QUIET_FOR_LENSES)


def _is_behind(run: Run, default: Run, made_at: datetime.datetime | None) -> bool:
    """Since it the record, the day, the engine or the lens itself has moved."""
    if run.publication_seq < default.publication_seq or run.as_of < default.as_of:
        return True
    if made_at is not None and made_at > run.opened_at:
        return True
    return str(run.job.engine_version) != RANKING_ENGINE
