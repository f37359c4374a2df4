"""What the year in which a market opens is worth to somebody with a horizon."""

import datetime
from dataclasses import dataclass

import numpy as np

from scoring.engine.results import Floats
from scoring.engine.scores import FOUND_NOTHING, Window
from scoring.engine.windows import decimal_year, stated_opening

STEPS = 1024
"""Openings are kept to so many equally likely cases."""
FOUND_NOTHING_AT_MOST = 0.5


@dataclass(frozen=True)
class Horizon:
    """Years from the ranking's date: full value from full_from to full_to, none from zero_at on.

    In between it falls in a straight line. A market that is open already is worth if_open, and
    one that opens before full_from lies on the line from there up to full value.
    """

    full_from: float
    full_to: float
    zero_at: float
    if_open: float

    def __post_init__(self) -> None:
        if not 0 <= self.full_from <= self.full_to < self.zero_at < np.inf:
            raise ValueError(
                f"a horizon with full value from {self.full_from:g} to {self.full_to:g} years and"
                f" none from {self.zero_at:g} runs backwards; let the years rise"
            )
        if not 0 <= self.if_open <= 1:
            raise ValueError(f"an open market is worth {self.if_open:g}; it must be 0 to 1")

    def values(self, years: Floats) -> Floats:
        """Worth, 0 to 1, of markets not recorded as open that open after so many years.

        Below 0 lie openings that should have come and were not recorded: they are worth nothing
        until somebody records them.
        """
        corners = [self.full_from, self.full_to, self.zero_at]
        worth = [1.0, 1.0, 0.0]
        if self.full_from > 0:
            corners, worth = [0.0, *corners], [self.if_open, *worth]
        return np.interp(years, corners, worth, left=0.0)


def opening_values(window: Window | None, horizon: Horizon, today: datetime.date) -> Floats:
    """(STEPS,) equally likely worths of the opening of one technology's market.

    A year is that of the outlook: never with the window's never_share, else by
    `windows.window_distribution`, given that the market is closed today where it is. Where
    timing is not yet assessed every worth is equally likely; where somebody looked and found
    nothing, those up to FOUND_NOTHING_AT_MOST. Both are proposals. ValueError for an opening
    later than today.
    """
    shares = (np.arange(STEPS) + 0.5) / STEPS
    if window is not None and window.open_since is not None:
        if window.open_since > today.year:
            since = window.open_since
            raise ValueError(f"{window.id} is open since {since}, which is later than {today}")
        return np.full(STEPS, horizon.if_open)
    if window is None or window.start is None:
        found_nothing = window is not None and window.unscored == FOUND_NOTHING
        return (1.0 - shares) * (FOUND_NOTHING_AT_MOST if found_nothing else 1.0)
    opening, now = stated_opening(window, today), decimal_year(today)
    ever = 1.0 - window.never_share()
    opens = shares < ever
    worth = np.zeros(STEPS)
    worth[opens] = horizon.values(opening.quantiles(shares[opens] / ever) - now)
    return worth
