"""Measures the pool of people on questions that have resolved, beside simpler pools.

Questions come in the order of their numbers. The first third only trains; each later one is pooled
as the site would have pooled it at its close, from each person's latest forecast, with a
recalibration and records learnt from the questions before it.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from benchmarks.field_series import indicators
from benchmarks.verdicts import Verdict, report
from scoring.engine.calibration import curve
from scoring.engine.pooling import Opinion, TrackRecord, clipped, people_log_odds, pool
from scoring.engine.proper_scores import brier, log_score
from scoring.engine.recalibration import (
    NONE,
    REFIT_AFTER,
    UNLEARNT,
    Recalibration,
    ResolvedPool,
    refit,
)

Floats = NDArray[np.float64]

FILE = "judgment_predictionbook_pools.csv"
TRAINS = 1 / 3
MOST_RATIO = 0.95
REPLICATES, SEED = 4_000, 5
BASELINE = "mean of log-odds"
SHIPPED = "pool, status quo not stored"
TOWARDS_NO = 'pool, status quo taken as "no"'
NEWEST = "exp(sqrt n) of log-odds"
HALVED = "log-odds, half-life a third of the life"
SIMPLE: dict[str, Callable[[Floats], float]] = {
    "mean": lambda p: float(p.mean()),
    "median": lambda p: float(np.median(p)),
    BASELINE: lambda p: float(expit(logit(p).mean())),
}
"""Pools to compare with, from p clipped to [.01, .99]."""


@dataclass(frozen=True)
class Question:
    """One resolved question with the latest forecast of each person."""

    number: int
    life: float
    happened: bool
    said: tuple[tuple[str, float, float], ...]
    """Person, p, day since the question opened."""

    def probabilities(self) -> Floats:
        return np.array([clipped(p) for _, p, _ in self.said])


class History:
    """What earlier questions taught: a recalibration, and how each person did beside the pool."""

    def __init__(self, status_quo: str | None) -> None:
        self.status_quo = status_quo
        self.recalibration: Recalibration = UNLEARNT
        self._resolved: list[ResolvedPool] = []
        self._errors: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)

    def pooled(self, question: Question) -> float:
        """The shipped pool on what is known before the question resolves."""
        found = pool(
            self._opinions(question),
            question_life=question.life,
            status_quo=self.status_quo,
            recalibration=self.recalibration,
        )
        return found.p

    def learn(self, question: Question, p: float) -> None:
        """Take the outcome in; a new recalibration after every tenth."""
        self._resolved.append(
            ResolvedPool(
                people_log_odds(self._opinions(question), question.life),
                question.happened,
                len(question.said),
                self.status_quo,
            )
        )
        for who, said, _ in question.said:
            own, crowd = (float(brier(question.happened, each)) for each in (said, p))
            self._errors[who].append((own, crowd))
        if len(self._resolved) % REFIT_AFTER == 0:
            self.recalibration = refit(self._resolved)

    def _opinions(self, question: Question) -> list[Opinion]:
        return [
            Opinion(who, p, max(question.life - day, 0.0), self._record(who))
            for who, p, day in question.said
        ]

    def _record(self, who: str) -> TrackRecord:
        errors = self._errors.get(who, [(0.0, 0.0)])
        own, crowd = np.mean(errors, axis=0)
        return TrackRecord(len(self._errors.get(who, ())), float(own), float(crowd))


def questions(file: Path) -> list[Question]:
    """All questions in the order of their numbers."""
    found: dict[int, tuple[float, bool, dict[str, tuple[float, float]]]] = {}
    with file.open(newline="") as rows:
        for row in csv.DictReader(rows):
            life, happened = float(row["question_life_days"]), row["outcome"] == "1"
            _, _, said = found.setdefault(int(row["question_id"]), (life, happened, {}))
            day = float(row["day_since_open"])
            if row["user"] not in said or said[row["user"]][1] <= day:
                said[row["user"]] = (float(row["probability"]), day)
    return [
        Question(number, life, happened, tuple((who, *latest) for who, latest in said.items()))
        for number, (life, happened, said) in sorted(found.items())
    ]


def answers(asked: list[Question], first_judged: int) -> dict[str, Floats]:
    """What each pool said of the judged questions, by its name."""
    judged = asked[first_judged:]
    found = {
        name: np.array([pooled(question.probabilities()) for question in judged])
        for name, pooled in SIMPLE.items()
    }
    found[NEWEST] = np.array([_by_newness(question) for question in judged])
    found[HALVED] = np.array([_recency_alone(question) for question in judged])
    for name, status_quo in ((SHIPPED, None), (TOWARDS_NO, "no")):
        said = list(_one_after_the_other(asked, History(status_quo)))
        found[name] = np.array(said[first_judged:])
    return found


def pools() -> list[Verdict]:
    """Print the table, and say whether the shipped pool is five per cent better than the mean."""
    asked = questions(indicators() / FILE)
    first = int(len(asked) * TRAINS)
    happened = np.array([question.happened for question in asked[first:]], dtype=np.float64)
    found = answers(asked, first)
    trained = np.mean([question.happened for question in asked[:first]])
    print(f"\nPools of people: {len(asked)} questions, {first} train, {len(happened)} are judged")
    print(
        f"base rate {trained:.3f} in training, {happened.mean():.3f} judged; ratios with 95 % bands"
    )
    scores = {
        name: {"Brier": brier(happened, said), "log": log_score(happened, said)}
        for name, said in found.items()
    }
    for name, by_score in scores.items():
        print(f"{name:<42}" + "".join(_cell(s, scores[BASELINE]) for s in by_score.items()))
    print("\nSaid and seen by the shipped pool, in five parts of equal size")
    for part in curve(happened, found[SHIPPED]).bins:
        print(
            f"{part.n:4}  {part.p_mean:.3f} -> {part.share:.3f}  [{part.low:.3f}, {part.high:.3f}]"
        )
    return [
        _verdict(name, scores[SHIPPED][name], scores[BASELINE][name]) for name in ("Brier", "log")
    ]


def _one_after_the_other(asked: list[Question], history: History) -> Iterator[float]:
    for question in asked:
        p = history.pooled(question)
        yield p
        history.learn(question, p)


def _recency_alone(question: Question) -> float:
    opinions = [Opinion(who, p, max(question.life - day, 0.0)) for who, p, day in question.said]
    return pool(opinions, question_life=question.life, recalibration=NONE).p


def _by_newness(question: Question) -> float:
    """Each weighs exp(sqrt(rank)), the oldest having rank 1."""
    order = np.argsort([day for _, _, day in question.said], kind="stable")
    weights = np.exp(np.sqrt(np.arange(1, len(order) + 1)))
    return float(expit(np.average(logit(question.probabilities()[order]), weights=weights)))


def _ratio(ours: Floats, theirs: Floats) -> tuple[float, float, float]:
    """Of the means, with its 95 % band over questions drawn anew."""
    rows = np.random.default_rng(SEED).integers(0, len(ours), (REPLICATES, len(ours)))
    low, high = np.quantile(ours[rows].mean(axis=1) / theirs[rows].mean(axis=1), [0.025, 0.975])
    return float(ours.mean() / theirs.mean()), float(low), float(high)


def _cell(scored: tuple[str, Floats], baseline: dict[str, Floats]) -> str:
    name, scores = scored
    ratio, low, high = _ratio(scores, baseline[name])
    return f"   {name} {scores.mean():.4f}  {ratio:.3f} [{low:.3f}, {high:.3f}]"


def _verdict(name: str, ours: Floats, theirs: Floats) -> Verdict:
    ratio, low, high = _ratio(ours, theirs)
    return Verdict(
        ratio <= MOST_RATIO,
        f"{name} of the pool at most {MOST_RATIO:g} times that of the mean of log-odds:"
        f" {ratio:.3f} [{low:.3f}, {high:.3f}], {ours.mean():.4f} and {theirs.mean():.4f}",
    )


if __name__ == "__main__":
    sys.exit(report(pools()))
