"""An item is retracted by somebody who sees every score that this touches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.resting import resting_on
from evidence.addressed import item_or_404
from evidence.forms.states import StateForm
from evidence.models import Item
from evidence.moved import moved_since
from evidence.services import retract_item
from publishing.pages.evidence.resting import resting_part
from record.errors import Conflict, DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def item_retract(request: HttpRequest, key: str) -> HttpResponse:
    item, data = item_or_404(request, key), posted(request)
    form = StateForm(data, initial={"version": item.version})
    if not form.is_valid():
        return _page(request, item, form, status=status_of(form))
    version, reason = form.version_read(), form.cleaned_data["reason"]
    try:
        retract_item(item=item, version=version, by=actor(request), reason=reason)
    except Conflict:
        item = item_or_404(request, key)
        return _page(request, item, form, status=409, moved=moved_since(item, version))
    except DomainError as error:
        refuse(form, error)
        return _page(request, item, form, status=status_of(form))
    messages.success(request, "Retracted. It stays, and says so.")
    return redirect("publishing:item-detail", key=key)


def _page(
    request: HttpRequest, item: Item, form: StateForm, *, status: int, **more: Any
) -> HttpResponse:
    resting = resting_part(item, resting_on(item=item, viewer=actor(request)), ())
    context = {"page": {"item": item, "form": form, "resting": resting} | more}
    return render(request, "publishing/item_retract.html", context, status=status)
