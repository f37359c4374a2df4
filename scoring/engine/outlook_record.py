"""How stated windows fared: scores at yearly checkpoints, and how far they slipped meanwhile."""

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.proper_scores import brier, capped, crps_samples, log_score
from scoring.engine.scores import Window
from scoring.engine.windows import YearDistribution, decimal_year, stated_opening

POINTS = 400
CAP_YEARS = 30
"""After the first statement: what opens later, or never, counts as this late."""


@dataclass(frozen=True)
class Stated:
    """The window of one published revision, and the day it speaks of."""

    said_on: datetime.date
    window: Window


@dataclass(frozen=True)
class Checkpoint:
    """The window in force on the first day of a year, scored against the record of openings.

    p is the chance that it gave to opening by the end of its last year; Brier and log are None
    where it had none, CRPS (years) is None while the market is not open.
    """

    on: datetime.date
    said_on: datetime.date
    ends: int | None
    p: float | None
    came: bool
    brier: float | None
    log: float | None
    crps: float | None


@dataclass(frozen=True)
class Slip:
    """A revision's median beside that of the one before; `moved` over `passed` near 1 says that
    the opening stays as far away as it was."""

    said_on: datetime.date
    median: float
    ahead: float
    moved: float | None = None
    passed: float | None = None


def checkpoints(
    stated: Sequence[Stated], *, opened: int | None, today: datetime.date
) -> tuple[Checkpoint, ...]:
    """One a year while the market was not known to be open, oldest first.

    stated: oldest first. A window is due once its last year is over, or the market is open; a
    checkpoint before that has nothing to be scored by, and neither has one without a window.
    """
    if not stated:
        return ()
    last = today.year if opened is None else min(opened, today.year)
    cap = decimal_year(stated[0].said_on) + CAP_YEARS
    found = []
    for year in range(stated[0].said_on.year + 1, last + 1):
        on = datetime.date(year, 1, 1)
        standing = [row for row in stated if row.said_on <= on][-1:]
        found += [
            _scored(row, on, opened, cap)
            for row in standing
            if row.window.start is not None and _is_due(row.window, opened, today)
        ]
    return tuple(found)


def slips(stated: Sequence[Stated]) -> tuple[Slip, ...]:
    """One for each revision with a window that is still ahead of it, oldest first."""
    found: list[Slip] = []
    for row in stated:
        if row.window.start is None or row.window.open_since is not None:
            continue
        said = decimal_year(row.said_on)
        median = stated_opening(_closed(row.window), row.said_on).quantile(0.5)
        before = found[-1] if found else None
        found.append(
            Slip(
                row.said_on,
                median,
                median - said,
                median - before.median if before else None,
                said - decimal_year(before.said_on) if before else None,
            )
        )
    return tuple(found)


def _is_due(window: Window, opened: int | None, today: datetime.date) -> bool:
    return opened is not None or (window.end is not None and window.end < today.year)


def _closed(window: Window) -> Window:
    return dataclasses.replace(window, is_closed=True, open_since=None, age="fresh")


def _scored(row: Stated, on: datetime.date, opened: int | None, cap: float) -> Checkpoint:
    opening, never = stated_opening(_closed(row.window), on), row.window.never_share()
    end = row.window.end
    came = opened is not None and (end is None or opened <= end)
    p = None
    if end is not None and end >= on.year:
        p = (1 - never) * opening.probability_by(end + 1.0)
    return Checkpoint(
        on=on,
        said_on=row.said_on,
        ends=end,
        p=p,
        came=came,
        brier=None if p is None else float(brier(float(came), p)),
        log=None if p is None else float(log_score(float(came), p)),
        crps=None if opened is None else _crps(opening, never, opened, cap),
    )


def _crps(opening: YearDistribution, never: float, opened: int, cap: float) -> float:
    """In years; an opening counts at the middle of its year."""
    shares = (np.arange(POINTS) + 0.5) / POINTS
    years = np.full(POINTS, np.inf)
    ever = shares < 1 - never
    years[ever] = opening.quantiles(shares[ever] / (1 - never))
    truth = np.array(min(opened + 0.5, cap))
    return float(crps_samples(truth, capped(years, cap)))
