from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.forms.technology import TechnologyForm, link_set
from assessments.models import Technology
from assessments.pages.technologies import TechnologyFormPage
from assessments.services.facts import revise_facts
from assessments.services.technologies import create_technology
from record.errors import Conflict, DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def technology_create(request: HttpRequest) -> HttpResponse:
    form = TechnologyForm(posted(request))
    if form.is_valid():
        try:
            technology = create_technology(facts=form.facts(), by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, f"{technology.name} is on the list. Score it now.")
            new = reverse("assessments:card-create")
            return redirect(f"{new}?technology={technology.slug}")
    return _form_page(request, TechnologyFormPage(form))


@never_cache
@require_http_methods(["GET", "POST"])
def technology_edit(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology, slug=slug)
    form = TechnologyForm(posted(request), technology)
    page = TechnologyFormPage(form, link_set(technology, posted(request)), technology)
    if page.is_valid():
        try:
            republished = revise_facts(**page.revision(), by=actor(request))
        except Conflict:
            page.show_theirs()
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _revised(republished))
            return redirect("assessments:technology-edit", slug=slug)
    return _form_page(request, page)


def _revised(republished: int) -> str:
    if republished:
        return "Saved and published: readers see the new facts. A new ranking is being computed."
    return "Saved. Readers see nothing of it until a card is published."


def _form_page(request: HttpRequest, page: TechnologyFormPage) -> HttpResponse:
    status = 422 if page.has_errors() else status_of(page.form)
    return render(request, "assessments/technology_form.html", {"page": page}, status=status)
