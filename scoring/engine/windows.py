"""The year in which a market opens, as a distribution read from a stated window.

Years are calendar years as floats: 2030.0 is the first moment of 2030, 2031.0 its last.
"""

import calendar
import dataclasses
import datetime
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from scoring.engine.chances import held_certainty
from scoring.engine.results import Floats
from scoring.engine.scores import CERTAINTIES, Window, require_one_of

DEGREES_OF_FREEDOM = 4
INSIDE_CLOSED = {"low": 0.4, "medium": 0.6, "high": 0.8}
BEFORE_OPEN_START = {"low": 0.3, "medium": 0.2, "high": 0.1}
MEDIAN_AFTER_OPEN_START = 7.0


@dataclass(frozen=True)
class YearDistribution:
    """A Student t with 4 degrees of freedom, cut below where the market is known to be closed."""

    centre: float
    scale: float
    closed_until: float | None = None

    def probability_by(self, year: float) -> float:
        """Probability that the market is open at that moment, if it ever opens."""
        if self.closed_until is None:
            return 1.0 - self._later_than(year)
        if year <= self.closed_until:
            return 0.0
        return 1.0 - self._later_than(year) / self._later_than(self.closed_until)

    def probabilities_by(self, years: Floats) -> Floats:
        """The same for many moments."""
        later = stdtr(DEGREES_OF_FREEDOM, (self.centre - years) / self.scale)
        if self.closed_until is None:
            return np.asarray(1.0 - later)
        open_by = 1.0 - later / self._later_than(self.closed_until)
        return np.where(years <= self.closed_until, 0.0, open_by)

    def quantile(self, share: float) -> float:
        """The moment by which it is open with that probability, strictly between 0 and 1."""
        left = 1.0 - share
        if self.closed_until is not None:
            left *= self._later_than(self.closed_until)
        return self.centre - self.scale * float(stdtrit(DEGREES_OF_FREEDOM, left))

    def quantiles(self, shares: Floats) -> Floats:
        """The same for many shares."""
        left = 1.0 - shares
        if self.closed_until is not None:
            left = left * self._later_than(self.closed_until)
        years: Floats = self.centre - self.scale * stdtrit(DEGREES_OF_FREEDOM, left)
        return years

    def if_closed_at(self, moment: float) -> "YearDistribution":
        """The same, given that the market is closed at that moment."""
        return dataclasses.replace(self, closed_until=moment)

    def _later_than(self, year: float) -> float:
        return float(stdtr(DEGREES_OF_FREEDOM, (self.centre - year) / self.scale))


def window_distribution(start: int, end: int | None, certainty: str | None) -> YearDistribution:
    """The opening year of a window from the start of one year to the end of another.

    A closed window is the central interval of 40, 60 or 80 % for low, medium or high certainty
    (medium where none is given). An open one has its start as 30, 20 or 10 % point and its
    median 7 years after. ValueError where the window ends before it starts.

    The rule and its constants are proposals of this project, not measurements.
    """
    certainty = certainty or "medium"
    require_one_of(certainty, CERTAINTIES, "certainty")
    if end is None:
        below = float(stdtrit(DEGREES_OF_FREEDOM, BEFORE_OPEN_START[certainty]))
        scale = -MEDIAN_AFTER_OPEN_START / below
        return YearDistribution(start + MEDIAN_AFTER_OPEN_START, scale)
    if end < start:
        raise ValueError(f"the window {start}-{end} ends before it starts; exchange the years")
    above = float(stdtrit(DEGREES_OF_FREEDOM, (1 + INSIDE_CLOSED[certainty]) / 2))
    first, last = float(start), end + 1.0
    return YearDistribution((first + last) / 2, (last - first) / 2 / above)


def stated_opening(window: Window, today: datetime.date) -> YearDistribution:
    """When the window's market opens if it ever does: given that it is closed today where it is.

    The window has to have a start. A stale card counts one class of certainty lower.
    """
    if window.start is None:
        raise ValueError(f"{window.id} has no window to read an opening from")
    certainty = held_certainty(window.certainty, window.age)
    opening = window_distribution(window.start, window.end, certainty)
    return opening.if_closed_at(decimal_year(today)) if window.is_closed else opening


def decimal_year(day: datetime.date) -> float:
    """The start of that day as a year."""
    days = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / days
