"""What somebody pastes comes into the inbox at once; the same again leads to what is there."""

from dataclasses import dataclass, replace

from django.db import transaction

from accounts.models import User
from evidence.library import item_facts, item_known_as
from evidence.models import Item
from evidence.services.items import ItemRefused, create_item, edit_item
from evidence.values.item import ItemFacts, ItemInvalid, PassageFacts, check_item, tag_slug
from evidence.values.reference import text_reference, url_reference
from record.errors import Conflict

_FILLED = (
    *("title", "url", "authors", "publisher", "published", "accessed_on"),
    *("via", "via_url", "licence", "text"),
)


@dataclass(frozen=True)
class Pasted:
    """`more` are the facts of the item with what the paste adds, where it adds something."""

    item: Item
    is_new: bool
    more: ItemFacts | None = None


@transaction.atomic
def paste_item(*, facts: ItemFacts, by: User, is_apart: bool = False) -> Pasted:
    """An item of the inbox; or the one that holds the address or the text already.

    `is_apart` asks for an item of its own although the address is known: the text then says
    which it is.
    """
    facts = _checked(facts)
    reference = _reference(replace(facts, url="") if is_apart else facts)
    found = item_known_as(reference)
    if found is None:
        try:
            return Pasted(create_item(facts=facts, by=by, reference=reference), is_new=True)
        except Conflict:
            # Somebody pasted the same in this moment.
            found = item_known_as(reference)
            if found is None:
                raise
    before = item_facts(found)
    joined = _joined(before, facts)
    return Pasted(found, is_new=False, more=joined if joined != before else None)


@transaction.atomic
def add_paste(*, item: Item, facts: ItemFacts, by: User) -> Item:
    """What is new in the paste stands in the item; nothing that stood there is replaced."""
    held = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    joined = _joined(item_facts(held), _checked(facts))
    return edit_item(item=held, facts=joined, version=held.version, by=by, reason="pasted again")


def _checked(facts: ItemFacts) -> ItemFacts:
    try:
        return check_item(facts)
    except ItemInvalid as error:
        raise ItemRefused(error.faults) from error


def _reference(facts: ItemFacts) -> str:
    if facts.url:
        return url_reference(facts.url)
    return text_reference(facts.text or f"{facts.title}\n{facts.notes}")


def _joined(before: ItemFacts, facts: ItemFacts) -> ItemFacts:
    filled = {name: getattr(before, name) or getattr(facts, name) for name in _FILLED}
    if before.text and not before.url:
        # Another address of the same words.
        filled["url"] = facts.url
    here = {tag_slug(tag) for tag in before.tags}
    tags = (*before.tags, *(tag for tag in facts.tags if tag_slug(tag) not in here))
    notes = before.notes
    if not _holds(notes, facts.notes):
        notes = f"{notes}\n\n{facts.notes}".strip()
    return replace(before, **filled, tags=tags, notes=notes, passages=_passages(before, facts))


def _passages(before: ItemFacts, facts: ItemFacts) -> tuple[PassageFacts, ...]:
    """A text beside the one that is kept is a quotation of the item."""
    known = [one.text for one in before.passages]
    if not before.text or _holds("\n".join([before.text, *known]), facts.text):
        return before.passages
    return (*before.passages, PassageFacts("quotation", facts.text))


def _holds(text: str, words: str) -> bool:
    return " ".join(words.split()) in " ".join(text.split())
