"""Levels and certainties as newsletters spell them, and what each spelling can mean."""

import re

from assessments.importing.newsletter.issue import Level
from assessments.importing.newsletter.lines import EMPTY, FULL
from assessments.importing.newsletter.years import Meaning
from assessments.values.scale import (
    Certainty,
    Dimension,
    UnscoredReason,
    are_neighbours,
    levels_of,
    next_level,
)

_MOST = 5
_ARROWS = {"->", "=>", "→", "➔", "➜", "⟶"}
_WRITTEN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_PLUS = r"\s?\+{1,3}|[ -]?plus(?:[ -]plus)?\b"
_NUMBER = r"\d{1,3}(?:[.,]\d|\s?½)?|one|two|three|four|five"
# What may follow a score, so that "3 vendors ship it" is none.
_AFTER = (
    r"(?=\s*(?:$|[)\]\[(,;:|/·•.!\"'\u2605]|-|and\b|high\b|med|mod|low\b|very\b|certain|confid"
    r"|at\b))"
)
SPELT = (
    rf"(?P<low>{_NUMBER})(?P<plus>{_PLUS})?"
    r"(?:\s*(?P<how>/|->|=>|→|➔|➜|⟶|-|\bto\b|\bor\b|\bout of\b|\bof\b|\band\b)"
    rf"\s*(?P<high>{_NUMBER})(?P<more>{_PLUS})?)?(?:\s(?:points?|pts|stars?)\b)?(?![\d%]|\s*%|[.,]\d)"
)
_STARS = (
    rf"(?<![{FULL}])(?<![{FULL}]\s)(?P<stars>(?P<star>[{FULL}])(?:\s?(?P=star)){{0,4}})"
    rf"(?!\s?(?P=star))(?P<dark>(?:\s?[{EMPTY}]){{0,9}})(?P<half>\s?½)?"
    rf"(?:\s*(?:[/-]|\bto\b|\bor\b)\s*(?P<up_to>(?:\s?[{FULL}{EMPTY}]){{2,9}}))?"
)
LEVEL = re.compile(
    rf"(?<![\d.])(?:between )?{SPELT}{_AFTER}|{_STARS}"
    rf"|(?P<none>n/a|n\.a\.|tb[dc]|unscored|not (?:yet )?(?:scored|assessed|rated)|unclear|unknown"
    rf"|\?{{1,3}}){_AFTER}",
    re.IGNORECASE,
)
# In a sentence: a digit, or a number in words behind a word that gives a score.
TOLD = re.compile(
    r"(?<![\w.,/€$£-])(?=\d|(?:(?<=\ba )|(?<=\ban )|(?<=\bit )|(?<=\bof )|(?<=\bsolid ))\w)"
    rf"{SPELT}(?:{_AFTER}"
    r"|(?=\s+(?:if|because|for|as|since|while|but|to me|overall|today|though|unless)\b))"
    rf"|{_STARS}(?P<none>(?!))?",
    re.IGNORECASE,
)
_HOW_SURE = r"low|medium|moderate|med|mid|high"
_SURE = (
    rf"(?:(?:very|fairly|quite|extremely|rather)[ -])?(?:{_HOW_SURE})"
    rf"(?:\s*(?:-to-|-|/|\bto\b)\s*(?:{_HOW_SURE}))?"
)
_NOUN = r"(?:certainty|certain|confidence|confident|conviction)"
CERTAINTY = re.compile(
    rf"(?:with |at )?(?P<before>{_SURE})[\s-]*{_NOUN}\b"
    rf"|{_NOUN}\s*(?:level)?\s*[:=(-]?\s*(?:is )?"
    rf"(?P<after>{_SURE}|\d{{1,3}}\s?%|n/a|unknown|unclear|\?)"
    r"|(?:we(?:'re| are) |i(?:'m| am) )?(?P<share>\d{1,3}\s?(?:%|per ?cent)"
    r"|(?:very|pretty|quite|fairly|rather|reasonably|not(?: very| at all| so| too)?|un)[ -]?)"
    r"\s*(?:sure|certain|confident)\b(?: of (?:it|this|that))?"
    r"|(?P<plainly>(?:un)?(?:sure|certain|confident))(?=\s*(?:$|[)\].;]))"
    rf"|(?P<bare>{_SURE})(?=\s*(?:$|[)\],;|./]))",
    re.IGNORECASE,
)
_CERTAINTIES = {
    "low": Certainty.LOW,
    "medium": Certainty.MEDIUM,
    "moderate": Certainty.MEDIUM,
    "med": Certainty.MEDIUM,
    "mid": Certainty.MEDIUM,
    "high": Certainty.HIGH,
}
_NOT_SAID = {"n/a", "unknown", "unclear", "?"}


def level_meaning(found: "re.Match[str]", dimension: Dimension) -> Meaning:
    if found["stars"]:
        return _starred(found, dimension)
    if found["none"]:
        return _unscored(found["none"])
    low, high = _numeral(found["low"]), _numeral(found["high"])
    if found["plus"] and not found["high"]:
        return _plus(low, _signs(found["plus"]), dimension)
    if high is None:
        return _single(low, dimension)
    return _pair(low or "", high, found, dimension)


def _starred(found: "re.Match[str]", dimension: Dimension) -> Meaning:
    full, empty = (len(re.sub(r"\s", "", found[name] or "")) for name in ("stars", "dark"))
    if found["up_to"]:
        return _starred_span(full, found, dimension)
    if found["half"]:
        return _single(f"{full}.5", dimension)
    return _strange(found) if empty and full + empty != _MOST else _one(Level(str(full)), dimension)


def _starred_span(low: int, found: "re.Match[str]", dimension: Dimension) -> Meaning:
    """Two rows of shapes: from the level of one to that of the other."""
    shapes = re.sub(r"\s", "", found["up_to"])
    full = sum(shape in FULL for shape in shapes)
    if len(shapes) > full and len(shapes) != _MOST:
        return _strange(found)
    lower, upper = str(low), str(full)
    if are_neighbours(dimension, lower, upper):
        return Meaning((Level(lower, upper),))
    return _no_span(lower, upper, found, dimension)


def _numeral(spelt: str | None) -> str | None:
    if spelt is None:
        return None
    return str(_WRITTEN.get(spelt.casefold(), _decimal(spelt)))


def _decimal(spelt: str) -> str:
    return re.sub(r"\s?½", ".5", spelt).replace(",", ".")


def _one(level: Level, dimension: Dimension) -> Meaning:
    if level.level in levels_of(dimension):
        return Meaning((level,))
    return Meaning((), f"{level.level} is no level of {dimension}.")


def _single(level: str | None, dimension: Dimension) -> Meaning:
    if level and level.endswith(".0"):
        return _one(Level(level[:-2]), dimension)
    if level and "." in level:
        below = level.partition(".")[0]
        above = next_level(dimension, below)
        values = [Level(below, above), Level(below), Level(above)] if above else []
        return Meaning(tuple(values), f"{level} lies between two levels; there are no halves.")
    return _one(Level(level), dimension)


def _signs(spelt: str) -> int:
    return spelt.count("+") or spelt.casefold().count("plus")


def _plus(level: str | None, signs: int, dimension: Dimension) -> Meaning:
    levels = levels_of(dimension)
    if level == "5" and "5+" in levels:
        if signs == 1 or signs > 3:
            return Meaning((Level("5+"),))
        return Meaning((Level("5+"), Level("5")), "The scale ends at 5+.")
    if level not in levels:
        return Meaning((), f"{level}+ is no level of {dimension}.")
    above = next_level(dimension, level)
    values = (Level(level), Level(level, above)) if above else (Level(level),)
    return Meaning(values, f"A plus after {level} has no place on the scale of {dimension}.")


def _pair(low: str, high: str, found: "re.Match[str]", dimension: Dimension) -> Meaning:
    is_of = found["how"].casefold() in {"of", "out of"}
    upper = f"{high}+" if found["more"] else high
    lower = f"{low}+" if found["plus"] else low
    levels = levels_of(dimension)
    if found["how"] in _ARROWS:
        each = tuple(Level(one) for one in (upper, lower) if one in levels)
        return Meaning(each, "An arrow leads from one level to another: a change, or a span.")
    is_span = are_neighbours(dimension, lower, upper)
    is_of_five = (is_of or found["how"] == "/") and upper == "5" and lower in levels
    if is_span and is_of_five and not is_of:
        return Meaning(
            (Level(lower, upper), Level(lower)),
            f"{lower}/{upper} can be a span of two levels, or {lower} out of five.",
        )
    if "." in lower and upper == str(_MOST) and (is_of or found["how"] == "/"):
        return _single(lower, dimension)
    if is_of or is_of_five:
        return Meaning((Level(lower),)) if is_of_five else _strange(found)
    if is_span:
        return Meaning((Level(lower, upper),))
    return _no_span(lower, upper, found, dimension)


def _no_span(lower: str, upper: str, found: "re.Match[str]", dimension: Dimension) -> Meaning:
    if are_neighbours(dimension, upper, lower):
        return Meaning((Level(upper, lower),), "The higher level stands first.")
    each = tuple(Level(level) for level in (lower, upper) if level in levels_of(dimension))
    if found["how"] == "/" and len(each) < 2:
        return _strange(found)
    return Meaning(each, "A score spans two neighbouring levels at most.")


def _strange(found: "re.Match[str]") -> Meaning:
    return Meaning((), f"“{found.group().strip()}” is on another scale than 1 to 5.")


def _unscored(words: str) -> Meaning:
    open_, none = UnscoredReason.NOT_YET_ASSESSED, UnscoredReason.NOT_APPLICABLE
    if words.casefold().startswith(("tb", "not", "unscored")):
        return Meaning((Level(unscored_reason=open_),))
    return Meaning(
        (
            Level(unscored_reason=open_),
            Level(unscored_reason=none),
            Level(unscored_reason=UnscoredReason.FOUND_NOTHING),
        ),
        "No level is given, and not why.",
    )


def certainty_meaning(found: "re.Match[str]") -> Meaning | None:
    """None where the text says that no certainty is given."""
    said = found["before"] or found["after"] or found["share"] or found["plainly"] or found["bare"]
    words = re.sub(r"\s+", " ", said).casefold()
    if words in _NOT_SAID:
        return None
    if words in _CERTAINTIES:
        return Meaning((_CERTAINTIES[words],))
    named = dict.fromkeys(
        _CERTAINTIES[word] for word in re.findall(_HOW_SURE, words) if word in _CERTAINTIES
    )
    values = tuple(named) or tuple(Certainty)
    return Meaning(values, "Certainty is low, medium or high, and nothing between.")
