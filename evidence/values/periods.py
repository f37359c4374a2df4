"""The span of time that a figure speaks of: a year, a month or a day."""

import re
from calendar import monthrange
from datetime import date, timedelta

from intake.errors import IntakeError
from intake.showing import shown

FIRST_YEAR, LAST_YEAR = 1500, 2200
_SHAPES = {
    "year": (re.compile(r"[0-9]{4}"), "2022"),
    "month": (re.compile(r"[0-9]{4}-[0-9]{2}"), "2022-05"),
    "day": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "2022-05-17"),
}


def parse_period(text: str, cadence: str, *, field: str = "The period") -> str:
    """The period in its one spelling: 2022, 2022-05 or 2022-05-17, as the cadence asks."""
    bare = text.strip(" \t")
    pattern, example = _SHAPES[cadence]
    if not pattern.fullmatch(bare):
        other = next((name for name, (shape, _) in _SHAPES.items() if shape.fullmatch(bare)), "")
        what = f"a {other}, and this indicator has one figure a {cadence}" if other else "no period"
        raise IntakeError(f"{field} is {shown(text)}, {what}; write it as {example}.")
    try:
        year = first_day(bare).year
    except ValueError:
        raise IntakeError(f"{field} is {shown(text)}, a date that does not exist.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise IntakeError(f"{field} is {bare}; give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return bare


def first_day(period: str) -> date:
    year, month, day = (*map(int, period.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(period: str) -> date:
    start = first_day(period)
    if len(period) == len("2022"):
        return date(start.year, 12, 31)
    if len(period) == len("2022-05"):
        return date(start.year, start.month, monthrange(start.year, start.month)[1])
    return start


def time_of_period(period: str) -> float:
    """The period on the axis of calendar years."""
    start = first_day(period)
    if len(period) == len("2022-05-17"):
        return decimal_year(start)
    return start.year + (start.month - 1) / 12


def decimal_year(day: date) -> float:
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - start).days / (end - start).days


def time_of_deadline(cadence: str, day: date) -> float:
    """The time of the last period of that cadence that has ended by the day."""
    if cadence == "day":
        return decimal_year(day)
    tomorrow = day + timedelta(days=1)
    if cadence == "year":
        return float(tomorrow.year - 1)
    months = tomorrow.year * 12 + tomorrow.month - 2
    return months // 12 + (months % 12) / 12
