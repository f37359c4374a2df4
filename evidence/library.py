"""Reads on evidence items: one whole, and what refers to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from evidence.models import Item, Passage, Tag, TagName
from evidence.querysets import ItemQuerySet
from evidence.values.anchoring import Place
from evidence.values.item import ItemFacts, PassageFacts, tag_slug
from record.models import Change
from record.moments import one_moment


@dataclass(frozen=True)
class Quoted:
    """A passage of the item `key` that points into another one; `place` is None where lost."""

    key: str
    name: str
    position: int
    kind: str
    words: str
    place: Place | None


def whole_items(items: ItemQuerySet) -> ItemQuerySet:
    """The items with passages and tags at hand: two questions, however many they are."""
    passages = Passage.objects.select_related("source").order_by("position")
    rows: ItemQuerySet = items.prefetch_related(Prefetch("passages", passages), "tags")
    return rows


def item_facts(item: Item) -> ItemFacts:
    """All that a person can change of the item, as it stands."""
    return ItemFacts(
        kind=item.kind,
        title=item.title,
        url=item.url,
        authors=tuple(item.authors),
        publisher=item.publisher,
        published=item.published,
        accessed_on=item.accessed_on,
        via=item.via,
        via_url=item.via_url,
        licence=item.licence,
        notes=item.notes,
        text=item.text,
        tags=tuple(sorted(tag.name for tag in item.tags.all())),
        passages=tuple(passage_facts(passage) for passage in item.passages.all()),
    )


def passage_facts(passage: Passage) -> PassageFacts:
    return PassageFacts(
        kind=passage.kind,
        text=passage.text,
        heading=passage.heading,
        mark=passage.mark,
        comment=passage.comment,
        source=passage.source.key if passage.source else "",
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
    )


def item_known_as(reference: str) -> Item | None:
    """The item that an import of that reference made, or that was made for the same thing."""
    found: Item | None = Item.objects.filter(reference=reference).first()
    return found


def tags_named(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names by the name asked for, present or former; others are left out."""
    slugs = {name: tag_slug(name) for name in names}
    present = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs.values())}
    former = {
        row.slug: row.tag
        for row in TagName.objects.filter(slug__in=slugs.values()).select_related("tag")
    }
    found = former | present
    return {name: found[slug] for name, slug in slugs.items() if slug in found}


def seen_item(actor: Any, key: str) -> Item | None:
    """The item with passages and tags at hand, for those who see the library."""
    with one_moment():
        found: Item | None = whole_items(Item.objects.visible_to(actor).filter(key=key)).first()
    return found


def quoted_from(item: Item) -> list[Quoted]:
    """What other items take out of this one."""
    rows = Passage.objects.filter(source=item).exclude(item=item)
    return [
        Quoted(
            key=row.item.key,
            name=row.item.name,
            position=row.position,
            kind=row.kind,
            words=row.text,
            place=None if row.start is None else Place(row.start, row.start + len(row.exact)),
        )
        for row in rows.select_related("item").order_by("item__key", "position")
    ]


def changes_of(item: Item) -> QuerySet[Change]:
    """What the log says of the item, newest first."""
    return Change.objects.filter(subject_kind="item", subject_key=item.key).order_by("-seq")
