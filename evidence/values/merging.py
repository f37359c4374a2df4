"""Two people changed one item: what both say, field by field, over what both began from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from evidence.values.item import ItemFacts, PassageFacts, tag_slug

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class MergedField:
    """A field in which the sides differ; `base` is None where nobody knows what it said."""

    name: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merge:
    """`facts` has theirs where `conflicts` are not settled; `base` is what both began from, where
    that is known."""

    facts: ItemFacts
    conflicts: tuple[MergedField, ...]
    from_theirs: tuple[str, ...]
    from_mine: tuple[str, ...]
    base: ItemFacts | None = None


def merge_items(
    base: ItemFacts | None, theirs: ItemFacts, mine: ItemFacts, choices: Mapping[str, str]
) -> Merge:
    """What only one side changed is taken from it; what both changed differently is asked.

    `choices` settles fields by their names. Without a base every difference is a conflict.
    """
    taken: dict[str, Any] = {}
    conflicts: list[MergedField] = []
    whose: dict[str, list[str]] = {THEIRS: [], MINE: []}
    for name in (field.name for field in fields(ItemFacts)):
        one = MergedField(
            name, base and getattr(base, name), getattr(theirs, name), getattr(mine, name)
        )
        if _is_same(one):
            continue
        side = _side(one, has_base=base is not None) or _chosen(choices, name)
        joined = _joined(one) if base is not None and side is None else None
        if joined is not None:
            taken[name] = joined
            whose[MINE].append(name)
        elif side in whose:
            taken[name] = getattr(one, side)
            whose[side].append(name)
        else:
            conflicts.append(one)
    return Merge(
        facts=replace(theirs, **taken),
        conflicts=tuple(conflicts),
        from_theirs=tuple(whose[THEIRS]),
        from_mine=tuple(whose[MINE]),
        base=base,
    )


def _is_same(one: MergedField) -> bool:
    if one.name == "tags":
        return set(map(tag_slug, one.theirs)) == set(map(tag_slug, one.mine))
    return bool(one.theirs == one.mine)


def _side(one: MergedField, *, has_base: bool) -> str | None:
    if not has_base:
        return None
    if one.mine == one.base:
        return THEIRS
    return MINE if one.theirs == one.base else None


def _chosen(choices: Mapping[str, str], name: str) -> str | None:
    """None where nothing is chosen: a form sends an empty word for what it did not ask."""
    return choices.get(name) if choices.get(name) in (THEIRS, MINE) else None


def _joined(one: MergedField) -> tuple[Any, ...] | None:
    """Lists to which both sides added and from which both took, where the two do not meet."""
    if one.name == "tags":
        return _tags(one.base, one.theirs, one.mine)
    if one.name == "passages":
        return _passages(one.base, one.theirs, one.mine)
    return None


def _tags(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> tuple[str, ...]:
    old, new = {tag_slug(tag) for tag in base}, {tag_slug(tag): tag for tag in mine}
    left = [tag for tag in theirs if tag_slug(tag) in new or tag_slug(tag) not in old]
    here = {tag_slug(tag) for tag in left} | old
    return (*left, *(tag for slug, tag in new.items() if slug not in here))


def _passages(
    base: Sequence[PassageFacts], theirs: Sequence[PassageFacts], mine: Sequence[PassageFacts]
) -> tuple[PassageFacts, ...] | None:
    """None where both changed one passage, or one side changed the order."""
    sides = [list(base), list(theirs), list(mine)]
    if any(len(set(side)) < len(side) for side in sides):
        return None
    if any(_moved(base, side) for side in (theirs, mine)):
        return None
    if set(base) - set(theirs) & set(base) - set(mine):
        return None
    joined = [one for one in theirs if one in set(mine) or one not in set(base)]
    before: PassageFacts | None = None
    for one in mine:
        if one not in set(theirs) and one not in set(base):
            joined.insert(joined.index(before) + 1 if before in joined else len(joined), one)
        before = one
    return tuple(joined)


def _moved(base: Sequence[PassageFacts], side: Sequence[PassageFacts]) -> bool:
    kept = [one for one in side if one in set(base)]
    return kept != [one for one in base if one in set(side)]
