"""Rolling origins: forecasts made as if at each date of the past, judged by what came after.

A history is cut after so many points, each method forecasts from what lies before the cut alone,
and every later point that is asked about is scored. Within a row of the table each series
counts alike, however many cuts it allows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.proper_scores import ALPHAS, weighted_interval_score

Floats = NDArray[np.float64]
Row = tuple[str, str]
Method = Callable[["History", "Cut"], Floats | None]
"""(levels, targets) quantiles at LEVELS from what the cut leaves, or None where it cannot say."""

LEVELS = (0.5, *(alpha / 2 for alpha in ALPHAS), *(1 - alpha / 2 for alpha in ALPHAS))
"""The median, then the lower and the upper ends of the intervals that hold 50, 80 and 95 %."""
HORIZONS = (1, 5, 10)
MANY, FEW = "five points or more", "one to four points"
FEWEST_OF_MANY = 5
CUTS = (10, 25, 50)
FEWEST_BEFORE_CUT = 4
YEARS_AFTER_CUT = 20


@dataclass(frozen=True, eq=False)
class History:
    """One series: years (n,) ascending and values (n,) beside them; progress "down" or "up".

    family: what is left out of the reference class when it is forecast.
    """

    name: str
    family: str
    years: Floats
    values: Floats
    progress: str = "down"


@dataclass(frozen=True)
class Cut:
    """Forecast from the first `seen` points to the points at `targets`, each judged in its row."""

    seen: int
    targets: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Judged:
    """How one forecast of one point did; error is the median's, inside is for 50, 80 and 95 %."""

    row: Row
    series: str
    score: float
    error: float
    inside: tuple[bool, ...]


@dataclass(frozen=True)
class Accuracy:
    """Means over series: weighted interval score, root mean square error, coverage in shares."""

    row: Row
    series: int
    windows: int
    score: float
    error: float
    coverage: tuple[float, ...]


def horizon_cuts(history: History, horizons: Sequence[int] = HORIZONS) -> list[Cut]:
    """A cut after every point, to the points exactly 1, 5 and 10 years later."""
    found = []
    for seen in range(1, len(history.years)):
        group = MANY if seen >= FEWEST_OF_MANY else FEW
        ahead = history.years - history.years[seen - 1]
        at = [(int(place[0]), (group, f"{h}")) for h in horizons if len(place := _at(ahead, h))]
        if at:
            found.append(Cut(seen, *_unzipped(at)))
    return found


def _at(ahead: Floats, years: float) -> NDArray[np.intp]:
    return np.flatnonzero(np.abs(ahead - years) < 1e-6)


def _unzipped(at: Sequence[tuple[int, Row]]) -> tuple[tuple[int, ...], tuple[Row, ...]]:
    return tuple(target for target, _ in at), tuple(row for _, row in at)


def level_cuts(history: History, levels: Sequence[int] = CUTS) -> list[Cut]:
    """A cut at the first share at or above 10, 25 and 50 %, to all points of the next 20 years.

    Only where four points or more have been seen by then.
    """
    found = []
    for level in levels:
        above = np.flatnonzero(history.values >= level)
        seen = int(above[0]) + 1 if len(above) else 0
        if seen < FEWEST_BEFORE_CUT:
            continue
        ahead = history.years - history.years[seen - 1]
        targets = np.flatnonzero((ahead > 0) & (ahead <= YEARS_AFTER_CUT))
        if len(targets):
            row = ("cut at", f"{level}")
            found.append(Cut(seen, tuple(targets.tolist()), (row,) * len(targets)))
    return found


def judged(history: History, cut: Cut, quantiles: Floats, *, on_logs: bool) -> list[Judged]:
    """Each target's score, on logs for costs and in the unit of the values for shares."""
    truth = history.values[list(cut.targets)]
    if on_logs:
        truth, quantiles = np.log(truth), np.log(quantiles)
    count = len(ALPHAS)
    median, lower, upper = quantiles[0], quantiles[1 : count + 1], quantiles[count + 1 :]
    scores = weighted_interval_score(truth, median, lower.T, upper.T)
    inside = (lower <= truth) & (truth <= upper)
    return [
        Judged(row, history.name, float(score), float(error), tuple(bool(i) for i in within))
        for row, score, error, within in zip(
            cut.rows, scores, median - truth, inside.T, strict=True
        )
    ]


def accuracies(found: Iterable[Judged]) -> dict[Row, Accuracy]:
    """The table of one method, a row at a time, each series counting alike."""
    grouped: dict[Row, dict[str, list[Judged]]] = {}
    for one in found:
        grouped.setdefault(one.row, {}).setdefault(one.series, []).append(one)
    return {row: _accuracy(row, of_series) for row, of_series in grouped.items()}


def _accuracy(row: Row, of_series: Mapping[str, Sequence[Judged]]) -> Accuracy:
    each = np.array(
        [
            np.mean([(one.score, one.error**2, *one.inside) for one in judgements], axis=0)
            for judgements in of_series.values()
        ]
    )
    score, squared, *coverage = each.mean(axis=0).tolist()
    windows = sum(len(judgements) for judgements in of_series.values())
    return Accuracy(row, len(of_series), windows, score, squared**0.5, tuple(coverage))


def run(
    histories: Sequence[History],
    methods: Mapping[str, Method],
    cuts: Callable[[History], list[Cut]],
    *,
    on_logs: bool,
    report: Callable[[int, int], None],
) -> dict[str, list[Judged]]:
    """Every method at every cut of every history; `report` hears how many cuts are done of all."""
    planned = [(history, cut) for history in histories for cut in cuts(history)]
    found: dict[str, list[Judged]] = {name: [] for name in methods}
    for done, (history, cut) in enumerate(planned, start=1):
        for name, method in methods.items():
            quantiles = method(history, cut)
            if quantiles is not None:
                found[name] += judged(history, cut, quantiles, on_logs=on_logs)
        report(done, len(planned))
    return found
