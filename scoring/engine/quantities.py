"""One distribution of a number, or of a date, from several people and the model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from scoring.engine.estimates import LEVELS, Estimate, from_scale, sample_quantiles, to_scale
from scoring.engine.pooling import MODEL, TrackRecord, clipped, member_shares, model_weight
from scoring.engine.results import Floats

MEDIAN = 0.5
MEDIAN_PLACE = int(np.searchsorted(LEVELS, MEDIAN))


@dataclass(frozen=True)
class Statement:
    """What one person says; age in the unit of the question's life."""

    who: str | int
    estimate: Estimate
    age: float = 0.0
    record: TrackRecord | None = None
    p_never: float = 0.0
    """That it never happens; dates alone have it."""

    def __post_init__(self) -> None:
        if not (np.isfinite(self.age) and self.age >= 0):
            raise ValueError(f"the estimate of {self.who} has the age {self.age}; it is 0 or more")
        if not 0 <= self.p_never < 1:
            raise ValueError(
                f"{self.who} says {self.p_never} to never; it lies between 0 and 1, for what"
                " certainly never happens has no date"
            )


@dataclass(frozen=True, eq=False)
class QuantityPart:
    """One member of the pool of a quantity."""

    who: str | int
    weight: float
    """Share of the pool; all shares add to 1."""
    quantiles: Floats
    """(99,) at LEVELS, infinite where the member expects nothing by then."""
    p_beyond: float
    median_without: float | None
    """The pool's median without this member; None where nobody else is left."""


@dataclass(frozen=True, eq=False)
class QuantityPool:
    """The pooled distribution, its parts, and the range of its median."""

    quantiles: Floats
    """(99,) at `estimates.LEVELS`; for dates infinite from the level 1 - p_beyond on."""
    p_beyond: float
    """For dates: later than `beyond`, or never; 0 for numbers."""
    beyond: float
    """Last year that the model simulates; infinite without a model, so that only never is left."""
    parts: tuple[QuantityPart, ...]
    median_low: float
    """Least and most of the median when each member in turn is left out."""
    median_high: float
    model_share: float

    @property
    def median(self) -> float:
        return float(self.quantiles[MEDIAN_PLACE])


def pool_numbers(
    statements: Sequence[Statement],
    *,
    question_life: float,
    scale: str,
    samples: ArrayLike | None = None,
    observations: int = 0,
) -> QuantityPool:
    """Average quantiles of people and model on the scale of the quantity.

    At each level the pool's quantile is sum w_i Q_i(level), taken on logs for "log", log-odds for
    "share": averaging quantiles keeps the members' common shape and does not widen where they
    merely differ in place. The weights are those of `pooling.pool`. samples (draws,): the
    model's, from `thresholds.quantities`, from so many observations. Quantities are not
    recalibrated: nothing has been learnt of them yet.

    Raises ValueError with a sentence for a person who is there twice, an estimate on another
    scale, a never for a number, draws outside the scale, and an empty pool.

    Sources: Vincent 1912, The functions of the vibrissae; Lichtendahl, Grushka-Cockayne & Winkler
    2013, Management Science 59:1594-1611 (averaging quantiles or probabilities).
    """
    _check(statements, scale)
    if any(statement.p_never for statement in statements):
        raise ValueError("a number has no never; leave it out or ask for a date")
    people = [_Member(s.who, s.estimate.quantiles, 0.0) for s in statements]
    model = None
    if samples is not None:
        drawn = np.asarray(samples, dtype=np.float64)
        sample_quantiles(drawn, scale)
        model = _Member(MODEL, lambda levels: sample_quantiles(drawn, scale, levels), 0.0)
    terms = _Terms(statements, question_life, scale, observations)
    return terms.pooled(people, model, np.inf)


def pool_dates(
    statements: Sequence[Statement],
    *,
    question_life: float,
    passages: ArrayLike | None = None,
    horizon: float | None = None,
    observations: int = 0,
) -> QuantityPool:
    """Average what people and model say of when, and of whether, it happens.

    passages (draws,): the model's, from `thresholds.first_passage`, infinite where nothing happens
    by `horizon`, the last simulated year. Nobody can be asked beyond it then: each member says
    how likely it is that nothing happens by the horizon (for a person p_never and the tail
    of the estimate), which is pooled in log-odds, each clipped to [.01, .99]; and the quantiles
    given that it happens by then are averaged, members counting by their weight times how likely
    they find that. Without a model the horizon is infinite, and only never lies beyond it.

    Raises ValueError as `pool_numbers` does, and for passages without a horizon.
    """
    _check(statements, "plain")
    beyond, model = np.inf, None
    if passages is not None:
        if horizon is None or not np.isfinite(horizon):
            raise ValueError("passages end at a horizon; name the last simulated year")
        beyond, model = horizon, _of_passages(passages, horizon)
    people = [_of_date(statement, beyond) for statement in statements]
    terms = _Terms(statements, question_life, "plain", observations)
    return terms.pooled(people, model, beyond)


def _check(statements: Sequence[Statement], scale: str) -> None:
    if len({statement.who for statement in statements}) < len(statements):
        raise ValueError("a person is there twice; pool the estimate that stands")
    for statement in statements:
        if statement.estimate.scale != scale:
            raise ValueError(
                f"the estimate of {statement.who} is on the scale {statement.estimate.scale!r};"
                f" this question is asked on {scale!r}"
            )


@dataclass(frozen=True)
class _Member:
    who: str | int
    quantiles_inside: Callable[[Floats], Floats]
    """Of the quantity, given that it does not lie beyond."""
    p_beyond: float

    def quantiles(self, levels: Floats) -> Floats:
        return _mixed(levels, self.p_beyond, self.quantiles_inside)


def _of_passages(passages: ArrayLike, horizon: float) -> _Member:
    times = np.asarray(passages, dtype=np.float64)
    if times.ndim != 1 or not len(times) or np.isnan(times).any():
        raise ValueError("passages are one row of years, infinite for none; these are not")
    happens = times <= horizon
    inside = times[happens] if happens.any() else np.array([horizon])
    return _Member(
        MODEL,
        lambda levels: sample_quantiles(inside, "plain", levels),
        clipped(1 - float(happens.mean())),
    )


def _of_date(statement: Statement, beyond: float) -> _Member:
    estimate = statement.estimate
    by_then = estimate.probability_below(beyond) if np.isfinite(beyond) else 1.0
    p_beyond = 1 - (1 - statement.p_never) * by_then
    if p_beyond > 0:
        p_beyond = clipped(p_beyond)
    inside = max(by_then, 1e-12)
    return _Member(statement.who, lambda levels: estimate.quantiles(levels * inside), p_beyond)


def _mixed(levels: Floats, p_beyond: float, inside: Callable[[Floats], Floats]) -> Floats:
    """Quantiles of what lies beyond with that probability, else follows `inside`."""
    found = np.full(levels.shape, np.inf)
    is_inside = levels < 1 - p_beyond - 1e-12
    found[is_inside] = inside(levels[is_inside] / (1 - p_beyond))
    return found


@dataclass(frozen=True)
class _Terms:
    statements: Sequence[Statement]
    question_life: float
    scale: str
    observations: int

    def pooled(
        self, people: Sequence[_Member], model: _Member | None, beyond: float
    ) -> QuantityPool:
        members = [*people] if model is None else [*people, model]
        if not members:
            raise ValueError("a pool needs a person or a model; there is neither")
        everybody = range(len(people))
        shares = self._shares(everybody, model)
        p_beyond, quantiles = self._average(members, shares, LEVELS)
        medians = [self._median_without(people, model, k) for k in range(len(members))]
        known = [
            float(quantiles[MEDIAN_PLACE]),
            *(median for median in medians if median is not None),
        ]
        return QuantityPool(
            quantiles=quantiles,
            p_beyond=p_beyond,
            beyond=beyond,
            parts=tuple(
                QuantityPart(member.who, share, member.quantiles(LEVELS), member.p_beyond, median)
                for member, share, median in zip(members, shares, medians, strict=True)
            ),
            median_low=min(known),
            median_high=max(known),
            model_share=shares[-1] if model is not None else 0.0,
        )

    def _shares(self, kept: Sequence[int], model: _Member | None) -> tuple[float, ...]:
        weight = 0.0 if model is None else model_weight(self.observations)
        return member_shares([self.statements[k] for k in kept], self.question_life, weight)

    def _median_without(
        self, people: Sequence[_Member], model: _Member | None, left_out: int
    ) -> float | None:
        kept = [k for k in range(len(people)) if k != left_out]
        other = None if left_out == len(people) else model
        members = [*(people[k] for k in kept), *([] if other is None else [other])]
        if not members:
            return None
        shares = self._shares(kept, other)
        return float(self._average(members, shares, np.array([MEDIAN]))[1][0])

    def _average(
        self, members: Sequence[_Member], shares: Sequence[float], levels: Floats
    ) -> tuple[float, Floats]:
        beyond = np.array([member.p_beyond for member in members])
        p_beyond = 0.0
        if beyond.any():
            p_beyond = float(expit(np.dot(shares, logit([clipped(p) for p in beyond]))))
        weights = np.array(shares) * (1 - beyond)
        weights = weights / weights.sum()

        def inside(at: Floats) -> Floats:
            rows = [to_scale(member.quantiles_inside(at), self.scale) for member in members]
            return from_scale(weights @ np.array(rows), self.scale)

        return p_beyond, _mixed(levels, p_beyond, inside)
