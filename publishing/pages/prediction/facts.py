"""Everything known of one prediction, as its page is built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from assessments.predictions import ForecastRecord, PredictionRecord
from evidence.selectors import Series
from evidence.values import time_of_deadline, time_of_period
from scoring.predictions import FanResult, PredictionResult, ProbabilityPoint
from scoring.resolution_states import State

YES_NO, NUMBER, DATE = "yes or no", "number", "date"
SAME_TIME = 1e-6


@dataclass(frozen=True)
class Stone:
    """A prediction that stands above or beneath; `chance` is None while there is no pool, or
    where it is hidden."""

    key: str
    statement: str
    deadline: date
    chance: float | None
    standing: str


@dataclass(frozen=True)
class PredictionFacts:
    """`forecasts` are those that the actor may see, oldest first. Where they are hidden from the
    actor `result` holds no chance of anybody. `series` is None for events, and for an indicator
    that the actor may not see."""

    now: datetime
    record: PredictionRecord
    state: State
    result: PredictionResult | None = None
    fan: FanResult | None = None
    series: Series | None = None
    forecasts: tuple[ForecastRecord, ...] = ()
    history: tuple[ProbabilityPoint, ...] = ()
    stones: tuple[Stone, ...] = ()
    parent: Stone | None = None
    is_hidden: bool = False
    is_computing: bool = False
    is_technology_public: bool = True
    actor_id: int | None = None
    is_team: bool = False
    questions: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()

    @property
    def standing(self) -> tuple[ForecastRecord, ...]:
        """What stands now; after the close, what stood when it came."""
        instant = min(self.now, self.record.closes_at - timedelta(seconds=1))
        return tuple(row for row in self.forecasts if row.stands_at(instant))

    @property
    def is_demonstration(self) -> bool:
        return self.record.is_demonstration or any(row.is_demonstration for row in self.forecasts)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def is_above(self) -> bool:
        """Whether more makes the statement true."""
        comparator = self.record.spec.comparator
        return comparator is None or comparator.value in {"at least", "above"}

    @property
    def unit(self) -> str:
        return self.series.unit if self.series else self.record.spec.unit

    @property
    def deadline_time(self) -> float | None:
        """The deadline on the axis of the series."""
        if self.series is None:
            return None
        return time_of_deadline(self.series.cadence, self.record.deadline)

    @property
    def baseline(self) -> float | None:
        """The figure that a change is counted from; None where none is, or none is known yet."""
        period = self.record.spec.baseline_period
        if not self.record.spec.is_change or not period or self.series is None:
            return None
        time = time_of_period(period)
        return self.value_at(time)

    def value_at(self, time: float) -> float | None:
        if self.series is None:
            return None
        rows = zip(self.series.times, self.series.values, strict=True)
        return next((value for at, value in rows if abs(at - time) < SAME_TIME), None)

    @property
    def threshold(self) -> float | None:
        """In the unit of the series, where it can be told."""
        spec = self.record.spec
        if spec.threshold is None:
            return None
        if not spec.is_change:
            return spec.threshold
        return None if self.baseline is None else self.baseline * (1 + spec.threshold / 100)
