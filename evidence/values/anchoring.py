"""Where a quotation stands in a text that may have changed since it was taken.

The selector is the TextQuoteSelector of the W3C Web Annotation Data Model (2017), section
4.2.4: the exact words with some before and after.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT_CHARACTERS = 32
# Shorter than this, words stand in too many places to be found by themselves.
SHORT = 12
ALIKE = 0.75
_SPELT_ALIKE = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_NUMBER = re.compile(
    r"[-+]?\d+(?:[.,]\d+)*|[¼-¾⅐-⅞¹²³]"
    r"|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|(?:hundred|thousand|million|billion|trillion|dozen)s?|half|twice|double|triple)\b"
)
_DENIAL = re.compile(
    r"\b(?:not|cannot|no|nor|never|none|neither|nobody|nothing|nowhere|without)\b|n't\b"
)


@dataclass(frozen=True)
class Place:
    """Half open, in characters of the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Selector:
    exact: str
    prefix: str = ""
    suffix: str = ""


def selector_at(text: str, place: Place) -> Selector:
    """The words at the place, with those around them."""
    return Selector(
        text[place.start : place.end],
        text[max(place.start - CONTEXT_CHARACTERS, 0) : place.start],
        text[place.end : place.end + CONTEXT_CHARACTERS],
    )


def find(text: str, selector: Selector, near: int | None = None) -> Place | None:
    """Where the selector's words stand; None where that cannot be said.

    `near` is where they stood before: it decides between places that are equally good. The words
    are looked for as they are, then with quotation marks, dashes and blanks spelt alike, and at
    last, between their old neighbours, as words that were edited a little.
    """
    if not selector.exact.strip():
        return None
    found = _best(text, selector, near)
    if found is not None:
        return found
    spelt, alike = _Spelt(text), _alike(selector)
    found = _best(spelt.text, alike, None if near is None else spelt.position(near))
    return spelt.place(found) if found is not None else _edited(spelt, alike)


def _best(text: str, selector: Selector, near: int | None) -> Place | None:
    size = len(selector.exact)
    starts = list(_occurrences(text, selector.exact))
    if not starts:
        return None
    fits = {start: _fit(text, start, size, selector) for start in starts}
    best = max(fits.values())
    has_context = bool(selector.prefix.strip() or selector.suffix.strip())
    if size < SHORT and has_context and best < min(4, _context_size(selector)):
        return None
    kept = [start for start, fit in fits.items() if fit == best]
    if len(kept) > 1 and near is None:
        return None if size < SHORT else Place(kept[0], kept[0] + size)
    start = kept[0] if near is None else min(kept, key=lambda one: abs(one - near))
    return Place(start, start + size)


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start != -1:
        yield start
        start = text.find(words, start + 1)


def _context_size(selector: Selector) -> int:
    return len(selector.prefix) + len(selector.suffix)


def _fit(text: str, start: int, size: int, selector: Selector) -> int:
    """How many characters beside the place are those of the selector's context."""
    before = _common(reversed(text[:start][-len(selector.prefix) - 1 :]), reversed(selector.prefix))
    end = start + size
    return before + _common(iter(text[end : end + len(selector.suffix)]), iter(selector.suffix))


def _common(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


class _Spelt:
    """A text with one spelling of marks and blanks, and where each character comes from."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self._from: list[int] = []
        for place, letter in enumerate(text.translate(_SPELT_ALIKE)):
            if not letter.isspace():
                letters.append(letter)
            elif not letters or letters[-1] != " ":
                letters.append(" ")
            else:
                continue
            self._from.append(place)
        self.text, self._length = "".join(letters), len(text)

    def position(self, original: int) -> int:
        return bisect_left(self._from, original)

    def place(self, found: Place) -> Place:
        return Place(self._from[found.start], self._from[found.end - 1] + 1)


def _alike(selector: Selector) -> Selector:
    return Selector(
        *(_Spelt(part).text for part in (selector.exact, selector.prefix, selector.suffix))
    )


def _edited(spelt: _Spelt, selector: Selector) -> Place | None:
    """What stands between the old neighbours, where it is still nearly the old words.

    Other numbers, or a "not" more or less, make another statement however alike the words are.
    """
    prefix, suffix = selector.prefix.strip(), selector.suffix.strip()
    if len(prefix) < SHORT or len(suffix) < SHORT or spelt.text.count(prefix) != 1:
        return None
    start = spelt.text.index(prefix) + len(prefix)
    end = spelt.text.find(suffix, start)
    found = spelt.text[start:end] if end != -1 else ""
    words = found.strip()
    if not words or len(words) > 2 * len(selector.exact):
        return None
    if _claims(words) != _claims(selector.exact):
        return None
    if SequenceMatcher(None, words, selector.exact.strip(), autojunk=False).ratio() < ALIKE:
        return None
    first = start + found.index(words)
    return spelt.place(Place(first, first + len(words)))


def _claims(words: str) -> tuple[list[str], int]:
    """The numbers in order, and how often something is denied."""
    said = words.casefold()
    return _NUMBER.findall(said), len(_DENIAL.findall(said))
