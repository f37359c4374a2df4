"""A ranking computed in this process, in the contract's shape."""

import datetime
from dataclasses import dataclass
from typing import Any

from assessments.selectors import technology_names
from record.canonical import canonical_json, digest
from scoring.models import RunKind
from scoring.selectors import Finished, run_inputs
from scoring.services.computations import compute_ranking
from scoring.services.repeats import unheard

CONTRACT_KEYS = (
    "is_ranked",
    "not_ranked_because",
    "coverage",
    "expected_rank",
    "rank_low",
    "rank_high",
    "band",
    "p_top_3",
    "p_top_10",
)


@dataclass(frozen=True)
class RankingQuestion:
    as_of: datetime.date
    known_on: datetime.date | None
    lens: str
    draws: int


def rank_now(*, question: RankingQuestion) -> dict[str, Any]:
    """The ranking of the published record as of one date and known on another."""
    inputs = run_inputs(
        kind=RunKind.RANKING,
        as_of=question.as_of,
        known_on=question.known_on,
        draws=question.draws,
        lens=question.lens,
    )
    output = compute_ranking(inputs.values, seed=inputs.seed, report=unheard)
    run = {
        "id": None,
        "inputs_digest": digest(canonical_json(inputs.values)),
        "seed": inputs.seed,
        "draws": question.draws,
        "engine": inputs.engine_version,
        "lens": question.lens,
        "as_of": question.as_of.isoformat(),
        "known_on": question.known_on.isoformat() if question.known_on else None,
        "finished_at": None,
    }
    return {"run": run, "technologies": named_rows(output.headline["technologies"])}


def finished_ranking(*, finished: Finished) -> dict[str, Any]:
    """A stored ranking in the contract's shape."""
    run, job = finished.run, finished.run.job
    return {
        "run": {
            "id": run.seq,
            "inputs_digest": job.inputs_digest,
            "seed": job.seed,
            "draws": finished.headline["draws"],
            "engine": job.engine_version,
            "lens": run.lens,
            "as_of": run.as_of.isoformat(),
            "known_on": run.known_on.isoformat() if run.known_on else None,
            "finished_at": job.ended_at.isoformat() if job.ended_at else None,
        },
        "technologies": named_rows(finished.headline["technologies"]),
    }


def named_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = technology_names(slugs=[row["id"] for row in rows])
    return [
        {"slug": row["id"], "name": names.get(row["id"], row["id"])}
        | {key: row.get(key) for key in CONTRACT_KEYS}
        for row in rows
    ]
