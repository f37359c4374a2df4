"""Scoring: the card's form with what an older revision said, on top of the newest one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.forms.card import CardEditor, editor_of
from assessments.forms.reading import refuse_card
from assessments.models import Buffer, Revision
from assessments.opinions import Opinion, content_of
from assessments.pages.editor import editor_page
from assessments.values.card import CardDocument
from intake.errors import IntakeError
from intake.numbers import parse_integer
from record.errors import DomainError

MOST_NUMBER = 10**6


def base_asked(request: HttpRequest) -> int:
    """The number of the revision that the form was filled from; 0 for the newest."""
    try:
        text = request.GET.get("from", "0")
        return parse_integer(text, 0, MOST_NUMBER, field="The revision")
    except IntakeError:
        return 0


def begin_from(request: HttpRequest, opinion: Opinion, kept: Buffer | None) -> HttpResponse:
    """What is typed and not saved comes first: a form is filled from one place."""
    number = base_asked(request)
    rows = Revision.objects.visible_to(request.user)
    base = get_object_or_404(rows, card=opinion.card, number=number)
    if kept is not None and opinion.card is not None:
        messages.warning(
            request,
            "Here is what you typed and did not save. Save it or throw it away, then begin from"
            f" revision {number}.",
        )
        return redirect("assessments:card-edit", pk=opinion.card.pk)
    parent = opinion.head.content_hash if opinion.head else None
    page = editor_page(opinion, editor_of(content_of(base) | {"parent": parent}), begun_from=number)
    return render(request, "assessments/card_form.html", {"page": page})


def says_why_back(request: HttpRequest, editor: CardEditor, document: CardDocument) -> bool:
    """Going back to an older revision takes a reason, whatever it changes."""
    number = base_asked(request)
    if not number or document.reason.strip():
        return True
    message = f"Needed: one sentence on why you go back to revision {number}."
    refuse_card(editor, DomainError(message, field="reason"))
    return False
