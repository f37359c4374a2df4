"""What else to read beside an item, and why: tags, words, authors and what both quote."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Left

from evidence.models import Item, ItemMark, ItemTag, Tag
from evidence.values.item import name_of
from record.prepared import columns

MOST = 8
CANDIDATES = 40
MOST_ROWS = 2_000
BEGINNING = 400
# Words that are shared by more than this part of the library say little.
COMMON_SHARE = 0.2
# Beside one another words make a text similar; a single one does not.
FEWEST_WORDS = 3
PUBLISHER = 0.5
WEIGHTS = {"author": 3.0, "address": 8.0, "via": 3.0, "quote": 6.0, "source": 5.0}
OF_A_WORD = 0.4
WAYS = {
    "address": "same address",
    "via": "found by way of the same page",
    "quotes_this": "quotes this",
    "quoted_here": "quoted here",
}
# Of two texts of which one quotes the other, or both the same, the words are no further reason.
QUOTING = {"source", "quote", "quotes_this", "quoted_here"}
WORD = "word"
Mark = tuple[str, str]


@dataclass(frozen=True)
class Related:
    """Another item with what both have in common; `others` names every way there is."""

    item: Item
    name: str
    score: float
    tags: tuple[Tag, ...]
    words: tuple[str, ...]
    authors: tuple[str, ...]
    sources: tuple[str, ...]
    others: frozenset[str]
    is_same_publisher: bool

    @property
    def has_reason(self) -> bool:
        return len(self.words) >= FEWEST_WORDS or bool(self.others - {"word"})


def related_items(item: Item, items: Any, *, most: int = MOST) -> list[Related]:
    """Up to `most` of the items, the nearest first; the number of questions is always the same."""
    number = items.count()
    own = _own_marks(item, _most_sharing(number))
    tags, marks = _tag_weights(item, number), _mark_weights(own, number)
    found = _Found(item.pk)
    telling = _within_budget({pk: one.tag.number for pk, one in tags.items()})
    tagged = ItemTag.objects.filter(tag__in=telling).order_by()
    for pk, tag in zip(*columns(tagged, "item_id", "tag_id"), strict=True):
        found.add(pk, tags[tag].weight, "tags", tags[tag].tag)
    shared = ItemMark.objects.filter(_is_one_of(marks)).order_by()
    for pk, kind, value in zip(*columns(shared, "item_id", "kind", "value"), strict=True):
        found.add(pk, marks[kind, value], kind, value)
    _add_quoting(item, own, found)
    best = found.best()
    # No tag has the key 0; for an empty list nothing would be asked at all.
    commoner = ItemTag.objects.filter(item__in=best, tag__in={0, *(tags.keys() - telling)})
    for pk, tag in commoner.values_list("item_id", "tag_id"):
        found.add(pk, tags[tag].weight, "tags", tags[tag].tag)
    return _chosen(item, items.filter(pk__in=best), found, most)


class _Found:
    """What other items share with the one, by their keys."""

    def __init__(self, own: int) -> None:
        self._own = own
        self.scores: dict[int, float] = defaultdict(float)
        self.shared: dict[int, list[tuple[str, Any]]] = defaultdict(list)

    def add(self, pk: int, weight: float, kind: str, what: Any) -> None:
        if pk != self._own:
            self.scores[pk] += weight
            self.shared[pk].append((kind, what))

    def best(self) -> list[int]:
        best = nlargest(CANDIDATES, zip(self.scores.values(), self.scores, strict=True))
        return [pk for _, pk in best]


def _chosen(item: Item, items: Any, found: _Found, most: int) -> list[Related]:
    held = items.exclude(state=Item.State.RETRACTED)
    # Of a long text the beginning is enough for a name.
    named = held.defer("text", "notes").annotate(beginning=Left("text", BEGINNING))
    rows = [_related(row, item, found) for row in named]
    telling = [row for row in rows if row.has_reason]
    return sorted(telling, key=lambda row: (-row.score, -row.item.pk))[:most]


def _related(row: Any, item: Item, found: _Found) -> Related:
    what: dict[str, list[Any]] = {}
    for kind, value in found.shared[row.pk]:
        what.setdefault(kind, []).append(value)
    is_same_publisher = bool(item.publisher) and row.publisher == item.publisher
    return Related(
        item=row,
        name=name_of(row.title, row.beginning, row.url),
        score=found.scores[row.pk] + PUBLISHER * is_same_publisher,
        tags=tuple(what.get("tags", ())),
        words=tuple(what.get("word", ())),
        authors=tuple(what.get("author", ())),
        sources=tuple(what.get("source", ())),
        others=frozenset(what),
        is_same_publisher=is_same_publisher,
    )


def reasons(row: Related, kinds: Mapping[str, str]) -> list[str]:
    """Why it is shown, as in "3 tags, same author, quotes the same note"; `kinds` are those of
    items by their keys."""
    said = []
    if row.tags:
        said.append("1 tag" if len(row.tags) == 1 else f"{len(row.tags)} tags")
    if row.authors:
        said.append("same author" if len(row.authors) == 1 else f"{len(row.authors)} same authors")
    elif row.is_same_publisher:
        said.append("same publisher")
    if len(row.words) >= FEWEST_WORDS and not row.others & QUOTING:
        said.append(f"similar words ({', '.join(row.words[:FEWEST_WORDS])})")
    if row.sources:
        said.append(f"quotes the same {kinds.get(row.sources[0], 'item')}")
    elif "quote" in row.others:
        said.append("quotes the same words")
    return said + [words for way, words in WAYS.items() if way in row.others]


def kinds_of_sources(rows: Iterable[Related]) -> dict[str, str]:
    keys = {key for row in rows for key in row.sources}
    return dict(Item.objects.filter(key__in=keys).values_list("key", "kind"))


def _rarity(items: int, having: int) -> float:
    return math.log(1 + items / (1 + having))


@dataclass(frozen=True)
class _Weighed:
    tag: Any
    weight: float


def _tag_weights(item: Item, number: int) -> dict[int, _Weighed]:
    """A tag that few items have says more than one that many have."""
    own = Tag.objects.filter(pk__in=ItemTag.objects.filter(item=item).values("tag"))
    rows = own.annotate(number=Count("tagged"))
    return {tag.pk: _Weighed(tag, _rarity(number, tag.number)) for tag in rows}


class _CountOf(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def _most_sharing(number: int) -> int:
    return int(max(5, COMMON_SHARE * number))


def _own_marks(item: Item, most: int) -> dict[Mark, int]:
    """How many items have each mark of this one, counted as far as one more than `most`."""
    alike = ItemMark.objects.filter(kind=OuterRef("kind"), value=OuterRef("value")).order_by()
    number = _CountOf(alike.values("item")[: most + 1])
    rows = ItemMark.objects.filter(item=item).annotate(number=number)
    return {
        (kind, value): having for kind, value, having in rows.values_list("kind", "value", "number")
    }


def _mark_weights(own: Mapping[Mark, int], number: int) -> dict[Mark, float]:
    shared = {mark: having for mark, having in own.items() if having > 1}
    most = _most_sharing(number)
    words = [mark for mark, having in shared.items() if mark[0] == WORD and having <= most]
    rarest = _within_budget({mark: shared[mark] for mark in words})
    weights = {mark: WEIGHTS[mark[0]] for mark in shared if mark[0] != WORD}
    return weights | {mark: OF_A_WORD * _rarity(number, shared[mark]) for mark in rarest}


def _within_budget(having: Mapping[Any, int]) -> set[Any]:
    """The rarest, as long as few enough items have them: the common ones lead to everything."""
    chosen: set[Any] = set()
    rows = 0
    for one in sorted(having, key=lambda one: (having[one], one)):
        rows += having[one]
        if chosen and rows > MOST_ROWS:
            break
        chosen.add(one)
    return chosen


def _is_one_of(marks: Iterable[Mark]) -> Q:
    values = defaultdict(list)
    for kind, value in marks:
        values[kind].append(value)
    wanted = Q(pk__in=[])
    for kind in sorted(values):
        wanted |= Q(kind=kind, value__in=values[kind])
    return wanted


def _add_quoting(item: Item, own: Iterable[Mark], found: _Found) -> None:
    """What quotes the item, and what it quotes."""
    source = ItemMark.Kind.SOURCE
    quoting = ItemMark.objects.filter(kind=source, value=item.key).values_list("item_id", flat=True)
    for pk in quoting:
        found.add(pk, WEIGHTS[source], "quotes_this", pk)
    quoted = {value for kind, value in own if kind == source}
    for pk in Item.objects.filter(key__in=quoted).values_list("pk", flat=True):
        found.add(pk, WEIGHTS[source], "quoted_here", pk)
