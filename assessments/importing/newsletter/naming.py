"""Which technology a part of an issue, or a letter, is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.importing.newsletter.issue import Candidate, Quoted, Span

_LABELLED = re.compile(
    r"(?:technology|topic|subject|this (?:week|month|issue|time))\s*[:|–—-]\s*", re.IGNORECASE
)
# The name of the newsletter and the number of its issue, up to the mark that ends them.
_NUMBERED = re.compile(
    r"[^:|–—]{0,60}?#?\b[a-z]{0,2}\d{1,4}\s*(?:[:|·–—]|\s-|\.\s)\s*", re.IGNORECASE
)
_ANSWERED = re.compile(r"(?:(?:re|fwd?|aw|wg):\s*)+", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"(?:(?:issue|edition|episode|no|number)\b\W*)?\d{1,4}", re.IGNORECASE)
_DATED = re.compile(
    r"[\s,(|·–—-]+(?:\d{1,2}\s\w{3,9}\.?,?\s\d{4}|\w{3,9}\s\d{1,2},?\s\d{4}|\d{4}-\d\d-\d\d)\W*$"
)
_DATED_FIRST = re.compile(
    r"^(?:\d{1,2}\s\w{3,9}\.?,?\s\d{4}|\w{3,9}\s\d{1,2},?\s\d{4}|\d{4}-\d\d-\d\d)\s*[·|:,–—-]\s*"
)
_TAGS = re.compile(r"[*_`]{2,}|(?<!\w)[*_`]|[*_`](?!\w)")
_WORD = re.compile(r"[^\W_]+(?:\+\+?)?")
_DEFINED = re.compile(
    r"(?:an?|the)?\s*(?P<name>[^.,;:()]{3,80}?)\s*(?:\([^)]*\)\s*)?\b(?:is|are)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Known:
    """A technology of the record under one of its names."""

    name: str
    slug: str
    called: str


def known_in(quote: Quoted, known: Sequence[Known]) -> Iterator[Candidate]:
    """The technologies whose name or alias stands in the words, the longest name first."""
    words = _words(quote.words)
    folded = " ".join(words)
    found: dict[str, Candidate] = {}
    for one in sorted(known, key=lambda one: -len(one.called)):
        name = " ".join(_words(one.called))
        if name and f" {name} " in f" {folded} ":
            found.setdefault(one.slug, Candidate(one.name, one.slug, quote))
    yield from found.values()


def begun_by(quote: Quoted, known: Sequence[Known]) -> Iterator[Candidate]:
    """The technologies of which only the first word is named: “On neuromorphic”."""
    words = set(_words(quote.words))
    found: dict[str, Candidate] = {}
    for one in known:
        first, *rest = _words(one.called) or ("",)
        if rest and len(first) > 4 and first in words:
            found.setdefault(one.slug, Candidate(one.name, one.slug, quote))
    yield from found.values()


def titled(quote: Quoted) -> str:
    """The heading without its number and pictures, as a name to propose."""
    bare = _DATED.sub("", _TAGS.sub("", quote.words))
    words = re.sub(r"^[\W_]+|[\s*_:|=~#-]+$", "", bare)
    words = _ANSWERED.sub("", words, count=1) if _ANSWERED.match(words) else words
    if _NUMBER_ALONE.fullmatch(words):
        return ""
    words = _LABELLED.sub("", words, count=1) if _LABELLED.match(words) else words
    numbered = _NUMBERED.match(words)
    named = words[numbered.end() :] if numbered else words
    return re.sub(r"\s+", " ", _DATED_FIRST.sub("", named)).strip()


def defined(quote: Quoted) -> str:
    """What a summary begins to explain: “A flow battery is …”."""
    found = _DEFINED.match(quote.words)
    return found["name"].strip() if found and len(found["name"].split()) <= 6 else ""


def candidates(
    titles: Sequence[Quoted], texts: Sequence[Quoted], known: Sequence[Known]
) -> tuple[Candidate, ...]:
    """Those of the record that the titles name, then those that the texts begin with, then the
    titles themselves as new names; without those that come twice."""
    found: dict[str, Candidate] = {}
    for quote in (*titles, *(_beginning(text) for text in texts)):
        for one in known_in(quote, known):
            found.setdefault(f"/{one.slug}", one)
    new = [
        *((titled(title), title) for title in titles),
        *((defined(text), text) for text in texts),
    ]
    for name, quote in new:
        if name:
            found.setdefault(name.casefold(), Candidate(name[:1].upper() + name[1:], "", quote))
    return tuple(found.values())


def _beginning(quote: Quoted) -> Quoted:
    words = quote.words[:160]
    return Quoted(words, Span(quote.span.start, quote.span.start + len(words)))


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    """In small letters and without the s of a plural, so that “LLMs” is “LLM”."""
    return tuple(_singular(word) for word in _WORD.findall(text.casefold()))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
