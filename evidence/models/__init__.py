from evidence.models.indicator import Indicator, Observation
from evidence.models.item import Item, ItemTag, Passage, Tag, TagName
from evidence.models.search import ItemMark, ItemWords

__all__ = [
    "Indicator",
    "Item",
    "ItemMark",
    "ItemTag",
    "ItemWords",
    "Observation",
    "Passage",
    "Tag",
    "TagName",
]
