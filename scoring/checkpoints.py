"""The days on which standing forecasts are scored, fixed before anybody knows the answer."""

import datetime
from itertools import count, takewhile

SHORT_DAYS = 730


def checkpoint_days(
    made_on: datetime.date, deadline: datetime.date, closed_on: datetime.date
) -> tuple[datetime.date, ...]:
    """Each anniversary of the making before the close; where the deadline is less than two years
    off, also the day halfway to it. What closes before all of these is scored once, halfway between
    its making and its close. Nothing is scored on the day of the close or after it."""
    yearly = takewhile(lambda day: day < closed_on, (_years_on(made_on, k) for k in count(1)))
    days = set(yearly)
    halfway = made_on + (deadline - made_on) // 2
    if (deadline - made_on).days < SHORT_DAYS and halfway < closed_on:
        days.add(halfway)
    if not days and made_on < closed_on:
        days.add(made_on + (closed_on - made_on) // 2)
    return tuple(sorted(days))


def _years_on(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
