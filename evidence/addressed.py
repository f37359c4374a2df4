"""The item that an address names, for pages."""

from django.http import Http404, HttpRequest

from evidence.library import seen_item
from evidence.models import Item


def item_or_404(request: HttpRequest, key: str) -> Item:
    """Whole, for those who see the library; for all others it is not there."""
    found = seen_item(request.user, key)
    if found is None:
        raise Http404("The library holds no item of that address.")
    return found
