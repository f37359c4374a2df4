"""A pasted text, read into a form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted
from evidence.library import whole_items
from evidence.models import Item
from evidence.read_series import refuse_series, series_to_save
from evidence.reading_page import ReadingPage, facts_to_save, reading_page, refuse_reading, told
from evidence.services import save_reading
from record.errors import Conflict, DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def item_read(request: HttpRequest, key: str) -> HttpResponse:
    items = Item.objects.visible_to(request.user)
    item = get_object_or_404(whole_items(items), key=key)
    data = posted(request)
    page = reading_page(item, request.GET.get("as", ""), data, items)
    if data is None or page.trouble:
        return _shown(request, page, 200)
    if data.get("then") in {"look", "dates"}:
        return _shown(request, page, 200)
    return _saved(request, page)


def _saved(request: HttpRequest, page: ReadingPage) -> HttpResponse:
    if not page.check():
        return _shown(request, page, 422)
    facts, whole = facts_to_save(page)
    try:
        series = series_to_save(page)
        edited = save_reading(
            item=page.item,
            facts=facts,
            version=page.form.version_read(),
            by=actor(request),
            reader=page.reader.name,
            series=series,
        )
    except DomainError as error:
        return _shown(request, page, _refused(page, error, whole.positions))
    messages.success(request, told(page, edited, len(facts.passages)))
    return redirect("publishing:item-detail", key=page.item.key)


def _refused(page: ReadingPage, error: DomainError, positions: tuple[int | None, ...]) -> int:
    if not refuse_series(page, error):
        refuse_reading(page, error, positions)
    return 409 if isinstance(error, Conflict) else 422


def _shown(request: HttpRequest, page: ReadingPage, status: int) -> HttpResponse:
    return render(request, "evidence/item_read.html", {"page": page}, status=status)
