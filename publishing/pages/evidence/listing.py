"""The list of the evidence library: what is found, by what it can be narrowed, in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from evidence.facets import Counted, facets
from evidence.library import whole_items
from evidence.models import Item, Tag
from evidence.values.words import Piece, Query, marked, snippet
from publishing.filters import LibraryFilters, cited_counts
from publishing.pages.address import Address, Removable
from publishing.pages.evidence.published_on import published_words
from publishing.wording import counted, opening_words

ROWS_A_PAGE = 25
OPENING = 220
STATES = {"inbox": "Inbox", "kept": "Kept", "retracted": "Retracted"}
SELECTS = {
    "kind": "Kind",
    "author": "Author",
    "publisher": "Publisher",
    "year": "Published in",
    "cited": "On a card",
}
CITED = {"yes": "cited by a card", "no": "cited by none"}
ORDERS = {
    "newest": "last changed first",
    "published": "last published first",
    "match": "best match first",
}


@dataclass(frozen=True)
class Chip:
    words: str
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Select:
    """`options` are triples of value, words and whether it is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]
    any: str = "any"


@dataclass(frozen=True)
class ItemRow:
    """`opening` are the words around what was looked for, or those the item begins with."""

    url: str
    title: tuple[Piece, ...]
    kind: str
    state: str
    by: str
    opening: tuple[Piece, ...]
    tags: tuple[Chip, ...]


@dataclass(frozen=True)
class EvidenceListPage:
    """`pages` is the beginning of the address of each further page; `of_one_tag` is the tag that
    alone is asked for."""

    headline: str
    listing: Page[int]
    rows: tuple[ItemRow, ...]
    words: str
    states: tuple[Chip, ...]
    tags: tuple[Chip, ...]
    of_one_tag: Tag | None
    selects: tuple[Select, ...]
    chosen: tuple[Removable, ...]
    errors: tuple[str, ...]
    path: str
    pages: str
    kept_by_search: tuple[tuple[str, str], ...]
    kept_by_selects: tuple[tuple[str, str], ...]
    is_narrowed: bool
    holds_anything: bool

    @property
    def status(self) -> int:
        return 400 if self.errors else 200


def evidence_list_page(filters: LibraryFilters, page: str) -> EvidenceListPage:
    path = reverse("publishing:item-list")
    address, values = Address(path, filters.values), filters.values
    found, number = filters.in_order(), len(filters.every)
    listing = Paginator(found, ROWS_A_PAGE).get_page(page)
    matches = listing.paginator.count
    counts = facets(filters) | {"cited": cited_counts(filters)}
    tags = filters.tags
    selects = _selects(counts, filters)
    return EvidenceListPage(
        headline=_headline(matches, number, counts["state"], is_narrowed=bool(values)),
        listing=listing,
        rows=tuple(_rows(filters, listing, address)),
        words=values.get("q", ""),
        states=_state_chips(counts["state"], values, address),
        tags=_tag_chips(counts["tag"], values, address),
        of_one_tag=next(iter(tags.values())) if len(tags) == 1 else None,
        selects=selects,
        chosen=tuple(_chosen(values, tags, address)),
        errors=tuple(filters.sentences().values()),
        path=path,
        pages=address.url(page=0).removesuffix("0"),
        kept_by_search=address.kept("q", "order"),
        kept_by_selects=address.kept(*SELECTS, "order"),
        is_narrowed=any(name in values for name in (*SELECTS, "order")),
        holds_anything=number > 0,
    )


def _headline(found: int, number: int, states: Iterable[Counted], *, is_narrowed: bool) -> str:
    if not number:
        return "The library holds nothing yet."
    if not found:
        return f"None of {counted(number, 'item')} matches."
    if is_narrowed and found < number:
        match = "matches" if found == 1 else "match"
        return f"{opening_words(found)} of {counted(number, 'item')} {match}."
    waiting = next((one.count for one in states if one.value == "inbox"), 0)
    headline = f"The library holds {counted(number, 'item')}."
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        headline += f" {opening_words(waiting)} {verb} in the inbox."
    return headline


def _state_chips(
    counts: Iterable[Counted], values: Mapping[str, Any], address: Address
) -> tuple[Chip, ...]:
    """What waits comes first."""
    known = {one.value: one.count for one in counts}
    chosen = values.get("state")
    chips = [
        Chip(words, address.url(state=state), known.get(state, 0), chosen == state)
        for state, words in STATES.items()
    ]
    return (*chips, Chip("All", address.url(state=None), sum(known.values()), chosen is None))


def _tag_chips(
    counts: Iterable[Counted], values: Mapping[str, Any], address: Address
) -> tuple[Chip, ...]:
    chosen: list[str] = values.get("tag", [])
    return tuple(
        Chip(one.words, address.url(tag=[*chosen, one.value]), one.count, is_current=False)
        for one in counts
    )


def _selects(
    counts: Mapping[str, Iterable[Counted]], filters: LibraryFilters
) -> tuple[Select, ...]:
    values = filters.values
    found = []
    for name, label in SELECTS.items():
        options = [
            (one.value, f"{_words(name, one.value)} ({one.count:,})", one.value == values.get(name))
            for one in counts[name]
        ]
        if (chosen := values.get(name)) and not any(is_chosen for _, _, is_chosen in options):
            options.append((chosen, f"{_words(name, chosen)} (0)", True))
        found.append(Select(name, label, tuple(options)))
    orders = [
        (order, words, values.get("order") == order)
        for order, words in ORDERS.items()
        if order != "match" or filters.query.wanted
    ]
    return (*found, Select("order", "Order", tuple(orders), any="the usual order"))


def _words(name: str, value: str) -> str:
    return CITED.get(value, value) if name == "cited" else value


def _chosen(
    values: Mapping[str, Any], tags: Mapping[str, Tag], address: Address
) -> list[Removable]:
    found = [
        Removable(
            f"tag: {tags[slug].name if slug in tags else slug}",
            address.url(tag=[one for one in values["tag"] if one != slug]),
        )
        for slug in values.get("tag", [])
    ]
    for name, label in SELECTS.items():
        if name in values:
            words = _words(name, values[name])
            found.append(Removable(f"{label.lower()}: {words}", address.url(**{name: None})))
    return found


def _rows(filters: LibraryFilters, keys: Iterable[int], address: Address) -> Iterable[ItemRow]:
    wanted = list(keys)
    rows = whole_items(filters.queryset.filter(pk__in=wanted))
    found = {item.pk: item for item in rows}
    return [_row(found[pk], filters.query, address) for pk in wanted if pk in found]


def _row(item: Item, query: Query, address: Address) -> ItemRow:
    said = [item.notes]
    for passage in item.passages.all():
        said += [passage.text, passage.comment, passage.heading]
    names = [", ".join(item.authors), item.publisher, item.via, item.url]
    found = snippet([*said, item.text, *names], query)
    return ItemRow(
        url=reverse("publishing:item-detail", args=[item.key]),
        title=tuple(marked(item.name, query)),
        kind=item.kind,
        state="" if item.state == Item.State.KEPT else item.state,
        by=_by(item),
        opening=tuple(found or _beginning([*said, item.text])),
        tags=tuple(
            Chip(tag.name, address.url(tag=[tag.slug]), None, is_current=False)
            for tag in item.tags.all()
        ),
    )


def _by(item: Item) -> str:
    names = item.authors[:3] + (["and others"] if len(item.authors) > 3 else [])
    return " · ".join(
        filter(None, [", ".join(names), item.publisher, published_words(item.published)])
    )


def _beginning(texts: Iterable[str]) -> list[Piece]:
    text = " ".join(next(filter(None, texts), "")[: OPENING * 2].split())
    shown = text if len(text) <= OPENING else f"{text[:OPENING].rsplit(' ', 1)[0]} …"
    return [Piece(shown, is_hit=False)] if shown else []
