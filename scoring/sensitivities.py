"""Reads on how steady a ranking is: what other constants and single scores would make of it."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jobs.models import Job
from record.prepared import Prepared
from scoring.models import Sensitivity


@dataclass(frozen=True)
class ScoreFlip:
    """One score of `slug` that, said otherwise, puts two neighbours in the other order; shares
    are those of draws in which `ahead` is ahead, now and then."""

    ahead: str
    behind: str
    slug: str
    dimension: str
    level: str
    level_then: str
    steps: int
    share_ahead: float
    share_ahead_then: float
    expected_rank_then: float


@dataclass(frozen=True)
class Steadiness:
    """`low` and `high` bound the expected rank over the constants in force and the others; `flips`
    are those that put it and a neighbour in the other order, the smaller change first."""

    expected_rank: float
    low: float
    high: float
    under: Mapping[str, float]
    flips: tuple[ScoreFlip, ...]


@dataclass(frozen=True)
class RankingSensitivity:
    """How steady a ranking is; `has_flips` is False where the list was too long to try scores."""

    run_id: int
    job_id: int
    draws: int
    engine: str
    seed: int
    digest: str
    receipt: Mapping[str, Any]
    constants: tuple[str, ...]
    has_flips: bool
    technologies: Mapping[str, Steadiness]


def sensitivity_of(*, run_id: int) -> Mapping[str, Steadiness]:
    """By slug, how steady each technology stands in a ranking; empty until that is computed."""
    found = ranking_sensitivity(run_id=run_id)
    return found.technologies if found else {}


def ranking_sensitivity(*, run_id: int) -> RankingSensitivity | None:
    rows = Sensitivity.objects.filter(run_id=run_id, job__state=Job.State.DONE)
    row = rows.select_related("job__result").defer("job__inputs").first()
    if row is None:
        return None
    job, headline = row.job, json.loads(row.job.result.headline)
    return RankingSensitivity(
        run_id=run_id,
        job_id=job.pk,
        draws=headline["draws"],
        engine=job.engine_version,
        seed=job.seed,
        digest=job.result.digest,
        receipt=job.result.receipt,
        constants=tuple(headline["constants"]),
        has_flips=headline["has_flips"],
        technologies={entry["id"]: _steadiness(entry) for entry in headline["technologies"]},
    )


def _steadiness(row: Mapping[str, Any]) -> Steadiness:
    return Steadiness(
        expected_rank=row["expected_rank"],
        low=row["low"],
        high=row["high"],
        under=row["under"],
        flips=tuple(
            ScoreFlip(slug=flip["id"], **{key: flip[key] for key in flip if key != "id"})
            for flip in row["flips"]
        ),
    )


def _newest() -> QuerySet[Sensitivity, tuple[int, datetime.datetime | None]]:
    done = Sensitivity.objects.filter(job__state=Job.State.DONE).order_by("-run_id")
    return done.values_list("run_id", "job__ended_at")[:1]


_NEWEST = Prepared(_newest)


def newest_sensitivity() -> tuple[int, datetime.datetime | None]:
    """The last run whose sensitivity is computed, and when that was done; 0 before the first."""
    run_id, ended_at = _NEWEST.first() or (0, None)
    return run_id, ended_at
