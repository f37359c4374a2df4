"""Figures of an indicator: one by form, many by a table that is looked at before it is saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import status_of
from evidence.comparison import Comparison
from evidence.entry import EntryPage, entry_page, read_table, refuse_figure
from evidence.forms.observations import FigureForm, TableForm
from evidence.models import Indicator
from evidence.services import record_observations
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def observation_create(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, slug=slug)
    then = request.POST.get("then", "") if request.method == "POST" else ""
    is_table = then in {"preview", "save"}
    figure = FigureForm(request.POST if request.method == "POST" and not is_table else None)
    table = TableForm(request.POST, request.FILES) if is_table else TableForm()
    if figure.is_bound and figure.is_valid() and _is_recorded(request, indicator, figure):
        return redirect("publishing:indicator-detail", slug=slug)
    page = entry_page(indicator, figure, table)
    if then == "save" and page.preview and page.preview.is_whole:
        saved = _saved(request, page)
        if saved:
            return saved
    return _page(request, page, is_save=then == "save")


def _is_recorded(request: HttpRequest, indicator: Indicator, form: FigureForm) -> bool:
    try:
        outcome = record_observations(
            indicator=indicator, observed=[form.observed()], by=actor(request)
        )
    except DomainError as error:
        refuse_figure(form, error)
        return False
    messages.success(request, told(outcome))
    return True


def _saved(request: HttpRequest, page: EntryPage) -> HttpResponse | None:
    typed = page.table.cleaned_data
    rows, _ = read_table(page.indicator, typed)
    try:
        outcome = record_observations(
            indicator=page.indicator, observed=rows, by=actor(request), reason=typed["reason"]
        )
    except DomainError as error:
        name = error.field if error.field in page.table.fields else "table"
        page.table.add_error(name, error.message)
        return None
    messages.success(request, told(outcome))
    return redirect("publishing:indicator-detail", slug=page.indicator.slug)


def told(outcome: Comparison) -> str:
    created, revised = len(outcome.created), len(outcome.revised)
    return f"{created:,} created, {revised:,} revised, {len(outcome.unchanged):,} unchanged."


def _page(request: HttpRequest, page: EntryPage, *, is_save: bool) -> HttpResponse:
    status = max(status_of(page.figure), status_of(page.table))
    if is_save and status == 200:
        # Something keeps the table from being saved, and the preview says what.
        status = 422
    return render(request, "evidence/observation_form.html", {"page": page}, status=status)
