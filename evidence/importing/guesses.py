"""When something said of the future would fall, as far as the words say it."""

import re
from dataclasses import dataclass

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_COUNT = "|".join([r"\d{1,3}(?:\.\d)?", *_NUMBERS])
_UNITS = {"month": 1 / 12, "quarter": 0.25, "year": 1.0, "decade": 10.0}
_UNIT = r"(?P<unit>month|quarter|year|decade)s?"
_FEW = (2.0, 5.0)


@dataclass(frozen=True)
class When:
    """`years` from the base date, or calendar years where `is_calendar`; None where unsaid."""

    words: str
    years: tuple[float, float] | None
    why: str
    is_calendar: bool = False


_RANGE = rf"(?P<low>{_COUNT})\s*(?:-|–|—|to|or)\s*(?P<high>{_COUNT})"
_FEW_OF = re.compile(
    r"\b(?:(?:a|the\s+next|quite\s+a|another)\s+)?(?:few|couple\s+(?:of)?|several)\s+(?:more\s+)?"
    rf"{_UNIT}(?:\s*\(\s*(?:{_RANGE}|(?P<one>{_COUNT}))\s*\??\s*\))?",
    re.IGNORECASE,
)
_RANGED = re.compile(rf"\b{_RANGE}\s+{_UNIT}\b", re.IGNORECASE)
_WITHIN = re.compile(
    rf"\b(?:within|in|over|for|less\s+than|under)\s+(?:the\s+)?(?:next\s+|coming\s+|about\s+)*"
    rf"(?P<count>{_COUNT}|an?\b)?\s*{_UNIT}\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"\b(?P<count>{_COUNT}|an?)\s+{_UNIT}\s+(?:out|away|from\s+now)\b", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?P<how>by|before|until|around|in|during|from)\s+(?:the\s+)?(?:(?:early|mid|late|end\s+of)[\s-]*)?"
    r"(?P<year>20\d\d)(?P<decade>s)?\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?P<year>20\d\d)\s*(?:-|–|—|to|and)\s*(?P<until>20\d\d)\b")
_NAMED = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), years, said)
    for words, years, said in (
        (
            r"(?:by\s+)?(?:the\s+)?end\s+of\s+(?:this|the)\s+year|this\s+year",
            (0.0, 1.0),
            "that year",
        ),
        (r"next\s+year", (0.0, 2.0), "the year after"),
        (r"this\s+decade", (0.0, 10.0), "the next ten years"),
    )
)
_UNSAID = re.compile(
    r"\b(?:the\s+)?next\b(?:\s+(?!to\b)\S+){0,5}?\s+(?:wave|hit|step|leap|big\s+thing|generation"
    r"|phase|boom|winner|revolution|breakthrough)\w*|\bsoon\b|\beventually\b|\bsome\s?day\b"
    r"|\bnext\s+big\b|\bsooner\s+or\s+later\b",
    re.IGNORECASE,
)


def when_in(words: str) -> When | None:
    """The first time that the words give for what they foresee; None where they give none."""
    for read in (_few, _ranged, _calendar, _counted, _named):
        found = read(words)
        if found:
            return found
    unsaid = _UNSAID.search(words)
    if unsaid is None:
        return None
    return When(unsaid.group(), None, "It says that it comes, and not when: give a day yourself.")


def _few(words: str) -> When | None:
    match = _FEW_OF.search(words)
    if match is None:
        return None
    unit = _UNITS[match["unit"].casefold()]
    said = match.group()
    if match["low"]:
        years = (_count(match["low"]) * unit, _count(match["high"]) * unit)
        return When(said, years, "The range stands in brackets.")
    if match["one"]:
        exact = _count(match["one"]) * unit
        return When(said, (exact, exact), "The number stands in brackets.")
    low, high = (2.0, 2.0) if "couple" in said.casefold() else _FEW
    why = f"“{said}” is taken for {low:g} to {high:g} {match['unit'].casefold()}s."
    return When(said, (low * unit, high * unit), why)


def _ranged(words: str) -> When | None:
    match = _RANGED.search(words)
    if match is None:
        return None
    unit = _UNITS[match["unit"].casefold()]
    years = (_count(match["low"]) * unit, _count(match["high"]) * unit)
    return When(match.group(), years, "The range is said.")


def _calendar(words: str) -> When | None:
    match = _BETWEEN.search(words)
    if match:
        years = (float(match["year"]), float(match["until"]))
        return When(match.group(), years, "The years are said.", is_calendar=True)
    match = _BY.search(words)
    if match is None:
        return None
    year = float(match["year"])
    last = year + 9 if match["decade"] else year
    return When(match.group(), (year, last), "The year is said.", is_calendar=True)


def _counted(words: str) -> When | None:
    match = _AWAY.search(words) or _WITHIN.search(words)
    if match is None:
        return None
    count = _count(match["count"] or "1") * _UNITS[match["unit"].casefold()]
    return When(match.group(), (0.0, count), "It is counted from the base date.")


def _named(words: str) -> When | None:
    for pattern, years, said in _NAMED:
        match = pattern.search(words)
        if match:
            return When(match.group(), years, f"“{match.group()}” is taken for {said}.")
    return None


def _count(word: str) -> float:
    bare = word.casefold()
    if bare in {"a", "an"}:
        return 1.0
    return float(_NUMBERS.index(bare)) if bare in _NUMBERS else float(bare)
