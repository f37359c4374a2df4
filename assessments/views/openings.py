from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.forms.opening import OpeningAnswerForm, OpeningForm, OpeningTestForm
from assessments.models import OpeningStep, Technology
from assessments.pages.openings import opening_page
from assessments.services.openings import (
    confirm_opening,
    propose_opening,
    refuse_opening,
    state_opening_test,
    withdraw_opening,
)
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def opening_detail(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology, slug=slug)
    form = OpeningForm(posted(request)) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            propose_opening(technology=technology, **form.cleaned_data, by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, "Proposed. It counts once an editor confirms it.")
            return redirect("assessments:opening-detail", slug=slug)
    return _page(request, technology, form)


@require_POST
def opening_test(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology, slug=slug)
    form = OpeningTestForm(request.POST)
    if form.is_valid():
        try:
            state_opening_test(technology=technology, **form.cleaned_data, by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, "These words count from now on.")
            return redirect("assessments:opening-detail", slug=slug)
    return _page(request, technology, form)


@require_POST
def opening_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        proposal, note = _answered(request, slug)
        confirm_opening(proposal=proposal, by=actor(request), note=note)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Recorded. A new outlook and a new ranking are being computed.")
    return redirect("assessments:opening-detail", slug=slug)


@require_POST
def opening_refuse(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        proposal, note = _answered(request, slug)
        refuse_opening(proposal=proposal, by=actor(request), note=note)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Refused. The proposal and your reason stay in the record.")
    return redirect("assessments:opening-detail", slug=slug)


@require_POST
def opening_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        proposal, _ = _answered(request, slug)
        withdraw_opening(proposal=proposal, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Taken back.")
    return redirect("assessments:opening-detail", slug=slug)


def _answered(request: HttpRequest, slug: str) -> tuple[OpeningStep, str]:
    """The proposal that the page showed, or what does not exist."""
    form = OpeningAnswerForm(request.POST)
    if not form.is_valid():
        raise DomainError(str(next(iter(form.errors.values()))[0]))
    technology = get_object_or_404(Technology, slug=slug)
    rows = OpeningStep.objects.filter(technology=technology, kind=OpeningStep.Kind.PROPOSED)
    proposal = get_object_or_404(
        rows.select_related("technology", "by"), pk=form.cleaned_data["proposal"]
    )
    return proposal, form.cleaned_data["note"]


def _page(
    request: HttpRequest, technology: Technology, form: OpeningForm | OpeningTestForm | None
) -> HttpResponse:
    page = opening_page(technology, actor(request), form)
    status = status_of(form) if form is not None else 200
    return render(request, "assessments/opening_detail.html", {"page": page}, status=status)
