"""Scores that stand in running words alone: each is offered with its sentence, and never taken."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assessments.importing.newsletter.bodies import sentences
from assessments.importing.newsletter.digests import SCORE_BEFORE
from assessments.importing.newsletter.headings import NAMED, QUESTIONED
from assessments.importing.newsletter.issue import Quoted, Reading, Span, Value
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.scores import LEVEL, TOLD, level_meaning
from assessments.importing.newsletter.years import NAMED as NAMED_YEARS
from assessments.importing.newsletter.years import WINDOW, Meaning, window_meaning
from assessments.values.scale import Dimension

_WHY = "It stands in running words, not behind a heading of its own."
_MOST, _LONGEST_UNIT, _LONGEST_HEAD, _MOST_FIGURES = 6, 600, 80, 3
_JOINS = re.compile(r"\s*(?:,|/|\+|&|\band\b)*\s*(?:the )?", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w.,€$£%/-])[1-5]\+?(?:\s?[-/]\s?[1-5]\+?)?(?![\w%]|[.,]\d)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:\b(?:fig|figure|table|step|issue|edition|no|nr|part|chapter|section|phase|page|top)\.?|#)"
    r"\s*$",
    re.IGNORECASE,
)
# “Ana: I'd say four.” behind a question.
_ANSWER = re.compile(
    r"\s*(?:[A-Z][\w.]*(?: [A-Z][\w.]*)?:\s*)?(?:(?:a|i'd say|i would say|i say|we say|say)\s+)*",
    re.IGNORECASE,
)


# “We expect a market between 2032 and 2038.”
_MARKET = re.compile(
    rf"\b(?P<{Dimension.TIMING}>market)\b(?=[^.?!]{{1,40}}\b20\d\d\s?(?:-|to|and|until)\s?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Unit:
    """Words that are read together: a sentence, or a question and what stands behind it."""

    span: Span
    answer: int


def told_in(
    lines: Sequence[Line], text: str, dated: date | None
) -> Mapping[Dimension, Sequence[Reading]]:
    """What sentences give as the level or window of a dimension that they name."""
    found: dict[Dimension, list[Reading]] = defaultdict(list)
    plain = _plain(lines, text)
    for unit in _units(lines, plain):
        for dimension, meaning in _meanings(unit, plain, dated):
            quote = Quoted(unit.span.of(text), unit.span)
            if len(found[dimension]) < _MOST:
                why = " ".join(filter(None, (_WHY, meaning.why)))
                found[dimension].append(Reading(meaning.values, quote, why))
    return found


def _plain(lines: Sequence[Line], text: str) -> str:
    """The lines without their marks, at their places in the text; blanks elsewhere."""
    parts, at = [], 0
    for line in lines:
        parts += [" " * (line.start - at), line.plain]
        at = line.end
    return "".join(parts) + " " * (len(text) - at)


def _units(lines: Sequence[Line], plain: str) -> Iterator[_Unit]:
    said = [line for line in lines if not line.is_blank]
    each = [one for line in said for one in sentences(line.plain, line.start) if one.words.strip()]
    for one, after in pairwise([*each, None]):
        if one is None or len(one.words) > _LONGEST_UNIT or not _names(one.words):
            continue
        start, end = one.span.start, one.span.end
        if not _is_head(one.words):
            yield _Unit(Span(start, end), start)
        elif after is not None and _is_answer(after, start):
            yield _Unit(Span(start, after.span.end), after.span.start)


def _is_answer(after: Quoted, start: int) -> bool:
    return after.span.end - start <= _LONGEST_UNIT and not _names(after.words)


def _is_head(words: str) -> bool:
    """Whether the words ask or head what stands behind them, and have no score themselves."""
    if words.endswith("?"):
        return True
    is_short = len(words) <= _LONGEST_HEAD and not words.endswith((".", "!", ")"))
    return is_short and not TOLD.search(words)


def _names(words: str) -> list["re.Match[str]"]:
    names = list(NAMED.finditer(words))
    pattern = QUESTIONED if words.endswith("?") else _MARKET
    other = None if names else pattern.search(words)
    return [other] if other else names


def _meanings(unit: _Unit, plain: str, dated: date | None) -> Iterator[tuple[Dimension, Meaning]]:
    words = plain[unit.span.start : unit.span.end]
    first = unit.answer - unit.span.start
    names = _names(words[:first].rstrip()) if first else _names(words)
    if first:
        yield from _of_group(names, words[first:], dated, is_answer=True)
        return
    before = [(name, SCORE_BEFORE.search(words[: name.start()])) for name in names]
    if any(found for _, found in before):
        for name, found in before:
            if found:
                yield from _of_group([name], found["score"] + " ", dated, is_answer=True)
        return
    for group, after in _groups(names, words):
        yield from _of_group(group, after, dated, is_answer=False)


def _groups(
    names: Sequence["re.Match[str]"], words: str
) -> Iterator[tuple[list["re.Match[str]"], str]]:
    """Names that stand together, with the words behind them up to the next name."""
    group: list[re.Match[str]] = []
    for name, after in pairwise([*names, None]):
        if name is None:
            continue
        group.append(name)
        until = after.start() if after else len(words)
        if after and _JOINS.fullmatch(words, name.end(), until):
            continue
        yield group, words[name.end() : until]
        group = []


def _of_group(
    names: Sequence["re.Match[str]"], words: str, dated: date | None, *, is_answer: bool
) -> Iterator[tuple[Dimension, Meaning]]:
    dimensions = list(dict.fromkeys(Dimension(name.lastgroup or "") for name in names))
    figures = [found.group() for found in _FIGURE.finditer(words)]
    for place, dimension in enumerate(dimensions):
        if dimension is Dimension.TIMING:
            meaning = _window(words, dated)
        elif len(dimensions) > 1 and len(figures) == len(dimensions):
            meaning = _level(figures[place], dimension)
        else:
            meaning = _levels(words, dimension, is_answer=is_answer)
        if meaning.values:
            yield dimension, meaning


def _level(figure: str, dimension: Dimension) -> Meaning:
    found = LEVEL.match(figure)
    return level_meaning(found, dimension) if found else Meaning(())


def _levels(words: str, dimension: Dimension, *, is_answer: bool) -> Meaning:
    led = _ANSWER.match(words) if is_answer else None
    first = LEVEL.match(words, led.end()) if led else None
    found = [first] if first else [one for one in TOLD.finditer(words) if not _counts(one, words)]
    meanings = [level_meaning(one, dimension) for one in found[:_MOST_FIGURES]]
    return _all_of(meanings)


def _counts(found: "re.Match[str]", words: str) -> bool:
    """“Fig. 3” is no score."""
    return bool(_COUNTED.search(words[: found.start()]))


def _window(words: str, dated: date | None) -> Meaning:
    found = [one for one in WINDOW.finditer(words) if any(one[name] for name in NAMED_YEARS)]
    return _all_of([window_meaning(one, dated) for one in found[:_MOST_FIGURES]])


def _all_of(meanings: Sequence[Meaning]) -> Meaning:
    values: dict[Value, None] = dict.fromkeys(one for each in meanings for one in each.values)
    return Meaning(
        tuple(values), " ".join(dict.fromkeys(each.why for each in meanings if each.why))
    )
