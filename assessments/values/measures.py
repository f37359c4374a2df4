"""Indicators as far as wording and linting of predictions need them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from assessments.values.prediction import Spec
from evidence.values.periods import last_day


@dataclass(frozen=True)
class KnownIndicator:
    """`values` are its figures by period, in the order of time."""

    slug: str
    name: str
    unit: str
    kind: str = "performance"
    progress: str = "up"
    cadence: str = "year"
    geography: str = ""
    publisher: str = ""
    release_lag_days: int = 0
    ceiling: tuple[float, float] | None = None
    is_snapshot: bool = False
    is_public: bool = True
    values: Mapping[str, float] = field(default_factory=dict)

    def released_on(self, deadline: date) -> date:
        """The day on which the figure of the last period by the deadline appears."""
        period_end = last_period_end(self.cadence, deadline)
        return period_end + timedelta(days=self.release_lag_days)


@dataclass(frozen=True)
class Measure:
    """What the sentence calls the thing that is read."""

    name: str
    unit: str = ""
    publisher: str = ""
    geography: str = ""


def measure_of(spec: Spec, indicator: KnownIndicator | None) -> Measure:
    """From the indicator where there is one, else from the words of the parts."""
    if indicator is None:
        return Measure(spec.metric, spec.unit, spec.publisher, spec.geography)
    return Measure(
        name=indicator.name,
        unit=indicator.unit,
        publisher=indicator.publisher,
        geography="" if spec.geography == indicator.geography else spec.geography,
    )


def filled_in(raw: Mapping[str, Any], indicator: KnownIndicator | None) -> dict[str, Any]:
    """The parts with the day of reading where none was given: when the figure that decides is
    out, or the deadline itself."""
    parts = dict(raw)
    try:
        deadline = date.fromisoformat(str(parts.get("deadline")))
    except ValueError:
        return parts
    if not parts.get("reads_on") and indicator is not None:
        parts["reads_on"] = max(deadline, indicator.released_on(deadline)).isoformat()
    return parts


def last_period_end(cadence: str, deadline: date) -> date:
    """The end of the last period of that cadence that is over by the end of the deadline."""
    if cadence == "day":
        return deadline
    text = f"{deadline:%Y}" if cadence == "year" else f"{deadline:%Y-%m}"
    end = last_day(text)
    if end == deadline:
        return end
    start = deadline.replace(day=1) if cadence == "month" else deadline.replace(month=1, day=1)
    return start - timedelta(days=1)


def latest(indicator: KnownIndicator) -> tuple[str, float] | None:
    """The newest period and its figure."""
    figures = list(indicator.values.items())
    return figures[-1] if figures else None
