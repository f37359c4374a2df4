"""Opening runs of single indicators and predictions. What moved is told by a mark of each subject:
where it differs from the mark of the newest run, another run is due. A burst opens at most two runs
of a subject, one at once and one when it is over."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from assessments.models import Prediction
from assessments.predictions import PredictionRecord, forecasts_of, predictions
from evidence.models import Indicator
from evidence.selectors import Series, series_of
from jobs.models import Job
from jobs.services import open_job
from record.clock import now, today
from record.trace import current_request_id
from scoring.figures import figures_of, verdict_on
from scoring.forecast_inputs import forecast_values, prediction_values, seed_of
from scoring.models import Run, RunKind
from scoring.predictions import newest_runs, scores_headline
from scoring.resolutions import closed_keys
from scoring.services.forecast_computations import FORECAST_ENGINE
from scoring.services.prediction_computations import PREDICTION_ENGINE
from scoring.track_record import learnt_from
from scoring.verdicts import Verdict

QUIET = datetime.timedelta(seconds=3)
MOST_AT_ONCE = 200
"""Runs that one sweep opens; the next one goes on."""
AT_A_TIME = 50
"""Of these the inputs are read together, and all of them stand in one transaction."""


@dataclass(frozen=True)
class Wanted:
    """A subject of which a run can be opened, and what is known of it in short."""

    kind: RunKind
    subject: str
    mark: str
    as_of: datetime.date


def open_runs_for_indicator(*, slug: str, reason: str) -> None:
    """A forecast of the indicator, and a run of each open prediction that reads it."""
    _open_unless_in_burst(_wanted_forecasts([slug]), reason)
    keys = Prediction.objects.standing().filter(indicator=slug).values_list("key", flat=True)
    _open_unless_in_burst(_wanted_predictions(set(keys)), reason)


def open_run_for_prediction(*, key: str, reason: str) -> None:
    """A run of that prediction alone, if it is open."""
    _open_unless_in_burst(_wanted_predictions({key}), reason)


def open_due_forecasts() -> None:
    """Runs that bursts left over or a new day asks for."""
    due = [*_due(_wanted_forecasts(None)), *_due(_wanted_predictions(None))][:MOST_AT_ONCE]
    for kind in (RunKind.FORECAST, RunKind.PREDICTION):
        of_kind = [wanted for wanted, _ in due if wanted.kind == kind]
        for begun in range(0, len(of_kind), AT_A_TIME):
            _open_still_due(kind, of_kind[begun : begun + AT_A_TIME])


def _wanted_forecasts(slugs: Collection[str] | None) -> list[Wanted]:
    rows = Indicator.objects.filter(is_public=True).order_by("slug")
    if slugs is not None:
        rows = rows.filter(slug__in=slugs)
    day = today()
    return [
        Wanted(RunKind.FORECAST, slug, f"{FORECAST_ENGINE} {mark}", day)
        for slug, mark in _indicator_marks(rows).items()
    ]


def _indicator_marks(rows: Any) -> dict[str, str]:
    counted = rows.annotate(newest=Max("observations__id"))
    facts = counted.values_list("slug", "newest", "version")
    return {slug: f"{newest}.{version}" for slug, newest, version in facts if newest}


def _wanted_predictions(keys: Collection[str] | None) -> list[Wanted]:
    """Open ones that readers see: runs are numbered, and a run on a draft would tell of it. So
    hidden forecasts ask for none either: the run of the next day takes them in. Of what is
    resolved or withdrawn nothing is computed."""
    rows = Prediction.objects.published().order_by("key")
    if keys is not None:
        rows = rows.filter(key__in=keys)
    facts = list(
        rows.annotate(said=Max("forecasts__id", filter=Q(hides_forecasts=False))).values_list(
            "key", "indicator", "deadline", "said"
        )
    )
    closed = closed_keys()
    slugs = {indicator for _, indicator, _, _ in facts if indicator}
    marks = _indicator_marks(Indicator.objects.filter(slug__in=slugs))
    day = today()
    return [
        Wanted(
            RunKind.PREDICTION,
            key,
            f"{PREDICTION_ENGINE} {marks.get(indicator, '')}.{said or 0}",
            min(day, deadline),
        )
        for key, indicator, deadline, said in facts
        if key not in closed
    ]


def _open_unless_in_burst(wanted: Iterable[Wanted], reason: str) -> None:
    listed = list(wanted)
    for kind in {row.kind for row in listed}:
        of_kind = [row for row in listed if row.kind == kind]
        newest = newest_runs(kind, [row.subject for row in of_kind])
        free = [row for row in of_kind if not _is_busy(newest.get(row.subject))]
        _open([(row, reason) for row in free])


def _is_busy(run: Run | None) -> bool:
    return run is not None and (run.job.is_waited_for or run.opened_at > now() - QUIET)


def _due(wanted: Iterable[Wanted]) -> list[tuple[Wanted, str]]:
    listed = list(wanted)
    if not listed:
        return []
    newest = newest_runs(listed[0].kind, [row.subject for row in listed])
    found = ((row, _why_due(row, newest.get(row.subject))) for row in listed)
    return [(row, reason) for row, reason in found if reason]


def _why_due(wanted: Wanted, run: Run | None) -> str:
    """Empty where nothing is due."""
    if run is None:
        return "for the first time"
    if _is_busy(run):
        return ""
    if run.mark != wanted.mark:
        return "what is known has moved"
    if wanted.kind == RunKind.PREDICTION and run.as_of < wanted.as_of:
        return f"a new day, {wanted.as_of}"
    return ""


@transaction.atomic
def _open_still_due(kind: RunKind, wanted: Iterable[Wanted]) -> None:
    """Of two sweeps at the same time the second finds the runs of the first."""
    listed = list(wanted)
    runs = newest_runs(kind, [row.subject for row in listed])
    held = Job.objects.select_for_update().filter(pk__in={run.job_id for run in runs.values()})
    list(held.order_by("pk").values_list("pk"))
    _open(_due(listed))


@transaction.atomic
def _open(wanted: Iterable[tuple[Wanted, str]]) -> None:
    listed = list(wanted)
    forecasts = [one for one in listed if one[0].kind == RunKind.FORECAST]
    if forecasts:
        series = series_of([row.subject for row, _ in forecasts])
        for row, reason in forecasts:
            _open_one(row, forecast_values(series[row.subject]), FORECAST_ENGINE, reason)
    asked = [one for one in listed if one[0].kind == RunKind.PREDICTION]
    if asked:
        values = prediction_inputs(keys=[row.subject for row, _ in asked])
        for row, reason in asked:
            _open_one(row, values[row.subject], PREDICTION_ENGINE, reason)


def prediction_inputs(*, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """By key, what a run of that prediction would be computed from."""
    records = predictions(keys=keys)
    said = forecasts_of([record.key for record in records])
    slugs = {record.indicator for record in records if record.indicator}
    series, figures = series_of(slugs), figures_of(slugs)
    learnt = learnt_from(scores_headline())
    return {
        record.key: _inputs(
            record,
            series.get(record.indicator),
            verdict_on(record, series.get(record.indicator), figures),
            said[record.key],
            learnt,
        )
        for record in records
    }


def _inputs(
    record: PredictionRecord,
    series: Series | None,
    answer: Verdict | None,
    said: Iterable[Any],
    learnt: Mapping[str, Any],
) -> dict[str, Any]:
    """Once it has closed, what stood at its close goes on standing until it is resolved."""
    instant = min(now(), record.closes_at - datetime.timedelta(microseconds=1))
    return prediction_values(
        record,
        series=series,
        answer=answer,
        forecasts=[row for row in said if row.stands_at(instant)],
        today=min(today(), record.deadline),
        learnt=learnt["demonstration" if record.is_demonstration else "real"],
    )


def _open_one(wanted: Wanted, inputs: dict[str, Any], engine: str, reason: str) -> Run:
    job = open_job(
        kind=wanted.kind.value,
        inputs=inputs,
        engine_version=engine,
        seed=seed_of((inputs["series"] or {}).get("indicator", wanted.subject)),
    )
    return Run.objects.create(
        kind=wanted.kind,
        subject=wanted.subject,
        as_of=wanted.as_of,
        reason=reason,
        mark=wanted.mark,
        request_id=current_request_id(),
        job=job,
    )
