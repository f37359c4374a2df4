"""What a reader makes of a pasted text: the parts of an item, and what became of every character.

Readers go by structure (lines, indents, marks, order), never by the words of one text. What they
give a place says why; what they give none is unplaced text, shown and kept.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from intake.errors import IntakeError

MOST_CHARACTERS = 200_000
MOST_PASSAGES = 2_000
UNPLACED, FURNITURE, REPEATS, PASSAGE = "", "furniture", "repeats", "passage"
_NO_PLACE = "Nothing in the structure says what this is."


@dataclass(frozen=True)
class Span:
    """`place` names the part of the item that text[start:end] became.

    UNPLACED: none was found. FURNITURE: of the page it came from, not of the item. REPEATS: said
    before in the same text. An unsure place is to be confirmed by the person who reads it.
    """

    start: int
    end: int
    place: str
    why: str
    is_sure: bool = True


@dataclass(frozen=True)
class TextLine:
    """A line with something on it; `text` is text[start:end] with every line break a blank.

    `indent` counts the blanks before it (a tab is four), `gap` the empty lines above it.
    """

    number: int
    start: int
    end: int
    text: str
    indent: int
    gap: int

    @property
    def name(self) -> str:
        return f"line {self.number}"


@dataclass(frozen=True)
class ReadPassage:
    """`start` and `end` are where it stands in the text; `mark` is the number of a footnote."""

    kind: str
    text: str
    heading: str = ""
    comment: str = ""
    mark: str = ""
    start: int = 0
    end: int = 0
    why: str = ""
    is_sure: bool = True


@dataclass(frozen=True)
class ReadFigure:
    """`months_after` and `days_after` count from the base date; undated without either."""

    label: str
    value: str
    unit: str
    when: str = ""
    days_after: int | None = None
    months_after: int = 0
    why: str = ""


@dataclass(frozen=True)
class ReadGuess:
    """Something said of the future, with the years in which it would fall.

    `years` count from the base date, or are calendar years where `is_calendar`; None where the
    text does not say when.
    """

    text: str
    when: str
    years: tuple[float, float] | None
    why: str
    is_calendar: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class ReadText:
    """The parts of an item as the text gives them, empty where it does not.

    `spans` cover the text from its first character to its last, each one once.
    """

    text: str
    kind: str
    spans: tuple[Span, ...]
    title: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    via: str = ""
    via_url: str = ""
    tags: tuple[str, ...] = ()
    licence: str = ""
    notes: str = ""
    abstract: str = ""
    related: tuple[str, ...] = ()
    passages: tuple[ReadPassage, ...] = ()
    figures_name: str = ""
    figures: tuple[ReadFigure, ...] = ()
    guesses: tuple[ReadGuess, ...] = ()

    @property
    def unplaced(self) -> tuple[Span, ...]:
        return self.spans_of(UNPLACED)

    def spans_of(self, place: str) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.place == place)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end].strip()

    def why(self, place: str) -> str:
        """The reasons of everything that has the place; empty where nothing has it."""
        return " ".join(dict.fromkeys(span.why for span in self.spans_of(place)))

    def is_sure(self, place: str) -> bool:
        return all(span.is_sure for span in self.spans_of(place))


@dataclass
class Places:
    """What became of the parts of one text, gathered while it is read."""

    text: str
    _starts: list[int] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)

    def put(self, start: int, end: int, place: str, why: str, *, is_sure: bool = True) -> None:
        """The part has that place from now on; ValueError where some of it has one already."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"No text stands from {start} to {end}.")
        at = bisect_left(self._starts, start)
        before, after = self._spans[at - 1 : at], self._spans[at : at + 1]
        if (before and before[0].end > start) or (after and after[0].start < end):
            raise ValueError(f"Some of the text from {start} to {end} has a place already.")
        self._starts.insert(at, start)
        self._spans.insert(at, Span(start, end, place, why, is_sure))

    def put_line(self, line: TextLine, place: str, why: str, *, is_sure: bool = True) -> None:
        self.put(line.start, line.end, place, why, is_sure=is_sure)

    def is_free(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, end)
        return at == 0 or self._spans[at - 1].end <= start

    def spans(self) -> tuple[Span, ...]:
        """A partition of the text; blanks belong to what stands before them."""
        return tuple(_covering(self.text, self._spans))


def _covering(text: str, placed: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    reached = 0
    for span in [*placed, Span(len(text), len(text), UNPLACED, "")]:
        between = text[reached : span.start]
        begins = span.start
        if between.strip():
            if last:
                yield last
            last = Span(reached, span.start, UNPLACED, _NO_PLACE, is_sure=False)
        elif last:
            last = _until(last, span.start)
        else:
            begins = reached
        reached = span.end
        if span.start < span.end:
            if last:
                yield last
            last = Span(begins, span.end, span.place, span.why, span.is_sure)
    if last:
        yield last
    elif text:
        yield Span(0, len(text), UNPLACED, "There is nothing but blanks.", is_sure=False)


def _until(span: Span, end: int) -> Span:
    return Span(span.start, end, span.place, span.why, span.is_sure)


def lines_of(text: str) -> tuple[TextLine, ...]:
    """The lines that hold something, numbered as an editor numbers them."""
    found: list[TextLine] = []
    start = gap = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.strip()
        if bare:
            blanks = raw[: len(raw) - len(raw.lstrip())]
            begins = start + len(blanks)
            indent = len(blanks.expandtabs(4))
            found.append(TextLine(number, begins, begins + len(bare), bare, indent, gap))
        gap = 0 if bare else gap + 1
        start += len(raw) + 1
    return tuple(found)


def refuse_too_long(text: str) -> None:
    """IntakeError for a text that is not read in one piece."""
    if len(text) > MOST_CHARACTERS:
        raise IntakeError(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
            " Split it and paste the parts."
        )


def refuse_too_many(passages: int, *, is_whole: bool = True) -> None:
    """IntakeError for more passages than one item has; not all were counted unless `is_whole`."""
    if passages > MOST_PASSAGES:
        count = f"{passages:,}" if is_whole else f"more than {MOST_PASSAGES:,}"
        raise IntakeError(
            f"The text has {count} passages; at most {MOST_PASSAGES:,} are kept in one item."
            " Split it and paste the parts."
        )
