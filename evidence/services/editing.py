"""An edit on top of whatever was saved meanwhile; nothing that somebody wrote is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from accounts.models import User
from evidence.library import item_facts, tags_named
from evidence.models import Item
from evidence.services.items import ItemRefused, edit_item
from evidence.values.item import ItemFacts, ItemInvalid, check_item
from evidence.values.merging import Merge, merge_items
from evidence.versions import facts_at, last_author_id
from record.errors import Conflict


@dataclass(frozen=True)
class Edit:
    """What somebody wrote on `version`. `choices` settle fields in conflict with the version
    `newest`, by "theirs" or "mine"; with any other they count for nothing."""

    facts: ItemFacts
    version: int
    reason: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    newest: int = 0


@dataclass(frozen=True)
class Edited:
    """`merge` says what came from whom, where somebody else had changed the item: `theirs` is the
    version that was there, and who made it."""

    item: Item
    merge: Merge | None = None
    theirs: int = 0
    author_id: int | None = None


class EditConflict(Conflict):
    """Fields that two people changed differently; nothing was saved."""

    def __init__(self, item: Item, merge: Merge) -> None:
        super().__init__(
            f"“{item.name}” was changed by somebody else while you edited it. Nothing was"
            " overwritten; say for each field below which holds."
        )
        self.item = item
        self.merge = merge


@transaction.atomic
def save_edit(*, item: Item, edit: Edit, by: User) -> Edited:
    """The item with the edit in it; EditConflict where fields have to be settled first."""
    held = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if held.version == edit.version:
        return Edited(_saved(held, edit.facts, edit, by))
    merge = merged_edit(held, edit)
    if merge.conflicts:
        raise EditConflict(held, merge)
    author_id = last_author_id(held)
    return Edited(_saved(held, merge.facts, edit, by), merge, held.version, author_id)


def merged_edit(item: Item, edit: Edit) -> Merge:
    """The edit beside what the item says now, over the version that it was written on."""
    choices = edit.choices if edit.newest == item.version else {}
    base, mine = facts_at(item, edit.version), _of_today(_checked(edit.facts))
    return merge_items(base and _of_today(base), item_facts(item), mine, choices)


def _saved(held: Item, facts: ItemFacts, edit: Edit, by: User) -> Item:
    return edit_item(item=held, facts=facts, version=held.version, by=by, reason=edit.reason)


def _of_today(facts: ItemFacts) -> ItemFacts:
    """Tags by the names that they have now: one that was renamed meanwhile is the same."""
    known = tags_named(facts.tags)
    names = (known[name].name if name in known else name for name in facts.tags)
    return replace(facts, tags=tuple(dict.fromkeys(names)))


def _checked(facts: ItemFacts) -> ItemFacts:
    try:
        return check_item(facts)
    except ItemInvalid as error:
        raise ItemRefused(error.faults) from error
