"""The list of technologies: what is published, found by words or by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

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
from publishing.pages.map import FieldChip, field_chips
from publishing.pages.published import Published
from publishing.wording import counted, opening_words


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; `error` says why the words could not be read."""

    words: str = ""
    field_slug: str = ""
    error: str = ""


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
    wanted: Wanted
    chips: tuple[FieldChip, ...]
    rows: tuple[TechnologyRow, ...]
    unpublished: tuple[Technology, ...]


def technology_list_page(
    published: Published, wanted: Wanted, unpublished: Iterable[Technology]
) -> TechnologyListPage:
    url = reverse("publishing:technology-list")
    if wanted.words:
        url += f"?{urlencode({'q': wanted.words})}"
    chips = field_chips(published.leads, published, wanted.field_slug, url)
    cards = [card for card in published.leads if _is_wanted(card, wanted, published)]
    rows = [_row(card, published) for card in cards]
    hidden = [technology for technology in unpublished if _has_words(technology.name, wanted)]
    return TechnologyListPage(
        headline=_headline(rows, wanted),
        wanted=wanted,
        chips=chips,
        rows=tuple(sorted(rows, key=lambda row: row.name.casefold())),
        unpublished=tuple(hidden),
    )


def _headline(rows: Sequence[TechnologyRow], wanted: Wanted) -> str:
    if wanted.words:
        found = counted(len(rows), "technology", "technologies")
        verb = "matches" if len(rows) == 1 else "match"
        return f"{found[:1].upper()}{found[1:]} {verb} “{wanted.words}”."
    if not rows:
        return "No technology is published yet."
    found = f"{opening_words(len(rows))} {'technology' if len(rows) == 1 else 'technologies'}."
    opened = sum(row.opened is not None for row in rows)
    if not opened:
        return found
    return (
        f"{found} {'One has' if opened == 1 else f'{opening_words(opened)} have'} a market already."
    )


def _is_wanted(card: PublishedCard, wanted: Wanted, published: Published) -> bool:
    field = field_of_card(card, published.fields)
    if wanted.field_slug and field.slug != wanted.field_slug:
        return False
    facts = card.technology
    texts = [facts["name"], *facts["aliases"], *facts["domains"], card.card["summary"]]
    return any(_has_words(text, wanted) for text in texts)


def _has_words(text: str, wanted: Wanted) -> bool:
    return wanted.words.casefold() in text.casefold()


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
