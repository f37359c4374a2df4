"""How a card's texts may be spelled, as patterns: what intake.text takes, and no more."""

from calendar import isleap, monthrange
from datetime import date

from assessments.values import limits
from assessments.values.card_keys import SLUG_PATTERN
from assessments.values.citations import ITEM_KEY

Schema = dict[str, object]

_REFUSED = (
    r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E"
    r"\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF"
)
_BREAKS = r"\n\r\u2028\u2029"
_BLANKS = r"\t \u00A0\u1680\u2000-\u200A\u202F\u205F\u3000"
# What takes no room on a line, as far as anybody writes it.
_UNSEEN = (
    r"\u00AD\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u0600-\u0605\u0610-\u061A\u064B-\u065F\u06DD"
    r"\u070F\u0730-\u074A\u08CA-\u0902\u0F71-\u0F7E\u0F99-\u0FBC\u180B-\u180F\u1AB0-\u1ACE"
    r"\u1DC0-\u1DFF\u200B-\u200D\u2060-\u2065\u206A-\u206F\u20D0-\u20F0\u2DE0-\u2DFF\uFE00-\uFE0F"
    r"\uFE20-\uFE2F\uFEFF\uFFF9-\uFFFB"
)
_ANY, _LINE = f"[^{_REFUSED}]", f"[^{_REFUSED}{_BREAKS}]"
_SEEN = f"[^{_REFUSED}{_BREAKS}{_BLANKS}{_UNSEEN}]"
_EDGE = f"[{_BREAKS}{_BLANKS}]*"

TEXT = f"^{_ANY}*$"
WORDS = f"^{_ANY}*[^{_REFUSED}{_BREAKS}{_BLANKS}]{_ANY}*$"
NAME = f"^{_EDGE}{_LINE}*{_SEEN}{_LINE}*{_EDGE}$"
SLUG = f"^{SLUG_PATTERN}$"
HASH = "^[0-9a-f]{64}$"
WEB_ADDRESS = (
    "^https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[1-9][0-9]{0,3})?"
    rf'(?:[/?#][^{_REFUSED}{_BREAKS}{_BLANKS}\\<>"]*)?$'
)
ITEM_ADDRESS = (
    "^https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[1-9][0-9]{0,3})?"
    rf'(?:[/?#][^{_REFUSED}{_BREAKS}{_BLANKS}\\<>"`{{|}}^]*)?$'
)
_LONG_MONTHS = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_MONTHS = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
_LEAP_DAYS = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
# The calendar of the years that a card may name, 1900 to 2200.
DAY = f"^(?:(?:(?:19|20|21)[0-9]{{2}}|2200)-(?:{_LONG_MONTHS}|{_SHORT_MONTHS})|{_LEAP_DAYS})$"


def text(longest: int, pattern: str = TEXT) -> Schema:
    return {"type": "string", "maxLength": longest, "pattern": pattern}


def name(longest: int = limits.NAME) -> Schema:
    """One line with something to see."""
    return text(longest, NAME)


def slug() -> Schema:
    return text(limits.SLUG, SLUG)


def item_key() -> Schema:
    """The key of an item of the evidence library."""
    return {"type": "string", "pattern": f"^{ITEM_KEY}$", "maxLength": limits.SLUG}


def _up_to(number: int) -> str:
    return "|".join(f"{value:02}" for value in range(1, number + 1))


def past_day(last: date) -> Schema:
    """A date that a card may speak of: none after the day on which the description was made."""
    century, decade = divmod(last.year, 100)[0], last.year // 10
    years = [f"{number}[0-9]{{2}}" for number in range(19, century)]
    years += [f"{number}[0-9]" for number in range(century * 10, decade)]
    years += [str(year) for year in range(decade * 10, last.year)]
    leap = [str(year) for year in range(1904, last.year) if isleap(year)]
    months = [
        f"{last.year}-{month:02}-(?:{_up_to(monthrange(last.year, month)[1])})"
        for month in range(1, last.month)
    ]
    parts = (
        f"(?:{'|'.join(years)})-(?:{_LONG_MONTHS}|{_SHORT_MONTHS})",
        f"(?:{'|'.join(leap)})-02-29",
        *months,
        f"{last.year}-{last.month:02}-(?:{_up_to(last.day)})",
    )
    description = "A date from 1900 to today."
    return {"type": "string", "pattern": f"^(?:{'|'.join(parts)})$", "description": description}


def day() -> Schema:
    return {"type": "string", "pattern": DAY, "description": "A date of the years 1900 to 2200."}
