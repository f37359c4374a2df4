"""Repeating a run from its receipt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jobs.kinds import JobOutput, kind_named
from jobs.models import Job
from scoring.models import Run, Sensitivity
from scoring.services.computations import ENGINES
from scoring.services.forecast_computations import FORECAST_ENGINE
from scoring.services.prediction_computations import PREDICTION_ENGINE
from scoring.services.score_computations import SCORES_ENGINE
from scoring.services.sensitivities import SENSITIVITY, SENSITIVITY_ENGINE

OF_PREDICTIONS = {
    "forecast": FORECAST_ENGINE,
    "prediction": PREDICTION_ENGINE,
    "scores": SCORES_ENGINE,
}


class Verdict(Enum):
    SAME = 0
    DIFFERS = 1
    NOT_REPEATABLE = 2


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True)
class Repeat:
    verdict: Verdict
    sentence: str


def repeat_run(*, run: Run) -> Repeat:
    """The run is computed beside its stored result and compared; nothing is stored."""
    return _repeat(run.job, f"Run {run.seq}", ENGINES | OF_PREDICTIONS)


def repeat_sensitivity(*, run: Run) -> Repeat:
    """The same of what was computed beside the run under other constants and scores."""
    found = Sensitivity.objects.filter(run_id=run.seq).select_related("job").first()
    if found is None:
        return Repeat(Verdict.NOT_REPEATABLE, f"No sensitivity was computed beside run {run.seq}.")
    return _repeat(
        found.job, f"The sensitivity of run {run.seq}", {SENSITIVITY: SENSITIVITY_ENGINE}
    )


def _repeat(job: Job, what: str, engines: Mapping[str, str]) -> Repeat:
    refusal = _refusal(job, what, engines)
    if refusal:
        return Repeat(Verdict.NOT_REPEATABLE, refusal)
    output = kind_named(job.kind).compute(json.loads(job.inputs), seed=job.seed, report=unheard)
    return _compare(job, what, output)


def _refusal(job: Job, what: str, engines: Mapping[str, str]) -> str:
    if job.state != Job.State.DONE:
        return f"{what} has no result to compare with: its job is {job.state}."
    if engines.get(job.kind) != job.engine_version:
        return (
            f"{what} was computed by {job.engine_version}, this is"
            f" {engines.get(job.kind, 'another program')}: the old engine is needed to repeat it."
        )
    return ""


def _compare(job: Job, what: str, output: JobOutput) -> Repeat:
    stored = job.result
    if output.digest == stored.digest:
        return Repeat(Verdict.SAME, f"{what}: same bytes ({stored.digest}).")
    largest = largest_difference(json.loads(stored.headline), output.headline)
    return Repeat(Verdict.DIFFERS, f"{what} differs; the largest difference is {largest:.3g}.")


def largest_difference(old: Any, new: Any) -> float:
    """The largest gap between two numbers at the same place; infinite where shapes differ."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return max((largest_difference(old[key], new[key]) for key in old), default=0.0)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return max((largest_difference(a, b) for a, b in pairs), default=0.0)
    if isinstance(old, int | float) and isinstance(new, int | float):
        return abs(float(old) - float(new))
    return 0.0 if old == new else float("inf")
