"""What the published cards predict, and the outlook that follows from their windows."""

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
from publishing.data import prediction_records
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
from publishing.pages.published import Published, day_words
from publishing.wording import counted, opening_words

ROWS_A_PAGE = 40


@dataclass(frozen=True)
class PredictionWanted:
    """Which part of the two lists is shown; the export asks for all rows on one page."""

    page: str = ""
    outlook: str = ""
    rows_a_page: int = ROWS_A_PAGE


@dataclass(frozen=True)
class PredictionView:
    """`parts` are the prediction's own fields, in the contract's names."""

    id: str
    slug: str
    technology: str
    url: str
    field: Field
    author: str
    deadline: date | None
    is_due: bool
    parts: dict[str, Any]


@dataclass(frozen=True)
class PredictionGroup:
    """Predictions of one deadline, all due or all open."""

    heading: str
    sentence: str
    is_due: bool
    rows: tuple[PredictionView, ...]


@dataclass(frozen=True)
class PredictionListPage:
    """`lede` is in three parts, the middle one set in bold."""

    as_of: str
    headline: str
    lede: tuple[str, str, str]
    count: int
    predictions: Page[PredictionView]
    groups: tuple[PredictionGroup, ...]
    outlook: Page[OutlookLine]
    axis: SafeString
    opened: str
    run_url: str
    form: ListForm | None
    prediction_pages: str
    outlook_pages: str


def prediction_list_page(
    published: Published, wanted: PredictionWanted | None = None, asked: QueryDict | None = None
) -> PredictionListPage:
    wanted = wanted or PredictionWanted()
    filters = PredictionFilters(asked, prediction_records(published), published=published)
    kept = {record["id"] for record in filters.qs}
    predictions = tuple(view for view in predictions_of(published) if view.id in kept)
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
        form=None if asked is None else list_form(filters, published, path, {}),
        prediction_pages=_pages(filters, path, "page", outlook=wanted.outlook),
        outlook_pages=_pages(filters, path, "outlook", page=wanted.page),
    )


def _pages(filters: PredictionFilters, path: str, name: str, **kept: str) -> str:
    """The beginning of the address of each further page of one of the two lists."""
    return Address(path, filters.values | kept).url(**{name: 0}).removesuffix("0")


def predictions_of(published: Published) -> tuple[PredictionView, ...]:
    """Of the lead cards: due first, then by deadline; those without one come last."""
    views = (view for card in published.leads for view in _views(card, published))
    return tuple(sorted(views, key=_order))


def finding(predictions: Sequence[PredictionView], *, of: int = 0) -> str:
    """What the predictions amount to, in a sentence or two; `of` are all, where some are shown."""
    if not predictions:
        return "No prediction matches." if of else "No published card makes a prediction yet."
    headline = _how_many(len(predictions), of)
    due = sum(view.is_due for view in predictions)
    if due:
        verb = "has reached its deadline and waits" if due == 1 else "have reached theirs and wait"
        return f"{headline} {opening_words(due)} {verb} to be resolved."
    dated = [view.deadline for view in predictions if view.deadline]
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


def _groups(views: Iterable[PredictionView]) -> Iterator[PredictionGroup]:
    for (is_due, deadline), found in groupby(views, key=lambda row: (row.is_due, row.deadline)):
        rows = tuple(found)
        yield PredictionGroup(
            heading=day_words(deadline) if deadline else "No deadline",
            sentence=_sentence(len(rows), is_due=is_due, has_deadline=deadline is not None),
            is_due=is_due,
            rows=rows,
        )


def _sentence(count: int, *, is_due: bool, has_deadline: bool) -> str:
    what = counted(count, "prediction")
    opening = what[:1].upper() + what[1:]
    if is_due:
        return f"{opening}, due and not resolved."
    return f"{opening}, open." if has_deadline else f"{opening}: nobody can say when to look."
