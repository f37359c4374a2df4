"""What resolved predictions teach the pools of open ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from scoring.engine.pooling import Opinion, people_log_odds
from scoring.engine.recalibration import REFIT_AFTER, ResolvedPool, refit
from scoring.services.checkpoint_scores import BASELINE, EVENTS, MODEL, POOL, YES_NO, Scored

PARAMETER_DIGITS = 8


def learnt(rows: Sequence[Mapping[str, Any]], scored: Sequence[Scored]) -> dict[str, Any]:
    """The recalibration, fitted anew after every ten resolutions, and the record of each person."""
    return {"recalibration": _recalibration(rows), "records": _records(scored)}


def _recalibration(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    answered = [row for row in rows if row["kind"] == YES_NO]
    pools = [pool for row in answered if (pool := _resolved_pool(row))]
    fitted = refit(pools[: len(pools) // REFIT_AFTER * REFIT_AFTER])
    return {
        "shift": round(fitted.shift, PARAMETER_DIGITS),
        "slope": round(fitted.slope, PARAMETER_DIGITS),
        "questions": fitted.questions,
    }


def _resolved_pool(row: Mapping[str, Any]) -> ResolvedPool | None:
    """What people said at the last checkpoint at which anybody did."""
    said = [checkpoint["people"] for checkpoint in row["checkpoints"] if checkpoint["people"]]
    if not said:
        return None
    opinions = [Opinion(one["who"], one["p"], one["age_days"]) for one in said[-1]]
    return ResolvedPool(
        log_odds=people_log_odds(opinions, row["life_days"]),
        is_yes=bool(row["truth"]),
        people=len(opinions),
        status_quo=row["status_quo"],
    )


def _records(scored: Sequence[Scored]) -> dict[str, dict[str, Any]]:
    """By person, how many questions resolved, and both mean Brier scores on them."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in scored:
        crowd = one.by_who.get(POOL)
        if one.scored != EVENTS or crowd is None:
            continue
        for who, scores in one.by_who.items():
            if who not in {POOL, MODEL, BASELINE}:
                pairs[who].append((scores["brier"], crowd["brier"]))
    return {
        who: {
            "resolved": len(found),
            "brier": round(sum(own for own, _ in found) / len(found), PARAMETER_DIGITS),
            "crowd_brier": round(sum(crowd for _, crowd in found) / len(found), PARAMETER_DIGITS),
        }
        for who, found in sorted(pairs.items())
    }
