"""Items of the library, and citations of them as a card's JSON has them."""

from typing import Any

from evidence.models import Item
from evidence.services.items import create_item, retract_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.assessments.factories import person

QUOTE = "The three turbines fed the grid on 340 days."


def item(title: str = "Third year of the array", **changes: Any) -> Item:
    given: dict[str, Any] = {
        "kind": "news",
        "title": title,
        "url": "https://example.org/third-year/",
        "passages": (PassageFacts("quotation", QUOTE),),
    }
    facts = ItemFacts(**(given | changes))
    return create_item(facts=facts, by=person("anna"), state=Item.State.KEPT)


def retracted(cited: Item, reason: str = "The operator withdrew the figures.") -> Item:
    cited.refresh_from_db()
    return retract_item(item=cited, version=cited.version, by=person("anna"), reason=reason)


def citation(cited: Item | str, dimension: str = "viability", **changes: Any) -> dict[str, Any]:
    return {
        "dimension": dimension,
        "item": cited.key if isinstance(cited, Item) else cited,
        "title": cited.title if isinstance(cited, Item) else "A title",
        "url": (cited.url or None) if isinstance(cited, Item) else None,
        "quote": "",
        "direction": "raises",
        "strength": "moderate",
        "belief": "was 2, now 3",
    } | changes
