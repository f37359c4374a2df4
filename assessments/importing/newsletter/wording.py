"""Words around a level: what it was before, and levels that are said in words."""

import re
from dataclasses import replace

from assessments.importing.newsletter.issue import Level, Quoted, Reading

SCORE_WORD = re.compile(
    r"(?:score[sd]?|rat(?:ed|ing)|level|grade[sd]?|assessment|verdict|window|we (?:say|give it))\b",
    re.IGNORECASE,
)
# “Viability gets a 2”: a verb before the figure.
GIVES = re.compile(
    r"\s*(?:gets?|gains?|earns?|receives?|is|are|stands? at|comes? in at|has)"
    r"(?: (?:an?|at|only|just|barely|about|solid|strong|weak))*\s+(?=[1-5★⭐●]|(?<=\ba )\w)",
    re.IGNORECASE,
)
# “(was 4)”, “up from 2”, “unchanged”: what is told of an earlier time, behind a score.
WAS = re.compile(
    r"(?:(?:it )?was|previously|formerly|before(?: that)?|prior(?: score)?|(?:up |down )?from"
    r"|last (?:time|year|issue|month|quarter)|unchanged|no change|as before|same as before)\b:?"
    r"(?:\s*(?:it was )?(?:an? )?"
    r"(?P<was>[1-5]\+?(?:/[1-5]\+?)?|\d{4}(?:\s?-\s?\d{2,4}|\+)?)(?!\d))?"
    r"(?: (?:last|before|in)\b[^()\[\],;.:]{0,20})?(?=\s*(?:$|[)\],;.:|-]))",
    re.IGNORECASE,
)
# No certainty, which says so: “high certainty”.
_WORD = r"high|strong|medium|moderate|mid|low|weak"
LEVEL_WORD = re.compile(
    rf"(?P<very>very |extremely )?(?P<word>{_WORD})"
    rf"(?:\s*(?:-to-|-|/|\bto\b|\bor\b)\s*(?P<up_to>{_WORD})\b)?"
    r"(?=\s*(?:$|[(\[:=,;.|/-]|[1-5]\b))(?!\s*[-:=(,]?\s*(?:certain|confid|convic))",
    re.IGNORECASE,
)
_WORDED = {"medium": ("3",), "moderate": ("3",), "mid": ("3",)}
_HIGH, _LOW = {"high", "strong"}, {"low", "weak"}


def closed(plain: str, end: int) -> int:
    """Past the brackets and marks that belong to a score or a name, up to the words after it."""
    found = re.compile(r"[\"']?[\s)\]:;|,.-]*").match(plain, end)
    return found.end() if found else end


def was(value: Reading, found: "re.Match[str]") -> Reading:
    """“4 → 3 (was 4)” is 3: what it was before is told, and so which end of the arrow it is."""
    before = found["was"]
    ends = [one for one in value.values if isinstance(one, Level)]
    others = tuple(one for one in ends if one.level != before)
    if value.why.startswith("An arrow") and before and len(others) == len(ends) - 1:
        return replace(value, values=others, why="")
    return value


def in_short(found: "re.Match[str]", value: Reading | None, quote: Quoted) -> Reading:
    """“High (4)” is 4; “high” alone names no level and is asked, as is “low (4)”."""
    levels = _levels(found)
    said = found.group().strip()
    if value is None:
        meant = tuple(Level(level) for level in levels)
        return Reading(meant, quote, f"“{said}” is said in words; the scale has levels.")
    named = {level[:1] for one in value.values if isinstance(one, Level) for level in _both(one)}
    if not value.why and named.isdisjoint(levels):
        return replace(value, why=f"It says “{said}” beside it.")
    return value


def _both(value: Level) -> list[str]:
    return [level for level in (value.level, value.level_to) if level]


def _levels(found: "re.Match[str]") -> tuple[str, ...]:
    levels = _levels_of(found["word"], is_very=bool(found["very"]))
    if found["up_to"]:
        levels += _levels_of(found["up_to"], is_very=False)
    return tuple(sorted(set(levels)))


def _levels_of(said: str, *, is_very: bool) -> tuple[str, ...]:
    word = said.casefold()
    if word in _HIGH:
        return ("5",) if is_very else ("4", "5")
    if word in _LOW:
        return ("1",) if is_very else ("1", "2")
    return _WORDED[word]
