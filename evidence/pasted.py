"""A paste of which the library holds a part already."""

from dataclasses import dataclass

from evidence.forms.paste import PasteForm
from evidence.library import item_facts
from evidence.services import Pasted
from evidence.values.item import ItemFacts, item_json

WORDS = {
    "title": "its title",
    "url": "its address",
    "via": "who pointed to it",
    "via_url": "the address of who pointed to it",
    "notes": "your notes",
    "text": "the text",
    "tags": "your tags",
    "passages": "the text, as a quotation beside the text that is kept",
}


@dataclass(frozen=True)
class KnownPage:
    """`new` names what the item lacks; `fields` are what was typed, to be sent again."""

    key: str
    name: str
    new: tuple[str, ...]
    has_text: bool
    fields: tuple[tuple[str, str], ...]


def known_page(form: PasteForm, pasted: Pasted) -> KnownPage:
    before = item_facts(pasted.item)
    return KnownPage(
        key=pasted.item.key,
        name=pasted.item.name,
        new=tuple(_new(before, pasted.more or before)),
        has_text=bool(form.cleaned_data["text"].strip()),
        fields=tuple(form.again()),
    )


def _new(before: ItemFacts, more: ItemFacts) -> list[str]:
    said, wanted = item_json(before), item_json(more)
    return [words for name, words in WORDS.items() if said[name] != wanted[name]]
