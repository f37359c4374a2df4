"""The list of technologies: what is published, found by words or by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from assessments.models import Technology
from assessments.selectors import PublishedCard
from publishing.cards import (
    LevelScore,
    Window,
    field_of_card,
    level_score,
    opened_in,
    technology_url,
    window_of,
)
from publishing.fields import Field
from publishing.filters import TechnologyFilters, entries_of
from publishing.pages.address import Address
from publishing.pages.narrowing import Narrowing, narrowing
from publishing.pages.past import PastView, past_view
from publishing.pages.published import Published
from publishing.wording import counted, opening_words

ROWS_A_PAGE = 200


@dataclass(frozen=True)
class TechnologyRow:
    name: str
    url: str
    summary: str
    field: Field
    impact: LevelScore
    window: Window
    opened: int | None
    band: int
    revised: date
    is_yardstick: bool


@dataclass(frozen=True)
class TechnologyListPage:
    """`unpublished` are those that the viewer may see and readers may not."""

    headline: str
    narrowing: Narrowing
    past: PastView
    rows: tuple[TechnologyRow, ...]
    listing: Page[PublishedCard]
    unpublished: tuple[Technology, ...]

    @property
    def status(self) -> int:
        return 400 if self.narrowing.errors else 200


def technology_list_page(
    published: Published, asked: QueryDict, unpublished: Iterable[Technology] = ()
) -> TechnologyListPage:
    filters = TechnologyFilters(asked, entries_of(published))
    path = reverse("publishing:technology-list")
    cards = sorted((entry.card for entry in filters.qs), key=_name_order)
    listing = Paginator(cards, ROWS_A_PAGE).get_page(asked.get("page"))
    words = filters.values.get("q", "")
    return TechnologyListPage(
        headline=_headline(cards, filters),
        narrowing=narrowing(filters, published, path),
        past=past_view(published, Address(path, filters.values)),
        rows=tuple(_row(card, published) for card in listing),
        listing=listing,
        unpublished=tuple(row for row in unpublished if words.casefold() in row.name.casefold()),
    )


def _name_order(card: PublishedCard) -> tuple[str, str]:
    return card.technology["name"].casefold(), card.slug


def _headline(cards: Sequence[PublishedCard], filters: TechnologyFilters) -> str:
    words = filters.values.get("q")
    if words:
        found = counted(len(cards), "technology", "technologies")
        verb = "matches" if len(cards) == 1 else "match"
        return f"{found[:1].upper()}{found[1:]} {verb} “{words}”."
    if not cards:
        return _nothing(filters)
    found = f"{opening_words(len(cards))} {'technology' if len(cards) == 1 else 'technologies'}."
    opened = sum(opened_in(card.body) is not None for card in cards)
    if not opened:
        return found
    return (
        f"{found} {'One has' if opened == 1 else f'{opening_words(opened)} have'} a market already."
    )


def _nothing(filters: TechnologyFilters) -> str:
    if len(filters.queryset):
        return "No technology matches all of these."
    return (
        "No technology was published then." if filters.past else "No technology is published yet."
    )


def _row(card: PublishedCard, published: Published) -> TechnologyRow:
    ranked = published.ranking.row(card.slug) if published.ranking else None
    scores = card.card["scores"]
    return TechnologyRow(
        name=card.technology["name"],
        url=technology_url(card.slug),
        summary=card.card["summary"],
        field=field_of_card(card, published.fields),
        impact=level_score(scores, "impact"),
        window=window_of(scores),
        opened=opened_in(card.body),
        band=ranked.band if ranked else 0,
        revised=card.at.date(),
        is_yardstick=card.is_yardstick,
    )
