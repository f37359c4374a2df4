"""What every page of the site shows besides its own matter."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assessments.selectors import has_demonstration
from record.selectors import last_public_change


def site(request: HttpRequest) -> dict[str, Any]:
    """The demonstration strip and the date of the last public change, read when a page asks."""
    return {
        "demonstration": SimpleLazyObject(has_demonstration),
        "last_change": SimpleLazyObject(last_public_change),
    }
