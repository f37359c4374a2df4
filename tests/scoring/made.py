"""Inputs of rankings without a record behind them, and a worker without a broker."""

from typing import Any

import numpy as np

from jobs.models import Job
from jobs.services import execute_job
from scoring.engine.lenses import SHIPPED, lens_values
from scoring.inputs import JUDGED, even_tables


def ranking_inputs(technologies: int, draws: int, *, lens: str = "even-handed") -> dict[str, Any]:
    """As many cards as asked for; the same number gives the same cards."""
    rng = np.random.default_rng(1)
    return {
        "computation": "ranking",
        "lens": lens_values(SHIPPED[lens]),
        "draws": draws,
        "tables": even_tables(),
        "technologies": [_technology(number, rng) for number in range(technologies)],
        "yardsticks": [],
    }


def _technology(number: int, rng: np.random.Generator) -> dict[str, Any]:
    scores = {dimension: _score(rng) for dimension in JUDGED}
    card = {"role": "lead", "age": "fresh", "scores": scores, "scenarios": []}
    return {"id": f"technology-{number:05}", "cards": [card]}


def _score(rng: np.random.Generator) -> dict[str, Any]:
    level = int(rng.integers(1, 6))
    level_to = str(level + 1) if level < 5 and rng.random() < 0.15 else None
    return {
        "level": str(level),
        "level_to": level_to,
        "certainty": str(rng.choice(["low", "medium", "high"])),
        "unscored_reason": None,
    }


def finish_all() -> None:
    """Every job that waits is computed, and those that wait afterwards too."""
    while waiting := list(Job.objects.filter(state=Job.State.QUEUED)):
        for job in waiting:
            execute_job(job_id=job.pk)
