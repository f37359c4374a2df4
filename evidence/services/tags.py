"""Tags get other names and become one, and both can be taken back while nothing stands in the
way. What is found by a former name goes on being found. Each is a version of every item that it
touches, as if somebody had edited it (`evidence/versions.py`)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from accounts.roles import Role, has_role
from evidence.models import Item, ItemTag, Tag, TagName
from evidence.services.indexing import index_tags
from evidence.values.item import clean_tag, tag_slug
from intake.errors import IntakeError
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from record.services import log_change

RENAMED, MERGED = "tag.renamed", "tag.merged"
TRIES = 8
TAKEN_BACK = {RENAMED: "tag.rename_undone", MERGED: "tag.merge_undone"}


@dataclass(frozen=True)
class _Done:
    """A change that is to be taken back."""

    seq: int
    before: dict[str, Any]
    after: dict[str, Any]


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """Of two that give tags the same name at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Conflict(
            "Somebody else gave a tag this name just now. Nothing was changed; look at the tags as"
            " they are now.",
            field="name",
        ) from error


@_one_of_a_name()
def rename_tag(*, tag: Tag, name: str, shown: str, by: User) -> Tag:
    """The tag has the name, and is still found by the one it had. `shown` is the name that the
    person saw."""
    _require_team(by)
    name = _clean(name)
    tag = _as_shown(_held(tag.pk).get(tag.pk), shown)
    if name == tag.name:
        return tag
    slug, before = tag_slug(name), _said(tag)
    _require_free(slug, tag)
    was_former = TagName.objects.filter(tag=tag, slug=slug).exists()
    _give(tag, name, slug)
    _tell_items(_items_of(tag))
    _log(RENAMED, before["slug"], by, before, _said(tag) | {"was_former": was_former})
    return tag


@transaction.atomic
def merge_tags(*, tag: Tag, into: Tag, shown: str, by: User) -> Tag:
    """Every item of the tag has the other instead, to which its names lead from now on."""
    _require_team(by)
    if tag.pk == into.pk:
        raise DomainError("These are the same tag already; choose another one.", field="into")
    held = _held(tag.pk, into.pk)
    if into.pk not in held:
        raise Conflict(_moved(shown))
    tag, into = _as_shown(held.get(tag.pk), shown), held[into.pk]
    moved = _items_of(tag)
    both = set(ItemTag.objects.filter(tag=into, item__in=moved).values_list("item_id", flat=True))
    names = list(tag.former_names.order_by("slug").values("name", "slug"))
    before = _said(tag) | {"former_names": names, "items": _keys(moved)}
    after = _said(into) | {"had_both": _keys(both)}
    ItemTag.objects.filter(tag=tag).exclude(item__in=both).update(tag=into)
    TagName.objects.filter(tag=tag).update(tag=into)
    tag.delete()
    TagName.objects.create(tag=into, name=before["name"], slug=before["slug"])
    _tell_items(moved)
    _log(MERGED, before["slug"], by, before, after)
    return into


@_one_of_a_name()
def undo_tag_change(*, change: Change, by: User) -> str:
    """The rename or merge is taken back as far as it still fits; the sentence says how far."""
    _require_team(by)
    if change.kind not in TAKEN_BACK or not change.before or not change.after:
        raise DomainError("Only renamed and merged tags can be taken back.")
    done = _Done(change.seq, change.before, change.after)
    named = Tag.objects.filter(slug=done.after["slug"]).first()
    tag = _held(named.pk).get(named.pk) if named else None
    former = TagName.objects.filter(slug=done.before["slug"], tag=tag).first() if tag else None
    if tag is None or tag.name != done.after["name"]:
        raise Conflict(
            f"The tag “{done.after['name']}” has another name by now, or is gone, so this can no"
            " longer be taken back. Rename or merge the tags as they are."
        )
    if change.kind == RENAMED:
        return _undo_rename(done, tag, by)
    if former is None:
        raise Conflict(
            f"“{done.before['name']}” does not lead to “{tag.name}” any more, so the two cannot"
            " be parted again. Make the tag anew where it is missing."
        )
    return _undo_merge(done, tag, former, by)


def _undo_rename(done: _Done, tag: Tag, by: User) -> str:
    before, after = done.before, done.after
    _require_free(before["slug"], tag)
    _give(tag, before["name"], before["slug"])
    if not after["was_former"] and before["slug"] != after["slug"]:
        TagName.objects.filter(tag=tag, slug=after["slug"]).delete()
    _tell_items(_items_of(tag))
    _log(TAKEN_BACK[RENAMED], before["slug"], by, after, _said(tag) | {"undoes": done.seq})
    return f"The tag is called “{tag.name}” again."


def _undo_merge(done: _Done, into: Tag, former: TagName, by: User) -> str:
    before = done.before
    items = dict(Item.objects.filter(key__in=before["items"]).values_list("key", "pk"))
    still = set(
        ItemTag.objects.filter(tag=into, item__in=items.values()).values_list("item_id", flat=True)
    )
    former.delete()
    tag = Tag.objects.create(name=before["name"], slug=before["slug"])
    slugs = [row["slug"] for row in before["former_names"]]
    TagName.objects.filter(tag=into, slug__in=slugs).update(tag=tag)
    stay = {pk for key, pk in items.items() if key in {*done.after["had_both"], *_brought(into)}}
    ItemTag.objects.filter(tag=into, item__in=still - stay).update(tag=tag)
    ItemTag.objects.bulk_create(ItemTag(item_id=pk, tag=tag) for pk in sorted(still & stay))
    _tell_items(sorted(still))
    after = _said(tag) | {"undoes": done.seq, "items": _keys(still)}
    _log(TAKEN_BACK[MERGED], tag.slug, by, _said(into), after)
    lost = len(before["items"]) - len(still)
    words = f"“{tag.name}” and “{into.name}” are two tags again."
    if lost:
        words += (
            f" {lost} of {len(before['items'])} items had lost the tag since, and stay as they are."
        )
    return words


def _brought(into: Tag) -> set[str]:
    """The keys of the items that other merges, which still stand, gave the tag. Where two gave it
    to one item, the item keeps it: too much can be seen and taken away."""
    slugs = TagName.objects.filter(tag=into).values("slug")
    merges = Change.objects.filter(kind=MERGED, subject_key__in=slugs)
    found = merges.values_list("before", flat=True)
    return {key for before in found if before for key in before["items"]}


def _give(tag: Tag, name: str, slug: str) -> None:
    old_name, old_slug = tag.name, tag.slug
    TagName.objects.filter(tag=tag, slug=slug).delete()
    tag.name, tag.slug = name, slug
    tag.save(update_fields=["name", "slug"])
    if slug != old_slug:
        TagName.objects.create(tag=tag, name=old_name, slug=old_slug)


def _require_free(slug: str, tag: Tag) -> None:
    other = Tag.objects.filter(slug=slug).exclude(pk=tag.pk).first()
    if other:
        raise Conflict(
            f"There is a tag “{other.name}” already. Merge the two if they mean the same.",
            field="name",
        )
    former = TagName.objects.filter(slug=slug).exclude(tag=tag).select_related("tag").first()
    if former:
        raise Conflict(
            f"“{former.name}” leads to the tag “{former.tag.name}”. Choose another name, or merge"
            " the two.",
            field="name",
        )


def _held(first: int, *others: int) -> dict[int, Tag]:
    """The tags, and the items of the first, which nobody else changes until this is over.

    Items before tags, as whoever edits an item takes them. Where an item got the tag in between,
    all is let go and taken again: waiting for it now could be waiting for one another.
    """
    for _ in range(TRIES):
        before = transaction.savepoint()
        wanted = Item.objects.select_for_update(no_key=True).filter(pk__in=_items_of(first))
        items = set(wanted.order_by("pk").values_list("pk", flat=True))
        rows = Tag.objects.select_for_update().filter(pk__in=[first, *others]).order_by("pk")
        held = {row.pk: row for row in rows}
        if items.issuperset(_items_of(first)):
            return held
        transaction.savepoint_rollback(before)
    raise Conflict(
        "Others give items this tag just now, one after the other. Nothing was changed; do it"
        " again in a moment."
    )


def _tell_items(pks: Sequence[int]) -> None:
    """The items of a tag that changed are of a new version, and found by its names of now."""
    Item.objects.filter(pk__in=pks).update(version=F("version") + 1)
    index_tags(pks)


def _as_shown(found: Tag | None, shown: str) -> Tag:
    if found is None or found.name != shown:
        raise Conflict(_moved(shown))
    return found


def _moved(shown: str) -> str:
    return (
        f"“{shown}” was renamed or merged by somebody else meanwhile. Nothing was changed; look at"
        " the tags as they are now."
    )


def _clean(name: str) -> str:
    try:
        return clean_tag(name)
    except IntakeError as error:
        raise DomainError(error.message, field="name") from error


def _items_of(tag: Tag | int) -> list[int]:
    rows = ItemTag.objects.filter(tag=tag).order_by("item_id")
    return list(rows.values_list("item_id", flat=True))


def _keys(items: Iterable[int]) -> list[str]:
    return sorted(Item.objects.filter(pk__in=items).values_list("key", flat=True))


def _said(tag: Tag) -> dict[str, Any]:
    return {"name": tag.name, "slug": tag.slug}


def _require_team(by: User) -> None:
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can change tags.")


def _log(kind: str, slug: str, by: User, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_change(
        kind=kind,
        subject_kind="tag",
        subject_key=slug,
        actor_id=by.pk,
        before=before,
        after=after | {"makes_versions": True},
    )
