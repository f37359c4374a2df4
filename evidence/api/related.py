"""What else to read beside an item of evidence, for programs of the team."""

from typing import Any

from django.http import Http404, HttpResponse

from evidence.api.item_operations import ITEM_RELATED
from evidence.api.items import KEY_PARAMETER
from evidence.library import seen_item
from evidence.models import Item
from evidence.related import Related, kinds_of_sources, reasons, related_items
from record.moments import one_moment
from record.selectors import log_moment
from rest.callers import person_of
from rest.reading import ReadEndpoint


class ItemRelated(ReadEndpoint):
    path_parameters = KEY_PARAMETER
    operations = ITEM_RELATED

    def edition(self) -> str:
        return log_moment()

    def answer(self) -> HttpResponse:
        by = person_of(self.request)
        item = seen_item(by, self.kwargs["key"])
        if item is None:
            raise Http404
        with one_moment():
            found = related_items(item, Item.objects.visible_to(by))
            kinds = kinds_of_sources(found)
        return self.json({"results": [_row(one, reasons(one, kinds)) for one in found]})


def _row(one: Related, because: list[str]) -> dict[str, Any]:
    return {
        "key": one.item.key,
        "name": one.name,
        "kind": one.item.kind,
        "state": one.item.state,
        "url": one.item.url,
        "because": because,
        "tags": sorted(tag.name for tag in one.tags),
        "authors": list(one.authors),
    }
