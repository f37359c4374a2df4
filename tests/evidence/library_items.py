"""Small items for the tests of the library."""

from typing import Any

from evidence.models import Item
from evidence.services import create_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.evidence.builders import person


def item(title: str, *, state: str = "kept", **changes: Any) -> Item:
    facts = ItemFacts(**({"kind": "news", "title": title} | changes))
    return create_item(facts=facts, by=person(), state=state)


def quoted(text: str, **changes: Any) -> PassageFacts:
    return PassageFacts("quotation", text, **changes)
