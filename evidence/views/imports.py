"""Figures out of files of others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, status_of
from evidence.entry import OwidPage, facts_to_save, owid_page, refuse_facts
from evidence.forms.owid import OwidForm
from evidence.importing.owid import SOURCE
from evidence.services import import_series
from evidence.values import IndicatorFacts
from evidence.views.observations import told
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def indicator_import(request: HttpRequest) -> HttpResponse:
    data = posted(request)
    page = owid_page(OwidForm(data, request.FILES if data is not None else None), data)
    if data is not None and data.get("then") == "save":
        facts = facts_to_save(page)
        saved = _saved(request, page, facts) if facts else None
        if saved:
            return saved
        return _page(request, page, 422)
    return _page(request, page, status_of(page.form))


def _saved(request: HttpRequest, page: OwidPage, facts: IndicatorFacts) -> HttpResponse | None:
    try:
        indicator, outcome = import_series(
            facts=facts, observed=page.observed, by=actor(request), reason=f"From {SOURCE}."
        )
    except DomainError as error:
        if page.facts:
            refuse_facts(page.facts, error)
        return None
    messages.success(request, f"{indicator.name}: {told(outcome)}")
    return redirect("publishing:indicator-detail", slug=indicator.slug)


def _page(request: HttpRequest, page: OwidPage, status: int) -> HttpResponse:
    return render(request, "evidence/owid_form.html", {"page": page}, status=status)
