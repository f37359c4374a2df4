"""Scores that stand in the first words below a heading: they are offered, and never taken."""

from collections.abc import Iterator
from datetime import date

from assessments.importing.newsletter.bodies import Body, sentences
from assessments.importing.newsletter.headings import Said
from assessments.importing.newsletter.issue import Quoted, Reading, Value
from assessments.importing.newsletter.scores import (
    CERTAINTY,
    TOLD,
    certainty_meaning,
    level_meaning,
)
from assessments.importing.newsletter.years import LENGTHS, NAMED, WINDOW, Meaning, window_meaning
from assessments.values.scale import Dimension

_WHY = "It stands in a sentence, not behind the heading."
_LONGEST = 200


def told(
    body: Body,
    dimension: Dimension,
    dated: date | None,
    *,
    has_value: bool,
    has_certainty: bool,
) -> Said | None:
    """What the first sentence can mean for the level or the window, and the line for the
    certainty; None where it names neither."""
    first, *_ = sentences(body.plain, body.line.start + body.start)
    value = None if has_value else _value(first, dimension, dated)
    certainty = None if has_certainty else _certainty(body)
    if value is None and certainty is None:
        return None
    return Said(dimension, value, certainty, body.start, body.start)


def _value(first: Quoted, dimension: Dimension, dated: date | None) -> Reading | None:
    meanings = list(_meanings(first.words, dimension, dated))
    if not meanings:
        return None
    values: dict[Value, None] = dict.fromkeys(one for each in meanings for one in each.values)
    counted = [each.why for each in meanings if dimension is Dimension.TIMING and each.why]
    return Reading(tuple(values), _short(first), " ".join(dict.fromkeys([_WHY, *counted])))


def _meanings(words: str, dimension: Dimension, dated: date | None) -> Iterator[Meaning]:
    if dimension is Dimension.TIMING:
        for found in WINDOW.finditer(words):
            if any(found[name] for name in (*NAMED, *LENGTHS)):
                yield window_meaning(found, dated)
    else:
        for found in TOLD.finditer(words):
            meaning = level_meaning(found, dimension)
            if meaning.values:
                yield meaning


def _certainty(body: Body) -> Reading | None:
    for found in CERTAINTY.finditer(body.plain):
        meaning = None if found["bare"] else certainty_meaning(found)
        if meaning:
            return Reading(meaning.values, _short(body.quote), meaning.why or _WHY)
    return None


def _short(quote: Quoted) -> Quoted:
    return Quoted(quote.words[:_LONGEST], quote.span)
