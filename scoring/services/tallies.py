"""Records of many resolved predictions: by forecaster, and by what the predictions were about."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scoring.engine.calibration import FEWEST_BROAD, FEWEST_FINE, Bin, curve
from scoring.engine.results import Floats
from scoring.engine.streams import generator
from scoring.services.checkpoint_scores import BASELINE, DIGITS, EVENTS, MODEL, POOL, Scored

COARSE = ("all", "topic")
RESAMPLED = 1000
BAND = (0.05, 0.95)
Cut = tuple[str, str, str, str]


def tallies(scored: Sequence[Scored], seed: int) -> list[dict[str, Any]]:
    """A row for each forecaster and cut; figures stand in it from `needed` predictions on."""
    groups: dict[Cut, list[Scored]] = defaultdict(list)
    for one in scored:
        for who in one.by_who:
            if who != BASELINE:
                for cut in _cuts(one, who):
                    groups[cut].append(one)
    rows = (_tally(cut, found, seed) for cut, found in sorted(groups.items()))
    return [row for row in rows if row["n"] >= row["needed"] or row["by"] == "all"]


def _cuts(one: Scored, who: str) -> Iterator[Cut]:
    yield one.scored, who, "all", ""
    for by, value in one.cuts.items():
        if value:
            yield one.scored, who, by, value


def needed_for(who: str, by: str) -> int:
    """A person's record is cut by topic only where it is long."""
    if by == "all":
        return FEWEST_BROAD
    return FEWEST_BROAD if by in COARSE and who in {POOL, MODEL} else FEWEST_FINE


def _tally(cut: Cut, scored: Sequence[Scored], seed: int) -> dict[str, Any]:
    kind, who, by, value = cut
    needed = needed_for(who, by)
    is_shown = len(scored) >= needed
    return {
        "who": who,
        "by": by,
        "value": value,
        "scored": kind,
        "n": len(scored),
        "needed": needed,
        "figures": _figures(cut, scored, seed) if is_shown else {},
    }


def _figures(cut: Cut, scored: Sequence[Scored], seed: int) -> dict[str, dict[str, float]]:
    names = ("brier", "log") if cut[0] == EVENTS else ("crps", "wis")
    main = "brier" if cut[0] == EVENTS else "wis"
    who = cut[1]
    found = {}
    for name in names:
        values = np.array([[one.by_who[who][name]] for one in scored if name in one.by_who[who]])
        if len(values):
            found[name] = _figure(values, (*cut, name), seed)
    baseline = f"{main}_of_baseline"
    pairs = np.array(
        [
            [one.by_who[who][main], one.by_who[who][baseline]]
            for one in scored
            if main in one.by_who[who] and baseline in one.by_who[who]
        ]
    )
    if len(pairs) and pairs[:, 1].sum() > 0:
        found["skill"] = _figure(pairs, (*cut, "skill"), seed)
    return found


def _figure(values: Floats, names: Sequence[str], seed: int) -> dict[str, float]:
    """The mean of one column, or 1 less the ratio of the means of two, with a bootstrap band."""
    rng = generator(seed, "scores", *names)
    chosen = rng.integers(0, len(values), (RESAMPLED, len(values)))
    means = values[chosen].mean(axis=1)
    low, high = np.quantile(_of_means(means), BAND)
    centre = _of_means(values.mean(axis=0)[None, :])[0]
    return {
        "value": round(float(centre), DIGITS),
        "low": round(float(low), DIGITS),
        "high": round(float(high), DIGITS),
    }


def _of_means(means: Floats) -> Floats:
    if means.shape[1] == 1:
        return means[:, 0]
    theirs = np.maximum(means[:, 1], np.finfo(np.float64).tiny)
    found: Floats = 1 - means[:, 0] / theirs
    return found


def calibrations(scored: Sequence[Scored], seed: int) -> list[dict[str, Any]]:
    """The reliability curve of everybody who gave chances, over all checkpoints; without bins
    before enough questions have resolved."""
    said: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for one in scored:
        for who, chances in one.chances.items():
            said[who] += [(one.values["prediction"], one.truth, p) for p in chances]
    return [_calibration(who, rows, seed) for who, rows in sorted(said.items())]


def _calibration(who: str, rows: Sequence[tuple[str, float, float]], seed: int) -> dict[str, Any]:
    questions, truths, chances = zip(*rows, strict=True)
    n = len(set(questions))
    told: dict[str, Any] = {"who": who, "n": n, "needed": FEWEST_BROAD, "bins": []}
    if n < FEWEST_BROAD:
        return told
    found = curve(truths, chances, questions=questions, seed=seed)
    parts = ("reliability", "resolution", "uncertainty")
    return (
        told
        | {"bins": [_bin(one) for one in found.bins]}
        | {name: round(getattr(found, name), DIGITS) for name in parts}
    )


def _bin(one: Bin) -> dict[str, Any]:
    return {
        "p": round(one.p_mean, DIGITS),
        "share": round(one.share, DIGITS),
        "low": round(one.low, DIGITS),
        "high": round(one.high, DIGITS),
        "n": one.n,
    }
