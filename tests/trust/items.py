"""Items of the evidence library: what a card says of one is public, and nothing else of it."""

from accounts.models import User
from evidence.models import Item
from evidence.services.items import create_item, edit_item, retract_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.trust.words import Say, Words, item_key


def plant_unseen_item(say: Say, *, by: User) -> None:
    """In the inbox, and one more that was retracted."""
    create_item(facts=_item_facts(say), by=by)
    facts = _item_facts(lambda part: say(f"{part}, retracted"))
    item = create_item(facts=facts, by=by)
    retract_item(item=item, version=item.version, by=by, reason=say("reason of its retraction"))


def retract_item_of(slug: str, reason: str, *, by: User) -> None:
    item = Item.objects.get(key=item_key(slug))
    retract_item(item=item, version=item.version, by=by, reason=reason)


def plant_item(slug: str, say: Say, *, by: User) -> None:
    if not Item.objects.filter(key=item_key(slug)).exists():
        facts = ItemFacts(kind="link", title=say("citation title"))
        create_item(facts=facts, by=by, key=item_key(slug))


def reword_items(hidden: Words, *, by: User) -> None:
    """Of a cited item readers get what the card says of it, and nothing that stands in it."""
    for item in Item.objects.filter(notes=""):
        facts = _item_facts(hidden.under(f"{item.key}, a cited item"))
        edit_item(item=item, facts=facts, version=item.version, by=by)


def _item_facts(say: Say) -> ItemFacts:
    parts = ("publisher", "via", "licence", "notes", "text")
    return ItemFacts(
        kind="news",
        title=say("title today"),
        url=f"https://example.org/{say('address today')}",
        authors=(say("author"),),
        via_url=f"https://example.org/{say('address of via')}",
        tags=(say("tag"),),
        passages=(PassageFacts("quotation", say("passage"), comment=say("comment")),),
        **{part: say(part) for part in parts},
    )
