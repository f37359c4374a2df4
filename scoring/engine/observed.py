"""What was observed, put in order or refused with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LONGEST_HORIZON = 200
"""Years beyond the last observation; a forecast that far has nothing left to say."""


@dataclass(frozen=True)
class Observed:
    """years (n,) ascending, values (n,) beside them, offsets (horizons,) years after the last."""

    years: Floats
    values: Floats
    horizons: Floats
    offsets: Floats


def observed(
    years: ArrayLike, values: ArrayLike, horizons: ArrayLike, *, noun: str = "value"
) -> Observed:
    """The observations by year; ValueError for what is empty, no number, twice or out of turn."""
    times = _numbers(years, "year")
    amounts = _numbers(values, noun)
    if len(times) != len(amounts):
        raise ValueError(
            f"there are {len(times)} years and {len(amounts)} {noun}s; give one {noun} a year"
        )
    if len(times) == 0:
        raise ValueError(f"there is no observation; give at least one year with its {noun}")
    order = np.argsort(times, kind="stable")
    times, amounts = times[order], amounts[order]
    twice = np.flatnonzero(np.diff(times) <= 0)
    if len(twice):
        raise ValueError(
            f"the year {times[twice[0]]:g} is there twice; keep one {noun} for each year"
        )
    asked = _numbers(horizons, "horizon")
    return Observed(times, amounts, asked, _offsets(asked, float(times[-1])))


def _numbers(given: ArrayLike, noun: str) -> Floats:
    try:
        found: Floats = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"a {noun} is no number; give {noun}s as plain numbers") from error
    if found.ndim != 1:
        raise ValueError(f"the {noun}s are no simple list; give one number after another")
    wrong = np.flatnonzero(~np.isfinite(found))
    if len(wrong):
        raise ValueError(
            f"{noun} number {wrong[0] + 1} is {found[wrong[0]]}; give a finite number or leave"
            " the observation out"
        )
    return found


def _offsets(horizons: Floats, last: float) -> Floats:
    if len(horizons) == 0:
        raise ValueError("no horizon was asked for; give at least one calendar year")
    offsets: Floats = horizons - last
    early = np.flatnonzero(offsets < 1e-6)
    if len(early):
        raise ValueError(
            f"the horizon {horizons[early[0]]:g} is not after the last observation, {last:g};"
            " ask for a later year"
        )
    if offsets.max() > LONGEST_HORIZON:
        raise ValueError(
            f"the horizon {horizons.max():g} is more than {LONGEST_HORIZON} years after the last"
            f" observation, {last:g}; ask for an earlier year"
        )
    return offsets


def refuse_outside(found: Observed, is_wrong: Sequence[bool] | NDArray[np.bool_], why: str) -> None:
    """ValueError for the first observation that is wrong; `why` has {value} and {year} in it."""
    wrong = np.flatnonzero(np.asarray(is_wrong))
    if len(wrong):
        value, year = found.values[wrong[0]], found.years[wrong[0]]
        raise ValueError(why.format(value=f"{value:g}", year=f"{year:g}"))
