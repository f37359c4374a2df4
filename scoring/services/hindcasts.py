"""How the shipped method would have done on anyone's series, as if at each date of the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from record.errors import DomainError
from scoring.engine import hindcasts, reference
from scoring.engine.reference import Reference
from scoring.engine.rolling import (
    Accuracy,
    Cut,
    History,
    Row,
    accuracies,
    horizon_cuts,
    level_cuts,
    run,
)
from scoring.services.histories import read_histories

KINDS = ("cost", "share")
SCALES = {"cost": "natural logs", "share": "points of share"}
DIGITS = 6


@dataclass(frozen=True)
class HindcastQuestion:
    """The file as it is, "cost" or "share", and where progress leads."""

    data: bytes
    kind: str
    progress: str = "down"


def hindcast(*, question: HindcastQuestion, report: Callable[[int, int], None]) -> dict[str, Any]:
    """The table of rolling origins of the shipped method and its baselines, ready for JSON.

    A series that is in the shipped reference class itself is forecast without its family.
    """
    histories = read_histories(data=question.data, kind=question.kind, progress=question.progress)
    full = reference.performance() if question.kind == "cost" else reference.adoption()
    left_out = {history.name: sorted(_own_families(full, history)) for history in histories}
    classes = {name: full.without(families=families) for name, families in left_out.items()}
    is_cost = question.kind == "cost"
    methods = (hindcasts.cost_methods if is_cost else hindcasts.share_methods)(
        lambda history: classes[history.name]
    )
    found = run(
        histories,
        methods,
        horizon_cuts if is_cost else _share_cuts,
        on_logs=is_cost,
        report=report,
    )
    tables = {name: accuracies(judged) for name, judged in found.items()}
    return {
        "kind": question.kind,
        "scale": SCALES[question.kind],
        "series": len(histories),
        "left_out": {name: families for name, families in left_out.items() if families},
        "rows": _rows(tables),
    }


def _share_cuts(history: History) -> list[Cut]:
    """A share of 0 is no point to start a curve from."""
    ahead = [cut for cut in horizon_cuts(history) if history.values[cut.seen - 1] > 0]
    return level_cuts(history) + ahead


def _own_families(full: Reference, history: History) -> frozenset[str]:
    return full.families_named(history.name) | full.families_named(history.family)


def _rows(tables: Mapping[str, Mapping[Row, Accuracy]]) -> list[dict[str, Any]]:
    order = sorted({row for table in tables.values() for row in table}, key=_place)
    if not order:
        raise DomainError(
            "Nothing in the file can be judged: no series has a point exactly 1, 5 or 10 years"
            " after another. Give longer series."
        )
    return [
        {"group": group, "at": int(at), "method": name} | _numbers(table[group, at])
        for group, at in order
        for name, table in tables.items()
        if (group, at) in table
    ]


def _place(row: Row) -> tuple[str, int]:
    return row[0], int(row[1])


def _numbers(found: Accuracy) -> dict[str, Any]:
    inside = dict(zip(("inside_50", "inside_80", "inside_95"), found.coverage, strict=True))
    return {
        "series": found.series,
        "windows": found.windows,
        "score": round(found.score, DIGITS),
        "rmse": round(found.error, DIGITS),
    } | {name: round(share, DIGITS) for name, share in inside.items()}
