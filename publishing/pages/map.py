"""The front page: impact against timing, and the same in a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from publishing.pages.published import Published
from publishing.wording import in_words, opening_words, verb

GREAT = frozenset({"4", "4/5", "5", "5/5+", "5+"})
DEADLINE = 2030


@dataclass(frozen=True)
class FieldChip:
    name: str
    url: str
    count: int
    field: Field | None
    is_current: bool


@dataclass(frozen=True)
class MapRow:
    name: str
    url: str
    field: Field
    impact: LevelScore
    window: Window
    opened: int | None
    how_far: str


@dataclass(frozen=True)
class MapPage:
    """`lede` is in three parts; the middle one is the fact that is set in bold."""

    state: str
    field_slug: str
    as_of: str
    headline: str
    lede: tuple[str, str, str]
    count: int
    chips: tuple[FieldChip, ...]
    figure: SafeString
    rows: tuple[MapRow, ...]
    unplaced: tuple[MapRow, ...]


def map_page(published: Published, *, field_slug: str = "") -> MapPage:
    """The map of all fields, or of the one chosen; an unknown field shows all."""
    chips = field_chips(published.judged, published, field_slug, reverse("publishing:map"))
    chosen = next((chip.field for chip in chips if chip.is_current), None)
    cards = [
        card
        for card in published.judged
        if chosen is None or field_of_card(card, published.fields) == chosen
    ]
    marks = {card.slug: mark_of(card, published.fields) for card in cards}
    placed = [mark for mark in marks.values() if mark]
    rows = [_row(card, published) for card in cards]
    headline, lede = finding(placed)
    return MapPage(
        state=published.moment.of_record,
        field_slug=chosen.slug if chosen else "",
        as_of=published.as_of,
        headline=headline if cards else "Nothing is published yet.",
        lede=lede,
        count=len(cards),
        chips=chips,
        figure=deep_tech_map(placed, today=published.today),
        rows=tuple(sorted((row for row in rows if _is_placed(row)), key=_map_order)),
        unplaced=tuple(row for row in rows if not _is_placed(row)),
    )


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


def field_chips(
    cards: Iterable[PublishedCard], published: Published, field_slug: str, url: str
) -> tuple[FieldChip, ...]:
    """One chip a field that has cards, after one for all; an unknown slug chooses all. `url`
    is the page's address, perhaps with a query already."""
    counts: dict[Field, int] = {}
    for card in cards:
        field = field_of_card(card, published.fields)
        counts[field] = counts.get(field, 0) + 1
    known = [field for field in dict.fromkeys(published.fields.values()) if field in counts]
    known += [field for field in counts if field not in known]
    joint = "&" if "?" in url else "?"
    chips = [
        FieldChip(
            name=field.name,
            url=f"{url}{joint}field={field.slug}",
            count=counts[field],
            field=field,
            is_current=field.slug == field_slug,
        )
        for field in known
    ]
    is_all = not any(chip.is_current for chip in chips)
    return (FieldChip("All fields", url, sum(counts.values()), None, is_all), *chips)


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
