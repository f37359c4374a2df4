"""What was computed of indicators and predictions, for pages and programs."""

import datetime
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from jobs.models import Job
from scoring.forecast_results import (
    FanResult,
    ModelChance,
    NamedBaseline,
    Part,
    Pooled,
    PredictionResult,
    Quantity,
)
from scoring.models import Run, RunKind
from scoring.track_record import TrackRecord

__all__ = [
    "FanResult",
    "ModelChance",
    "NamedBaseline",
    "Part",
    "Pooled",
    "PredictionResult",
    "ProbabilityPoint",
    "Quantity",
    "TrackRecord",
    "latest_forecasts",
    "latest_predictions",
    "probability_history",
    "track_record",
]


@dataclass(frozen=True)
class ProbabilityPoint:
    """What one finished run gave a prediction; None where there was no pool or no model."""

    at: datetime.datetime
    as_of: datetime.date
    run_id: int
    reason: str
    pool: float | None
    low: float | None
    high: float | None
    model: float | None
    members: int


def _done(kind: RunKind) -> QuerySet[Run]:
    return Run.objects.filter(kind=kind, job__state=Job.State.DONE)


def _newest(kind: RunKind, subjects: Collection[str]) -> QuerySet[Run]:
    newest = _done(kind).filter(subject__in=subjects).order_by()
    ids = newest.values("subject").annotate(newest=Max("seq")).values("newest")
    return Run.objects.filter(seq__in=ids).select_related("job__result").defer("job__inputs")


def newest_runs(kind: RunKind, subjects: Collection[str]) -> dict[str, Run]:
    """By subject, the newest run whether it is finished or not."""
    rows = Run.objects.filter(kind=kind, subject__in=subjects).order_by()
    ids = rows.values("subject").annotate(newest=Max("seq")).values("newest")
    runs = Run.objects.filter(seq__in=ids).select_related("job").defer("job__inputs")
    return {run.subject: run for run in runs}


def latest_forecasts(slugs: Collection[str]) -> dict[str, FanResult]:
    """By slug, the last finished forecast of each of these indicators that has one."""
    return {
        run.subject: FanResult.from_headline(
            json.loads(run.job.result.headline), run_id=run.seq, finished_at=run.job.ended_at
        )
        for run in _newest(RunKind.FORECAST, slugs)
    }


def latest_predictions(keys: Collection[str]) -> dict[str, PredictionResult]:
    """By key, the last finished result of each of these predictions that has one."""
    return {run.subject: _result(run) for run in _newest(RunKind.PREDICTION, keys)}


def results_standing(
    wanted: Mapping[str, Collection[datetime.date]],
) -> dict[tuple[str, datetime.date], PredictionResult]:
    """By key and day, what was the last finished result of the prediction at the end of that day;
    nothing for days before its first run."""
    facts = _done(RunKind.PREDICTION).filter(subject__in=wanted).order_by("seq")
    chosen: dict[tuple[str, datetime.date], int] = {}
    for seq, subject, opened_at in facts.values_list("seq", "subject", "opened_at"):
        for day in wanted[subject]:
            if opened_at.date() <= day:
                chosen[subject, day] = seq
    runs = Run.objects.filter(seq__in=set(chosen.values())).select_related("job__result")
    results = {run.seq: _result(run) for run in runs.defer("job__inputs")}
    return {place: results[seq] for place, seq in chosen.items()}


def _result(run: Run) -> PredictionResult:
    return PredictionResult.from_headline(
        json.loads(run.job.result.headline),
        as_of=run.as_of,
        run_id=run.seq,
        finished_at=run.job.ended_at,
    )


def probability_history(key: str) -> tuple[ProbabilityPoint, ...]:
    """What each finished run gave it, oldest first; numbers and dates have no probability."""
    runs = _done(RunKind.PREDICTION).filter(subject=key).order_by("seq")
    found = []
    for run in runs.select_related("job__result").defer("job__inputs"):
        result = _result(run)
        if result.model is not None or result.pool is not None:
            found.append(_point(run, result))
    return tuple(found)


def _point(run: Run, result: PredictionResult) -> ProbabilityPoint:
    pool, model = result.pool, result.model
    return ProbabilityPoint(
        at=run.opened_at,
        as_of=run.as_of,
        run_id=run.seq,
        reason=run.reason,
        pool=pool.p if pool else None,
        low=pool.low if pool else None,
        high=pool.high if pool else None,
        model=model.p if model else None,
        members=pool.members if pool else 0,
    )


def _newest_scores() -> Run | None:
    return _done(RunKind.SCORES).select_related("job__result").defer("job__inputs").first()


def track_record() -> TrackRecord | None:
    """The last finished one; None before the first prediction has resolved."""
    run = _newest_scores()
    if run is None:
        return None
    return TrackRecord.from_headline(
        json.loads(run.job.result.headline),
        as_of=run.as_of,
        run_id=run.seq,
        finished_at=run.job.ended_at,
    )


def scores_headline() -> dict[str, Any] | None:
    """The same as it is stored."""
    run = _newest_scores()
    return json.loads(run.job.result.headline) if run else None
