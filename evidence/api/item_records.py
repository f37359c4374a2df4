"""Items as programs read them, and the tags by which they name a version."""

from typing import Any

from django.db.models import Count, Q

from evidence.api.item_reading import PLACED_HERE, SET_HERE
from evidence.api.item_shapes import PLAIN_NAMES
from evidence.library import item_facts
from evidence.models import Item, Passage
from evidence.querysets import ItemQuerySet
from evidence.values.item import item_json
from record.canonical import digest
from rest.bodies import json_bytes


def item_record(item: Item) -> dict[str, Any]:
    facts = item_json(item_facts(item))
    for passage, said in zip(item.passages.all(), facts["passages"], strict=True):
        said |= {name: getattr(passage, name) for name in PLACED_HERE}
    return {name: getattr(item, name) for name in SET_HERE} | facts


def item_rows(items: ItemQuerySet) -> list[dict[str, Any]]:
    """The items as a list has them: two questions, however many they are."""
    lost = Count("passages", filter=Q(passages__anchor=Passage.Anchor.LOST), distinct=True)
    rows = items.annotate(number=Count("passages", distinct=True), lost=lost)
    return [_row(item) for item in rows.defer("text", "notes").prefetch_related("tags")]


def _row(item: Any) -> dict[str, Any]:
    plain = {name: getattr(item, name) for name in PLAIN_NAMES if name != "tags"}
    return {
        **{name: getattr(item, name) for name in SET_HERE},
        **plain,
        "tags": sorted(tag.name for tag in item.tags.all()),
        "passages": item.number,
        "lost": item.lost,
    }


def item_tag(item: Item, body: bytes) -> str:
    """The version, which If-Match names, and after a dot what changes without it."""
    return f'"{item.key}-v{item.version}.{digest(body)[:16]}"'


def tag_of_now(item: Item) -> dict[str, str]:
    return {"ETag": item_tag(item, json_bytes(item_record(item)))}
