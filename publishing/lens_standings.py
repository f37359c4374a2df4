"""Where a technology stands under every lens, from the headlines of finished rankings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publishing.memory import Remembered
from scoring.selectors import DEFAULT_LENS, LensRun, finished_lens_runs, headlines_of

_rows: Remembered[Mapping[str, Mapping[str, Any]]] = Remembered(most=24)


@dataclass(frozen=True)
class LensStanding:
    """`because` says why it has no rank there; else it is empty."""

    key: str
    name: str
    run_id: int
    expected_rank: float = 0.0
    rank_low: int = 0
    rank_high: int = 0
    band: int = 0
    because: str = ""

    @property
    def is_default(self) -> bool:
        return self.key == DEFAULT_LENS


def lens_standings(slug: str) -> tuple[LensStanding, ...]:
    """Under the lenses that have a finished ranking which holds the technology."""
    found = []
    for run in finished_lens_runs():
        row = _rows_of(run).get(slug)
        if row is not None:
            found.append(_standing(run, row))
    return tuple(found)


def _rows_of(run: LensRun) -> Mapping[str, Mapping[str, Any]]:
    def read() -> Mapping[str, Mapping[str, Any]]:
        headline = headlines_of([run.job_id])[run.job_id]
        return {row["id"]: row for row in headline["technologies"]}

    return _rows.get((run.seq, run.job_id, run.inputs_digest), read)


def _standing(run: LensRun, row: Mapping[str, Any]) -> LensStanding:
    if not row["is_ranked"]:
        return LensStanding(run.key, run.name, run.seq, because=row["not_ranked_because"])
    return LensStanding(
        key=run.key,
        name=run.name,
        run_id=run.seq,
        expected_rank=row["expected_rank"],
        rank_low=row["rank_low"],
        rank_high=row["rank_high"],
        band=row["band"],
    )
