"""Windows as newsletters spell them, and what each spelling can mean."""

import re
from dataclasses import dataclass
from datetime import date

from assessments.importing.newsletter.issue import Value, Years
from assessments.values import limits
from assessments.values.scale import UnscoredReason

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {
    **dict.fromkeys(("a", "one"), 1),
    **{word: count for count, word in enumerate(_WORDS, start=2)},
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
}
_MANY = rf"(?:\d{{1,2}}|(?:{'|'.join(_COUNTS)})\b)"
_UNIT = r"[ -]?(?:years?|yrs?|decades?)\b(?:['’] time)?"
_HENCE = r"(?: (?:away|out|off|from now|hence))"
_ABOUT = r"(?:(?:about|around|roughly|some|approximately|another|perhaps|maybe) |~ ?)?"
# Lengths of time, which count from the day of the issue.
_LENGTH = (
    rf"(?<![\w.,])(?:(?:in|within|over) )?(?:the (?:next|coming) )?{_ABOUT}(?P<near>{_MANY})"
    rf"\s*(?:-|/|to|or)\s*(?P<far>{_MANY})(?P<span_unit>{_UNIT}){_HENCE}?"
    r"|\b(?:(?:within|(?:in|over|during)(?= (?:the|this) (?:next|coming) ))"
    r"|(?:in )?(?:less|fewer) than|(?:in )?under|(?:in )?at most)"
    rf"(?: (?:the|this) (?:next|coming))? {_ABOUT}(?P<within>{_MANY} ?)?(?P<within_unit>{_UNIT})"
    rf"|(?<![\w.,])(?:in )?(?:(?:more than|at least|upwards of) (?P<beyond>{_MANY})"
    rf"|(?P<plus>\d{{1,2}}) ?\+)(?P<beyond_unit>{_UNIT}){_HENCE}?"
    rf"|\bin {_ABOUT}(?P<ahead>{_MANY})(?P<ahead_unit>{_UNIT})"
    rf"|(?<![\w.,]){_ABOUT}(?P<away>{_MANY})(?P<away_unit>{_UNIT}){_HENCE}"
    r"|\b(?:(?:by|before|until|in|over|for|at) )?(?:(?:the )?(?:early|mid|(?P<late>late)|start"
    r"|beginning|middle|end|close|rest|turn)(?: in| of)?[ -](?:the|this)|this)"
    r" (?P<decade_now>decade)\b"
)
_YEAR = r"(?:19|20|21)\d\d"
_EDGE = r"(?:(?:about|around|early|mid|late|the (?:start|beginning|middle|end) of)[ -])?"
WINDOW = re.compile(
    rf"(?:from |between )?(?P<first>{_YEAR})(?:/\d\d(?=\s*-))?\s*"
    rf"(?:-|/|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\band\b)\s*(?P<last>{_YEAR}|\d\d)(?!\d)"
    r"(?P<and_on>\s?\+)?"
    rf"|(?:from )?(?P<open>{_YEAR})\s*"
    rf"(?:\+|(?:on|onwards?|plus|and (?:later|beyond|after|onwards?)|or later)\b)"
    rf"|from (?P<since>{_YEAR})(?: on(?:wards?)?\b)?"
    rf"|(?:not|no (?:earlier|sooner)|hardly|never) (?:before|than|until|till)"
    rf" {_EDGE}(?P<earliest>{_YEAR})"
    rf"|{_EDGE}(?P<at_earliest>{_YEAR}) at the (?:very )?(?:earliest|soonest)\b"
    rf"|(?:after|post|beyond)[ -](?P<after>{_YEAR})"
    rf"|(?:(?:in |by )?the )?(?:(?P<third>early|mid|late)(?:[ -]to[ -](?:mid|late))?[ -])?"
    rf"(?P<decade>(?:20|21)\d0)'?s\b\??"
    rf"|(?P<how>by|before|until|till|no later than) {_EDGE}(?P<until>{_YEAR})(?![\d'])"
    rf"|{_LENGTH}"
    rf"|(?P<word>now|today|already here|soon|later|distant"
    rf"|(?:near|short|medium|mid|long)[- ]term)\b"
    rf"(?:\s*\((?P<band>[^()]{{1,20}})\))?"
    rf"|(?P<none>never|n/a|tb[dc]|unclear|unknown|not (?:yet )?(?:scored|assessed)|\?{{1,3}})"
    rf"|(?:(?:about|around|roughly|approximately|circa|ca\.|c\.|~|early|mid|late|end of|q[1-4])"
    rf"[ -]?)?(?P<year>{_YEAR})(?!\d)(?:\s*(?:or so|or thereabouts|-?ish\b|\?))?",
    re.IGNORECASE,
)
# Groups that name the first year alone.
_BEGUN = ("open", "since", "earliest", "at_earliest")
# Groups of the pattern that name years; the words of a scale name none.
NAMED = ("first", *_BEGUN, "after", "decade", "until", "year")
# Groups that name a length of time.
LENGTHS = ("near", "within_unit", "beyond_unit", "ahead", "away", "decade_now")
# First and last year counted from that of the issue, for the words of the tracker.
_BANDS: dict[str, tuple[int, int | None]] = {
    "now": (0, 2),
    "today": (0, 2),
    "already here": (0, 2),
    "soon": (2, 5),
    "near-term": (0, 2),
    "short-term": (0, 2),
    "later": (5, 10),
    "medium-term": (2, 5),
    "mid-term": (2, 5),
    "distant": (10, None),
    "long-term": (10, None),
}
_UNDATED = "It counts from the day of the issue, which is not known; give the years."
# First and last year of a decade, and of its early, middle and late years.
_THIRDS = {"": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}


@dataclass(frozen=True)
class Meaning:
    """What a spelling can mean; `why` where that is not one thing."""

    values: tuple[Value, ...]
    why: str = ""


def window_meaning(found: "re.Match[str]", dated: date | None) -> Meaning:
    if found["first"]:
        return _first_and_last(found)
    begun = next((found[name] for name in _BEGUN if found[name]), None)
    if begun:
        return Meaning((Years(int(begun)),))
    if found["none"]:
        return _no_window()
    if any(found[name] for name in LENGTHS):
        return _length(found, dated)
    if found["word"]:
        near, far = _BANDS[found["word"].casefold().replace(" term", "-term")]
        if found["band"]:
            years = re.match(r"(\d+)\s*-\s*(\d+)", found["band"])
            near, far = (int(years[1]), int(years[2])) if years else (near, far)
        return _counted(near, far, dated)
    return _about(found, dated)


def _length(found: "re.Match[str]", dated: date | None) -> Meaning:
    """What a length of time means, counted from the year of the issue."""
    if dated is None:
        return Meaning((), _UNDATED)
    year = dated.year
    if found["decade_now"]:
        last = year - year % 10 + 9
        first = max(year, last - 2) if found["late"] else year
        why = f"Counted from {year}, the decade ends with {last} or {last + 1}."
        return Meaning((Years(first, last), Years(first, last + 1)), why)
    if found["near"]:
        unit = found["span_unit"]
        return _counted(_many(found["near"], unit), _many(found["far"], unit), dated)
    why = f"It is said in words; counted from {year} it is these years."
    if found["within_unit"]:
        last = year + _many((found["within"] or "a").strip(), found["within_unit"])
        return Meaning((Years(year, last),), why)
    if found["beyond_unit"]:
        first = year + _many(found["beyond"] or found["plus"], found["beyond_unit"])
        return Meaning((Years(first),), why)
    unit = found["ahead_unit"] or found["away_unit"]
    first = year + _many(found["ahead"] or found["away"], unit)
    return Meaning((Years(first), Years(first, first)), why)


def _many(spelt: str, unit: str) -> int:
    count = _COUNTS.get(spelt.casefold()) or int(spelt)
    return count * 10 if "decade" in unit.casefold() else count


def _last(first: str, last: str) -> int:
    return int(last if len(last) == 4 else first[:2] + last)


def _first_and_last(found: "re.Match[str]") -> Meaning:
    first, last = int(found["first"]), _last(found["first"], found["last"])
    meant = _years(first, last)
    if not found["and_on"]:
        return meant
    return Meaning((*meant.values, Years(first)), meant.why or "It names a last year and goes on.")


def _years(first: int, last: int) -> Meaning:
    if limits.FIRST_YEAR <= first <= last <= limits.LAST_YEAR:
        return Meaning((Years(first, last),))
    swapped = (Years(last, first),) if last >= limits.FIRST_YEAR else ()
    return Meaning(swapped, "The window ends before it begins.")


def _counted(near: int, far: int | None, dated: date | None) -> Meaning:
    if dated is None:
        return Meaning((), _UNDATED)
    if far is not None and far < near:
        near, far = far, near
    last = None if far is None else dated.year + far
    years = Years(dated.year + near, last)
    return Meaning((years,), f"It is said in words; counted from {dated.year} it is these years.")


def _about(found: "re.Match[str]", dated: date | None) -> Meaning:
    if found["after"]:
        year = int(found["after"])
        return Meaning((Years(year), Years(year + 1)), f"After {year} can begin with it or later.")
    if found["decade"]:
        near, far = _THIRDS[(found["third"] or "").casefold()]
        year = int(found["decade"])
        years = (Years(year + near, year + far), Years(year + near))
        return Meaning(years, "A decade is named, not two years.")
    if found["until"]:
        return _until(int(found["until"]), found["how"], dated)
    year = int(found["year"])
    return Meaning((Years(year), Years(year, year)), "One year is named, not a window.")


def _until(year: int, how: str, dated: date | None) -> Meaning:
    last = [year - 1, year] if how.casefold() == "before" else [year]
    alone = tuple(Years(one, one) for one in last)
    if dated is None or dated.year > last[0]:
        return Meaning(alone, "Only the end of the window is named.")
    why = (
        f"Only the end of the window is named; it is counted from {dated.year}, or that year alone."
    )
    return Meaning((*(Years(dated.year, one) for one in last), *alone[-1:]), why)


def _no_window() -> Meaning:
    reasons = (UnscoredReason.NOT_YET_ASSESSED, UnscoredReason.FOUND_NOTHING)
    values = tuple(Years(unscored_reason=reason) for reason in reasons)
    return Meaning(values, "No window is given, and not why.")
