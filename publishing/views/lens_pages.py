"""Lenses: read by everybody, made by editors."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from accounts.meeting_forms import show_theirs
from accounts.roles import Role, has_role
from publishing.lens_form import LensForm
from publishing.pages.lenses import LensFormPage, lens_form_page, lens_list_page
from record.errors import Conflict, DomainError
from scoring.models import LensVersion
from scoring.selectors import LensRecord, lens_records
from scoring.services.lenses import create_lens, drafted_values, retire_lens, revise_lens

QUIET_MOMENT = "Its ranking is computed in the next quiet moment."


@require_safe
def lens_list(request: HttpRequest) -> HttpResponse:
    page = lens_list_page(lens_records(), can_edit=has_role(request.user, Role.EDITOR))
    return render(request, "publishing/lens_list.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def lens_create(request: HttpRequest) -> HttpResponse:
    form = LensForm(posted(request))
    if form.is_valid() and "preview" not in request.POST:
        try:
            return _saved(request, create_lens(draft=form.draft(), by=actor(request)))
        except DomainError as error:
            refuse(form, error)
    return _form_page(request, form, None)


@never_cache
@require_http_methods(["GET", "POST"])
def lens_edit(request: HttpRequest, key: str) -> HttpResponse:
    record = _made_by_editors(key)
    form = LensForm(posted(request), record)
    if form.is_valid() and "preview" not in request.POST:
        parent = form.cleaned_data["version"]
        try:
            saved = revise_lens(key=key, parent=parent, draft=form.draft(), by=actor(request))
            return _saved(request, saved)
        except Conflict:
            record = _made_by_editors(key)
            show_theirs(form, LensForm(None, record))
        except DomainError as error:
            refuse(form, error)
    return _form_page(request, form, record)


@require_POST
def lens_retire(request: HttpRequest, key: str) -> HttpResponse:
    record = _made_by_editors(key)
    form = LensForm(request.POST)
    form.is_valid()
    try:
        retire_lens(key=key, parent=form.cleaned_data.get("version", 0), by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{record.name} is retired. The rankings under it stay.")
    return redirect(f"{reverse('publishing:lens-list')}#{key}")


def _made_by_editors(key: str) -> LensRecord:
    for record in lens_records():
        if record.key == key and record.version:
            return record
    raise Http404("Editors have made no lens of that name.")


def _saved(request: HttpRequest, row: LensVersion) -> HttpResponse:
    messages.success(request, f"{row.name} is saved. {QUIET_MOMENT}")
    return redirect(f"{reverse('publishing:lens-list')}#{row.key}")


def _form_page(request: HttpRequest, form: LensForm, record: LensRecord | None) -> HttpResponse:
    page = _page(request, form, record)
    status = status_of(form)
    return render(request, "publishing/lens_form.html", {"page": page}, status=status)


def _page(request: HttpRequest, form: LensForm, record: LensRecord | None) -> LensFormPage:
    """With the weights, where they were asked for and the lens can be."""
    if form.is_valid() and "preview" in request.POST:
        try:
            return lens_form_page(form, record, drafted_values(draft=form.draft()))
        except DomainError as error:
            refuse(form, error)
    return lens_form_page(form, record)
