from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor
from assessments.forms.review import NoteForm, WithdrawForm
from assessments.models import Card, Revision
from assessments.pages.comparing import compare_page
from assessments.pages.revisions import revision_list_page, revision_page, visible_revisions
from assessments.selectors import last_published
from assessments.services.drafting import add_note
from assessments.services.publication import withdraw_card
from record.errors import DomainError


@require_safe
def revision_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list_page(request, pk, NoteForm())


@require_safe
def revision_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    rows = Revision.objects.visible_to(request.user).select_related("card__technology", "author")
    revision = get_object_or_404(rows, card=_card(request, pk), number=number)
    page = revision_page(revision, request.user)
    return render(request, "assessments/revision_detail.html", {"page": page})


@require_safe
def revision_compare(request: HttpRequest, pk: int) -> HttpResponse:
    card = _card(request, pk)
    page = compare_page(card, visible_revisions(card, request.user), request.GET)
    return render(request, "assessments/revision_compare.html", {"page": page})


@require_POST
def note_create(request: HttpRequest, pk: int) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _list_page(request, pk, form, 422)
    add_note(card=_card(request, pk), text=form.cleaned_data["text"], author=actor(request))
    messages.success(request, "The note is kept. Only the team sees it.")
    return redirect("assessments:revision-list", pk=pk)


@require_POST
def card_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    form, shown = WithdrawForm(request.POST), last_published(_card(request, pk))
    if shown is None or not form.is_valid():
        messages.error(request, _first_error(form) or "Readers see nothing of this card.")
        return redirect("assessments:revision-list", pk=pk)
    try:
        withdraw_card(revision=shown, by=actor(request), reason=form.cleaned_data["reason"])
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Readers no longer see this card. The record keeps it.")
    return redirect("assessments:revision-list", pk=pk)


def _first_error(form: WithdrawForm) -> str:
    return next((str(messages[0]) for messages in form.errors.values()), "")


def _list_page(request: HttpRequest, pk: int, form: NoteForm, status: int = 200) -> HttpResponse:
    page = revision_list_page(_card(request, pk), request.user, form)
    return render(request, "assessments/revision_list.html", {"page": page}, status=status)


def _card(request: HttpRequest, pk: int) -> Card:
    rows = Card.objects.visible_to(request.user).select_related("technology", "owner")
    card: Card = get_object_or_404(rows, pk=pk)
    return card
