"""What to read beside an item, each with the reason in words."""

from dataclasses import dataclass

from django.urls import reverse

from evidence.models import Item
from evidence.querysets import ItemQuerySet
from evidence.related import kinds_of_sources, reasons, related_items


@dataclass(frozen=True)
class RelatedRow:
    name: str
    url: str
    kind: str
    state: str
    because: str


def related_rows(item: Item, items: ItemQuerySet) -> tuple[RelatedRow, ...]:
    """Of the items, which are those that the person may see, the nearest first."""
    found = related_items(item, items)
    kinds = kinds_of_sources(found)
    return tuple(
        RelatedRow(
            name=row.name,
            url=reverse("publishing:item-detail", args=[row.item.key]),
            kind=row.item.kind,
            state="" if row.item.state == Item.State.KEPT else row.item.state,
            because=", ".join(reasons(row, kinds)),
        )
        for row in found
    )
