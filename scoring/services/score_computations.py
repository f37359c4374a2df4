"""The track record: how good the forecasts of resolved predictions were, with what they teach."""

from collections.abc import Mapping, Sequence
from typing import Any

from jobs.kinds import JobOutput, Report
from scoring.services.checkpoint_scores import Scored, scored_prediction
from scoring.services.learning import learnt
from scoring.services.tallies import calibrations, tallies

SCORES_ENGINE = "scores/2"
SETS = ("real", "demonstration")
YES_NO = "yes or no"


def compute_scores(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    """Each set by itself: nothing of the demonstration goes into the record of real forecasts."""
    headline: dict[str, Any] = {"learnt": {}}
    for done, name in enumerate(SETS):
        headline[name], scored = _record(inputs[name], seed)
        headline["learnt"][name] = learnt(inputs[name]["predictions"], scored)
        report(done + 1, len(SETS))
    return JobOutput(headline=headline)


def _record(values: Mapping[str, Any], seed: int) -> tuple[dict[str, Any], list[Scored]]:
    rows = values["predictions"]
    rates = base_rates(rows)
    scored = [scored_prediction(row, rates.get(row["key"])) for row in rows if row["checkpoints"]]
    answered = [row["truth"] for row in rows if row["kind"] == YES_NO]
    record = {
        "counts": values["counts"] | {"scored": len(scored)},
        "base_rate": sum(answered) / len(answered) if answered else None,
        "tallies": tallies(scored, seed),
        "calibrations": calibrations(scored, seed),
        "predictions": [one.values for one in scored],
    }
    return record, scored


def base_rates(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """By key of each question of yes or no, the share of yes among the others that resolved, each
    answer counted once more than it came so that none is impossible."""
    answers = {row["key"]: row["truth"] for row in rows if row["kind"] == YES_NO}
    total, number = sum(answers.values()), len(answers)
    return {key: (total - truth + 1) / (number - 1 + 2) for key, truth in answers.items()}
