"""An item is kept and restored, each on the version that was read."""

from dataclasses import dataclass
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actors import actor
from accounts.models import User
from evidence.addressed import item_or_404
from evidence.forms.states import StateForm
from evidence.models import Item
from evidence.moved import moved_since
from evidence.services import keep_item, restore_item
from record.errors import Conflict, DomainError


class Step(Protocol):
    def __call__(self, *, item: Item, version: int, by: User) -> Item: ...


@dataclass(frozen=True)
class Offered:
    """A step as its button calls it, and what is said once it is taken."""

    take: Step
    button: str
    done: str


KEEP = Offered(keep_item, "Keep it in the library", "It is in the library.")
RESTORE = Offered(restore_item, "Restore it", "It stands again.")


@require_POST
def item_keep(request: HttpRequest, key: str) -> HttpResponse:
    return _taken(request, key, KEEP)


@require_POST
def item_restore(request: HttpRequest, key: str) -> HttpResponse:
    return _taken(request, key, RESTORE)


def _taken(request: HttpRequest, key: str, step: Offered) -> HttpResponse:
    item, form = item_or_404(request, key), StateForm(request.POST)
    version = form.version_read() if form.is_valid() else 0
    try:
        step.take(item=item, version=version, by=actor(request))
    except Conflict:
        item = item_or_404(request, key)
        page = {"item": item, "moved": moved_since(item, version), "button": step.button}
        return render(request, "evidence/item_moved.html", {"page": page}, status=409)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, step.done)
    return redirect("publishing:item-detail", key=key)
