"""Two people changed one card: what both began from, what each made of it, and which holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from assessments.meeting import Meeting, field_words
from assessments.models import Revision
from assessments.opinions import SETTLING, Opinion
from assessments.pages.contents import spelled
from assessments.pages.differences import Piece, Side, changed
from assessments.pages.scores import score_line
from assessments.values import limits
from assessments.values.card import CardDocument
from assessments.values.merging import MergedField
from assessments.values.scale import Dimension

BY_HAND = "hand"
WORDS = f"{SETTLING}words-"


@dataclass(frozen=True)
class Settling:
    """How the fields in conflict were settled on the page, by their tokens."""

    sides: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class FieldInConflict:
    """`chosen` is "theirs", "mine", "hand" or nothing; `words` are what was written by hand."""

    name: str
    words_name: str
    heading: str
    sides: tuple[Side, ...]
    chosen: str
    words: str
    is_text: bool


@dataclass(frozen=True)
class ConflictPage:
    """`typed` is what was typed, ready to be sent again; `merged` are fields that needed no
    question, with the one whose they are."""

    name: str
    card_id: int
    theirs: Revision
    author: str
    base_number: int
    fields: tuple[FieldInConflict, ...]
    merged: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]
    reason: str
    error: str
    most: int = limits.REASON

    @property
    def next_number(self) -> int:
        return self.theirs.number + 1


def conflict_page(
    opinion: Opinion, meeting: Meeting, mine: CardDocument, typed: QueryDict, settling: Settling
) -> ConflictPage:
    merged, theirs = meeting.merge, meeting.theirs
    return ConflictPage(
        name=opinion.technology.name,
        card_id=theirs.card_id,
        theirs=theirs,
        author=meeting.author,
        base_number=meeting.base.number if meeting.base else 0,
        fields=tuple(_field(one, meeting, settling) for one in (*merged.conflicts, *merged.chosen)),
        merged=tuple(
            [(field_words(one), meeting.author) for one in merged.from_theirs]
            + [(field_words(one), "you") for one in merged.from_mine]
        ),
        typed=tuple(_again(typed, meeting)),
        reason=mine.reason,
        error=settling.error,
    )


def _field(one: MergedField, meeting: Meeting, settling: Settling) -> FieldInConflict:
    words = field_words(one)
    return FieldInConflict(
        name=f"{SETTLING}{one.token}",
        words_name=f"{WORDS}{one.token}",
        heading=f"{words[:1].upper()}{words[1:]}",
        sides=tuple(_sides(one, meeting)),
        chosen=settling.sides.get(one.token, ""),
        words=settling.words.get(one.token, one.mine if one.is_text else ""),
        is_text=one.is_text,
    )


def _sides(one: MergedField, meeting: Meeting) -> Iterable[Side]:
    old, number = None, meeting.theirs.number
    if meeting.base is not None:
        old = one.base
        yield _side(one, f"Before: revision {meeting.base.number}", old, old)
    yield _side(one, f"Theirs: {meeting.author}, revision {number}", old, one.theirs)
    yield _side(one, "Yours, not saved", old if meeting.base else one.theirs, one.mine)


def _side(one: MergedField, heading: str, old: Any, new: Any) -> Side:
    key = one.group.removeprefix("scores.")
    if key in set(Dimension) and isinstance(new, dict):
        dimension = Dimension(key)
        before = {key: _whole(old)} if isinstance(old, dict) else None
        line = score_line(dimension, {key: _whole(new)}, before)
        return Side(heading, (Piece("same", line.rationale),), line)
    return Side(heading, changed(spelled(key, old), spelled(key, new)))


def _whole(score: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"rationale": "", **score}


def _again(typed: QueryDict, meeting: Meeting) -> Iterable[tuple[str, str]]:
    left_out = {"csrfmiddlewaretoken", "then", "newest", "reason"}
    for name, values in typed.lists():
        if name not in left_out and not name.startswith(SETTLING):
            yield from ((name, value) for value in values)
    yield "newest", meeting.theirs.content_hash
