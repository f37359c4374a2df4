"""What kind of statement a sentence is, by its own words and by the heading it stands under."""

import re
from dataclasses import dataclass

OBSERVATION, OPINION, FORECAST = "observation", "opinion", "forecast"

_FORECAST = re.compile(
    r"\b(?:will|won['’]t|shall|gonna|(?<!not\s)going\s+to|is\s+going\s+be|(?:I|we)\s+(?:\w+\s+)?(?:imagine"
    r"|expect|predict|forecast|bet|foresee|reckon)|my\s+(?:guess|bet|prediction|forecast)"
    r"|(?:years?|months?|decades?)\s+(?:out|away|from\s+now)|by\s+(?:the\s+end\s+of\s+)?20\d\d"
    r"|within\s+(?:a|an|the\s+next|\w+)\s+(?:few\s+)?(?:years?|months?|decades?)"
    r"|(?:over|in)\s+the\s+(?:next|coming)\s+\S+|in\s+(?:a\s+few|the\s+next|\w+)\s+(?:years|decades)"
    r"|next\s+(?:year|decade|big|wave|hit)|likely\s+to|sooner\s+or\s+later"
    r"|eventually|some\s?day)\b|\b(?:it|they|he|she|we|that|there|this|you|I)['’]ll\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:I\s+(?:\w+\s+)?(?:think|believe|feel|find|doubt|suspect|hope|like|prefer|worry|suppose|am)"
    r"|I['’]m|in\s+my\s+(?:view|opinion|book)|imo|my\s+(?:\w+\s+)?(?:take|view|opinion|hunch|sense)"
    r"|should(?:n['’]t)?|ought|probably|perhaps|maybe|arguably|surely|clearly|frankly|honestly"
    r"|seems?|too\s+(?:early|late|much|little)|hot\s+takes?|promising|overrated|underrated|bearish"
    r"|bullish|sk?[ce]eptical|(?:is|are|isn['’]t|aren['’]t)\s+(?:\w+\s+)?(?:great|good|bad|hard|easy"
    r"|better|worse|best|worst|important|trivial|risky|wrong|right|silly|foolish|worth))\b",
    re.IGNORECASE,
)
_HEADING_WORDS = {
    OPINION: r"opinions?|views?|takes?|thoughts?|beliefs?|comment(?:ary|s)?|verdict|assessment"
    r"|what\s+i\s+think|editorial",
    FORECAST: r"predictions?|forecasts?|outlook|future|guess(?:es)?|expectations?|coming|ahead"
    r"|what(?:['’]s|\s+is|\s+comes)\s+next",
    OBSERVATION: r"observations?|observed|facts?|findings?|background|context|data"
    r"|intro(?:duction)?|what\s+(?:we|i)\s+(?:see|saw)|seen|today|so\s+far|status|state\s+of",
}
_HEADINGS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _HEADING_WORDS.items()
)


@dataclass(frozen=True)
class Typed:
    kind: str
    why: str
    is_sure: bool = False


def typed(words: str, headings: tuple[str, ...], *, lead_in: str = "") -> Typed:
    """A kind for the statement; its own words say more than its heading does."""
    found = _FORECAST.search(words) or _FORECAST.search(lead_in)
    if found:
        return Typed(FORECAST, f"speaks of what is to come, “{found.group()}”.")
    under = _under(headings)
    found = _OPINION.search(words)
    if found and (under is None or under[0] != OBSERVATION):
        agrees = under is not None and under[0] == OPINION
        return Typed(OPINION, f"judges, “{found.group()}”.", agrees)
    if under is not None:
        kind, heading = under
        return Typed(kind, f"stands under “{heading[:80]}”.", kind == OBSERVATION and not found)
    if found:
        return Typed(OPINION, f"judges, “{found.group()}”.")
    return Typed(OBSERVATION, "neither judges nor looks ahead.")


def _under(headings: tuple[str, ...]) -> tuple[str, str] | None:
    """What the nearest heading that names a kind of statement says."""
    for heading in reversed(headings):
        for kind, pattern in _HEADINGS:
            if pattern.search(heading):
                return kind, heading
    return None
