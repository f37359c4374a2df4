"""A newsletter issue as read: what it says of a technology, with the place that each word has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.values.scale import Certainty, Dimension, RatingValue, UnscoredReason

# Blanks, and the bars of a table.
_EDGES = " \t\r\n\u00a0|"


class Slot(StrEnum):
    """What a stretch of the text was read as."""

    TITLE = "title"
    DATE = "date"
    HEADING = "heading"
    DIGEST = "digest"
    SUMMARY = "summary"
    TEXT = "text"
    SCORE = "score"
    RATIONALE = "rationale"
    SCENARIO = "scenario"
    COMPANY = "company"
    RATING = "rating"
    QUESTION = "question"
    TRIPWIRE = "tripwire"
    PREDICTION = "prediction"
    SOURCE = "source"
    MAIL = "mail"
    UNPLACED = "unplaced"


@dataclass(frozen=True, order=True)
class Span:
    """From one character of the text up to, and without, another."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True)
class Piece:
    span: Span
    slot: Slot


@dataclass(frozen=True)
class Quoted:
    """Words of the text and where they stand."""

    words: str
    span: Span


@dataclass(frozen=True)
class Level:
    """A level or two neighbours; neither where the reason says why not."""

    level: str | None = None
    level_to: str | None = None
    unscored_reason: UnscoredReason | None = None

    @property
    def printed(self) -> str:
        levels = "/".join(level for level in (self.level, self.level_to) if level)
        return levels or f"unscored: {self.unscored_reason}"


@dataclass(frozen=True)
class Years:
    year_from: int | None = None
    year_to: int | None = None
    unscored_reason: UnscoredReason | None = None

    @property
    def printed(self) -> str:
        if self.year_from is None:
            return f"no window: {self.unscored_reason}"
        return f"{self.year_from} to {self.year_to}" if self.year_to else f"{self.year_from}+"


Value = Level | Years | Certainty | RatingValue | str


@dataclass(frozen=True)
class Reading:
    """What one place of the text can mean: one value, or several, or none of the scale, and then
    `why` says what is unclear about it, `beside` heads the column where several do."""

    values: tuple[Value, ...]
    quote: Quoted
    why: str = ""
    beside: Quoted | None = None

    @property
    def is_plain(self) -> bool:
        return len(self.values) == 1 and not self.why


@dataclass(frozen=True)
class Option:
    value: Value
    quotes: tuple[Quoted, ...]

    @property
    def printed(self) -> str:
        value = self.value
        return value.printed if isinstance(value, Level | Years) else str(value)


@dataclass(frozen=True)
class Ask:
    """What the text does not settle: `key` is the field, as in "viability", "impact certainty"
    or "rating". Nothing is chosen before somebody answers."""

    key: str
    why: str
    options: tuple[Option, ...]
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class ReadScore:
    """A dimension as far as the text settles it; what it does not settle is asked."""

    value: Level | Years | None = None
    certainty: Certainty | None = None
    rationale: str = ""
    quotes: tuple[Quoted, ...] = ()
    is_rationale_ours: bool = False


@dataclass(frozen=True)
class ReadScenario:
    name: str
    text: str
    quote: Quoted
    probability: float | None = None
    impact_level: str | None = None


@dataclass(frozen=True)
class ReadCompany:
    name: str
    note: str
    quote: Quoted


@dataclass(frozen=True)
class ReadRating:
    value: RatingValue | None
    note: str
    quote: Quoted


@dataclass(frozen=True)
class ReadPrediction:
    """`others` are further wordings of the same sentence elsewhere in the issue."""

    quote: Quoted
    others: tuple[Quoted, ...] = ()


@dataclass(frozen=True)
class ReadSource:
    title: str
    url: str | None
    quote: Quoted


@dataclass(frozen=True)
class Candidate:
    """A technology that a part may be about: one of the record by its address, or a new name."""

    name: str
    slug: str
    quote: Quoted


@dataclass(frozen=True)
class ReadPart:
    """What the issue says of one technology."""

    span: Span
    candidates: tuple[Candidate, ...]
    summary: str
    summary_quote: Quoted | None
    text: str
    text_quote: Quoted | None
    scores: Mapping[Dimension, ReadScore]
    scenarios: tuple[ReadScenario, ...]
    companies: tuple[ReadCompany, ...]
    rating: ReadRating | None
    questions: tuple[Quoted, ...]
    tripwires: tuple[Quoted, ...]
    predictions: tuple[ReadPrediction, ...]
    sources: tuple[ReadSource, ...]
    asks: tuple[Ask, ...]
    gaps: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.candidates[0].name if self.candidates else ""


@dataclass(frozen=True)
class Letter:
    """What a reader wrote and what was answered; `about` is the technology, where it is named, and
    `lead` are the words that bring the letter in or sign it."""

    who: str
    claim: Quoted
    reply: str
    about: tuple[Candidate, ...]
    spans: tuple[Span, ...]
    lead: str = ""


@dataclass(frozen=True)
class ReadIssue:
    """`pieces` hold every character of the text exactly once, in its order."""

    text: str
    title: Quoted | None
    dated: date | None
    date_quote: Quoted | None
    date_hints: tuple[Quoted, ...]
    parts: tuple[ReadPart, ...]
    letters: tuple[Letter, ...]
    pieces: tuple[Piece, ...]

    def unplaced(self, part: ReadPart | None = None) -> Iterator[Quoted]:
        """The passages that no field took, in the order of the text."""
        for piece in self.pieces:
            inside = part is None or part.span.start <= piece.span.start < part.span.end
            if piece.slot is Slot.UNPLACED and inside:
                yield Quoted(piece.span.of(self.text).strip(_EDGES), piece.span)

    @property
    def is_understood(self) -> bool:
        """Whether anything of a card was found at all."""
        return any(part.scores or part.rating for part in self.parts)
