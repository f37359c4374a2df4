"""Saving on top of what somebody else saved meanwhile, where both changed different fields."""

from dataclasses import dataclass

from django.db import transaction

from assessments.importing.results import Refusal
from assessments.meeting import Meeting, listed, meeting_of, merged_document
from assessments.models import Card, Revision
from assessments.opinions import says_the_same
from assessments.services.drafting import Save, save_revision
from assessments.values.card import CardDocument, FieldProblem
from assessments.values.merging import Choices
from intake.showing import shown
from record.errors import Conflict
from record.services import log_change

TRIES = 5


class FieldsInConflict(Conflict):
    """Both changed the same fields, which only people can settle."""

    def __init__(self, meeting: Meeting) -> None:
        fields = listed(meeting.merge.conflicts)
        super().__init__(
            f"{meeting.author} saved revision {meeting.theirs.number} meanwhile and changed the"
            f" same: {fields}. Nothing was overwritten; say which of the two holds.",
            field="parent",
        )
        self.meeting = meeting


class StaleImport(Conflict):
    """A card of a file that builds on what is no longer the newest, field by field."""

    def __init__(self, card: Card, document: CardDocument) -> None:
        self.meeting = meeting_of(card=card, document=document)
        asked = self.meeting.merge.conflicts if self.meeting else ()
        newest = self.meeting.theirs.number if self.meeting else 0
        author = self.meeting.author if self.meeting else "somebody"
        way = (
            "Settle the fields below in the file, with the newest revision as its parent."
            if asked
            else "Nobody changed the same field: bring both together with --merge."
        )
        super().__init__(
            f"{card.technology.name} was saved by {author} since the parent that the card names:"
            f" its newest revision is number {newest}. Nothing was overwritten. {way}"
            f"{_of_an_export(card, document)}",
            field="parent",
        )

    def refusal(self, label: str) -> Refusal:
        asked = self.meeting.merge.conflicts if self.meeting else ()
        return Refusal(
            card=label,
            field=self.field,
            value="",
            reason=self.message,
            more=tuple(
                FieldProblem(one.key, shown(one.mine), f"in the newest it is {shown(one.theirs)}")
                for one in asked
            ),
        )


def _of_an_export(card: Card, document: CardDocument) -> str:
    """What to do where the card seems to be an exported revision that was edited in the file."""
    child = card.revisions.filter(
        parent_hash=document.parent or "", as_of=document.as_of, reason=document.reason
    ).first()
    if child is None:
        return ""
    return (
        f" If this is revision {child.number}, exported and then edited, say so: an export names"
        f" the parent of what it holds, and an edit builds on that. Its parent is"
        f" {child.content_hash}."
    )


@dataclass(frozen=True)
class Merged:
    revision: Revision
    meeting: Meeting | None


def save_merged(
    *, card: Card, document: CardDocument, save: Save, choices: Choices | None = None
) -> Merged:
    """The document with what others saved since its parent, as the newest revision.

    It is a draft like any other: what was approved stays as it was approved. Raises
    FieldsInConflict, and Conflict when the card is saved again and again meanwhile.
    """
    for _ in range(TRIES):
        meeting = meeting_of(card=card, document=document, choices=choices)
        if meeting is None:
            return Merged(save_revision(card=card, document=document, save=save), None)
        if meeting.merge.conflicts:
            raise FieldsInConflict(meeting)
        try:
            return Merged(_save(card, document, save, meeting), meeting)
        except Conflict:
            # Another save came first: what it changed is merged too.
            continue
    raise Conflict(
        f"{card.technology.name} is being saved by others again and again. Nothing was"
        " overwritten; try once more.",
        field="parent",
    )


@transaction.atomic
def _save(card: Card, document: CardDocument, save: Save, meeting: Meeting) -> Revision:
    merged = merged_document(meeting, document)
    if says_the_same(merged, meeting.theirs):
        return meeting.theirs
    revision = save_revision(card=card, document=merged, save=save)
    if meeting.base is None or meeting.base.pk != meeting.theirs.pk:
        log_change(
            kind="card.merged",
            subject_kind="card",
            subject_key=str(card.pk),
            actor_id=save.by.pk,
            after={
                "technology": card.technology.slug,
                "revision": revision.number,
                "base": meeting.base.number if meeting.base else None,
                "theirs": [one.key for one in meeting.merge.from_theirs],
                "mine": [one.key for one in meeting.merge.from_mine],
                "chosen": [one.key for one in meeting.merge.chosen],
            },
        )
    return revision
