"""The sentence of a text that says most nearly the same as a point."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.importing.reading import lines_of
from evidence.importing.sentences import sentences_in

WEAKEST = 0.3
MOST_SENTENCES = 4_000
_WORD = re.compile(r"[^\W_]{2,}")
_ENDINGS = re.compile(r"(?:ations?|ings?|edly|ed|ies|es|ly|s)$")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the an and or of to in on for with as at by from is are was were be been it its this that"
        " these those they them their he she his her we our you your not but can may will would"
        " could should has have had do does did so such more most than then also into about over"
        " which who what how when while like just being very",
    )
)


@dataclass(frozen=True)
class Alike:
    """`score` from 0 to 1: the cosine of the two sentences' weighted words."""

    start: int
    end: int
    score: float


class Sentences:
    """The sentences of one text, ready to be compared with many points."""

    def __init__(self, text: str) -> None:
        spans = [
            span for line in lines_of(text) for span in sentences_in(text, line.start, line.end)
        ]
        self._spans = spans[:MOST_SENTENCES]
        self._words = [_words(text[start:end]) for start, end in self._spans]
        self._places: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for word in words:
                self._places.setdefault(word, []).append(place)
        self._weights = {
            word: math.log(1 + len(self._spans) / len(places))
            for word, places in self._places.items()
        }
        self._lengths = [self._length(words) for words in self._words]

    def nearest(self, point: str) -> Alike | None:
        """The sentence most like the point; None where none is like it."""
        words = _words(point)
        length = self._length(words)
        if not words or not length:
            return None
        scores: dict[int, float] = defaultdict(float)
        for word, count in words.items():
            for place in self._places.get(word, ()):
                scores[place] += count * self._words[place][word] * self._weight(word) ** 2
        alike = {place: score / (length * self._lengths[place]) for place, score in scores.items()}
        best = max(alike, key=alike.__getitem__, default=None)
        if best is None or alike[best] < WEAKEST:
            return None
        return Alike(*self._spans[best], alike[best])

    def _weight(self, word: str) -> float:
        return self._weights.get(word, math.log(1 + max(len(self._spans), 1)))

    def _length(self, words: Counter[str]) -> float:
        return math.sqrt(sum((count * self._weight(word)) ** 2 for word, count in words.items()))


def _words(text: str) -> Counter[str]:
    return Counter(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _COMMON)


def _stem(word: str) -> str:
    bare = _ENDINGS.sub("", word)
    return bare if len(bare) >= 4 else word


def proposals(points: Sequence[str], text: str) -> list[Alike | None]:
    """For each point the sentence of the text that it seems to come from."""
    sentences = Sentences(text)
    return [sentences.nearest(point) for point in points]
