"""Headings that only their place or a sign shows: numbered through, under one picture, or short
and alone above a paragraph."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assessments.importing.newsletter.lines import Line, Mark, is_picture

COUNTED = "1."
_SIGNS = "►▶▸■◆▪❖§"
_NUMBERED = re.compile(r"\s*\(?(?P<number>\d{1,2})[.)]\s")
_FEWEST, _LONGEST, _LONGEST_TITLE, _MOST_WORDS = 3, 80, 60, 9
_ENDS = re.compile(r"[.,;:!)\]”\"]$")


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those marked that stand as headings do."""
    series = dict(_series([line for line in lines if not line.is_blank]))
    titled = set(_titled(lines))
    return [_marked(line, series.get(line.start, ""), titled) for line in lines]


def _marked(line: Line, sign: str, titled: set[int]) -> Line:
    if sign:
        return replace(line, mark=Mark.HEADING, series=sign)
    return replace(line, is_titled=True) if line.start in titled else line


def _series(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Three short lines or more under one sign, or counted from one on, none of them next to
    another: below each stands what it heads."""
    by_sign: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        sign = _sign(line)
        if sign:
            by_sign[sign].append(place)
    for sign, places in by_sign.items():
        own = [lines[place] for place in places]
        is_apart = all(after - before > 1 for before, after in pairwise(places))
        is_short = all(len(line.text.strip()) <= _LONGEST for line in own)
        if len(own) >= _FEWEST and is_apart and is_short and _counts(own):
            yield from ((line.start, sign) for line in own)


def _sign(line: Line) -> str:
    bare = line.text.lstrip(" \t#*_")
    if _NUMBERED.match(bare):
        return COUNTED
    return bare[0] if bare and (bare[0] in _SIGNS or is_picture(bare[0])) else ""


def _counts(lines: Sequence[Line]) -> bool:
    """Whether numbers run on from one; pictures need none."""
    found = [_NUMBERED.match(line.text.lstrip(" \t#*_")) for line in lines]
    numbers = [int(one["number"]) for one in found if one]
    return not numbers or numbers == list(range(1, len(lines) + 1))


def _titled(lines: Sequence[Line]) -> Iterator[int]:
    around = zip([None, *lines], lines, [*lines[1:], None], strict=False)
    for above, line, below in around:
        is_alone = (above is None or above.is_blank) and below is not None and not below.is_blank
        words = line.words
        if not is_alone or line.mark is not Mark.NONE or not 2 < len(words) <= _LONGEST_TITLE:
            continue
        if len(words.split()) <= _MOST_WORDS and not _ENDS.search(words) and "|" not in words:
            yield line.start
