"""What an item said in an earlier version, out of the change log."""

from collections.abc import Iterator
from heapq import merge
from typing import Any

from evidence.library import changes_of, item_facts
from evidence.models import Item
from evidence.tagging import CHANGES
from evidence.values.item import ItemFacts, item_from_json, item_json
from record.models import Change

# Each of these makes one version, and so does a change of a tag that the item has.
STEPS = ("item.edited", "item.kept", "item.retracted", "item.restored")
Said = dict[str, Any]


def said_now(item: Item) -> Said:
    return item_json(item_facts(item)) | {"state": item.state}


def said_at(item: Item, version: int) -> Said | None:
    """The facts with the state, as JSON has them. None where the log does not say: of a version
    that never was, for one."""
    number = item.version - version
    if version < 1 or number < 0:
        return None
    if number == 0:
        return said_now(item)
    for passed, (_, said) in enumerate(_back(item), start=1):
        if passed == number:
            return dict(said)
    return None


def facts_at(item: Item, version: int) -> ItemFacts | None:
    said = said_at(item, version)
    if said is None:
        return None
    return item_from_json({name: said[name] for name in said if name != "state"})


def last_author_id(item: Item, *, skip: int = 0) -> int | None:
    """Who made the version in force, or one before it."""
    for passed, (row, _) in enumerate(_back(item)):
        if passed == skip:
            author: int | None = row.actor_id
            return author
    return item.created_by_id


def _back(item: Item) -> Iterator[tuple[Change, Said]]:
    """What made each version, the newest first, with what the item said before it."""
    said = said_now(item)
    own = changes_of(item).filter(kind__in=STEPS)
    of_tags = Change.objects.filter(subject_kind="tag", kind__in=CHANGES).order_by("-seq")
    # Of tags, which many items share, only as many are read as it takes.
    rows = merge(own, of_tags.iterator(chunk_size=20), key=lambda row: -row.seq)
    for row in rows:
        before, after = row.before or {}, row.after or {}
        if row.subject_kind == "item":
            said = said | {name: before[name] for name in before if name in said}
            yield row, said
            continue
        tags = _tags_before(row.kind, before, after, item.key, said["tags"])
        if tags != said["tags"]:
            said = said | {"tags": sorted(tags)}
            # Earlier ones left the version as it was, and say nothing of it.
            if after.get("makes_versions"):
                yield row, said


def _tags_before(kind: str, before: Said, after: Said, key: str, tags: list[str]) -> list[str]:
    """Its tags before a change of tags: the same where that did not touch the item."""
    old, new = before["name"], after["name"]
    if kind == "tag.merged":
        if key not in before["items"]:
            return tags
        if key in after["had_both"]:
            return [*tags, old]
    if kind == "tag.merge_undone":
        if key not in after["items"]:
            return tags
        return list({old, *(tag for tag in tags if tag != new)})
    return [old if tag == new else tag for tag in tags]
