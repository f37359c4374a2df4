"""Footnotes at the end of a text, and the marks that lost their raised place and stick to words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evidence.importing.labels import label_of
from evidence.importing.reading import TextLine

_NOTE = re.compile(
    r"(?:\[\^?(?P<a>\d{1,3})\]|\^(?P<b>\d{1,3})|(?P<c>\d{1,3})[.):]|(?P<d>[¹²³⁴-⁹⁰]{1,3}))\s*(?P<words>\S.*)",
    re.DOTALL,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A longer list is the text itself, not its footnotes.
_MOST = 200
_BACK = re.compile(r"[\s↩↑⏎\ufe0e\u00a0]+$")


@dataclass(frozen=True)
class Mark:
    """Where a footnote's number stands in the text above."""

    number: str
    start: int
    end: int


@dataclass(frozen=True)
class Footnotes:
    """`words` of each number, with the line that holds them."""

    lines: dict[str, TextLine] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    label: TextLine | None = None


def footnotes_in(text: str, lines: Sequence[TextLine]) -> Footnotes:
    """The last list that counts from 1, if a label or marks in the text above say what it is."""
    block = _last_list(lines)
    if not block or len(block) > _MOST:
        return Footnotes()
    above = lines[: lines.index(block[0][1])]
    label = above[-1] if above and label_of(above[-1], "footnotes") else None
    end = label.start if label else block[0][1].start
    marks = _marks(text[:end], [number for number, _, _ in block])
    if label is None and len(marks) * 2 < len(block):
        return Footnotes()
    return Footnotes(
        {number: line for number, line, _ in block},
        {number: words for number, _, words in block},
        tuple(marks),
        label,
    )


def _last_list(lines: Sequence[TextLine]) -> list[tuple[str, TextLine, str]]:
    best: list[tuple[str, TextLine, str]] = []
    run: list[tuple[str, TextLine, str]] = []
    for line in lines:
        match = _NOTE.fullmatch(line.text)
        number = _number(match) if match else 0
        words = _BACK.sub("", match["words"]) if match else ""
        if number and number == len(run) + 1:
            run.append((str(number), line, words))
        elif number == 1:
            run = [("1", line, words)]
        if run and run[-1][1] is line:
            best = list(run)
    return _without_gap(best)


def _without_gap(block: list[tuple[str, TextLine, str]]) -> list[tuple[str, TextLine, str]]:
    """A list whose lines lie far apart numbers sections, not footnotes."""
    far = any(
        after.number - before.number > 12 for (_, before, _), (_, after, _) in pairwise(block)
    )
    return [] if far else block


def _number(match: re.Match[str]) -> int:
    digits = next(part for part in match.groups()[:4] if part)
    return int(digits.translate(_RAISED))


def _marks(text: str, numbers: Sequence[str]) -> list[Mark]:
    """The numbers in their order, each behind the one before."""
    found: list[Mark] = []
    reached = 0
    for number in numbers:
        raised = number.translate({ord(str(digit)): "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit] for digit in range(10)})
        pattern = re.compile(
            rf"\s?\[\^?{number}\]|{raised}|(?<=[^\W\dA-Z_]){number}(?=[\s.,;:!?)\"”’]|$)"
            rf"|(?<=[.,;!?)\"”’]){number}(?=\s|$)"
            rf"|(?<=[^\W\d_]|[.!?)\"”’])[ ]{number}(?=\s*(?:\n|$))"
        )
        match = pattern.search(text, reached)
        if match:
            found.append(Mark(number, match.start(), match.end()))
            reached = match.end()
    return found
