"""Scores that stand in the first words below a heading: they are offered, and never taken."""

from collections.abc import Iterator, Sequence
from datetime import date

from assessments.importing.newsletter.bodies import Body, sentences
from assessments.importing.newsletter.issue import Quoted, Reading, Span, Value
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.opening import Said
from assessments.importing.newsletter.scores import (
    CERTAINTY,
    TOLD,
    certainty_meaning,
    level_meaning,
)
from assessments.importing.newsletter.years import LENGTHS, NAMED, WINDOW, Meaning, window_meaning
from assessments.values.scale import Dimension

_WHY = "It stands in a sentence, not behind the heading."
_LONGEST, _MOST_SENTENCES = 200, 4


def told(
    body: Body,
    dimension: Dimension,
    dated: date | None,
    *,
    has_value: bool,
    has_certainty: bool,
) -> Said | None:
    """What the first sentences can mean for the level or the window, and the line for the
    certainty; None where they name neither."""
    each = list(sentences(body.plain, body.line.start + body.start))[:_MOST_SENTENCES]
    value = None if has_value else _value(body.line, each, dimension, dated)
    certainty = None if has_certainty else _certainty(body)
    if value is None and certainty is None:
        return None
    return Said(dimension, value, certainty, body.start, body.start)


def _value(
    line: Line, each: Sequence[Quoted], dimension: Dimension, dated: date | None
) -> Reading | None:
    """What the first sentence gives that gives any; of a window all of them count, since two of
    them can name two."""
    told = [(one, list(_meanings(one.words, dimension, dated))) for one in each]
    told = [(one, meanings) for one, meanings in told if meanings]
    if not told:
        return None
    if dimension is not Dimension.TIMING:
        told = told[:1]
    meanings = [one for _, own in told for one in own]
    values: dict[Value, None] = dict.fromkeys(one for own in meanings for one in own.values)
    counted = [one.why for one in meanings if dimension is Dimension.TIMING and one.why]
    span = Span(told[0][0].span.start, told[-1][0].span.end)
    return Reading(tuple(values), _short(line, span), " ".join(dict.fromkeys([_WHY, *counted])))


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
        meaning = None if found["bare"] or found["plainly"] else certainty_meaning(found)
        if meaning:
            return Reading(meaning.values, _short(body.line, body.quote.span), meaning.why or _WHY)
    return None


def _short(line: Line, span: Span) -> Quoted:
    """The words as the issue writes them."""
    quote = line.quoted(span.start - line.start, span.end - line.start)
    return Quoted(quote.words[:_LONGEST], quote.span)
