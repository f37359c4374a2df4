"""What finished forecasts of indicators and predictions say, read from their headlines."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Quantiles = Mapping[str, tuple[float, ...]]
"""By level ("0.1"), a value for each year."""


@dataclass(frozen=True)
class NamedBaseline:
    """The plain method that the shipped one is held against, in the same years."""

    method: str
    quantiles: Quantiles


@dataclass(frozen=True)
class FanResult:
    """Where an indicator may go. Without a forecast the reason stands in `no_forecast_because`
    and years and quantiles are empty. `reference_dominates`: other technologies say more here than
    the indicator's own past. `run_id` is 0 for a fan that stands within a prediction's result."""

    indicator: str
    method: str = ""
    unit: str = ""
    history: tuple[tuple[float, float], ...] = ()
    years: tuple[float, ...] = ()
    quantiles: Quantiles = field(default_factory=dict)
    baseline: NamedBaseline | None = None
    observations: int = 0
    effective_sample_size: float = 0.0
    reference_dominates: bool = False
    data_hash: str = ""
    no_forecast_because: str = ""
    run_id: int = 0
    finished_at: datetime.datetime | None = None

    @classmethod
    def from_headline(
        cls,
        values: Mapping[str, Any],
        *,
        run_id: int = 0,
        finished_at: datetime.datetime | None = None,
    ) -> "FanResult":
        if "no_forecast_because" in values:
            return cls(
                indicator=values["indicator"],
                no_forecast_because=values["no_forecast_because"],
                run_id=run_id,
                finished_at=finished_at,
            )
        baseline = values["baseline"]
        return cls(
            indicator=values["indicator"],
            method=values["method"],
            unit=values["unit"],
            history=tuple((time, value) for time, value in values["history"]),
            years=tuple(values["years"]),
            quantiles=_quantiles(values["quantiles"]),
            baseline=NamedBaseline(baseline["method"], _quantiles(baseline["quantiles"]))
            if baseline
            else None,
            observations=values["observations"],
            effective_sample_size=values["effective_sample_size"],
            reference_dominates=values["reference_dominates"],
            data_hash=values["data_hash"],
            run_id=run_id,
            finished_at=finished_at,
        )


def _quantiles(values: Mapping[str, Sequence[float]]) -> Quantiles:
    return {level: tuple(row) for level, row in values.items()}


@dataclass(frozen=True)
class ModelChance:
    """What the model gives a yes. `weight` is its weight as a member of the pool, `baseline_p` what
    the named baseline gives, None where there is none. `needed_rate` and `seen_rate` are changes
    a year, as shares (-0.2: a fifth less each year), None where growth has no rate. Where
    the threshold has been met already `is_met` holds, p is 1 and `proof` names the observation."""

    p: float
    se: float
    is_met: bool
    weight: float
    observations: int
    reference_dominates: bool
    baseline_p: float | None = None
    needed_rate: float | None = None
    seen_rate: float | None = None
    proof: str = ""


@dataclass(frozen=True)
class Part:
    """One person's forecast as it goes into the pool: p for yes or no, for numbers and dates
    `quantiles` at 1 to 99 %. `weight` is the share of all members."""

    who: int
    weight: float
    age_days: int
    p: float | None = None
    quantiles: tuple[float, ...] | None = None
    p_never: float | None = None


@dataclass(frozen=True)
class Pooled:
    """The pool. low and high are its range when each member in turn is left out; `model_share` is
    the model's share of the weight, 0 where it is no member."""

    p: float
    low: float
    high: float
    members: int
    model_share: float


@dataclass(frozen=True)
class Quantity:
    """A number or a year that is asked for: its quantiles at `levels`. `p_never` belongs to years:
    the chance that it does not happen at all; quantiles then are those of when it does."""

    levels: tuple[float, ...]
    values: tuple[float, ...]
    p_never: float | None = None
    model_share: float = 0.0
    members: int = 0


@dataclass(frozen=True)
class PredictionResult:
    """Everything that a finished run says of one prediction. `at_deadline` are the quantiles of 1
    to 99 % of what the model expects at the deadline. `model_quantity` and `pool_quantity` are for
    numbers and dates, `model` and `pool` for yes or no. `without` says why there is no model."""

    prediction: str
    kind: str
    as_of: datetime.date
    fan: FanResult | None = None
    model: ModelChance | None = None
    people: tuple[Part, ...] = ()
    pool: Pooled | None = None
    at_deadline: tuple[float, ...] = ()
    model_quantity: Quantity | None = None
    pool_quantity: Quantity | None = None
    baseline_quantity: Quantity | None = None
    without: str = ""
    run_id: int = 0
    finished_at: datetime.datetime | None = None

    @classmethod
    def from_headline(
        cls,
        values: Mapping[str, Any],
        *,
        as_of: datetime.date,
        run_id: int = 0,
        finished_at: datetime.datetime | None = None,
    ) -> "PredictionResult":
        quantities = values["quantities"] or {}
        at_deadline = values["at_deadline"]
        return cls(
            prediction=values["prediction"],
            kind=values["kind"],
            as_of=as_of,
            fan=FanResult.from_headline(values["fan"]) if values["fan"] else None,
            model=ModelChance(**values["model"]) if values["model"] else None,
            people=tuple(_part(row) for row in values["people"]),
            pool=Pooled(**values["pool"]) if values["pool"] else None,
            at_deadline=tuple(at_deadline["quantiles"]) if at_deadline else (),
            model_quantity=_quantity(quantities.get("model")),
            pool_quantity=_quantity(quantities.get("pool")),
            baseline_quantity=_quantity(quantities.get("baseline")),
            without=values["without"],
            run_id=run_id,
            finished_at=finished_at,
        )


def _part(row: Mapping[str, Any]) -> Part:
    quantiles = row.get("quantiles")
    return Part(
        who=row["who"],
        weight=row["weight"],
        age_days=row["age_days"],
        p=row.get("p"),
        quantiles=tuple(quantiles) if quantiles is not None else None,
        p_never=row.get("p_never"),
    )


def _quantity(values: Mapping[str, Any] | None) -> Quantity | None:
    if values is None:
        return None
    return Quantity(
        levels=tuple(values["levels"]),
        values=tuple(values["values"]),
        p_never=values.get("p_never"),
        model_share=values.get("model_share", 0.0),
        members=values.get("members", 0),
    )
