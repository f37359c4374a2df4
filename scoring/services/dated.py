"""Rankings of other dates: out of the ledger, computed at once when small, else by a worker."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobs.models import Job
from jobs.services import open_job
from record.canonical import canonical_json, digest
from record.errors import Conflict
from scoring.inputs import Inputs
from scoring.models import RunKind
from scoring.selectors import DEFAULT_LENS, RANKING_DRAWS, run_inputs
from scoring.services.computations import compute_ranking
from scoring.services.repeats import unheard

# About a second's work of one processor: technologies times draws.
AT_ONCE = 1_000_000


@dataclass(frozen=True)
class DatedRanking:
    """A ranking, and the run that first asked for it, if one did."""

    inputs_digest: str
    engine: str
    seed: int
    lens: str
    headline: Mapping[str, Any]
    arrays: bytes
    run_id: int | None = None
    finished_at: datetime.datetime | None = None


def ranking_of_dates(
    *, as_of: datetime.date, known_on: datetime.date | None, lens: str = DEFAULT_LENS
) -> DatedRanking | None:
    """The ranking of the record of those dates; None once a worker was asked for it."""
    inputs = run_inputs(kind=RunKind.RANKING, as_of=as_of, known_on=known_on, lens=lens)
    job = _job_of(inputs)
    if job is not None and job.state == Job.State.DONE:
        run_id = job.runs.order_by("seq").values_list("seq", flat=True).first()
        stored = json.loads(job.result.headline), bytes(job.result.arrays)
        return _dated(inputs, stored, run_id, job.ended_at)
    if len(inputs.values["technologies"]) * RANKING_DRAWS <= AT_ONCE:
        output = compute_ranking(inputs.values, seed=inputs.seed, report=unheard)
        return _dated(inputs, (output.headline, output.arrays), None, None)
    if job is not None and job.state == Job.State.PARKED:
        raise Conflict(
            f"Job {job.pk} failed five times over this ranking. An editor can open it again."
        )
    open_job(
        kind=RunKind.RANKING.value,
        inputs=inputs.values,
        engine_version=inputs.engine_version,
        seed=inputs.seed,
    )
    return None


def _job_of(inputs: Inputs) -> Job | None:
    same = Job.objects.filter(
        kind=RunKind.RANKING,
        inputs_digest=digest(canonical_json(inputs.values)),
        engine_version=inputs.engine_version,
        seed=inputs.seed,
    )
    return same.select_related("result").defer("inputs").first()


def _dated(
    inputs: Inputs,
    found: tuple[Mapping[str, Any], bytes],
    run_id: int | None,
    finished_at: datetime.datetime | None,
) -> DatedRanking:
    return DatedRanking(
        inputs_digest=digest(canonical_json(inputs.values)),
        engine=inputs.engine_version,
        seed=inputs.seed,
        lens=inputs.lens,
        headline=found[0],
        arrays=found[1],
        run_id=run_id,
        finished_at=finished_at,
    )
