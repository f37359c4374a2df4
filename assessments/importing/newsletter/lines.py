"""The lines of an issue, with the marks of headings, lists and quotations taken off."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from assessments.importing.newsletter.issue import Piece, Quoted, Slot, Span

_STARS = "★☆⭐"
# Shapes that are a score where several stand in a row, full ones and then empty ones.
FULL, EMPTY = "★⭐●◉■◆▰▮⬤🟢🟡🟠🔴🔵🟩🟨🟦⬛⚫", "☆○◯□◇▱▯⬜⚪"
_SHAPES = FULL + EMPTY
_RUN = re.compile(rf"[{_SHAPES}](?:[\s\ufe0f]?[{_SHAPES}]){{2,}}")
_DASHES = dict.fromkeys("–—−‐‑‒", "-")
_QUOTES = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}
_MARKUP = dict.fromkeys("*_`", " ")
_SIGNS = {"＋": "+", "⁺": "+", "｜": "|", "：": ":", "＝": "="}
_BLANKS = dict.fromkeys("\u00a0\u202f\u2009\u2007\t\r", " ")
_PLAIN = _DASHES | _QUOTES | _MARKUP | _SIGNS | _BLANKS
_LEAD = re.compile(
    rf"(?:(?![{_SHAPES}]\s?[{_SHAPES}])[\s#>|=~•·●▪◦‣○■►→+-])*"
    r"(?:(?:\(?\d{1,2}[.)]|[a-f][.)])\s+|\d{1,2}\.\d{1,2}\.?\s+(?=[A-Z]))?"
)
# A number in a box, before a heading.
_KEYCAP = re.compile(r"[\s#*_>-]*(?P<number>\d\d?)\ufe0f?\u20e3")
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[a-f][.)])\s+")
_COUNTED = re.compile(r"\s*\(?\d{1,2}[.)]\s")
_BULLET = re.compile(r"\s*[*•·●▪◦‣○■►→+-]\s*\S")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s")
_BOLD = re.compile(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__)[\s:]*")
_QUOTATION = re.compile(r"\s*>")
_RULED = re.compile(r"\s*([-=~*_#+])\1{1,}\s+(?P<title>[^\s|].{1,80}?)\s+\1{2,}\s*")
_RULE = re.compile(r"\s*(?:={3,}|~{3,}|\*{3,}|_{3,}|[\s|:-]*-{3,}[\s|:-]*)\s*")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_ONLY_NUMBER = re.compile(r"\W*(?:\d{1,2}|[a-f])[.)]\W*")
_LONGEST_MARKED = 120


class Mark(StrEnum):
    NONE = ""
    HEADING = "heading"
    BULLET = "bullet"
    QUOTE = "quote"


@dataclass(frozen=True)
class Line:
    """`plain` is as long as the line, with markup and pictures as blanks and one kind of dash;
    `lead` is where its words begin; `is_alone` is a numbered line with none above or below it,
    `is_titled` one that stands above a paragraph as a title does, `series` the sign that it shares
    with other headings."""

    start: int
    text: str
    plain: str
    lead: int
    mark: Mark
    depth: int
    is_alone: bool = False
    is_titled: bool = False
    series: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_blank(self) -> bool:
        """Without words: an empty line, or a rule drawn below a heading."""
        return not self.text.strip() or bool(_RULE.fullmatch(self.text))

    @property
    def words(self) -> str:
        """What is written on the line, without its marks."""
        return re.sub(r"\s+", " ", self.plain[self.lead :]).strip()

    def quoted(self, start: int = 0, end: int | None = None) -> Quoted:
        """A stretch of the line, counted from its first character."""
        last = len(self.text) if end is None else end
        return quoted(self.text[start:last], self.start + start)


def line_within(line: Line, start: int, end: int) -> Line:
    """A stretch of the line as a line of its own, such as a cell of a table."""
    return _line(line.start + start, line.text[start:end], is_only=False, is_ruled=False)


def quoted(words: str, start: int) -> Quoted:
    """The words without the blanks around them."""
    bare = words.strip()
    first = start + (len(words) - len(words.lstrip())) if bare else start
    return Quoted(bare, Span(first, first + len(bare)))


def lines_of(text: str) -> list[Line]:
    """Every line of the text, at line feeds alone."""
    texts = text.split("\n")
    pictures, alone = Counter(map(_picture, texts)), _alone(texts)
    lines, start = [], 0
    for line, below in zip(texts, [*texts[1:], ""], strict=True):
        is_ruled = bool(_UNDERLINE.fullmatch(below)) and _may_be_ruled(line)
        is_only = pictures[_picture(line)] == 1
        lines.append(_line(start, line, is_only=is_only, is_ruled=is_ruled))
        start += len(line) + 1
    return [replace(line, is_alone=True) if line.start in alone else line for line in lines]


def _alone(texts: Sequence[str]) -> set[int]:
    """Where numbered lines begin that stand between lines without a number."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    said = [(start, text) for start, text in zip(starts, texts, strict=False) if text.strip()]
    numbered = [False, *(bool(_COUNTED.match(text)) for _, text in said), True]
    around = zip(said, numbered, numbered[1:], numbered[2:], strict=False)
    return {start for (start, _), above, own, below in around if own and not (above or below)}


def _line(start: int, text: str, *, is_only: bool, is_ruled: bool) -> Line:
    plain = "".join(map(_plain, text))
    for run in _RUN.finditer(text):
        shapes = re.sub("\ufe0f", " ", run.group())
        plain = plain[: run.start()] + shapes + plain[run.end() :]
    boxed = _KEYCAP.match(text)
    if boxed:
        first, last = boxed.span("number")
        plain = plain[:first] + " " * (last - first) + plain[last:]
    found = _LEAD.match(plain)
    hashes = _HASHES.match(text)
    return Line(
        start=start,
        text=text,
        plain=plain,
        lead=found.end() if found else 0,
        mark=Mark.HEADING if is_ruled else _mark(text, is_only=is_only),
        depth=len(hashes[1]) if hashes else 0,
    )


def _may_be_ruled(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_MARKED and not text.rstrip().endswith((".", ";", ","))


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    return " " if is_picture(character) else character


def is_picture(character: str) -> bool:
    """Emoji and what joins them; stars are scores at times and stay."""
    if character in _STARS or character.isascii():
        return False
    return unicodedata.category(character) in {"So", "Sk", "Me", "Mn", "Cf", "Co", "Cn"}


def _picture(line: str) -> str:
    bare = line.lstrip(" #*_")
    return bare[0] if bare and is_picture(bare[0]) else ""


def _mark(text: str, *, is_only: bool) -> Mark:
    """A picture that begins one line alone makes a heading of it; of several, a list."""
    if _HASHES.match(text) or _RULED.fullmatch(text):
        return Mark.HEADING
    is_pictured = bool(_picture(text)) and is_only and not text.endswith(".")
    if len(text) <= _LONGEST_MARKED and (_BOLD.fullmatch(text) or is_pictured):
        return Mark.HEADING
    if _QUOTATION.match(text):
        return Mark.QUOTE
    is_listed = _BULLET.match(text) or _NUMBERED.match(text) or _picture(text)
    return Mark.BULLET if is_listed else Mark.NONE


class Ledger:
    """Who took which characters; what nobody took is unplaced."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken: list[Piece] = []

    def take(self, span: Span, slot: Slot) -> None:
        if span.start < span.end:
            self._taken.append(Piece(span, slot))

    def pieces(self, breaks: Iterable[int]) -> tuple[Piece, ...]:
        """Every character in one piece; blanks and bare marks go with what stands before them.

        `breaks` are places at which one unplaced passage ends and another begins.
        """
        pieces: list[Piece] = []
        edges = sorted(set(breaks))
        at = 0
        for piece in sorted(self._taken, key=lambda piece: piece.span):
            start = max(piece.span.start, at)
            if start >= piece.span.end:
                continue
            self._fill(pieces, at, start, edges)
            pieces.append(Piece(Span(start, piece.span.end), piece.slot))
            at = piece.span.end
        self._fill(pieces, at, len(self.text), edges)
        return tuple(_merged(pieces, set(edges)))

    def _fill(self, pieces: list[Piece], start: int, end: int, breaks: list[int]) -> None:
        inside = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
        edges = [start, *inside, end]
        for first, last in pairwise(edges):
            if first == last:
                continue
            words = self.text[first:last]
            says = any(map(str.isalnum, words)) and not _ONLY_NUMBER.fullmatch(words)
            slot = Slot.UNPLACED if says or not pieces else pieces[-1].slot
            pieces.append(Piece(Span(first, last), slot))


def _merged(pieces: list[Piece], breaks: set[int]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        goes_on = last is not None and last.slot is piece.slot
        if last is not None and goes_on and piece.span.start not in breaks:
            merged[-1] = Piece(Span(last.span.start, piece.span.end), last.slot)
        else:
            merged.append(piece)
    return merged
