"""Figures that a sentence tells one after the other, and how long after each other they came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.importing.paragraphs import plain
from evidence.importing.reading import ReadFigure, TextLine
from evidence.importing.sentences import sentences_in

_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_VAGUE = {"a": 1, "an": 1, "another": 1, "a couple of": 2}
# Months and days.
_SPANS = {"day": (0, 1), "week": (0, 7), "fortnight": (0, 14), "month": (1, 0), "year": (12, 0)}
_COUNT = "|".join([r"\d{1,3}", "a couple of", "another", "an?", *_NUMBERS])
_LATER = re.compile(
    rf"\b(?P<count>{_COUNT})\s+(?P<unit>day|week|fortnight|month|year)s?\s+"
    r"(?:(?P<later>later|afterwards?|on|after\s+(?:that|this|it))|after\s+(?P<what>[^,;:]{1,60}?)(?=,|$))",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?P<label>[^\s,;:()–—](?:[^,;:()–—]{0,79}?[^\s,;:()–—])?)\s+"
    r"(?P<verb>(?:scored|scores|reached|reaches|got|gets|hit|hits|achieved|achieves|managed|manages"
    r"|stood|stands|was|were|is|are|came|comes|had|has|rated|rates|earned|measured|cost|costs"
    r"|fell|falls|rose|rises|dropped|drops|climbed)(?:\s+(?:at|to|in at|about|around|nearly|only"
    r"|already|still|just|of))*)\s+"
    r"(?P<before>[$€£]?)(?P<value>-?\d{1,12}(?:,\d{3})*(?:\.\d+)?)\s?"
    r"(?P<unit>%|per\s?cent|percent|points?|pp|x|[A-Za-zµ°]{1,6}(?:/[A-Za-z]{1,6})?)?(?![\w%])",
    re.IGNORECASE,
)
_PLAIN_VALUE = re.compile(
    r"(?P<label>[^,;:()]{1,60}?)[:=]\s*(?P<value>-?\d{1,12}(?:\.\d+)?)\s?(?P<unit>%)"
)
_CLAUSE = re.compile(r"\s+[-–—]\s+|[,;]\s+|\.\s+|\band\b(?=\s+\S+(?:\s+\S+){0,5}\s+[$€£]?-?\d)")
_LEADING = re.compile(
    r"^(?:(?:and|then|but|while|whereas|so|now|finally|next|also)\b[\s,]*)+", re.IGNORECASE
)
_CHART = re.compile(
    r"^(?:(?:a|the|this)\s+)?(?:chart|graph|figure|table|plot|diagram)\s+(?:showing|of|shows|with)\s+",
    re.IGNORECASE,
)
_NO_UNIT = {"and", "in", "on", "at", "of", "by", "the", "to", "a", "for", "after", "with", "from"}
_FEWEST = 2
# No paragraph that tells a few figures is longer, and the patterns are slow on long ones.
_LONGEST = 3_000


@dataclass(frozen=True)
class FiguresFound:
    """`name` is what the text calls them."""

    name: str
    rows: tuple[ReadFigure, ...]
    start: int
    end: int


@dataclass(frozen=True)
class _Told:
    """A figure as one clause tells it; `later` is how long after another one it came."""

    label: str
    value: str
    unit: str
    clause: str
    later: re.Match[str] | None


def figures_in(text: str, line: TextLine) -> FiguresFound | None:
    """At least two figures of one unit in the paragraph; None where there are fewer."""
    if len(line.text) > _LONGEST:
        return None
    sentences = sentences_in(text, line.start, line.end)
    told: list[_Told] = []
    first = line.end
    for start, end in sentences:
        found = list(_in_sentence(text[start:end]))
        first = min(first, start) if found else first
        told += found
    if len(told) < _FEWEST or any(one.unit != told[0].unit for one in told):
        return None
    before = [text[start:end] for start, end in sentences if end <= first]
    name = _name(before) or _before_colon(text[first : line.end])
    return FiguresFound(name, tuple(_dated(told)), line.start, line.end)


def _name(sentences: Sequence[str]) -> str:
    last = sentences[-1] if sentences else ""
    match = _CHART.match(last)
    return plain(last[match.end() :] if match else last).rstrip(" .:")[:120] if last else ""


def _before_colon(words: str) -> str:
    head, colon, _ = words.partition(":")
    return plain(head) if colon and 0 < len(head) <= 80 else ""


def _in_sentence(sentence: str) -> Iterator[_Told]:
    for clause in _clauses(sentence):
        later = _LATER.search(clause)
        words = clause if later is None else f"{clause[: later.start()]} {clause[later.end() :]}"
        bare = _LEADING.sub("", words.strip(" ,"))
        match = _FIGURE.search(bare) or _PLAIN_VALUE.search(bare)
        if match is None:
            continue
        parts = match.groupdict()
        label = plain(_LEADING.sub("", parts["label"].strip())).strip(" ,")
        unit = _unit(parts.get("unit") or "", parts.get("before") or "")
        yield _Told(label, parts["value"].replace(",", ""), unit, plain(clause), later)


def _clauses(sentence: str) -> list[str]:
    """Parts with one figure each; a part that only says when belongs to the next one."""
    parts = [part for part in _CLAUSE.split(sentence) if part and part.strip()]
    joined: list[str] = []
    held = ""
    for part in parts:
        whole = f"{held}, {part}" if held else part
        if _LATER.search(part) and not re.search(r"\d", _LATER.sub("", part)):
            held = whole
        else:
            joined.append(whole)
            held = ""
    return [*joined, held] if held else joined


def _dated(told: Sequence[_Told]) -> Iterator[ReadFigure]:
    """The first figure is the base where another is told to come after it."""
    is_timed = any(one.later is not None for one in told)
    times: dict[str, tuple[int, int]] = {}
    last = (0, 0)
    for at, one in enumerate(told):
        figure = ReadFigure(one.label, one.value, one.unit)
        if one.later is not None:
            named = (one.later["what"] or "").strip().casefold()
            last = _moved(times.get(named, last), one.later)
            why = f"“{plain(one.later.group())}”, counted from the first figure: {_said(last)}."
            figure = _at(figure, last, why, plain(one.later.group()))
        elif at == 0 and is_timed:
            figure = _at(figure, last, "The first figure, from which the others are counted.")
        else:
            figure = replace(figure, why=f"No time is given in “{one.clause[:80]}”.")
        if figure.days_after is not None:
            times[one.label.casefold()] = last
        yield figure


def _at(figure: ReadFigure, time: tuple[int, int], why: str, when: str = "") -> ReadFigure:
    months, days = time
    return replace(figure, months_after=months, days_after=days, why=why, when=when)


def _moved(time: tuple[int, int], later: re.Match[str]) -> tuple[int, int]:
    word = later["count"].casefold()
    count = int(word) if word.isdigit() else _VAGUE.get(word) or _NUMBERS.index(word)
    months, days = _SPANS[later["unit"].casefold()]
    return time[0] + count * months, time[1] + count * days


def _said(time: tuple[int, int]) -> str:
    parts = [(time[0], "months"), (time[1], "days")]
    return " and ".join(f"{count} {unit}" for count, unit in parts if count) or "the same day"


def _unit(unit: str, before: str) -> str:
    word = plain(unit).casefold()
    if before:
        return before
    if word in {"%", "percent", "per cent"}:
        return "%"
    return "" if word in _NO_UNIT else unit
