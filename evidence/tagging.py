"""Reads on tags: how often each is used, which are probably one, what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from evidence.models import Tag, TagName
from evidence.values.spelling import alike
from record.models import Change

CHANGES = ("tag.renamed", "tag.merged", "tag.rename_undone", "tag.merge_undone")
CAN_BE_UNDONE = {"tag.renamed", "tag.merged"}
Said = dict[str, Any]
MOST_HINTS, MOST_CHANGES = 12, 20


@dataclass(frozen=True)
class Hint:
    """Two tags that are probably one; `tag` is the one that fewer items have."""

    tag: Any
    into: Any


@dataclass(frozen=True)
class TagChange:
    """`number` is that of the change where it can still be taken back."""

    change: Change
    words: str
    number: int | None


def counted_tags(words: str = "") -> list[Any]:
    """The most used first, each with `number` and its former names at hand."""
    rows = Tag.objects.annotate(number=Count("tagged")).prefetch_related("former_names")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(former_names__name__icontains=words))
        rows = rows.distinct()
    return list(rows.order_by("-number", "name", "pk"))


def hints(tags: Iterable[Any]) -> list[Hint]:
    """Of the tags as `counted_tags` gives them."""
    known: dict[str, Any] = {tag.name: tag for tag in tags}
    found = []
    for one, other in alike(known):
        into, tag = sorted((known[one], known[other]), key=lambda each: -each.number)
        found.append(Hint(tag, into))
    return sorted(found, key=lambda hint: (-hint.tag.number, hint.tag.name))[:MOST_HINTS]


def found_tag(slug: str) -> Tag | None:
    """The tag of that address, or the one that took its place."""
    return tags_of_slugs([slug]).get(slug)


def tags_of_slugs(slugs: Iterable[str]) -> dict[str, Tag]:
    """By the address that was asked for; former ones lead to the present tags."""
    wanted = list(slugs)
    former = TagName.objects.filter(slug__in=wanted).select_related("tag")
    present = Tag.objects.filter(slug__in=wanted)
    return {row.slug: row.tag for row in former} | {tag.slug: tag for tag in present}


def tag_changes() -> list[TagChange]:
    """The newest first. A change can be taken back while both ends of it still stand."""
    rows = Change.objects.filter(kind__in=CHANGES).order_by("-seq")[:MOST_CHANGES]
    said = [(row, row.before or {}, row.after or {}) for row in rows]
    present = Tag.objects.filter(slug__in=[after["slug"] for _, _, after in said])
    names = dict(present.values_list("slug", "name"))
    former = TagName.objects.filter(slug__in=[before["slug"] for _, before, _ in said])
    leads = dict(former.values_list("slug", "tag__slug"))
    found = []
    for row, before, after in said:
        stands = names.get(after["slug"]) == after["name"]
        same = before["slug"] == after["slug"] or leads.get(before["slug"]) == after["slug"]
        fits = row.kind in CAN_BE_UNDONE and stands and same
        words = _words(row.kind, before, after)
        found.append(TagChange(row, words, row.seq if fits else None))
    return found


def _words(kind: str, before: Said, after: Said) -> str:
    old, new = before["name"], after["name"]
    if kind == "tag.renamed":
        return f"“{old}” was renamed “{new}”"
    if kind == "tag.merged":
        return f"“{old}” was merged into “{new}”, with {_items(before['items'])}"
    if kind == "tag.rename_undone":
        return f"“{old}” was named “{new}” again"
    return f"“{new}” was parted from “{old}” again, with {_items(after['items'])}"


def _items(keys: list[str]) -> str:
    return "1 item" if len(keys) == 1 else f"{len(keys):,} items"
