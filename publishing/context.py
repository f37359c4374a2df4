"""What every page of the site shows besides its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import Role, has_role
from assessments.selectors import has_demonstration
from publishing.pages.tour import Strip, strip_at
from publishing.selectors import published
from record.selectors import last_public_change


def site(request: HttpRequest) -> dict[str, Any]:
    """The demonstration strip and the date of the last public change, read when a page asks."""
    return {
        "demonstration": SimpleLazyObject(has_demonstration),
        "last_change": SimpleLazyObject(last_public_change),
        "can_begin": SimpleLazyObject(
            lambda: settings.DEMO and has_role(request.user, Role.EDITOR)
        ),
        "tour": _tour(request),
    }


def _tour(request: HttpRequest) -> Strip | None:
    """The stop that the address names; no other page pays for looking."""
    wanted = request.GET.get("tour")
    return strip_at(wanted, published()) if wanted else None
