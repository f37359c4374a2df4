"""What resolved questions teach about people: how far they lean, and how much they hold back.

People say "it will change" too often, and an average of several says too little. Their mean
log-odds of a change from the status quo, l, becomes a + b l.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from scoring.engine.results import Floats
from scoring.engine.scores import require_one_of

STATUS_QUO = ("no", "yes")
FEWEST_PEOPLE = 3
"""Fewer are not drawn apart: one person's log-odds are an opinion, not an average."""
MOST_SLOPE = 1.5
SHIFT, SHIFT_SD = -0.2, 0.3
SLOPE, SLOPE_SD = 1.2, 0.3
REFIT_AFTER = 10
"""Resolved questions between two fits."""
STEPS, CLOSE = 50, 1e-10


@dataclass(frozen=True)
class Recalibration:
    """A shift and a slope of log-odds, and how many resolved questions they come from."""

    shift: float = SHIFT
    slope: float = SLOPE
    questions: int = 0

    def __post_init__(self) -> None:
        if not (np.isfinite(self.shift) and 0 <= self.slope <= MOST_SLOPE):
            raise ValueError(
                f"a recalibration has a finite shift and a slope from 0 to {MOST_SLOPE};"
                f" it is {self.shift} and {self.slope}"
            )

    def applied(self, log_odds: float, *, status_quo: str | None, people: int) -> float:
        """Log-odds of yes after the shift towards the status quo (none where it is not known)."""
        slope = self.slope if people >= FEWEST_PEOPLE else 1.0
        return slope * log_odds + self.shift * towards_change(status_quo)


UNLEARNT = Recalibration()
"""Before anything has resolved: the centre of the prior, a judgement and not a measurement."""
NONE = Recalibration(0.0, 1.0)
"""Leaves every opinion as it is."""


@dataclass(frozen=True)
class ResolvedPool:
    """One resolved question: the people's pooled log-odds of yes before recalibration."""

    log_odds: float
    is_yes: bool
    people: int
    status_quo: str | None = None


def towards_change(status_quo: str | None) -> float:
    """1 where yes means a change, -1 where no does, 0 where nobody said."""
    if status_quo is None:
        return 0.0
    require_one_of(status_quo, STATUS_QUO, "answer of the status quo")
    return 1.0 if status_quo == "no" else -1.0


def refit(resolved: Sequence[ResolvedPool]) -> Recalibration:
    """The most probable shift and slope after these questions.

    Maximises sum log p(outcome) - (a + .2)^2 / (2 .3^2) - (b - 1.2)^2 / (2 .3^2), a ridge on
    logistic regression, by Newton steps; b stays from 0 to 1.5, and a is fitted anew where b
    meets an end. A question of fewer than three people has slope 1 and teaches the shift
    alone; one without a status quo teaches the slope alone. No questions give the prior.
    """
    if not resolved:
        return UNLEARNT
    is_many = np.array([pool.people >= FEWEST_PEOPLE for pool in resolved])
    log_odds = np.array([pool.log_odds for pool in resolved])
    if not np.isfinite(log_odds).all():
        raise ValueError("a resolved question has log-odds that are not finite; leave it out")
    design = np.column_stack(
        [
            [towards_change(pool.status_quo) for pool in resolved],
            np.where(is_many, log_odds, 0.0),
        ]
    )
    offset = np.where(is_many, 0.0, log_odds)
    outcome = np.array([pool.is_yes for pool in resolved], dtype=np.float64)
    shift, slope = _most_probable(design, offset, outcome, slope=None)
    if not 0 <= slope <= MOST_SLOPE:
        bound = min(max(slope, 0.0), MOST_SLOPE)
        shift, slope = _most_probable(design, offset, outcome, slope=bound)
    return Recalibration(shift, slope, len(resolved))


def _most_probable(
    design: Floats, offset: Floats, outcome: Floats, slope: float | None
) -> tuple[float, float]:
    """Newton steps on a concave function, halved until they climb; with `slope` it is fixed."""
    centre = np.array([SHIFT, SLOPE])
    precision = np.array([SHIFT_SD, SLOPE_SD]) ** -2
    is_free = np.array([True, slope is None])
    at = centre if slope is None else np.array([SHIFT, slope])

    def worth(place: Floats) -> float:
        logit = offset + design @ place
        likelihood = outcome * logit - np.logaddexp(0.0, logit)
        return float(likelihood.sum() - 0.5 * (precision * (place - centre) ** 2).sum())

    for _ in range(STEPS):
        p = expit(offset + design @ at)
        slopes = design.T @ (outcome - p) - precision * (at - centre)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + np.diag(precision)
        step = np.zeros(2)
        free = np.ix_(is_free, is_free)
        step[is_free] = np.linalg.solve(curvature[free], slopes[is_free])
        while worth(at + step) < worth(at) and np.abs(step).max() > CLOSE:
            step = step / 2
        at = at + step
        if np.abs(step).max() <= CLOSE:
            break
    return float(at[0]), float(at[1])
