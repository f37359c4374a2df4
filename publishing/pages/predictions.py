"""Predictions, checkable or worded on cards, and the outlook that follows from windows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from publishing.cards import field_of_card, technology_url
from publishing.fields import Field
from publishing.filters import PredictionFilters
from publishing.pages.address import Address
from publishing.pages.list_form import ListForm, list_form
from publishing.pages.outlook import (
    OutlookLine,
    opened_words,
    outlook_axis,
    outlook_finding,
    outlook_lines,
    run_url,
)
from publishing.pages.prediction.rows import DUE, OPEN, OVER, CheckableRow, checkable_rows
from publishing.pages.published import Published, day_words
from publishing.predicted import Predicted
from publishing.prediction_data import prediction_records
from publishing.wording import counted, opening_words

ROWS_A_PAGE = 40
WORDED_DUE, WORDED = "worded, due", "worded"
CHECKABLE_PART, WORDED_PART = "Checkable", "Worded on cards"
PARTS = {
    DUE: CHECKABLE_PART,
    OPEN: CHECKABLE_PART,
    OVER: CHECKABLE_PART,
    WORDED_DUE: WORDED_PART,
    WORDED: WORDED_PART,
}
HEADINGS = {DUE: "Due", OVER: "Resolved"}
SENTENCES = {
    DUE: "whose answer can be read or waits to be confirmed",
    OVER: "the newest answer first",
    WORDED_DUE: "due and not resolved",
}


@dataclass(frozen=True)
class PredictionWanted:
    """Which part of the two lists is shown, and for whom; the export asks for more rows a page."""

    page: str = ""
    outlook: str = ""
    rows_a_page: int = ROWS_A_PAGE
    can_make: bool = False


@dataclass(frozen=True)
class PredictionView:
    """A prediction that a card words; `parts` are its fields, in the contract's names."""

    id: str
    slug: str
    technology: str
    url: str
    field: Field
    author: str
    deadline: date | None
    is_due: bool
    parts: dict[str, Any]


Entry = PredictionView | CheckableRow


@dataclass(frozen=True)
class PredictionGroup:
    """Predictions of one stage and one deadline, all checkable or all worded on cards; `begins` is
    the heading of the part of the list that starts with it."""

    heading: str
    sentence: str
    is_due: bool
    rows: tuple[Entry, ...]
    is_worded: bool = True
    begins: str = ""


@dataclass(frozen=True)
class PredictionListPage:
    """`lede` is in three parts, the middle one set in bold."""

    as_of: str
    headline: str
    lede: tuple[str, str, str]
    count: int
    predictions: Page[Entry]
    groups: tuple[PredictionGroup, ...]
    outlook: Page[OutlookLine]
    axis: SafeString
    opened: str
    run_url: str
    form: ListForm | None
    prediction_pages: str
    outlook_pages: str
    can_make: bool


def prediction_list_page(
    published: Published,
    wanted: PredictionWanted | None = None,
    asked: QueryDict | None = None,
    found: Sequence[Predicted] = (),
) -> PredictionListPage:
    """`found` are the checkable predictions, which come before those that cards word."""
    wanted = wanted or PredictionWanted()
    filters = PredictionFilters(asked, prediction_records(published, found), published=published)
    kept = {record["id"] for record in filters.qs}
    predictions = tuple(view for view in entries_of(published, found) if view.id in kept)
    lines, path = outlook_lines(published), reverse("publishing:prediction-list")
    listing = Paginator(predictions, wanted.rows_a_page).get_page(wanted.page)
    strips = Paginator(lines, wanted.rows_a_page).get_page(wanted.outlook)
    return PredictionListPage(
        as_of=published.as_of,
        headline=finding(predictions, of=len(filters.queryset)),
        lede=outlook_finding(lines),
        count=len(predictions),
        predictions=listing,
        groups=tuple(_groups(listing)),
        outlook=strips,
        axis=outlook_axis(list(strips)),
        opened=opened_words(lines),
        run_url=run_url(published),
        form=None if asked is None else list_form(filters, published, path, _words_of(found)),
        can_make=wanted.can_make,
        prediction_pages=_pages(filters, path, "page", outlook=wanted.outlook),
        outlook_pages=_pages(filters, path, "outlook", page=wanted.page),
    )


def _pages(filters: PredictionFilters, path: str, name: str, **kept: str) -> str:
    """The beginning of the address of each further page of one of the two lists."""
    return Address(path, filters.values | kept).url(**{name: 0}).removesuffix("0")


def entries_of(published: Published, found: Sequence[Predicted]) -> tuple[Entry, ...]:
    """Checkable ones, then those that cards word. A key that both have is the checkable one's."""
    rows = checkable_rows(found, published)
    taken = {row.id for row in rows}
    return (*rows, *(view for view in predictions_of(published) if view.id not in taken))


def _words_of(found: Sequence[Predicted]) -> dict[str, dict[str, str]]:
    """The technologies and indicators that the filters offer by name."""
    indicators = sorted({one.record.indicator for one in found if one.record.indicator})
    technologies = {one.record.technology_slug: one.record.technology_name for one in found}
    named = dict(sorted(technologies.items(), key=lambda pair: pair[1].casefold()))
    words = {"indicator": {slug: slug.replace("-", " ") for slug in indicators}}
    return words | ({"technology": named} if named else {})


def predictions_of(published: Published) -> tuple[PredictionView, ...]:
    """Of the lead cards: due first, then by deadline; those without one come last."""
    views = (view for card in published.leads for view in _views(card, published))
    return tuple(sorted(views, key=_order))


def finding(predictions: Sequence[Entry], *, of: int = 0) -> str:
    """What the predictions amount to, in a sentence or two; `of` are all, where some are shown."""
    if not predictions:
        return "No prediction matches." if of else "Nobody has made a prediction yet."
    headline = _how_many(len(predictions), of)
    due = sum(view.is_due for view in predictions)
    if due:
        verb = "has reached its day and waits" if due == 1 else "have reached theirs and wait"
        return f"{headline} {opening_words(due)} {verb} to be resolved."
    over = [view for view in predictions if isinstance(view, CheckableRow) and view.stage == OVER]
    dated = [view.deadline for view in predictions if view.deadline and view not in over]
    return f"{headline} The first is due on {day_words(min(dated))}." if dated else headline


def _how_many(count: int, of: int) -> str:
    if count < of:
        match = "matches" if count == 1 else "match"
        return f"{opening_words(count)} of {counted(of, 'prediction')} {match}."
    stand = "prediction stands" if count == 1 else "predictions stand"
    return f"{opening_words(count)} {stand} in the record."


def _views(card: PublishedCard, published: Published) -> Iterator[PredictionView]:
    for number, parts in enumerate(card.card["predictions"], 1):
        deadline = date.fromisoformat(parts["deadline"]) if parts["deadline"] else None
        yield PredictionView(
            id=f"{card.slug}-{number}",
            slug=card.slug,
            technology=card.technology["name"],
            url=technology_url(card.slug),
            field=field_of_card(card, published.fields),
            author=card.author,
            deadline=deadline,
            is_due=deadline is not None and deadline <= published.today,
            parts=parts,
        )


def _order(view: PredictionView) -> tuple[bool, date, str]:
    return not view.is_due, view.deadline or date.max, view.technology.casefold()


def _groups(views: Iterable[Entry]) -> Iterator[PredictionGroup]:
    before = ""
    for (stage, deadline), found in groupby(views, key=_place):
        rows = tuple(found)
        is_worded, part = stage in {WORDED_DUE, WORDED}, PARTS[stage]
        is_due = stage in {DUE, WORDED_DUE}
        yield PredictionGroup(
            heading=_heading(stage, deadline),
            sentence=_sentence(len(rows), stage=stage, has_deadline=deadline is not None),
            is_due=is_due,
            rows=rows,
            is_worded=is_worded,
            begins=part if part != before else "",
        )
        before = part


def _place(view: Entry) -> tuple[str, date | None]:
    """What is due, and what is over, stands together whatever its deadline."""
    if isinstance(view, PredictionView):
        return (WORDED_DUE if view.is_due else WORDED), view.deadline
    return view.stage, view.deadline if view.stage == OPEN else None


def _heading(stage: str, deadline: date | None) -> str:
    if stage in HEADINGS:
        return HEADINGS[stage]
    return day_words(deadline) if deadline else "No deadline"


def _sentence(count: int, *, stage: str, has_deadline: bool) -> str:
    what = counted(count, "prediction")
    opening = what[:1].upper() + what[1:]
    if stage in SENTENCES:
        return f"{opening}, {SENTENCES[stage]}."
    return f"{opening}, open." if has_deadline else f"{opening}: nobody can say when to look."
