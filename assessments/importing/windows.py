"""Windows as State of the Future prints them: years, or bands counted from the card's date."""

import re
from dataclasses import dataclass
from datetime import date

from assessments.values import limits
from assessments.values.scale import UnscoredReason

_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")
_OPEN = re.compile(r"([0-9]{4})\+")
_TWO_VARIANTS = re.compile(r"([0-9]{4})-[0-9]{4}/[0-9]{4}\+")
# First and last year of each band, counted from the year of the card's date.
_BANDS: dict[str, tuple[int, int | None]] = {
    "Now (0-2yr)": (0, 2),
    "Soon (2-5yr)": (2, 5),
    "Later (5-10yr)": (5, 10),
    "Distant (10yr+)": (10, None),
}
_UNCLEAR = "Unclear"


@dataclass(frozen=True)
class PrintedWindow:
    """The years that a printed window means; `is_exact` when they say all that was printed."""

    year_from: int | None
    year_to: int | None
    unscored_reason: UnscoredReason | None
    is_exact: bool


# "Unclear" does not say that anybody looked and found nothing, so it claims the least.
_UNSCORED = PrintedWindow(None, None, UnscoredReason.NOT_YET_ASSESSED, is_exact=False)


def read_window(printed: str, dated: date | None) -> PrintedWindow | None:
    """What the text means on a card of that date, or None when it is no known spelling."""
    if printed in _BANDS:
        return _band(printed, dated)
    if printed == _UNCLEAR:
        return _UNSCORED
    if years := _YEARS.fullmatch(printed):
        return _years(int(years[1]), int(years[2]), is_exact=True)
    if years := _OPEN.fullmatch(printed):
        return _years(int(years[1]), None, is_exact=True)
    if years := _TWO_VARIANTS.fullmatch(printed):
        return _years(int(years[1]), None, is_exact=False)
    return None


def _years(first: int, last: int | None, *, is_exact: bool) -> PrintedWindow | None:
    end = limits.LAST_YEAR if last is None else last
    if limits.FIRST_YEAR <= first <= end <= limits.LAST_YEAR:
        return PrintedWindow(first, last, None, is_exact=is_exact)
    return None


def _band(printed: str, dated: date | None) -> PrintedWindow:
    if dated is None:
        return _UNSCORED
    first, last = _BANDS[printed]
    last_year = None if last is None else dated.year + last
    return PrintedWindow(dated.year + first, last_year, None, is_exact=False)
