"""Keeps what items are found by in step with the items; in the transaction that writes them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from evidence.library import item_facts, whole_items
from evidence.models import Item, ItemMark, ItemWords
from evidence.searching import COLUMNS
from evidence.values.item import ItemFacts
from evidence.values.reference import bare_address
from evidence.values.words import distinctive, joined, within, words_of
from record.canonical import digest

CHUNK = 200
# Fewer words are said by chance.
SHORTEST_QUOTE = 4


@transaction.atomic
def index_items(pks: Iterable[int]) -> int:
    """Search and related reading know these items as they stand; says how many there were."""
    number = 0
    for chunk in _chunks(pks):
        items = list(whole_items(Item.objects.filter(pk__in=chunk)))
        known = [(item, item_facts(item)) for item in items]
        ItemWords.objects.bulk_create(
            [_words(item, facts) for item, facts in known],
            update_conflicts=True,
            unique_fields=["item"],
            update_fields=COLUMNS,
        )
        ItemMark.objects.filter(item__in=chunk).delete()
        ItemMark.objects.bulk_create(
            ItemMark(item=item, kind=kind, value=value)
            for item, facts in known
            for kind, value in dict.fromkeys(_marks(facts))
        )
        number += len(items)
    return number


@transaction.atomic
def index_tags(pks: Sequence[int]) -> None:
    """The names of the tags of these items are found, and their former ones no more."""
    for chunk in _chunks(pks):
        rows = {row.pk: row for row in ItemWords.objects.filter(pk__in=chunk)}
        for item in Item.objects.filter(pk__in=rows).prefetch_related("tags"):
            rows[item.pk].tags = joined(sorted(tag.name for tag in item.tags.all()))
        ItemWords.objects.bulk_update(rows.values(), ["tags"])


def _chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(pks)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _words(item: Item, facts: ItemFacts) -> ItemWords:
    parts = [*facts.authors, facts.publisher, facts.via, facts.url, facts.via_url, facts.notes]
    for passage in facts.passages:
        parts += [passage.heading, passage.text, passage.comment]
    columns = [joined([facts.title]), joined(facts.tags), joined(parts), joined([facts.text])]
    return ItemWords(item=item, **dict(zip(COLUMNS, within(columns), strict=True)))


def _marks(facts: ItemFacts) -> Iterator[tuple[str, str]]:
    kinds = ItemMark.Kind
    yield from ((kinds.AUTHOR, name) for name in facts.authors)
    if facts.url:
        yield kinds.ADDRESS, _address(facts.url)
    if facts.via_url:
        yield kinds.VIA, _address(facts.via_url)
    for passage in facts.passages:
        if passage.source:
            yield kinds.SOURCE, passage.source
        words = words_of(passage.exact or passage.text) if passage.kind == "quotation" else []
        if len(words) >= SHORTEST_QUOTE:
            yield kinds.QUOTE, digest(" ".join(words))
    told = (facts.notes, facts.text, *(passage.text for passage in facts.passages))
    yield from ((kinds.WORD, word) for word in distinctive(facts.title, told))


def _address(url: str) -> str:
    return digest(bare_address(url))
