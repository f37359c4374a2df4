"""How far a finished ranking moves under other constants, and with other single scores."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jobs.kinds import JobOutput, Kind, Report, register_kind
from jobs.models import Job
from jobs.services import open_job
from scoring.engine.sensitivity import Flip, UnderOthers, flips, under_other_constants
from scoring.inputs import RANKING_ENGINE
from scoring.models import Run, RunKind, Sensitivity
from scoring.selectors import latest_finished_seq, run_in_progress
from scoring.services.computations import rules_of, technology_of

SENSITIVITY = "sensitivity"
SENSITIVITY_ENGINE = f"sensitivity/1 of {RANKING_ENGINE}"
MOST_DRAWS, FEWEST_DRAWS = 4_096, 512
MOST_WORK = 400_000
"""Technologies times draws of one of the rankings that are compared."""
MOST_FOR_FLIPS = 2_000
"""Technologies; in a longer list no single score is tried."""
DIGITS = 4


def draws_for(technologies: int) -> int:
    return max(FEWEST_DRAWS, min(MOST_DRAWS, MOST_WORK // max(technologies, 1)))


@transaction.atomic
def open_sensitivity(*, run: Run) -> Sensitivity | None:
    """The run's sensitivity, waiting to be computed beside it; None where it cannot be."""
    if run.kind != RunKind.RANKING or run.job.state != Job.State.DONE:
        return None
    if run.job.engine_version != RANKING_ENGINE:
        return None
    job = open_job(
        kind=SENSITIVITY,
        inputs=_inputs(run.job),
        engine_version=SENSITIVITY_ENGINE,
        seed=run.job.seed,
    )
    return Sensitivity.objects.get_or_create(run=run, defaults={"job": job})[0]


def open_due_sensitivity() -> None:
    """The last finished ranking of the default lens has its sensitivity computed, once; while a
    newer ranking is on its way that one is waited for."""
    if run_in_progress(RunKind.RANKING) is not None:
        return
    seq, _ = latest_finished_seq(RunKind.RANKING)
    due = Run.objects.filter(pk=seq, sensitivity=None, job__engine_version=RANKING_ENGINE)
    run = due.select_related("job__result").first()
    if run is not None:
        open_sensitivity(run=run)


def _inputs(job: Job) -> dict[str, Any]:
    values = json.loads(job.inputs)
    rows = json.loads(job.result.headline)["technologies"]
    expected = {row["id"]: row["expected_rank"] for row in rows if row["is_ranked"]}
    return {
        "computation": SENSITIVITY,
        "draws": draws_for(len(expected)),
        "expected": expected,
        "ranking": {
            key: values[key] for key in ("lens", "tables", "technologies", "today") if key in values
        },
    }


def compute_sensitivity(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    ranking, draws, expected = inputs["ranking"], inputs["draws"], inputs["expected"]
    rules = rules_of(ranking)
    technologies = [technology_of(row) for row in ranking["technologies"]]
    under = under_other_constants(technologies, rules, draws=draws, seed=seed)
    report(1, 2)
    has_flips = len(expected) <= MOST_FOR_FLIPS
    found: tuple[Flip, ...] = ()
    if has_flips:
        found = flips(technologies, rules, expected=expected, draws=draws, seed=seed)
    report(2, 2)
    headline = {
        "draws": draws,
        "seed": seed,
        "constants": list(under.names),
        "has_flips": has_flips,
        "technologies": _rows(under, expected, found),
    }
    return JobOutput(headline=headline)


def _rows(
    under: UnderOthers, expected: Mapping[str, float], found: tuple[Flip, ...]
) -> list[dict[str, Any]]:
    """The difference that other constants make on few draws is added to the rank of many."""
    rows = []
    for i, slug in enumerate(under.ids):
        moved = under.by_name[i] - under.expected_rank[i]
        ranks = [round(expected[slug] + float(by), DIGITS) for by in moved]
        rows.append(
            {
                "id": slug,
                "expected_rank": expected[slug],
                "low": min(expected[slug], *ranks),
                "high": max(expected[slug], *ranks),
                "under": dict(zip(under.names, ranks, strict=True)),
                "flips": [_flip(flip) for flip in found if slug in (flip.ahead, flip.behind)],
            }
        )
    return rows


def _flip(flip: Flip) -> dict[str, Any]:
    return {
        "ahead": flip.ahead,
        "behind": flip.behind,
        "id": flip.id,
        "dimension": flip.dimension,
        "level": flip.level,
        "level_then": flip.level_then,
        "steps": flip.steps,
        "share_ahead": round(flip.share_ahead, DIGITS),
        "share_ahead_then": round(flip.share_ahead_then, DIGITS),
        "expected_rank_then": round(flip.expected_rank_then, DIGITS),
    }


def register_sensitivities() -> None:
    register_kind(Kind(name=SENSITIVITY, queue="compute", compute=compute_sensitivity))
