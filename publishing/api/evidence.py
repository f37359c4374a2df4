"""The list of the evidence library for programs of the team, narrowed as its page is."""

from collections.abc import Iterable, Sequence
from typing import Any

from evidence.api import item_operations as operations
from evidence.api.item_records import item_rows
from evidence.api.items import BringsItems
from evidence.models import Item
from publishing.filters import LibraryFilters
from record.canonical import digest
from record.selectors import log_moment
from rest.callers import person_of
from rest.filters import filter_parameters
from rest.paging import Keys, Record, Source
from rest.reading import ListEndpoint

# A page of the API goes by the key: in any other order an item that is changed meanwhile would
# be missed or stand twice.
FILTERS = tuple(one for one in filter_parameters(LibraryFilters) if one.name != "order")


class ItemFile(ListEndpoint):
    parameters = FILTERS
    columns = operations.COLUMNS
    cursor_key = ("[a-zA-Z0-9_-]{1,80}", "nine-weeks-in-turku-1f09ab")
    file_name = "evidence"
    operations = operations.ITEM_FILE

    def edition(self) -> str:
        return log_moment()

    def snapshot(self) -> str:
        return digest(self.edition())[:12]

    def source(self) -> Source:
        seen = Item.objects.visible_to(person_of(self.request))
        filters = LibraryFilters(self.request.query_params, seen, is_ranked=False)

        def records(keys: Sequence[str]) -> Iterable[Record]:
            return item_rows(seen.filter(key__in=keys))

        return Keys(filters.keys(), records, "key")

    def row(self, record: Any) -> Sequence[object]:
        lists = {name: "; ".join(record[name]) for name in ("authors", "tags")}
        return [(record | lists)[name] for name in self.columns]


class ItemList(BringsItems, ItemFile):
    operations = operations.ITEM_LIST
