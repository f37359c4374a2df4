"""Scoring: a save that met a newer revision is merged, or asks about the fields both changed."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from assessments.forms.writing import typed_fields
from assessments.meeting import Meeting, meeting_of, merged_words
from assessments.models import Card, Revision
from assessments.opinions import SETTLING, Opinion, fields_of
from assessments.pages.conflict import BY_HAND, WORDS, Settling, conflict_page
from assessments.selectors import head_of
from assessments.services.drafting import Save, drop_buffer, keep_buffer
from assessments.services.merging import FieldsInConflict, Merged, save_merged
from assessments.values.card import CardDocument
from assessments.values.merging import Choices, MergedField, Side
from record.errors import DomainError


def meet(request: HttpRequest, opinion: Opinion, document: CardDocument) -> Revision | HttpResponse:
    """The merged revision, or a page; what was typed is kept before anything else."""
    card = opinion.card or opinion.technology.cards.get(role=opinion.role)
    _keep(request, opinion, card, document.parent or "")
    settling = _settling(request.POST, card)
    if _wants_form(request.POST, settling, card, document):
        return _to_form(opinion, card, document, settling)
    try:
        merged = _save(opinion, card, document, settling)
    except FieldsInConflict as conflict:
        again = "Choose one for every field." if settling.sides else ""
        return _ask(request, opinion, conflict.meeting, document, replace(settling, error=again))
    except DomainError as error:
        meeting = meeting_of(card=card, document=document)
        if meeting is None or not meeting.merge.conflicts:
            raise
        told = replace(settling, error=error.message)
        return _ask(request, opinion, meeting, document, told)
    return _tell(request, opinion, merged)


def _tell(request: HttpRequest, opinion: Opinion, merged: Merged) -> Revision:
    drop_buffer(card=merged.revision.card, user=opinion.author)
    if merged.meeting is not None:
        messages.info(request, merged_words(merged.meeting))
    return merged.revision


def _keep(request: HttpRequest, opinion: Opinion, card: Card, parent: str) -> None:
    fields = fields_of(request.POST)
    keep_buffer(card=card, user=opinion.author, parent_hash=parent, fields=fields)


def _save(opinion: Opinion, card: Card, document: CardDocument, settling: Settling) -> Merged:
    choices = _choices(card, document, settling)
    return save_merged(card=card, document=document, save=Save(by=opinion.author), choices=choices)


def _settling(data: QueryDict, card: Card) -> Settling:
    """What was chosen, unless somebody saved the card once more since the page was made."""
    head = head_of(card)
    if head is None or data.get("newest") != head.content_hash:
        return Settling()
    named = {name: str(value) for name, value in data.items() if name.startswith(SETTLING)}
    words = {
        name.removeprefix(WORDS): named.pop(name) for name in list(named) if name.startswith(WORDS)
    }
    sides = {name.removeprefix(SETTLING): value for name, value in named.items()}
    return Settling(sides, words)


def _choices(card: Card, document: CardDocument, settling: Settling) -> Choices:
    meeting = meeting_of(card=card, document=document)
    asked = meeting.merge.conflicts if meeting else ()
    found = {one.key: settling.sides.get(one.token) for one in asked}
    return Choices(
        sides={key: Side(value) for key, value in found.items() if value in set(Side)},
        words={
            one.key: settling.words.get(one.token, "").replace("\r\n", "\n")
            for one in asked
            if found[one.key] == BY_HAND and one.is_text
        },
    )


def _wants_form(data: QueryDict, settling: Settling, card: Card, document: CardDocument) -> bool:
    """Whether a field is to be settled in the card's form: a text can be on the page itself."""
    if data.get("then") == "form":
        return True
    by_hand = {token for token, value in settling.sides.items() if value == BY_HAND}
    meeting = meeting_of(card=card, document=document) if by_hand else None
    asked: tuple[MergedField, ...] = meeting.merge.conflicts if meeting else ()
    return any(one.token in by_hand and not one.is_text for one in asked)


def _to_form(
    opinion: Opinion, card: Card, document: CardDocument, settling: Settling
) -> HttpResponse:
    """The card's form on top of the newest revision, with mine wherever nothing was chosen."""
    chosen = _choices(card, document, settling)
    asked = meeting_of(card=card, document=document)
    if asked is not None:
        mine = {one.key: Side.MINE for one in asked.merge.conflicts if one.key not in chosen.words}
        choices = Choices({**mine, **chosen.sides}, chosen.words)
        meeting = meeting_of(card=card, document=document, choices=choices)
        parent = asked.theirs.content_hash
        fields = typed_fields(meeting.merge.content if meeting else {}, parent=parent)
        keep_buffer(card=card, user=opinion.author, parent_hash=parent, fields=fields)
    return redirect("assessments:card-edit", pk=card.pk)


def _ask(
    request: HttpRequest,
    opinion: Opinion,
    meeting: Meeting,
    document: CardDocument,
    settling: Settling,
) -> HttpResponse:
    page = conflict_page(opinion, meeting, document, request.POST, settling)
    return render(request, "assessments/card_conflict.html", {"page": page}, status=409)
