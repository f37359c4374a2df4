"""References, highlights and annotations out of other programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, status_of
from evidence.bringing_page import BringPage, bring_page
from evidence.forms.bringing import BringForm
from evidence.services.bringing import bring_in_all
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def item_import(request: HttpRequest) -> HttpResponse:
    data = posted(request)
    page = bring_page(BringForm(data, request.FILES if data is not None else None), data)
    is_seen = all(row.form.is_bound for row in page.rows)
    if (
        page.rows
        and is_seen
        and page.asked is None
        and data is not None
        and data.get("then") == "save"
    ):
        return _brought(request, page)
    return _shown(request, page, status_of(page.form))


def _brought(request: HttpRequest, page: BringPage) -> HttpResponse:
    if any(row.has_errors for row in page.rows):
        return _shown(request, page, 422)
    if not page.taken:
        page.form.add_error(None, "Nothing is ticked. Tick the rows that are to be brought in.")
        return _shown(request, page, 422)
    try:
        state = page.form.cleaned_data["state"]
        page.done = bring_in_all(rows=page.taken, by=actor(request), state=state)
    except DomainError as error:
        page.form.add_error(None, error.message)
        return _shown(request, page, 422)
    return _shown(request, page, 200)


def _shown(request: HttpRequest, page: BringPage, status: int) -> HttpResponse:
    return render(request, "evidence/item_import.html", {"page": page}, status=status)
