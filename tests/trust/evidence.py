"""Items of the evidence library in the planted record: all of them are the team's alone."""

from datetime import date

from accounts.models import User
from evidence.models import Item
from evidence.services import create_item, rename_tag, retract_item
from evidence.values.item import PASSAGE_KINDS, ItemFacts, PassageFacts
from tests.trust.words import Say

READ_ON = date(2024, 2, 1)


def plant_items(say: Say, *, by: User) -> None:
    """One of each state, every text a planted word; the kept one quotes the one in the inbox."""
    inbox = _item(lambda part: say(f"inbox, {part}"), Item.State.INBOX, by)
    kept = _item(lambda part: say(f"kept, {part}"), Item.State.KEPT, by, source=inbox.key)
    gone = _item(lambda part: say(f"retracted, {part}"), Item.State.KEPT, by, source=kept.key)
    retract_item(item=gone, version=gone.version, by=by, reason=say("reason of a retraction"))
    tag = kept.tags.get()
    rename_tag(tag=tag, name=say("tag renamed"), shown=tag.name, by=by)


def _item(say: Say, state: str, by: User, source: str = "") -> Item:
    facts = ItemFacts(
        kind="digest",
        title=say("title"),
        url=f"https://example.org/{say('address')}",
        authors=(say("author"),),
        publisher=say("publisher"),
        published="2024-01",
        accessed_on=READ_ON,
        via=say("via"),
        via_url=f"https://example.org/{say('address of via')}",
        licence=say("licence"),
        notes=say("notes"),
        text=f"{say('text')} came before. {say('quoted words')} came after.",
        tags=(say("tag"),),
        passages=tuple(_passage(kind, say, source) for kind in PASSAGE_KINDS),
    )
    return create_item(facts=facts, by=by, state=state, reference=f"text:{say('reference')}")


def _passage(kind: str, say: Say, source: str) -> PassageFacts:
    return PassageFacts(
        kind=kind,
        heading=say(f"heading of a {kind}"),
        mark=say(f"mark of a {kind}"),
        text=say(f"text of a {kind}"),
        comment=say(f"comment on a {kind}"),
        source=source,
        exact=say(f"quoted words of a {kind}"),
        prefix=say(f"words before a {kind}"),
        suffix=say(f"words after a {kind}"),
    )
