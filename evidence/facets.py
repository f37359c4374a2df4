"""How many items each choice beside the list of the library would leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.db.models import QuerySet

from evidence.filters import ItemFilters
from evidence.models import ItemMark, ItemTag, Tag
from record.prepared import columns

MOST = 20


@dataclass(frozen=True)
class Counted:
    """A value of a parameter, what people call it, and how many items it leaves."""

    value: str
    words: str
    count: int


Facets = dict[str, tuple[Counted, ...]]


def facets(filters: ItemFilters) -> Facets:
    """By the name of the parameter. Each is counted among the items that the others keep; tags,
    of which an item has several, among those that all keep.

    What is counted follows from the sets that the parameters keep: counted by the database, a
    search of a common word would name its items six times over.
    """
    every, table = filters.every, filters.table
    authors = ItemMark.objects.filter(kind=ItemMark.Kind.AUTHOR).order_by()
    tagged = ItemTag.objects.order_by()
    counts = {
        name: Counter(filters.beside(every, table[name], without=name))
        for name in ("state", "kind", "publisher")
    }
    days = Counter(filters.beside(every, table["published"], without="year"))
    among = _of_many(authors, "value", filters.kept(every, without="author"))
    return {name: _plain(found) for name, found in counts.items()} | {
        "year": _years(days),
        "author": _plain(among),
        "tag": _tags(_of_many(tagged, "tag", filters.kept(every)), filters.tags.values()),
    }


def _of_many(rows: QuerySet[Any], name: str, kept: Iterable[int]) -> Counter[Any]:
    """Of something that an item has several of."""
    items, values = columns(rows, "item", name)
    return Counter(compress(values, map(set(kept).__contains__, items)))


def _plain(found: Counter[str]) -> tuple[Counted, ...]:
    most = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Counted(value, value, number) for value, number in most if value)[:MOST]


def _years(days: Counter[str]) -> tuple[Counted, ...]:
    found: Counter[str] = Counter()
    for day, number in days.items():
        found[day[:4]] += number
    return tuple(Counted(year, year, found[year]) for year in sorted(found, reverse=True) if year)[
        :MOST
    ]


def _tags(found: Counter[int], chosen: Iterable[Tag]) -> tuple[Counted, ...]:
    for tag in chosen:
        found.pop(tag.pk, None)
    most = dict(sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST])
    tags = sorted(Tag.objects.filter(pk__in=most), key=lambda tag: (-most[tag.pk], tag.name))
    return tuple(Counted(tag.slug, tag.name, most[tag.pk]) for tag in tags)
