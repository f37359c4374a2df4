"""What the card editor needs of the evidence library."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from assessments.values.parts import is_web_address
from assessments.values.scale import Dimension
from evidence.models import Item, Passage
from intake.numbers import whole_or_zero

# A browser offers these while one types; any other item is named by its key or whole title.
MOST_OFFERED = 200


def offered_items() -> list[Item]:
    rows = Item.objects.filter(state=Item.State.KEPT).only("key", "title", "state")
    return list(rows[:MOST_OFFERED])


def retracted_among(keys: Iterable[str]) -> Mapping[str, Item]:
    """Those of the items that were retracted, by their keys."""
    rows = Item.objects.filter(key__in=set(keys), state=Item.State.RETRACTED)
    return {item.key: item for item in rows.defer("text", "notes")}


def asked_citation(asked: QueryDict) -> dict[str, Any] | None:
    """The citation that an item's page begins: its item, and what was chosen there."""
    item = Item.objects.filter(key=asked.get("cite", "")[:80].replace("\0", "")).first()
    if item is None:
        return None
    dimension = asked.get("dimension", "")
    return {
        "item": item.key,
        "title": item.name,
        "url": item.url if is_web_address(item.url) else None,
        "dimension": dimension if dimension in set(Dimension) else "",
        "quote": _passage(item, asked.get("passage", "")),
    }


def citation_named(asked: QueryDict) -> dict[str, str]:
    """The part of an address that names an item to cite, as the next address takes it."""
    named = {key: str(asked[key]) for key in ("cite", "dimension", "passage") if key in asked}
    return named if "cite" in named else {}


def _passage(item: Item, number: str) -> str:
    """The words of the passage of that number, as the item's page counts them."""
    rows = Passage.objects.filter(item=item, position=whole_or_zero(number) - 1)
    return rows.values_list("text", flat=True).first() or ""


def with_citation(typed: QueryDict, citation: Mapping[str, Any]) -> QueryDict:
    """What was typed in the editor, with one row more."""
    data = typed.copy()
    place = whole_or_zero(data.get("citations-TOTAL_FORMS"), 999)
    data["citations-TOTAL_FORMS"] = str(place + 1)
    data.setdefault("citations-INITIAL_FORMS", "0")
    shown = {**citation, "cited": citation["item"], "item_named": citation["item"]}
    for name in ("dimension", "item_named", "quote", "cited", "title", "url"):
        data[f"citations-{place}-{name}"] = shown[name] or ""
    return data
