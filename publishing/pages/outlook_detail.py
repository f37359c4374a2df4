"""What links do to the outlook, where they contradict windows, and which windows have passed."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from assessments.openings import ENOUGH_OPENINGS
from publishing.cards import opened_in, technology_url, window_of
from publishing.pages.link_lines import (
    LinkLine,
    assumed_words,
    contradiction_words,
    link_lines,
    name_of,
)
from publishing.pages.published import Published
from publishing.results import Progress
from publishing.wording import counted

ROWS_A_PAGE = 40
MOST_SPOKEN = 5


@dataclass(frozen=True)
class PassedWindow:
    name: str
    url: str
    words: str


@dataclass(frozen=True)
class OutlookPage:
    state: str
    headline: str
    assumed: str
    is_calibrated: bool
    strongest: tuple[LinkLine, ...]
    lines: "Page[LinkLine]"
    line_pages: str
    contradictions: tuple[str, ...]
    passed: tuple[PassedWindow, ...]
    opened: tuple[PassedWindow, ...]
    run_id: int
    computing: tuple[Progress, ...]


def outlook_page(published: Published, *, number: str = "") -> OutlookPage:
    effects, outlook = published.links, published.outlook
    lines = link_lines(effects, published) if effects else ()
    return OutlookPage(
        state=published.moment.of_all,
        headline=_headline(lines),
        assumed=assumed_words(effects, published.openings),
        is_calibrated=published.openings >= ENOUGH_OPENINGS,
        strongest=lines[:MOST_SPOKEN],
        lines=Paginator(lines, ROWS_A_PAGE).get_page(number),
        line_pages=f"{reverse('publishing:outlook-detail')}?page=",
        contradictions=contradiction_words(outlook.contradictions, published) if outlook else (),
        passed=_passed(published),
        opened=_opened(published),
        run_id=effects.run.id if effects else 0,
        computing=tuple(row for row in published.computing if row.kind in ("outlook", "links")),
    )


def _headline(lines: tuple[LinkLine, ...]) -> str:
    if not lines:
        return "No link acts on an outlook yet."
    moved = len({line.moved for line in lines})
    return (
        f"Links act in {counted(len(lines), 'way')} on the outlook of"
        f" {counted(moved, 'technology', 'technologies')}; no stated median moves by it."
    )


def _passed(published: Published) -> tuple[PassedWindow, ...]:
    """Windows whose last year is over while nobody has recorded an opening."""
    found = []
    for card in published.judged:
        end = card.card["scores"]["timing"]["to"]
        if end is not None and end < published.today.year and opened_in(card.body) is None:
            words = f"{window_of(card.card['scores']).printed}, and no opening is recorded"
            found.append(PassedWindow(*_named(card.slug, published), words))
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


def _opened(published: Published) -> tuple[PassedWindow, ...]:
    rows = [(opened_in(card.body), card.slug) for card in published.leads]
    known = sorted((year, slug) for year, slug in rows if year is not None)
    return tuple(
        PassedWindow(*_named(slug, published), f"open since {year}") for year, slug in known
    )


def _named(slug: str, published: Published) -> tuple[str, str]:
    return name_of(slug, published), technology_url(slug)
