"""The parts of a prediction as times and numbers on the axis of its series."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assessments.values.prediction import Spec, VintageRule
from evidence.values.periods import time_of_deadline, time_of_period

SAME_TIME = 1e-6
SAME_VALUE = 1e-9


@dataclass(frozen=True)
class Reading:
    """Which figures decide, and how. `threshold` is absolute, or a multiple of the figure at
    `baseline_time`; both are None where a number is asked for. `deadline` is the time of the last
    period that has ended by the deadline's day. `status_quo` is what the author says of an event:
    the answer if nothing changes."""

    comparator: str | None
    threshold: float | None
    baseline_time: float | None
    window: str
    window_from: float | None
    deadline: float
    is_first_vintage: bool
    status_quo: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def is_met(self, value: float, height: float) -> bool:
        is_equal = math.isclose(value, height, rel_tol=SAME_VALUE)
        if self.comparator in {"at least", "at most"} and is_equal:
            return True
        is_past = value > height if self.comparator in {"at least", "above"} else value < height
        return is_past and not is_equal


def reading_of(spec: Spec, *, cadence: str) -> Reading:
    """How a series of that cadence is read for it."""
    threshold = spec.threshold
    if threshold is not None and spec.is_change:
        threshold = 1 + threshold / 100
    has_base = spec.is_change and spec.baseline_period is not None
    return Reading(
        comparator=spec.comparator.value if spec.comparator else None,
        threshold=threshold,
        baseline_time=time_of_period(spec.baseline_period or "") if has_base else None,
        window=spec.window.value,
        window_from=time_of_period(spec.window_from) if spec.window_from else None,
        deadline=time_of_deadline(cadence, spec.deadline),
        is_first_vintage=spec.vintage_rule == VintageRule.FIRST,
        status_quo=spec.status_quo.value if spec.status_quo else None,
    )


def height_of(reading: Reading, times: Sequence[float], values: Sequence[float]) -> float | None:
    """The bar in the unit of the series; None where its baseline has no figure."""
    if reading.threshold is None or reading.baseline_time is None:
        return reading.threshold
    for time, value in zip(times, values, strict=True):
        if abs(time - reading.baseline_time) <= SAME_TIME:
            return reading.threshold * value
    return None


def status_quo(reading: Reading, times: Sequence[float], values: Sequence[float]) -> str | None:
    """What the answer were if the last figure stayed as it is; None where nobody can tell."""
    height = height_of(reading, times, values)
    if height is None or reading.comparator is None or not values:
        return None
    return "yes" if reading.is_met(values[-1], height) else "no"
