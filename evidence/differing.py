"""What two sides say of one field of an item, in words."""

from dataclasses import dataclass
from typing import Any

from evidence.values.item import PassageFacts
from evidence.values.merging import MergedField

TAKE = "take-"
NAMES = {
    "kind": "Kind",
    "title": "Title",
    "url": "Address",
    "authors": "Authors",
    "publisher": "Published by",
    "published": "Published",
    "accessed_on": "Read on",
    "via": "Found through",
    "via_url": "Address of who pointed to it",
    "licence": "Licence",
    "notes": "Notes",
    "text": "The text",
    "tags": "Tags",
    "passages": "Passages",
}


@dataclass(frozen=True)
class FieldInConflict:
    name: str
    heading: str
    base: str | None
    theirs: str
    mine: str


def field_in_conflict(one: MergedField, *, form: str = "") -> FieldInConflict:
    """`form` is put before the name of the field that says which side holds."""
    return FieldInConflict(
        name=f"{form}{TAKE}{one.name}",
        heading=NAMES[one.name],
        base=None if one.base is None else value_words(one.base),
        theirs=value_words(one.theirs),
        mine=value_words(one.mine),
    )


def value_words(value: Any) -> str:
    if isinstance(value, tuple):
        apart = "\n\n" if value and isinstance(value[0], PassageFacts) else "\n"
        return apart.join(map(value_words, value))
    if isinstance(value, PassageFacts):
        more = f"\n{value.comment}" if value.comment else ""
        heading = f"{value.heading}: " if value.heading else ""
        return f"[{value.kind}] {heading}{value.text}{more}"
    return "" if value is None else str(value)
