"""Words as they are found: the same for a text and for what somebody types to find it."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_WORD = 64
# PostgreSQL takes a megabyte of words with their places; what comes after is not searched.
MOST_BYTES = 600_000
DISTINCTIVE = 32
SCANNED = 20_000
_SHORTEST = 4
# Scripts that put no blanks between words are searched by their characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_ALONE = re.compile(f"[{_UNSPACED}]")
_TYPED = re.compile(r'-?"[^"]*"?|[^\s"]+')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
# Words of English that say nothing of what a text is about.
_COMMON_WORDS = """
about above after again against also although always among another around away back because
been before being below best better between both came cannot come could days does doing done
down during each early either else enough even ever every example fact feel first five found
four from full gave general give given goes going gone good great have having hence here high
himself however important instead into itself just keep kind know known large last late later
least less like likely little long look made main make makes making many maybe mean means might
more most much must near need needs never next none nothing often once only onto other others
otherwise over part people perhaps point quite rather really right said same says second seem
seems seen several shall should show shown since small some something soon still such sure take
taken than that their them themselves then there therefore these they thing things think third
this those though three through thus time times today together toward towards under unless
until upon used useful uses using usually very want well went were what whatever when where
whether which while whole whom whose will with within without work would year years your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other; a prefix is the beginning of its last word."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Query:
    """All of `wanted`, and none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `is_hit` where it is a word that was looked for."""

    text: str
    is_hit: bool


def folded(text: str) -> str:
    """Without case, accents and compatible spellings."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain)


def words_of(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def joined(texts: Iterable[str]) -> str:
    """The words of the texts with one blank between; no phrase goes from one text to the next."""
    return " ¶ ".join(" ".join(words_of(text)) for text in texts if text)


def within(parts: Iterable[str]) -> list[str]:
    """The parts, cut where an index would not hold them; the first are kept first."""
    left, kept = MOST_BYTES, []
    for part in parts:
        held: list[str] = []
        for word in part.split(" "):
            left -= len(word.encode()) + 4
            if left < 0:
                break
            held.append(word)
        kept.append(" ".join(held))
    return kept


def read_query(typed: str) -> Query:
    """Words, "words in this order", -without; the last word may be a beginning."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    pieces = _TYPED.findall(typed.translate(_QUOTES))
    for place, piece in enumerate(pieces):
        is_without, bare = piece.startswith("-"), piece.removeprefix("-")
        is_last = place == len(pieces) - 1 and typed[-1:].strip() != ""
        words = tuple(words_of(bare))
        if words:
            is_prefix = is_last and not bare.startswith('"') and not _ALONE.match(words[-1])
            (unwanted if is_without else wanted).append(Term(words, is_prefix))
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def distinctive(title: str, texts: Iterable[str]) -> list[str]:
    """The words that say most of what a text is about, as far as it can tell by itself."""
    counts = Counter(_telling(title))
    of_title = set(counts)
    for text in texts:
        counts.update(_telling(text))

    def weight(word: str) -> float:
        often = 1 + math.log2(counts[word])
        return often * (2 if word in of_title else 1) * math.sqrt(min(len(word), 10))

    return sorted(counts, key=lambda word: (-weight(word), word))[:DISTINCTIVE]


def _telling(text: str) -> Iterator[str]:
    """Longer words without those that every text has; of unspaced scripts the pairs."""
    before = ""
    for word in words_of(text):
        if _ALONE.match(word):
            if before:
                yield before + word
            before = word
            continue
        before = ""
        if len(word) >= _SHORTEST and word not in _COMMON and not word.isdecimal():
            yield word


def snippet(texts: Iterable[str], query: Query, length: int = 220) -> list[Piece]:
    """The surroundings of the first word that was looked for; nothing where none stands there."""
    hits = _Hits(query)
    for text in texts:
        place = hits.first_in(text)
        if place is not None:
            return list(hits.marked(_around(text, place, length)))
    return []


def marked(text: str, query: Query) -> list[Piece]:
    return list(_Hits(query).marked(text))


class _Hits:
    """The words that are wanted, in a text as it was written."""

    def __init__(self, query: Query) -> None:
        self._words = {word for term in query.wanted for word in term.words}
        self._beginnings = tuple(term.words[-1] for term in query.wanted if term.is_prefix)
        every = "|".join(sorted(self._words))
        self._quick = re.compile(rf"(?<![^\W_])(?:{every})", re.IGNORECASE)

    def first_in(self, text: str) -> int | None:
        """Looked for as it was typed; then word by word near the start, as an accent may differ."""
        if not self._words:
            return None
        for found in self._quick.finditer(text):
            whole = _WORD.match(text, found.start())
            if whole and self._is_hit(whole.group()):
                return found.start()
        near = _WORD.finditer(text, 0, SCANNED)
        return next((found.start() for found in near if self._is_hit(found.group())), None)

    def marked(self, text: str) -> Iterator[Piece]:
        done = 0
        for found in _WORD.finditer(text):
            if self._is_hit(found.group()):
                if found.start() > done:
                    yield Piece(text[done : found.start()], is_hit=False)
                yield Piece(found.group(), is_hit=True)
                done = found.end()
        if done < len(text):
            yield Piece(text[done:], is_hit=False)

    def _is_hit(self, word: str) -> bool:
        plain = folded(word)[:LONGEST_WORD]
        return plain in self._words or (
            bool(self._beginnings) and plain.startswith(self._beginnings)
        )


def _around(text: str, place: int, length: int) -> str:
    begin = max(place - length // 3, 0)
    end = min(begin + length, len(text))
    if begin:
        begin = text.find(" ", begin, place) + 1 or begin
    if end < len(text):
        cut = text.rfind(" ", place + 1, end)
        end = cut if cut > place else end
    shown = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"
