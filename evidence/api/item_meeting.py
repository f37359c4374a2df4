"""A change of an item that meets a newer version: both texts are told, or merged."""

from dataclasses import replace
from typing import Any

from evidence.api.differing import both
from evidence.api.item_records import item_record, tag_of_now
from evidence.editing import name_told
from evidence.models import Item
from evidence.services import Edit, Edited, merged_edit
from evidence.values.item import ItemFacts, item_json
from record.canonical import canonical_json
from rest.problems import Fault, Problem


def both_texts(item: Item, edit: Edit) -> Problem:
    """412 with the item as it is now, and what both sides changed since `edit` was begun."""
    merge = merged_edit(item, edit)
    conflicts, faults = [], []
    for one in merge.conflicts:
        theirs, mine = _json(one.name, one.theirs), _json(one.name, one.mine)
        base = None if merge.base is None else canonical_json(_json(one.name, one.base))
        sides = {"base": base, "theirs": canonical_json(theirs), "mine": canonical_json(mine)}
        conflicts.append({"field": one.name, **sides})
        faults.append(Fault(f"#/{one.name}", "changed", both(theirs, mine)))
    found = (
        "errors has what you both changed, theirs and yours."
        if conflicts
        else "You both changed different fields: send it again with ?merge=disjoint to merge them."
    )
    return Problem(
        412,
        f"“{item.name}” was changed by somebody else since you read it. Nothing was overwritten;"
        f" {found}",
        faults=faults,
        headers=tag_of_now(item),
        more={
            "base": edit.version if merge.base else None,
            "theirs": item_record(item),
            "conflicts": conflicts,
        },
    )


def merged_record(edited: Edited, edit: Edit) -> dict[str, Any]:
    """What came from whom, where there was anything to merge."""
    merge = edited.merge
    if merge is None or merge.base is None:
        return {}
    return {
        "merged": {
            "base": edit.version,
            "theirs": edited.theirs,
            "author": name_told(edited.author_id),
            "from_theirs": list(merge.from_theirs),
            "from_mine": list(merge.from_mine),
        }
    }


def _json(name: str, value: object) -> Any:
    said: dict[str, Any] = {name: value}
    return item_json(replace(ItemFacts(kind=""), **said))[name]
