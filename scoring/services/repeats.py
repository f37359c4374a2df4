"""Repeating a run from its receipt."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jobs.kinds import JobOutput, kind_named
from jobs.models import Job
from scoring.models import Run
from scoring.services.computations import ENGINES


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
    job = run.job
    refusal = _refusal(run, job)
    if refusal:
        return Repeat(Verdict.NOT_REPEATABLE, refusal)
    output = kind_named(job.kind).compute(json.loads(job.inputs), seed=job.seed, report=unheard)
    return _compare(run, output)


def _refusal(run: Run, job: Job) -> str:
    if job.state != Job.State.DONE:
        return f"Run {run.seq} has no result to compare with: its job is {job.state}."
    if ENGINES.get(job.kind) != job.engine_version:
        return (
            f"Run {run.seq} was computed by {job.engine_version}, this is"
            f" {ENGINES.get(job.kind, 'another program')}: the old engine is needed to repeat it."
        )
    return ""


def _compare(run: Run, output: JobOutput) -> Repeat:
    stored = run.job.result
    if output.digest == stored.digest:
        return Repeat(Verdict.SAME, f"Run {run.seq}: same bytes ({stored.digest}).")
    largest = largest_difference(json.loads(stored.headline), output.headline)
    return Repeat(
        Verdict.DIFFERS, f"Run {run.seq} differs; the largest difference is {largest:.3g}."
    )


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
