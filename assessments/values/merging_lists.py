"""The lists of a card, whose elements are known by what they are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Any]


@dataclass(frozen=True)
class ListKind:
    """`names` are what an element is known by; none for a list of texts."""

    names: tuple[str, ...]
    is_always_there: bool = True


# Predictions have no name of their own: a list of them is one field.
LISTS: Mapping[str, ListKind] = {
    "scenarios": ListKind(("name",)),
    "companies": ListKind(("name",)),
    "tripwires": ListKind(()),
    "open_questions": ListKind(("question",)),
    "sources": ListKind(("title", "url")),
    "citations": ListKind(("dimension", "item", "quote"), is_always_there=False),
}


def cells_of(key: str, rows: Rows) -> dict[str, Any]:
    """The elements by their keys, such as "companies:acme"."""
    return {place_of(key, row): row for row in rows}


def place_of(key: str, row: Any) -> str:
    parts = [row[name] or "" for name in LISTS[key].names] or [row]
    return f"{key}:{' | '.join(map(str, parts)).casefold()}"


def is_torn(base: Rows, theirs: Rows, mine: Rows, *, key: str) -> bool:
    """Whether two elements share a name, or both sides brought the list into another order."""
    places = [[place_of(key, row) for row in rows] for rows in (base, theirs, mine)]
    if any(len(set(one)) < len(one) for one in places):
        return True
    shared = set(places[0]) & set(places[1]) & set(places[2])
    old, new, other = ([place for place in one if place in shared] for one in places)
    return old not in (new, other) and new != other


def ordered(
    base: Rows, theirs: Rows, mine: Rows, *, key: str, kept: Mapping[str, Any]
) -> list[Any]:
    """The kept elements: in their order or, if mine alone moved some, in mine; what the other
    side added stands after the element that it stood after."""
    old, new, other = ([place_of(key, row) for row in rows] for rows in (base, theirs, mine))
    shared = set(old) & set(new) & set(other)
    is_moved = [place for place in new if place in shared] == [
        place for place in old if place in shared
    ]
    first, second = (other, new) if is_moved else (new, other)
    order = list(first)
    for place, before in zip(second, [None, *second], strict=False):
        if place not in order:
            order.insert(order.index(before) + 1 if before else 0, place)
    return [kept[place] for place in order if kept.get(place) is not None]
