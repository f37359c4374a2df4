"""One probability from several people and the model, with the part each of them has in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import expit, logit

from scoring.engine.recalibration import UNLEARNT, Recalibration, towards_change
from scoring.engine.results import Floats

LEAST_P, MOST_P = 0.01, 0.99
HALF_LIFE_SHARE = 1 / 3
"""A forecast counts half as much after this share of its question's life."""
SHARED_JUDGEMENT = 0.5
"""How alike people judge: n of them count as n / (1 + (n - 1) * .5), never as two."""
MODEL_WEIGHT, THIN_MODEL_WEIGHT, ENOUGH_OBSERVATIONS = 1.0, 0.5, 5
FEWEST_RESOLVED = 20
"""Predictions of one person that must have resolved before the record moves the weight."""
RECORD_SHRINKAGE = 20
RECORD_STEEPNESS = 5.0
MODEL = "model"


@dataclass(frozen=True)
class TrackRecord:
    """How one person did, beside what the others said of the same questions."""

    resolved: int
    brier: float
    crowd_brier: float

    @property
    def weight(self) -> float:
        """1 until 20 have resolved; then exp(-5 (own Brier - crowd's)), drawn towards 1."""
        if self.resolved < FEWEST_RESOLVED:
            return 1.0
        earned = np.exp(-RECORD_STEEPNESS * (self.brier - self.crowd_brier))
        return float(1 + (earned - 1) * self.resolved / (self.resolved + RECORD_SHRINKAGE))


class Voice(Protocol):
    """Whoever said something at some time and has, or has not, a record."""

    @property
    def age(self) -> float: ...

    @property
    def record(self) -> TrackRecord | None: ...


@dataclass(frozen=True)
class Opinion:
    """What one person says; age is the time since, in the unit of the question's life."""

    who: str | int
    p: float
    age: float = 0.0
    record: TrackRecord | None = None

    def __post_init__(self) -> None:
        require_forecast(self.p, f"the forecast of {self.who}")
        if not (np.isfinite(self.age) and self.age >= 0):
            raise ValueError(f"the forecast of {self.who} has the age {self.age}; it is 0 or more")


@dataclass(frozen=True)
class ModelOpinion:
    """What the paths of the indicator say, and from how many observations."""

    p: float
    observations: int

    def __post_init__(self) -> None:
        require_forecast(self.p, "the model's probability")


@dataclass(frozen=True)
class Part:
    """One member of the pool: what was said, what it counts as, and how much."""

    who: str | int
    p: float
    p_counted: float
    """After clipping and, for people, recalibration."""
    weight: float
    """Share of the pool; all shares add to 1."""
    contribution: float
    """weight times the log-odds counted; the contributions add to the pool's log-odds."""
    p_without: float | None
    """The pool without this member; None where nobody else is left."""


@dataclass(frozen=True)
class Pool:
    """The pooled probability, its parts, and the range when each member in turn is left out."""

    p: float
    log_odds: float
    parts: tuple[Part, ...]
    low: float
    high: float
    model_share: float
    effective_people: float


def pool(
    opinions: Sequence[Opinion],
    *,
    question_life: float,
    model: ModelOpinion | None = None,
    status_quo: str | None = None,
    recalibration: Recalibration = UNLEARNT,
) -> Pool:
    """Pool people and the model in log-odds.

    l = (w_M logit p_M + n_eff sum w_i (a s + b logit p_i) / sum w_i) / (w_M + n_eff) with
    n_eff = n / (1 + (n - 1) / 2). Every p is first clipped to [.01, .99]. w_i halves with every
    third of the question's life that the forecast is old, and follows the person's record
    from 20 resolved predictions on. a and b are `recalibration`, b being 1 for fewer than three
    people; s is 1 where the status quo is "no", -1 where it is "yes" and 0 where it is not
    known. w_M is 1 for a model from five observations, .5 below. The pool is clipped to
    [.01, .99] again. question_life: days from the question's opening to its close, ages in days
    too.

    low and high are the least and the most that the pool says when each person, or the model,
    is left out, or all are there; both equal p where there is one member.

    Raises ValueError with a sentence for a p of 0, 1 or NaN, a person who is there twice, a life
    that is not positive, an unknown status quo, and an empty pool. A threshold that is
    already met is a fact and is not pooled.
    """
    _require_distinct(opinions)
    towards_change(status_quo)
    terms = _Terms(question_life, status_quo, recalibration)
    whole = terms.mixed(opinions, model)
    if whole is None:
        raise ValueError("a pool needs a person or a model; there is neither")
    p = whole.p
    without = [_without(opinions, model, left_out, terms) for left_out in range(len(whole.who))]
    left = [p, *(other for other in without if other is not None)]
    members = zip(whole.who, whole.said, whole.counted, whole.shares, without, strict=True)
    return Pool(
        p=p,
        log_odds=whole.log_odds,
        parts=tuple(
            Part(who, said, float(expit(counted)), share, share * counted, other)
            for who, said, counted, share, other in members
        ),
        low=min(left),
        high=max(left),
        model_share=whole.shares[-1] if model is not None else 0.0,
        effective_people=effective_people(len(opinions)),
    )


def people_weights(voices: Sequence[Voice], question_life: float) -> Floats:
    """(n,) how much each person counts among the people; the weights add to 1.

    They halve with every third of the question's life, counted from the newest forecast so that
    a quiet question does not run out of numbers, and follow each person's record.
    """
    if not (np.isfinite(question_life) and question_life > 0):
        raise ValueError(f"a question's life is above 0; {question_life} is not")
    ages = np.array([voice.age for voice in voices])
    records = [1.0 if v.record is None else v.record.weight for v in voices]
    newest = ages.min() if len(ages) else 0.0
    weights = 0.5 ** ((ages - newest) / (HALF_LIFE_SHARE * question_life)) * records
    shares: Floats = weights / weights.sum() if len(weights) else weights
    return shares


def people_log_odds(opinions: Sequence[Opinion], question_life: float) -> float:
    """The people's weighted mean log-odds before recalibration, which `recalibration.refit` reads.

    ValueError where there is nobody.
    """
    if not opinions:
        raise ValueError("nobody has forecast; there is no mean")
    said = logit([clipped(opinion.p) for opinion in opinions])
    return float(people_weights(opinions, question_life) @ said)


def effective_people(people: int) -> float:
    """How many independent people n of them are worth: n / (1 + (n - 1) / 2), below two."""
    return people / (1 + (people - 1) * SHARED_JUDGEMENT) if people else 0.0


def model_weight(observations: int) -> float:
    """How much the model weighs beside the people, one of whom weighs 1."""
    return MODEL_WEIGHT if observations >= ENOUGH_OBSERVATIONS else THIN_MODEL_WEIGHT


def member_shares(
    voices: Sequence[Voice], question_life: float, of_model: float
) -> tuple[float, ...]:
    """Shares of all people, then of the model where its weight is above 0; they add to 1."""
    crowd = effective_people(len(voices))
    whole = crowd + of_model
    shares = [float(w) * crowd / whole for w in people_weights(voices, question_life)]
    return (*shares, of_model / whole) if of_model > 0 else tuple(shares)


def clipped(p: float) -> float:
    """From .01 to .99: nobody is surer than one in a hundred."""
    return min(max(p, LEAST_P), MOST_P)


def require_forecast(p: float, whose: str) -> None:
    """ValueError for 0, 1 and what is no probability."""
    if not 0 < p < 1:
        raise ValueError(
            f"{whose} is {p}; a forecast lies between 0 and 1 and is neither,"
            " for what is certain is not forecast"
        )


@dataclass(frozen=True)
class _Mixed:
    who: tuple[str | int, ...]
    said: tuple[float, ...]
    counted: tuple[float, ...]
    """Log-odds."""
    shares: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        return sum(w * counted for w, counted in zip(self.shares, self.counted, strict=True))

    @property
    def p(self) -> float:
        return clipped(float(expit(self.log_odds)))


@dataclass(frozen=True)
class _Terms:
    question_life: float
    status_quo: str | None
    recalibration: Recalibration

    def mixed(self, opinions: Sequence[Opinion], model: ModelOpinion | None) -> _Mixed | None:
        if not opinions and model is None:
            return None
        members = [
            (opinion.who, opinion.p, self._counted(opinion, len(opinions))) for opinion in opinions
        ]
        if model is not None:
            members.append((MODEL, model.p, float(logit(clipped(model.p)))))
        who, said, counted = zip(*members, strict=True)
        weight = 0.0 if model is None else model_weight(model.observations)
        return _Mixed(who, said, counted, member_shares(opinions, self.question_life, weight))

    def _counted(self, opinion: Opinion, people: int) -> float:
        return self.recalibration.applied(
            float(logit(clipped(opinion.p))), status_quo=self.status_quo, people=people
        )


def _without(
    opinions: Sequence[Opinion], model: ModelOpinion | None, left_out: int, terms: _Terms
) -> float | None:
    others = [opinion for k, opinion in enumerate(opinions) if k != left_out]
    rest = terms.mixed(others, None if left_out == len(opinions) else model)
    return None if rest is None else rest.p


def _require_distinct(opinions: Sequence[Opinion]) -> None:
    if len({opinion.who for opinion in opinions}) < len(opinions):
        raise ValueError("a person is there twice; pool the forecast that stands")
