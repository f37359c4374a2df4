"""The front page: impact against timing, and the same in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from assessments.values.scale import window_word
from publishing.cards import (
    LevelScore,
    Window,
    field_of_card,
    level_score,
    mark_of,
    opened_in,
    technology_url,
    window_of,
)
from publishing.fields import Field
from publishing.figures.deep_tech_map import deep_tech_map
from publishing.figures.map_layout import LEVELS, Mark
from publishing.filters import TechnologyFilters, entries_of
from publishing.memory import Remembered
from publishing.pages.address import Address
from publishing.pages.narrowing import Narrowing, narrowing
from publishing.pages.past import PastView, past_view
from publishing.pages.published import Published
from publishing.wording import in_words, opening_words, verb

GREAT = frozenset({"4", "4/5", "5", "5/5+", "5+"})
DEADLINE = 2030
ROWS_A_PAGE = 200


@dataclass(frozen=True)
class MapRow:
    name: str
    url: str
    field: Field
    impact: LevelScore
    window: Window
    opened: int | None
    how_far: str


View = tuple[Mark | None, MapRow]
_views: Remembered[tuple[Published, Mapping[str, View]]] = Remembered(most=4)


@dataclass(frozen=True)
class MapPage:
    """`lede` is in three parts; the middle one is the fact that is set in bold. `narrowing` and
    `past` are None where nothing can be asked for, as in the export."""

    state: str
    as_of: str
    headline: str
    lede: tuple[str, str, str]
    count: int
    figure: SafeString
    rows: tuple[MapRow, ...]
    unplaced: tuple[MapRow, ...]
    listing: Page[MapRow]
    narrowing: Narrowing | None = None
    past: PastView | None = None

    @property
    def is_past(self) -> bool:
        return bool(self.past and self.past.sentence)

    @property
    def status(self) -> int:
        return 400 if self.narrowing and self.narrowing.errors else 200


def map_page(published: Published, asked: QueryDict | None = None) -> MapPage:
    """The map of what is asked for; without a question all of it, and its table on one page."""
    judged = [entry for entry in entries_of(published) if not entry.card.is_yardstick]
    filters = TechnologyFilters(asked, judged)
    cards = [entry.card for entry in filters.qs]
    views = _views_of(published)
    placed = [mark for card in cards if (mark := views[card.slug][0])]
    rows = [views[card.slug][1] for card in cards]
    listing = _listing([row for row in rows if _is_placed(row)], asked)
    headline, lede = finding(placed)
    path = reverse("publishing:map")
    return MapPage(
        state=published.moment.of_record,
        as_of=published.as_of,
        headline=headline if cards else _nothing(filters),
        lede=lede,
        count=len(cards),
        figure=_figure(placed, published),
        rows=tuple(listing),
        unplaced=tuple(row for row in rows if not _is_placed(row)),
        listing=listing,
        narrowing=None if asked is None else narrowing(filters, published, path),
        past=None if asked is None else past_view(published, Address(path, filters.values)),
    )


def _views_of(published: Published) -> Mapping[str, View]:
    """The mark and the row of every technology, by its slug."""
    # The cards are the same object for as long as the record is; the value keeps them alive.
    key = id(published.cards), published.today
    return _views.get(key, lambda: (published, _read_views(published)))[1]


def _read_views(published: Published) -> Mapping[str, View]:
    return {
        card.slug: (mark_of(card, published.fields), _row(card, published))
        for card in published.judged
    }


def _figure(placed: Sequence[Mark], published: Published) -> SafeString:
    words = f"{published.today:%b %Y}" if published.past else "today"
    return deep_tech_map(placed, today=published.today, today_words=words)


def _listing(rows: Sequence[MapRow], asked: QueryDict | None) -> Page[MapRow]:
    ordered = sorted(rows, key=_map_order)
    if asked is None:
        return Paginator(ordered, max(len(ordered), 1)).get_page(1)
    return Paginator(ordered, ROWS_A_PAGE).get_page(asked.get("page"))


def _nothing(filters: TechnologyFilters) -> str:
    if len(filters.queryset):
        return "No technology matches all of these."
    return "Nothing was published then." if filters.past else "Nothing is published yet."


def finding(marks: Sequence[Mark]) -> tuple[str, tuple[str, str, str]]:
    """The headline and the lede that the marks amount to."""
    if not marks:
        return "No technology has both an impact and a date yet.", ("", "", "")
    great = [mark for mark in marks if mark.level in GREAT]
    opened = [mark for mark in great if mark.opened]
    if not great:
        headline = "No technology here would add 300 billion dollars a year."
    else:
        could = "technology could" if len(great) == 1 else "technologies could each"
        headline = f"{opening_words(len(great))} {could} add 300 billion dollars a year or more."
    if opened:
        are = "One is" if len(opened) == 1 else f"{opening_words(len(opened))} are"
        headline += f" {are} already open."
    return headline, _lede([mark for mark in great if not mark.opened], has_open=bool(opened))


def _lede(closed: Sequence[Mark], *, has_open: bool) -> tuple[str, str, str]:
    if not closed:
        return "", "", ""
    soon = [mark for mark in closed if mark.year_to and mark.year_to <= DEADLINE]
    sure = sum(mark.certainty == "high" for mark in soon)
    which = "Of the other" if has_open else "Of these"
    start = f"{which} {in_words(len(closed))}, "
    if not soon:
        return start, f"none has a window that ends by {DEADLINE}", "." + _furthest(closed)
    has = "has a window" if len(soon) == 1 else "have windows"
    fact = f"{in_words(len(soon))} {has} ending by {DEADLINE}"
    how = f"; the analysts are sure of the years for {in_words(sure) if sure else 'none'}."
    return start, fact, how + _furthest(closed)


def _furthest(closed: Sequence[Mark]) -> str:
    """A sentence on the one that promises most, if it is also the one furthest away."""
    by_level = min(closed, key=lambda mark: LEVELS.index(mark.level))
    is_alone = sum(mark.level == by_level.level for mark in closed) == 1
    is_last = all((mark.year_from or 0) <= (by_level.year_from or 0) for mark in closed)
    if len(closed) < 2 or not (is_alone and is_last):
        return ""
    name = by_level.name
    stays = verb(name, "stays", "stay")
    return f" {name} {verb(name, 'promises', 'promise')} most of them and {stays} furthest away."


def _row(card: PublishedCard, published: Published) -> MapRow:
    scores = card.card["scores"]
    window, opened = window_of(scores), opened_in(card.body)
    how_far = ""
    if opened is None and window.year_from is not None:
        how_far = window_word(window.year_from, window.year_to, on=published.today).value
    return MapRow(
        name=card.technology["name"],
        url=technology_url(card.slug),
        field=field_of_card(card, published.fields),
        impact=level_score(scores, "impact"),
        window=window,
        opened=opened,
        how_far=how_far,
    )


def _is_placed(row: MapRow) -> bool:
    has_time = row.opened is not None or row.window.year_from is not None
    return bool(row.impact.level) and has_time


def _map_order(row: MapRow) -> tuple[int, float, str]:
    year = row.opened if row.opened is not None else row.window.middle or 0
    return LEVELS.index(row.impact.printed), year, row.name.casefold()
