"""A save that meets a newer revision: what both changed since the revision that was open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assessments.models import Card, Revision
from assessments.opinions import content_of
from assessments.selectors import head_of
from assessments.values.card import CardDocument, CardInvalid, content_json, parse_card
from assessments.values.merging import Choices, Merge, MergedField, merge
from assessments.values.scale import Dimension
from record.errors import DomainError

_WORDS = {
    "text": "the full text",
    "p_never": "the probability of never",
    "open_questions": "open questions",
    "scenarios:": "the scenario",
    "companies:": "the company",
    "tripwires:": "the tripwire",
    "open_questions:": "the question",
    "sources:": "the source",
    "citations:": "the citation of",
}
_NAMES = ("name", "question", "title", "item")


@dataclass(frozen=True)
class Meeting:
    """`base` is the revision that mine was begun from, None where that is not known."""

    base: Revision | None
    theirs: Revision
    merge: Merge

    @property
    def author(self) -> str:
        name: str = self.theirs.author.get_username()
        return name


def meeting_of(
    *, card: Card, document: CardDocument, choices: Choices | None = None
) -> Meeting | None:
    """None while the card has no revision to meet."""
    theirs = head_of(card)
    if theirs is None:
        return None
    base = card.revisions.filter(content_hash=document.parent or "").first()
    old = content_of(base) if base else None
    return Meeting(base, theirs, merge(old, content_of(theirs), content_json(document), choices))


def merged_document(meeting: Meeting, mine: CardDocument) -> CardDocument:
    """The merged card on top of the newest revision, written by whoever wrote mine."""
    content = {
        **meeting.merge.content,
        "technology": mine.technology.to_json(),
        "author": mine.author,
        "parent": meeting.theirs.content_hash,
    }
    try:
        return replace(parse_card(content), author=mine.author)
    except CardInvalid as invalid:
        first = invalid.errors[0]
        raise DomainError(
            f"Together the two make a card that cannot be saved ({first.field}): {first.message}"
        ) from invalid


def field_words(one: MergedField) -> str:
    """What people call the field, such as "impact" or "the company Acme"."""
    group = one.group.removeprefix("scores.")
    if group in set(Dimension):
        return f"{group}'s rationale" if one.key.endswith(".rationale") else group
    if ":" not in one.key:
        return _WORDS.get(group, group)
    element = one.theirs or one.mine or one.base
    if isinstance(element, dict):
        element = next(element[name] for name in _NAMES if name in element)
    return f"{_WORDS[f'{group}:']} {element}"


def listed(fields: Iterable[MergedField]) -> str:
    return ", ".join(map(field_words, fields))


def merged_words(meeting: Meeting) -> str:
    """Whose revision was merged, and what came from whom."""
    merged, theirs = meeting.merge, meeting.theirs
    begun = f"{meeting.author} had saved revision {theirs.number} meanwhile"
    parts = [f"from {meeting.author}: {listed(merged.from_theirs)}"] if merged.from_theirs else []
    parts += [f"from you: {listed(merged.from_mine)}"] if merged.from_mine else []
    parts += [f"as you chose: {listed(merged.chosen)}"] if merged.chosen else []
    return f"{begun}; the two were merged. {'; '.join(parts)}".rstrip() + "."
