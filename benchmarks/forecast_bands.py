"""How sure it is that one method was better: ratios of scores, with bands over families."""

from collections.abc import Mapping, Sequence

import numpy as np

from scoring.engine.rolling import History, Judged, Row

REPLICATES, SEED = 4_000, 5


def ratio(
    ours: Sequence[Judged], theirs: Sequence[Judged], families: Mapping[str, str], row: Row
) -> tuple[float, float, float]:
    """Ours to theirs in a row, by series that both have judged, and its 95 % band.

    The band draws whole families anew: series of one technology are no independent witnesses.
    """
    mine, other = _by_series(ours, row), _by_series(theirs, row)
    shared = sorted(mine.keys() & other.keys())
    scores = np.array([(mine[name], other[name]) for name in shared])
    names = sorted({families[name] for name in shared})
    members = np.array([[families[name] == family for name in shared] for family in names])
    totals = members @ scores
    rng = np.random.default_rng(SEED)
    drawn = totals[rng.integers(0, len(names), (REPLICATES, len(names)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    whole = totals.sum(axis=0)
    return float(whole[0] / whole[1]), float(low), float(high)


def families_of(histories: Sequence[History]) -> dict[str, str]:
    return {history.name: history.family for history in histories}


def _by_series(judged: Sequence[Judged], row: Row) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for one in judged:
        if one.row == row:
            found.setdefault(one.series, []).append(one.score)
    return {name: float(np.mean(scores)) for name, scores in found.items()}
