"""Two or three states of one card, field by field, with the words that differ."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assessments.pages.contents import Content, passages
from assessments.pages.scores import ScoreLine, score_line
from assessments.values.scale import Dimension

# Comparing costs the square of the length at worst; longer texts are compared by line, then whole.
MOST_TOKENS = 1_000
_WORDS = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of text; `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Side:
    """One state of a field: its text in pieces and, for a score, its line."""

    heading: str
    pieces: tuple[Piece, ...]
    line: ScoreLine | None = None

    @property
    def is_empty(self) -> bool:
        return self.line is None and not any(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Difference:
    key: str
    heading: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Version:
    """A state of the card under the words that name it on the page."""

    heading: str
    content: Content


def differences(base: Version, *others: Version) -> tuple[Difference, ...]:
    """The fields in which any of the others differs from the base, in the order of the form."""
    found = [_score(dimension, base, others) for dimension in Dimension]
    texts = [_texts(version.content) for version in (base, *others)]
    found += [
        _passage(passage.key, passage.heading, texts, (base, *others))
        for passage in passages(base.content)
    ]
    return tuple(difference for difference in found if difference is not None)


def _texts(content: Content) -> Mapping[str, str]:
    return {passage.key: passage.text for passage in passages(content)}


def _score(dimension: Dimension, base: Version, others: Sequence[Version]) -> Difference | None:
    scores: list[Mapping[str, Any]] = [one.content["scores"] for one in (base, *others)]
    if all(score[dimension] == scores[0][dimension] for score in scores):
        return None
    first = score_line(dimension, scores[0])
    sides = [Side(base.heading, (Piece("same", first.rationale),), first)]
    for version, score in zip(others, scores[1:], strict=True):
        line = score_line(dimension, score, scores[0])
        sides.append(Side(version.heading, changed(first.rationale, line.rationale), line))
    return Difference(dimension.value, dimension.capitalize(), tuple(sides))


def _passage(
    key: str, heading: str, texts: Sequence[Mapping[str, str]], versions: Sequence[Version]
) -> Difference | None:
    old = texts[0][key]
    if all(text[key] == old for text in texts):
        return None
    sides = [Side(versions[0].heading, (Piece("same", old),))]
    for version, text in zip(versions[1:], texts[1:], strict=True):
        sides.append(Side(version.heading, changed(old, text[key])))
    return Difference(key, heading, tuple(sides))


def changed(old: str, new: str) -> tuple[Piece, ...]:
    """The new text with what was added marked and what was removed kept in place."""
    before, after = _tokens(old, new)
    pieces: list[Piece] = []
    for kind, start, end, new_start, new_end in _steps(before, after):
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[start:end])))
            continue
        pieces.append(Piece("removed", "".join(before[start:end])))
        pieces.append(Piece("added", "".join(after[new_start:new_end])))
    return tuple(piece for piece in pieces if piece.text)


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after).get_opcodes()


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    for split in (_WORDS.findall, _lines):
        tokens = split(old), split(new)
        if max(map(len, tokens)) <= MOST_TOKENS:
            return tokens
    return [old], [new]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
