"""Minor edits: publishing one, looking at one afterwards, confirming or taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor
from assessments.forms.review import ConfirmForm, TakeBackForm
from assessments.minor import MinorEdit, minor_edit_of
from assessments.models import Card, Revision
from assessments.pages.minor import MinorPage, minor_page
from assessments.selectors import head_of
from assessments.services.minor import (
    confirm_minor_edit,
    publish_minor_edit,
    take_back_minor_edit,
)
from record.errors import DomainError


@require_POST
def minor_create(request: HttpRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(Card.objects.visible_to(request.user), pk=pk)
    head = head_of(card)
    if head is None:
        raise Http404("Nothing has been saved on this card yet.")
    try:
        publish_minor_edit(revision=head, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:revision-list", pk=pk)
    messages.success(request, "Published as a minor edit. An editor looks at it within 14 days.")
    return redirect("assessments:minor-detail", pk=pk, number=head.number)


@require_safe
def minor_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _page(request, minor_page(_minor_edit(request, pk, number), actor(request)))


@require_POST
def minor_confirm(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    one, form = _minor_edit(request, pk, number), ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, minor_page(one, actor(request), confirm_form=form), 422)
    try:
        note = form.cleaned_data["note"]
        confirm_minor_edit(revision=one.revision, by=actor(request), note=note)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Confirmed. Readers are told that an editor has looked at it.")
    return redirect("assessments:minor-detail", pk=pk, number=number)


@require_POST
def minor_take_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    one, form = _minor_edit(request, pk, number), TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, minor_page(one, actor(request), take_back_form=form), 422)
    try:
        reason = form.cleaned_data["reason"]
        take_back_minor_edit(revision=one.revision, by=actor(request), reason=reason)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Taken back. Readers see what they saw before it.")
    return redirect("assessments:minor-detail", pk=pk, number=number)


def _minor_edit(request: HttpRequest, pk: int, number: int) -> MinorEdit:
    card = get_object_or_404(Card.objects.visible_to(request.user), pk=pk)
    rows = Revision.objects.visible_to(request.user).filter(card=card)
    one = minor_edit_of(get_object_or_404(rows, number=number))
    if one is None:
        raise Http404("That revision was not published as a minor edit.")
    return one


def _page(request: HttpRequest, page: MinorPage, status: int = 200) -> HttpResponse:
    return render(request, "assessments/minor_detail.html", {"page": page}, status=status)
