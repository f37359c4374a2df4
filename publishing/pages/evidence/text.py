"""A text that is kept, in paragraphs one can point to, with the words that are quoted marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.values.anchoring import Place

_PARAGRAPH = re.compile(r"[^\S\n]*\S(?:[^\n]|\n(?!\s*\n))*")


@dataclass(frozen=True)
class Mark:
    """Quoted words; `anchor` is what a link to them ends in, `url` leads to who quotes them."""

    place: Place
    anchor: str
    url: str
    title: str


@dataclass(frozen=True)
class Stretch:
    """Characters under the same marks: the anchors of those that start here, and those that end."""

    words: str
    is_marked: bool
    begins: tuple[str, ...]
    ends: tuple[Mark, ...]


@dataclass(frozen=True)
class Paragraph:
    number: int
    stretches: tuple[Stretch, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """Blank lines part them; every character that can be seen stands in one of them."""
    ordered = sorted(marks, key=lambda mark: (mark.place.start, mark.place.end, mark.anchor))
    found = []
    for number, match in enumerate(_PARAGRAPH.finditer(text), 1):
        first, last = match.span()
        within = [one for one in ordered if one.place.start < last and one.place.end > first]
        found.append(Paragraph(number, tuple(_stretches(text, Place(first, last), within))))
    return tuple(found)


def _stretches(text: str, whole: Place, marks: Sequence[Mark]) -> Iterable[Stretch]:
    cuts = {whole.start, whole.end}
    for mark in marks:
        cuts |= {max(mark.place.start, whole.start), min(mark.place.end, whole.end)}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        over = tuple(one for one in marks if one.place.start <= start and one.place.end >= end)
        begins = tuple(one.anchor for one in over if one.place.start == start)
        ends = tuple(one for one in over if one.place.end == end)
        yield Stretch(text[start:end], bool(over), begins, ends)
