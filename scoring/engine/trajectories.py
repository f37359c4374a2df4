"""Observed figures and the simulated paths that continue them, read at any time between."""

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.engine.results import Floats

SAME_TIME = 1e-6
"""Times closer than this, half a minute, are one."""


@dataclass(frozen=True, eq=False)
class Trajectories:
    """(past,) figures that all draws share, then (draws, horizons) of each draw's own."""

    past_times: Floats
    past_values: Floats
    times: Floats
    paths: Floats

    @property
    def draws(self) -> int:
        return len(self.paths)

    def figures(self, start: float, end: float) -> tuple[Floats, Floats]:
        """Observed figures from `start` to `end`."""
        inside = _inside(self.past_times, start, end)
        return self.past_times[inside], self.past_values[inside]

    def is_observed_at(self, time: float) -> bool:
        """Whether the figures reach that time."""
        return bool(time <= self.observed_until() + SAME_TIME)

    def observed_until(self) -> float:
        """The time of the last observed figure, infinitely early without one."""
        return float(self.past_times[-1]) if len(self.past_times) else -np.inf

    def past_at(self, time: float) -> float:
        """The observed course at a time that `is_observed_at`; before the first figure, that."""
        values = _between(self.past_times, self.past_values[None, :], time)
        return float(values[0])

    def at(self, time: float) -> Floats:
        """(draws,) every path at that time."""
        times, values = self._joined()
        return _between(times, values, time)

    def nodes(self, start: float, end: float) -> tuple[Floats, Floats]:
        """The figures from `start` to `end`, observed or simulated, and the values at both ends.

        An end that the observed figures have passed adds none: only what was published proves.
        """
        times, values = self._joined()
        inside = _inside(times, start, end)
        kept, columns = times[inside], [values[:, inside]]
        for edge in (start, end):
            is_ahead = times[0] < edge < times[-1] and not self.is_observed_at(edge)
            if is_ahead and not np.any(np.abs(kept - edge) <= SAME_TIME):
                kept = np.append(kept, edge)
                columns.append(_between(times, values, edge)[:, None])
        order = np.argsort(kept, kind="stable")
        return kept[order], np.concatenate(columns, axis=1)[:, order]

    def mean_between(self, start: float, end: float) -> Floats:
        """(draws,) mean of the figures that stand from `start` to `end`; ValueError without any."""
        times, values = self._joined()
        inside = _inside(times, start, end)
        if not inside.any():
            raise ValueError(
                f"no figure stands between {start:g} and {end:g}; an average needs one"
            )
        mean: Floats = values[:, inside].mean(axis=1)
        return mean

    def checked_deadline(self, deadline: float) -> float:
        """The deadline, which lies within what is observed or simulated."""
        if not is_number(deadline):
            raise ValueError(f"a deadline is a calendar year as a number; {deadline} is not")
        last = self.times[-1]
        if deadline > last + SAME_TIME:
            raise ValueError(
                f"the deadline {deadline:g} lies beyond the last simulated year {last:g};"
                " simulate further"
            )
        first = self.past_times[0] if len(self.past_times) else self.times[0]
        if deadline < first - SAME_TIME:
            raise ValueError(
                f"the deadline {deadline:g} lies before the first figure, {first:g};"
                " nothing is known of it"
            )
        return float(deadline)

    def require_future(self, deadline: float) -> None:
        """ValueError where the figures already reach the deadline."""
        if self.is_observed_at(deadline):
            raise ValueError(
                f"the figures reach {self.past_times[-1]:g} and with it the deadline {deadline:g};"
                " read the answer from them instead of forecasting it"
            )

    def _joined(self) -> tuple[Floats, Floats]:
        past = np.broadcast_to(self.past_values, (self.draws, len(self.past_values)))
        times = np.concatenate([self.past_times, self.times])
        return times, np.concatenate([past, self.paths], axis=1)


def trajectories(
    paths: ArrayLike, years: ArrayLike, observed: tuple[ArrayLike, ArrayLike] | None
) -> Trajectories:
    """Paths (draws, horizons) at years (horizons,) after the observed (times, values), checked."""
    simulated = np.asarray(paths, dtype=np.float64)
    times = np.asarray(years, dtype=np.float64)
    if simulated.ndim != 2 or 0 in simulated.shape or times.shape != simulated.shape[1:]:
        raise ValueError(
            "paths are (draws, horizons) and years (horizons,), neither empty;"
            f" they are {simulated.shape} and {times.shape}"
        )
    past_times, past_values = _observed(observed)
    if not np.isfinite(simulated).all():
        raise ValueError("a path holds a number that is not finite; simulate it anew")
    _require_rising(times, "years of the paths")
    _require_rising(past_times, "times of the observed figures")
    if len(past_times) and times[0] <= past_times[-1] + SAME_TIME:
        raise ValueError(
            f"the paths begin at {times[0]:g}, and figures reach {past_times[-1]:g};"
            " simulate from the last figure on"
        )
    return Trajectories(past_times, past_values, times, simulated)


def is_number(value: object) -> bool:
    """Whether it is a finite number, and not a date or a text."""
    return isinstance(value, Real) and math.isfinite(value)


def _observed(observed: tuple[ArrayLike, ArrayLike] | None) -> tuple[Floats, Floats]:
    if observed is None:
        return np.empty(0), np.empty(0)
    times, values = (np.asarray(part, dtype=np.float64) for part in observed)
    if times.ndim != 1 or times.shape != values.shape:
        raise ValueError(
            "observed figures are times and values, one of each a figure;"
            f" they are {times.shape} and {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError("an observed figure is not a finite number; leave it out")
    return times, values


def _require_rising(times: Floats, name: str) -> None:
    if not np.isfinite(times).all() or np.any(np.diff(times) <= SAME_TIME):
        raise ValueError(f"the {name} must be finite and rise, each later than the one before")


def _inside(times: Floats, start: float, end: float) -> NDArray[np.bool_]:
    is_late = times >= start - SAME_TIME
    inside: NDArray[np.bool_] = is_late & (times <= end + SAME_TIME)
    return inside


def _between(times: Floats, values: Floats, time: float) -> Floats:
    """(draws,) values (draws, times) at a time within them, on the log scale where positive."""
    same = np.flatnonzero(np.abs(times - time) <= SAME_TIME)
    if len(same):
        found: Floats = values[:, same[0]]
        return found
    after = int(np.searchsorted(times, time))
    share = (time - times[after - 1]) / (times[after] - times[after - 1])
    before, later = values[:, after - 1], values[:, after]
    is_positive = (before > 0) & (later > 0)
    straight = before + share * (later - before)
    logs = [np.log(np.where(is_positive, part, 1.0)) for part in (before, later)]
    curved = np.exp(logs[0] + share * (logs[1] - logs[0]))
    read: Floats = np.where(is_positive, curved, straight)
    return read
