"""What an indicator measures, written by the team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, status_of
from accounts.meeting_forms import show_theirs
from evidence.entry import refuse_facts
from evidence.forms.indicator import IndicatorForm
from evidence.models import Indicator
from evidence.services import create_indicator, edit_indicator
from record.errors import Conflict, DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def indicator_create(request: HttpRequest) -> HttpResponse:
    form = IndicatorForm(posted(request))
    if form.is_valid():
        try:
            made = create_indicator(facts=form.facts(), by=actor(request))
        except DomainError as error:
            refuse_facts(form, error)
        else:
            messages.success(request, f"{made.name} is kept. Add its figures now.")
            return redirect("evidence:observation-create", slug=made.slug)
    return _form_page(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, slug=slug)
    form = IndicatorForm(posted(request), indicator)
    if form.is_valid():
        facts, version = form.facts(), form.version_read()
        try:
            edit_indicator(indicator=indicator, facts=facts, version=version, by=actor(request))
        except Conflict:
            indicator.refresh_from_db()
            show_theirs(form, IndicatorForm(None, indicator))
        except DomainError as error:
            refuse_facts(form, error)
        else:
            messages.success(request, "Saved. Predictions on it are looked at again.")
            return redirect("publishing:indicator-detail", slug=slug)
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: IndicatorForm) -> HttpResponse:
    page = {"form": form, "indicator": form.indicator}
    return render(request, "evidence/indicator_form.html", {"page": page}, status=status_of(form))
