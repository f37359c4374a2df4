"""What the script of the export finds technologies by, on the map and in its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.values.scale import Certainty, RatingValue
from publishing.cards import technology_url
from publishing.export.addresses import INDEX, Addresses
from publishing.export.frame import script_json
from publishing.fields import UNSORTED
from publishing.filters import IMPACTS, WINDOWS, Entry, entries_of
from publishing.pages.published import Published

WINDOW_WORDS = {
    "now": "Now: within two years",
    "soon": "Soon: within five",
    "later": "Later",
    "open": "Open already",
}


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    count: int


@dataclass(frozen=True)
class Finder:
    """The choices under their names of the query, and the values of every row by its link."""

    choices: tuple[tuple[str, str, tuple[Option, ...]], ...]
    rows: SafeString


def finder_of(published: Published, addresses: Addresses) -> Finder:
    """Over the technologies that stand on the map's page."""
    entries = [entry for entry in entries_of(published) if not entry.card.is_yardstick]
    fields = {field.slug: field.name for field in (*published.fields.values(), UNSORTED)}
    return Finder(
        choices=(
            ("domain", "Field", _options(fields.items(), [row.field for row in entries])),
            ("impact", "Impact", _options(_same(IMPACTS), _impacts(entries))),
            ("window", "Window", _options(_windows(), [row.window for row in entries])),
            ("certainty", "Sure of the date", _options(_same(Certainty), _sure(entries))),
            ("rating", "Rating", _options(_same(RatingValue), [row.rating for row in entries])),
        ),
        rows=script_json({_link(entry, addresses): _values(entry) for entry in entries}),
    )


def _same(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value).capitalize()) for value in values]


def _windows() -> list[tuple[str, str]]:
    return [(window, WINDOW_WORDS[window]) for window in WINDOWS]


def _impacts(entries: Sequence[Entry]) -> list[str]:
    return [level for entry in entries for level in entry.impacts]


def _sure(entries: Sequence[Entry]) -> list[str]:
    return [entry.certainty for entry in entries]


def _options(named: Iterable[tuple[str, str]], values: Sequence[str]) -> tuple[Option, ...]:
    """Only what some technology has, with how many."""
    counts = {value: values.count(value) for value in set(values)}
    return tuple(Option(value, words, counts[value]) for value, words in named if counts.get(value))


def _link(entry: Entry, addresses: Addresses) -> str:
    address = technology_url(entry.card.slug)
    return addresses.relative(address, site_path="/", path=INDEX) or address


def _values(entry: Entry) -> list[str]:
    """Field, impacts, window, certainty, rating, and words that its row does not show."""
    facts = entry.card.technology
    more = " ".join([*facts["aliases"], *facts["domains"]])
    return [
        entry.field,
        " ".join(sorted(entry.impacts)),
        entry.window,
        entry.certainty,
        entry.rating,
        more.casefold(),
    ]
