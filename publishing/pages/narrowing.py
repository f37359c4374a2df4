"""What a list of technologies can be narrowed by: choices with counts, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publishing.fields import UNSORTED, Field
from publishing.filters import IMPACTS, Entry, EntryFilters
from publishing.pages.address import Address, Removable
from publishing.pages.published import Published

ALL_FIELDS = "All fields"
SELECTS = ("certainty", "rating", "window")
LABELS = {
    "certainty": "Sure of the date",
    "rating": "Rating",
    "window": "Market opens",
}
WINDOW_WORDS = {
    "now": "within two years",
    "soon": "in two to five years",
    "later": "in five years or later",
    "open": "open already",
}
# These choose what is shown of the rows, and not which of them.
OF_THE_VIEW = ("as_of", "known_on", "lens", "weights", "sort")
NOT_SHOWN = frozenset({"q", *OF_THE_VIEW})


@dataclass(frozen=True)
class Chip:
    """A link that sets a filter, or takes it away where it is set."""

    name: str
    url: str
    count: int
    field: Field | None
    is_current: bool


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    options: tuple[Option, ...]
    error: str


@dataclass(frozen=True)
class Narrowing:
    """`kept_by_...` are the name and value pairs that a form must not lose; `pages` is the
    beginning of the address of each further page."""

    fields: tuple[Chip, ...]
    impacts: tuple[Chip, ...]
    selects: tuple[Select, ...]
    chosen: tuple[Removable, ...]
    errors: tuple[str, ...]
    path: str
    url: str
    url_of_all: str
    pages: str
    words: str
    total: int
    kept_by_selects: tuple[tuple[str, str], ...]
    kept_by_dates: tuple[tuple[str, str], ...]
    kept_by_search: tuple[tuple[str, str], ...]

    @property
    def is_narrowed(self) -> bool:
        """Whether the choices beyond the fields are in use, and should stand open."""
        are_selected = any(option.is_chosen for row in self.selects for option in row.options)
        return are_selected or any(chip.is_current for chip in self.impacts)


def narrowing(filters: EntryFilters, published: Published, path: str) -> Narrowing:
    values = filters.values
    address = Address(path, values)
    view = {name: values.get(name) for name in OF_THE_VIEW}
    sentences = filters.sentences()
    return Narrowing(
        fields=_field_chips(filters, published, address),
        impacts=_impact_chips(filters, address),
        selects=tuple(_select(name, filters, sentences.get(name, "")) for name in SELECTS),
        chosen=_chosen(filters, published, address),
        errors=tuple(sentences.values()),
        path=path,
        url=address.url(),
        url_of_all=Address(path, view).url(),
        pages=address.url(page=0).removesuffix("0"),
        words=values.get("q", ""),
        total=len(filters.queryset),
        kept_by_selects=address.kept(*SELECTS, "known_on"),
        kept_by_dates=address.kept("as_of"),
        kept_by_search=address.kept("q"),
    )


def _field_chips(filters: EntryFilters, published: Published, address: Address) -> tuple[Chip, ...]:
    """One chip a field that has rows, after one for all fields."""
    rows: Sequence[Entry] = filters.without("domain")
    known = {field.slug: field for field in published.fields.values()}
    counts = dict.fromkeys(known, 0)
    for row in rows:
        counts[row.field] = counts.get(row.field, 0) + 1
    chosen = filters.values.get("domain")
    chips = [
        Chip(known[slug].name, address.url(domain=slug), count, known[slug], slug == chosen)
        for slug, count in counts.items()
        if slug in known and (count or slug == chosen)
    ]
    unsorted = sum(count for slug, count in counts.items() if slug not in known)
    if unsorted:
        chips.append(_unsorted_chip(filters, address, unsorted))
    return (Chip(ALL_FIELDS, address.url(domain=None), len(rows), None, not chosen), *chips)


def _unsorted_chip(filters: EntryFilters, address: Address, count: int) -> Chip:
    is_current = filters.values.get("domain") == UNSORTED.slug
    return Chip(UNSORTED.name, address.url(domain=UNSORTED.slug), count, UNSORTED, is_current)


def _impact_chips(filters: EntryFilters, address: Address) -> tuple[Chip, ...]:
    """Each level is added to those chosen, or taken from them; the greatest stands first."""
    rows: Sequence[Entry] = filters.without("impact")
    chosen: list[str] = filters.values.get("impact", [])
    chips = []
    for level in reversed(IMPACTS):
        is_current = level in chosen
        after = [one for one in IMPACTS if (one in chosen) != (one == level)]
        count = sum(level in row.impacts for row in rows)
        if count or is_current:
            chips.append(Chip(level, address.url(impact=after), count, None, is_current))
    return tuple(chips)


def _select(name: str, filters: EntryFilters, error: str) -> Select:
    rows: Sequence[Entry] = filters.without(name)
    chosen = filters.values.get(name)
    found = [getattr(row, name) for row in rows]
    options = [
        Option(value, _option_words(name, value), found.count(value), value == chosen)
        for value in filters.filters[name].choices
    ]
    return Select(name, LABELS[name], tuple(options), error)


def _option_words(name: str, value: str) -> str:
    return WINDOW_WORDS[value] if name == "window" else value


def _chosen(filters: EntryFilters, published: Published, address: Address) -> tuple[Removable, ...]:
    found = []
    for name, value in filters.values.items():
        if name in NOT_SHOWN:
            continue
        without = address.url(**{name: None})
        found.append(Removable(_chosen_words(name, value, published), without))
    return tuple(found)


def _chosen_words(name: str, value: Any, published: Published) -> str:
    if name == "domain":
        names = {field.slug: field.name for field in published.fields.values()}
        return f"field {names.get(value, value)}"
    if name == "impact":
        return f"impact {' or '.join(value)}"
    if name == "certainty":
        return f"{value} certainty of the date"
    if name == "rating":
        return f"rated {value}"
    return "market open already" if value == "open" else f"market opens {WINDOW_WORDS[value]}"
