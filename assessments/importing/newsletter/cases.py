"""Headings of scenarios: “high-impact scenario (backbone)”, “Scenario B: freight (30%)”."""

import re
from dataclasses import dataclass

from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.vocabulary import CASES
from assessments.importing.newsletter.wording import closed

_SCENARIO = re.compile(
    rf"(?:the )?(?:(?:{CASES})(?:\((?:ish|er|est)\))?[ -]*(?:to|and)?[ -]*)+"
    r"(?:impact[ -]*)?(?:scenario|case)s?(?: scenario)?(?P<more>(?:\s*\([^()]{1,80}\))*)",
    re.IGNORECASE,
)
_LEVEL_CASE = re.compile(
    r"(?:high|medium|mid|low)(?:\((?:ish|er|est)\))?(?:[ -]to[ -](?:high|medium|low))?[ -]impact"
    r"(?P<more>(?:\s*\([^()]{1,80}\))*)(?=\s*(?::|-\s|$))",
    re.IGNORECASE,
)
_NAMED_CASE = re.compile(
    r"(?:scenario (?:\d{1,2}|[a-h]|one|two|three|four)\b(?:\s*[:.-]\s*[^:.\n(]{1,60}?)?"
    r"|(?!(?:in|this|that|any|each|either)\b)[a-z][\w' /-]{0,60} (?:scenario|case))"
    r"(?P<more>(?:\s*\([^()]{1,80}\))*)(?=\s*(?::|-\s|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """`end` is where its text begins, in the line; `inside` is what its brackets say."""

    name: str
    end: int
    inside: tuple[str, ...]


def case_in(line: Line) -> Case | None:
    """The scenario that the line opens."""
    for pattern in (_SCENARIO, _LEVEL_CASE, _NAMED_CASE):
        found = pattern.match(line.plain, line.lead)
        if found and _opens(line, found):
            bare = re.sub(
                r"[*_`]{2,}|(?<!\w)[*_`]|[*_`](?!\w)", "", line.text[line.lead : found.end()]
            )
            name = re.sub(r"\s+", " ", bare).strip(" *_:|")
            inside = tuple(re.findall(r"\(([^()]*)\)", found["more"] or ""))
            return Case(name, closed(line.plain, found.end()), inside)
    return None


def _opens(line: Line, found: "re.Match[str]") -> bool:
    """Whether a heading ends there: at a bracket, a colon, a dash, or the end of the line."""
    rest = line.plain[found.end() :]
    if re.match(r"\s*(?:$|:|-\s)", rest):
        return True
    return bool(found["more"]) and bool(re.match(r"\s*[A-Z\"'(]", rest))
