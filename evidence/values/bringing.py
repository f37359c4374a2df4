"""A file is read again: what it newly says, beside what people made of the item meanwhile."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from evidence.values.item import ItemFacts, PassageFacts, tag_slug
from evidence.values.merging import MINE, THEIRS, Merge, MergedField

_LISTS = ("tags", "passages")


def brought_again(
    before: ItemFacts | None, item: ItemFacts, said: ItemFacts, choices: Mapping[str, str]
) -> Merge:
    """The item with what the file says now and did not say when it was last read.

    `before` is what it said then, None where nobody knows. What the file leaves out takes nothing
    away, and what people corrected stays. Where both said something new it is asked: `choices`
    names THEIRS, the item's, or MINE, the file's, by field.
    """
    taken: dict[str, Any] = {}
    conflicts, kept = [], []
    for name in (field.name for field in fields(ItemFacts) if field.name not in _LISTS):
        one = MergedField(
            name, before and getattr(before, name), getattr(item, name), getattr(said, name)
        )
        if not one.mine or one.mine == one.theirs:
            continue
        side = _side(one) or choices.get(name)
        if side == MINE:
            taken[name] = one.mine
        elif side == THEIRS:
            kept.append(name)
        else:
            conflicts.append(one)
    taken |= _added(before, item, said)
    return Merge(replace(item, **taken), tuple(conflicts), tuple(kept), tuple(taken))


def _side(one: MergedField) -> str | None:
    if one.mine == one.base:
        return THEIRS
    return MINE if one.theirs in (one.base, "", (), None) else None


def _added(before: ItemFacts | None, item: ItemFacts, said: ItemFacts) -> dict[str, Any]:
    """Tags and passages that are new in the file; what somebody took away does not come back."""
    known = {tag_slug(tag) for tag in (*item.tags, *(before.tags if before else ()))}
    tags = tuple(tag for tag in said.tags if tag_slug(tag) not in known)
    here = {_words(one) for one in (*item.passages, *(before.passages if before else ()))}
    passages = tuple(one for one in said.passages if _words(one) not in here)
    added: dict[str, Any] = {"tags": item.tags + tags} if tags else {}
    return added | ({"passages": item.passages + passages} if passages else {})


def _words(passage: PassageFacts) -> tuple[str, str]:
    return passage.kind, passage.text
