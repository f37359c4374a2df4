"""Words that two readers of a prediction understand differently, and what to write instead."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_AMOUNT = "Write the number that counts, with its unit."
_SHARE = "Write the share in per cent, of what, and who counts it."
_USE = "Name the buyers, how many of them, and who counts them."
_STATE = "Name the test that it passes, and who runs the test."
_EDGE = "Write the exact number; whoever is just below it must know."
_PLACE = "Name the countries or the companies that are counted."
_TIME = "Write the day."

_REMEDIES = {
    _AMOUNT: (
        "significant(?:ly)?",
        "substantial(?:ly)?",
        "considerabl[ey]",
        "meaningful(?:ly)?",
        "dramatic(?:ally)?",
        "material(?:ly)",
        "major",
        "large(?:ly)? parts?",
        "numerous",
        "many",
        "several",
        "(?:a )?few",
        "much (?:more|less|better|cheaper|faster)",
        "explosive(?:ly)?",
        "strong(?:ly)? (?:growth|growing)",
        "orders? of magnitude",
    ),
    _SHARE: (
        "most(?: of)?",
        "(?:the )?majority(?: of)?",
        "mostly",
        "largely",
        "predominant(?:ly)?",
        "dominant",
        "dominates?",
        "ubiquitous",
        "everywhere",
        "everyone",
        "nobody",
    ),
    _USE: (
        "wide(?:ly|spread)(?: (?:used|adopted|available|accepted))?",
        "mainstream",
        "commonplace",
        "common(?:ly)?",
        "routine(?:ly)?",
        "popular",
        "at scale",
        "mass[- ]market",
        "mass adoption",
        "the norm",
        "industry standard",
        "de facto standard",
    ),
    _STATE: (
        "viable",
        "commercially (?:ready|available|viable)",
        "mature",
        "practical",
        "usable",
        "reliabl[ey]",
        "successful(?:ly)?",
        "human[- ]level",
        "superhuman",
        "production[- ]ready",
        "game[- ]chang(?:er|ing)",
        "breakthroughs?",
        "disrupt(?:s|ed|ing|ive|ion)?",
        "transform(?:s|ed|ing|ative|ation)?",
        "revolutioni[sz](?:e|es|ed|ing)",
        "competitive",
        "affordable",
        "cheap",
    ),
    _EDGE: ("nearly", "almost", "about", "around", "roughly", "approximately", "some", "up to"),
    _PLACE: (
        "leading",
        "top[- ]tier",
        "big tech",
        "major (?:players|companies|economies|countries)",
        "developed (?:countries|economies)",
        "the west",
    ),
    _TIME: ("soon", "eventually", "shortly", "in the near future", "within a few years"),
}
# The longest pattern first, so that “most of” is not cut to “most”.
_VAGUE = sorted(
    ((pattern, remedy) for remedy, patterns in _REMEDIES.items() for pattern in patterns),
    key=lambda pair: -len(pair[0]),
)
_ANY = re.compile(
    "|".join(rf"(?P<w{i}>\b(?:{p})\b)" for i, (p, _) in enumerate(_VAGUE)), re.IGNORECASE
)
# Words that end a longer one with a meaning of its own.
_MEANT = re.compile(
    r"\b(?:at most|some time|common(?:ly)? (?:stock|carrier)|about face)\b", re.IGNORECASE
)


class Vague(NamedTuple):
    start: int
    words: str
    instead: str


def vague_words(text: str) -> Iterator[Vague]:
    """Each undefined word of the text, with its place and what to write instead."""
    meant = [found.span() for found in _MEANT.finditer(text)]
    for found in _ANY.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in meant):
            continue
        index = int(str(found.lastgroup)[1:])
        yield Vague(found.start(), found.group(), _VAGUE[index][1])
