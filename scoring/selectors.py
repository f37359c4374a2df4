"""Reads on runs and their results."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.selectors import newest_publication_seq, published_cards
from jobs.models import Job
from record.clock import today
from scoring.engine import smaa
from scoring.engine.bands import pairwise_word
from scoring.inputs import (
    OUTLOOK_ENGINE,
    RANKING_ENGINE,
    Inputs,
    outlook_values,
    ranking_values,
)
from scoring.models import Run, RunKind

SEED = 20300101
RANKING_DRAWS = 10_000
OUTLOOK_DRAWS = 20_000
HORIZON_YEAR = 2030
DEFAULT_LENS = "even-handed"

__all__ = ["newest_publication_seq", "pairwise_word"]


@dataclass(frozen=True)
class Finished:
    """A run with the headline of its result."""

    run: Run
    headline: dict[str, Any]
    arrays: bytes


def run_inputs(
    *,
    kind: RunKind,
    as_of: datetime.date,
    known_on: datetime.date | None,
    draws: int | None = None,
) -> Inputs:
    """What a run of that kind would be computed from."""
    past = as_of if as_of < today() else None
    cards = published_cards(as_of=past, known_on=known_on)
    if kind == RunKind.OUTLOOK:
        values = outlook_values(
            cards, today=as_of, horizon_year=HORIZON_YEAR, draws=draws or OUTLOOK_DRAWS
        )
        return Inputs(values=values, engine_version=OUTLOOK_ENGINE, seed=SEED)
    values = ranking_values(cards, as_of=as_of, lens=DEFAULT_LENS, draws=draws or RANKING_DRAWS)
    return Inputs(values=values, engine_version=RANKING_ENGINE, seed=SEED, lens=DEFAULT_LENS)


def newest_run(kind: RunKind) -> Run | None:
    return Run.objects.filter(kind=kind).select_related("job").first()


def latest_finished(kind: RunKind) -> Finished | None:
    """The last run whose job is done: what pages show while a newer one computes."""
    done = Run.objects.filter(kind=kind, job__state=Job.State.DONE)
    run = done.select_related("job__result").first()
    return finished(run) if run else None


def latest_finished_seq(kind: RunKind) -> int:
    """Which run that is, without reading its result; 0 before the first."""
    done = Run.objects.filter(kind=kind, job__state=Job.State.DONE)
    return done.values_list("seq", flat=True).first() or 0


def finished(run: Run) -> Finished:
    result = run.job.result
    return Finished(run=run, headline=json.loads(result.headline), arrays=bytes(result.arrays))


def arrays_of(ranking: Finished) -> dict[str, NDArray[np.generic]]:
    """The indices that a ranking's headline leaves out, rows following `ids`."""
    return smaa.read_arrays(ranking.arrays)


def run_in_progress(kind: RunKind) -> Run | None:
    """The newest run, when it is still waited for."""
    run = newest_run(kind)
    if run is None or run.job.state not in {Job.State.QUEUED, Job.State.RUNNING}:
        return None
    return run
