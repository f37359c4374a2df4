"""A save of a card that meets a newer revision: both texts are told and kept, or merged."""

from typing import Any

from assessments.api.records import card_record
from assessments.api.refusals import stale
from assessments.api.sight import Sight
from assessments.forms.writing import typed_fields
from assessments.meeting import Meeting, meeting_of
from assessments.models import Card
from assessments.services.drafting import Save, keep_sent
from assessments.services.merging import FieldsInConflict, Merged, save_merged
from assessments.values.card import CardDocument, content_json
from assessments.values.merging import MergedField
from record.canonical import canonical_json
from record.errors import Conflict
from rest.problems import Problem


def merged_save(card: Card, document: CardDocument, save: Save, sight: Sight) -> Merged:
    """Saved with what others saved meanwhile, where both changed different fields."""
    try:
        return save_merged(card=card, document=document, save=save)
    except FieldsInConflict as conflict:
        problem = both_texts(card, document, save, sight, conflict.meeting)
        problem.detail = conflict.message
        raise problem from conflict
    except Conflict as conflict:
        raise both_texts(card, document, save, sight) from conflict


def both_texts(
    card: Card, document: CardDocument, save: Save, sight: Sight, meeting: Meeting | None = None
) -> Problem:
    """412 with theirs in it; mine is kept where the person finds it in the form."""
    content, parent = content_json(document), document.parent or ""
    is_own = card.role != Card.Role.SECOND or card.owner_id == save.by.pk
    kept = is_own and keep_sent(
        card=card,
        user=save.by,
        parent_hash=parent,
        fields=typed_fields(content, parent=parent),
    )
    problem = stale(card, sight)
    meeting = meeting or meeting_of(card=card, document=document)
    if meeting is not None and sight.has_drafts:
        problem.more = {
            "base": meeting.base.content_hash if meeting.base else None,
            "theirs": card_record(meeting.theirs, sight),
            "mine_kept": kept,
            "conflicts": [_told(one) for one in meeting.merge.conflicts],
        }
    return problem


def _told(one: MergedField) -> dict[str, str | None]:
    sides = {"base": one.base, "theirs": one.theirs, "mine": one.mine}
    said = {name: None if value is None else canonical_json(value) for name, value in sides.items()}
    return {"field": one.key, **said}


def merged_record(merged: Merged) -> dict[str, Any]:
    """What came from whom, where there was anything to merge."""
    meeting = merged.meeting
    if meeting is None or meeting.base is None:
        return {}
    return {
        "merged": {
            "base": meeting.base.content_hash,
            "theirs": meeting.theirs.content_hash,
            "number": meeting.theirs.number,
            "author": meeting.author,
            "from_theirs": [one.key for one in meeting.merge.from_theirs],
            "from_mine": [one.key for one in meeting.merge.from_mine],
        }
    }
