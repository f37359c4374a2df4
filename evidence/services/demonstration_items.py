"""Items of the demonstration: public sources with notes of our own, each kept under its key."""

import json
from typing import Any

from django.db import transaction

from accounts.models import User
from evidence.models import Item
from evidence.services.demonstration import FOLDER
from evidence.services.items import create_item
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.reference import text_reference, url_reference
from record.clock import today


@transaction.atomic
def load_demonstration_items(*, by: User) -> int:
    """How many items came into the library: those that were out by today. An item stands after
    those whose words it points to."""
    entries = json.loads((FOLDER / "items.json").read_text("utf-8"))
    past = [entry for entry in entries if entry.get("published", "") <= today().isoformat()]
    for entry in past:
        _load(entry, by=by)
    return len(past)


def _load(entry: dict[str, Any], *, by: User) -> None:
    said = {name: value for name, value in entry.items() if name != "key"}
    for name in ("authors", "tags"):
        said[name] = tuple(said.get(name, ()))
    said["passages"] = tuple(PassageFacts(**one) for one in said.get("passages", ()))
    create_item(
        facts=ItemFacts(**said),
        by=by,
        state=Item.State.KEPT,
        reference=_reference(entry),
        is_demonstration=True,
        key=entry["key"],
    )


def _reference(entry: dict[str, Any]) -> str | None:
    if entry.get("url"):
        return url_reference(entry["url"])
    return text_reference(entry["text"]) if entry.get("text") else None
