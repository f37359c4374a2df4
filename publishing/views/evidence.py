"""The evidence library, for the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import actor
from accounts.selectors import names_of
from assessments.newsletters import saved_from
from assessments.resting import resting_on
from assessments.selectors import technology_choices
from evidence.addressed import item_or_404
from evidence.library import changes_of, quoted_from
from evidence.models import Item
from publishing.pages.evidence.detail import item_page
from publishing.pages.evidence.history import history_rows
from publishing.pages.evidence.related import related_rows
from publishing.pages.evidence.resting import resting_part


@require_safe
def item_detail(request: HttpRequest, key: str) -> HttpResponse:
    item = item_or_404(request, key)
    changes = list(changes_of(item))
    names = names_of(change.actor_id for change in changes if change.actor_id)
    page = item_page(item, quoted_from(item), history_rows(changes, names), saved_from(item))
    touched = resting_on(item=item, viewer=actor(request))
    context = {
        "page": page,
        "resting": resting_part(item, touched, technology_choices()),
        "related": related_rows(item, Item.objects.visible_to(request.user)),
    }
    return render(request, "publishing/item_detail.html", context)
