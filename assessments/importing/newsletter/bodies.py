"""What stands below a heading: questions, a rating, predictions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.importing.newsletter.issue import (
    Quoted,
    Reading,
    ReadSource,
    Span,
)
from assessments.importing.newsletter.lines import Line, Mark, quoted
from assessments.values.scale import RatingValue

LINK = re.compile(r"\[(?P<name>[^\]]{1,120})\]\((?P<url>[^)\s]+)\)")
_MOST_RATED, _SHORT_ANSWER = 4_000, 4
_URL = re.compile(r"https?://[^\s)>\]]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”')*_]*\s+(?=[\"“'(*_]*[A-Z0-9])")
_EDGES = " \t\r\u00a0|"
# What the writers say they will do is no prediction.
PLANS = re.compile(r"\b(?:we|i)(?:'ll| will| shall)\b", re.IGNORECASE)
_YEAR_TO_COME = re.compile(r"\b20\d\d\b.*\bwill\b|\bwill\b.*\b20\d\d\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b20\d\d\b|\bwill\b|\bwithin \w+ years\b", re.IGNORECASE)
_RATINGS = {
    RatingValue.UNDERRATED: r"under[- ]?(?:rated|hyped|valued|appreciated|estimated)",
    RatingValue.OVERRATED: r"over[- ]?(?:rated|hyped|valued|estimated|sold)",
    RatingValue.FAIRLY_RATED: r"(?:correctly|fairly|rightly|properly|appropriately|accurately)"
    r"[- ](?:rated|hyped|valued|priced)|about right|just right",
    RatingValue.TOO_EARLY: r"too (?:early|soon)(?: to (?:say|tell|call|rate|judge))?",
}
_RATED = re.compile(
    "|".join(f"(?P<{value.name}>\\b(?:{words})\\b)" for value, words in _RATINGS.items()),
    re.IGNORECASE,
)
# The whole answer to “over- or underrated?”.
_ANSWER = re.compile(
    r"\W*(?:(?P<UNDERRATED>under)|(?P<OVERRATED>over)|(?P<FAIRLY_RATED>fair(?:ly)?|correctly))\W*",
    re.IGNORECASE,
)
# “Today: overrated.”
_LABEL = re.compile(r"^[^.:?!]{1,20}:\s*")
_DENIED = re.compile(r"\b(?:not|isn't|is not|neither|nor|no longer|never|hardly)\b", re.IGNORECASE)
_CITED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")
_ASKS = re.compile(r"\?|^\W*(?:whether|what|whom?|whose|how|why|when|where|which)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """A line, or what of it stands after its heading."""

    line: Line
    first: int = 0

    @property
    def start(self) -> int:
        """Where its words begin in the line, without the marks of a list."""
        return max(self.first, self.line.lead)

    @property
    def words(self) -> str:
        return "" if self.line.is_blank else self.line.text[self.start :].strip(_EDGES)

    @property
    def plain(self) -> str:
        return self.line.plain[self.start :]

    @property
    def quote(self) -> Quoted:
        return self.line.quoted(self.start)

    @property
    def inline(self) -> str:
        """The words behind a heading, on its line."""
        return self.words if self.first else ""

    @property
    def is_listed(self) -> bool:
        return self.line.mark is Mark.BULLET and not self.first


def joined(bodies: Sequence[Body]) -> str:
    """The lines as one text: where each line is a whole paragraph, they are parted."""
    texts = ["" if body.line.is_blank else _text_of(body) for body in bodies]
    while texts and not texts[-1].strip():
        texts.pop()
    while texts and not texts[0].strip():
        texts.pop(0)
    has_gaps = any(not text.strip() for text in texts)
    is_wrapped = all(len(text) <= 100 for text in texts)
    return ("\n" if has_gaps or is_wrapped else "\n\n").join(texts).strip()


def _text_of(body: Body) -> str:
    """The line without the bars of a table around it."""
    text = body.line.text[body.first :].rstrip(_EDGES)
    return text.lstrip(_EDGES) if body.line.text.lstrip().startswith("|") else text


def sentences(words: str, start: int) -> Iterator[Quoted]:
    """Each sentence with its place in the text."""
    at = 0
    for found in _SENTENCE.finditer(words):
        yield quoted(words[at : found.start()], start + at)
        at = found.end()
    yield quoted(words[at:], start + at)


def dashed(words: str) -> str:
    return words.replace("–", "-").replace("—", "-")


def unmarked(words: str) -> str:
    return re.sub(r"\*\*|__|`", "", words).strip(" *_|")


def note_of(rest: str) -> str:
    note = rest.strip().lstrip(",:;–—- ").strip()
    if note.startswith("(") and note.endswith(")") and note.count("(") == 1:
        note = note[1:-1]
    return note.strip()


def questions_of(bodies: Sequence[Body]) -> list[Quoted]:
    """Each line that asks, as in “Whether it leaks.”; in a list, each item."""
    has_list = any(body.is_listed for body in bodies)
    return [
        Quoted(unmarked(body.words), body.quote.span)
        for body in bodies
        if body.words and (_ASKS.search(body.words) or (has_list and body.is_listed))
    ]


def items_of(bodies: Sequence[Body]) -> list[Quoted]:
    return [Quoted(unmarked(body.words), body.quote.span) for body in bodies if body.words]


def sources_of(bodies: Sequence[Body]) -> list[ReadSource]:
    """Each line with an address, or each item of the list."""
    found = []
    for body in bodies:
        link, url = LINK.search(body.words), _URL.search(body.words)
        if link:
            found.append(ReadSource(link["name"].strip(), link["url"], body.quote))
        elif url:
            address = url.group().rstrip(".,;")
            title = body.words.replace(url.group(), "").strip(" :–—-,.()<>")
            found.append(ReadSource(title or address, address, body.quote))
        elif body.is_listed:
            found.append(ReadSource(body.words, None, body.quote))
    return found


def predictions_of(bodies: Sequence[Body]) -> list[Quoted]:
    """Each sentence that speaks of a time to come."""
    found: list[Quoted] = []
    is_later = False
    for body in bodies:
        quote, is_future = body.quote, _YEAR_TO_COME if is_later else _FUTURE
        found += [
            one
            for one in sentences(quote.words, quote.span.start)
            if is_future.search(one.words) and not _is_no_guess(one.words)
        ]
        # Below an empty line other words may follow, and “will” stands in any of them.
        is_later = is_later or (bool(found) and not quote.words)
    return [_unwrapped(quote) for quote in found]


def _is_no_guess(words: str) -> bool:
    """A question, or what the writers say of their own plans."""
    is_dated = re.search(r"\b20\d\d\b", words)
    return words.endswith("?") or (not is_dated and bool(PLANS.search(words)))


def _unwrapped(quote: Quoted) -> Quoted:
    """Without the quotation marks or stars around it."""
    words = quote.words.strip("*_").strip()
    if len(words) > 2 and words[0] in '“"' and words[-1] in '”"':
        words = words[1:-1]
    return Quoted(words, quote.span)


def rating_of(bodies: Sequence[Body]) -> tuple[Reading, str]:
    """The rating that the first sentence gives and the words after it; several, or none in
    words that are known, are left to be asked."""
    words = joined(bodies)
    quote = _span_of(bodies)
    line = words.partition("\n")[0]
    # A short line of its own is the answer, with or without a full stop.
    first, *_ = sentences(line if len(line.split()) <= _SHORT_ANSWER else words, 0)
    bare = _ANSWER.fullmatch(first.words)
    named = _rated(first.words) or ((RatingValue[bare.lastgroup or ""],) if bare else ())
    others = [one for one in _begun(words) if one not in named]
    named = (*named, *others) if len(named) == 1 else named
    is_denied = bool(_DENIED.search(first.words))
    is_asked = first.words.endswith("?")
    if len(named) == 1 and not (is_denied or is_asked):
        is_bare = len(first.words.split()) <= _SHORT_ANSWER
        note = words[first.span.end :].lstrip(" .:–—*_-") if is_bare else words
        return Reading(named, Quoted(first.words, quote)), note.strip()
    why = "It is said with a “not”." if is_denied and named else ""
    why = "It is asked, and then answered." if is_asked and named else why
    why = why or ("It says more than one thing." if len(named) > 1 else "No rating is named first.")
    values = (() if is_denied or is_asked else named or _rated(words)) or tuple(RatingValue)
    return Reading(values, Quoted(first.words[:200], quote), why), words


def _rated(words: str) -> tuple[RatingValue, ...]:
    bare = _CITED.sub(" ", words[:_MOST_RATED])
    return tuple(
        dict.fromkeys(RatingValue[found.lastgroup or ""] for found in _RATED.finditer(bare))
    )


def _begun(words: str) -> list[RatingValue]:
    """The ratings with which a sentence or line begins: “Underrated by some. Overrated by …”"""
    each = [one for line in words[:_MOST_RATED].split("\n") for one in sentences(line, 0)]
    begun = [_RATED.match(_LABEL.sub("", one.words.strip("*_ "))) for one in each]
    return [RatingValue[one.lastgroup or ""] for one in begun if one]


def _span_of(bodies: Sequence[Body]) -> Span:
    said = [body for body in bodies if body.words]
    if not said:
        return Span(bodies[0].line.start, bodies[0].line.end) if bodies else Span(0, 0)
    return Span(said[0].quote.span.start, said[-1].quote.span.end)
