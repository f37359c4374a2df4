"""Lines that give the scores of several dimensions at once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assessments.importing.newsletter.headings import NAMED, said_behind
from assessments.importing.newsletter.issue import Reading
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.opening import Said
from assessments.importing.newsletter.scores import CERTAINTY, SPELT, certainty_meaning
from assessments.importing.newsletter.wording import GIVES
from assessments.values.scale import Dimension

_LONGEST = 1_000
# “2/5 on viability, 3/5 on drivers”: the scores stand before their names.
SCORE_BEFORE = re.compile(
    rf"(?<![\w.,/])(?P<score>{SPELT})\s+(?:on|for|in)\s+(?:the |its )?$", re.IGNORECASE
)
_LONGEST_SCORE = 30
_SURENESS = re.compile(r"(?:how sure|certainty|certainties|confidence)\b[^:]{0,30}:", re.IGNORECASE)
_HOW_SURE = re.compile(rf"[\s:=(-]*(?:{CERTAINTY.pattern})", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\s*(?:throughout|everywhere|overall|across the board|all round|(?:for|in) (?:all|each)\b"
    r"[\w ]{0,20}|each|on all)",
    re.IGNORECASE,
)


def digest_of(line: Line, dated: date | None) -> list[Said]:
    """The scores of a line that gives those of two dimensions or more, one after the other; of a
    line of sentences none, which are offered elsewhere."""
    if len(line.text) > _LONGEST:
        return []
    names = list(NAMED.finditer(line.plain))
    if any(_is_told(line, name) for name in names):
        return []
    if _SURENESS.match(line.plain, line.lead):
        return _sure_each(line, names)
    found = []
    for place, name in enumerate(names):
        until = names[place + 1].start() if place + 1 < len(names) else len(line.plain)
        said = said_behind(line, name, until, dated)
        if said.value is not None:
            found.append(said)
    return _sure_of_all(line, found) if len({said.dimension for said in found}) > 1 else []


def _sure_each(line: Line, names: Sequence["re.Match[str]"]) -> list[Said]:
    """“Certainty: viability high, drivers low”: no levels, but how sure each of them is."""
    found = []
    for name in names:
        sure = _HOW_SURE.match(line.plain, name.end())
        meaning = certainty_meaning(sure) if sure else None
        if sure and meaning:
            reading = Reading(meaning.values, line.quoted(), meaning.why)
            dimension = Dimension(name.lastgroup or "")
            found.append(Said(dimension, None, reading, name.start(), sure.end()))
    return found if len(found) > 1 else []


def _is_told(line: Line, name: "re.Match[str]") -> bool:
    """Whether the score of the name stands in a sentence: before it, or behind a verb."""
    before = line.plain[max(0, name.start() - _LONGEST_SCORE) : name.start()]
    return bool(SCORE_BEFORE.search(before)) or bool(GIVES.match(line.plain, name.end()))


def _sure_of_all(line: Line, found: Sequence[Said]) -> list[Said]:
    """“Medium certainty throughout” is said of every score of the line that has none of its own."""
    for sure in CERTAINTY.finditer(line.plain, found[0].start):
        after = _OF_ALL.match(line.plain, sure.end())
        meaning = certainty_meaning(sure) if after else None
        if after and meaning:
            own = [one for one in found if one.certainty and one.end < sure.start()]
            shared = Reading(meaning.values, line.quoted(sure.start(), after.end()), meaning.why)
            given = [one if one in own else replace(one, certainty=shared) for one in found]
            return [*given[:-1], replace(given[-1], end=max(given[-1].end, after.end()))]
    return list(found)
