"""The list of the evidence library, for the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence.models import Item
from publishing.filters import LibraryFilters
from publishing.pages.evidence.listing import evidence_list_page


@never_cache
@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    filters = LibraryFilters(request.GET, Item.objects.visible_to(request.user))
    page = evidence_list_page(filters, request.GET.get("page", ""))
    return render(request, "publishing/evidence_list.html", {"page": page}, status=page.status)
