"""All indicators: what is measured, how far it has come, and who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from evidence.filters import IndicatorFilters
from evidence.selectors import Series, latest_point
from publishing.figures.scales import number_words
from publishing.pages.list_form import ListForm, list_form
from publishing.pages.published import Published
from publishing.wording import in_words, opening_words

ROWS_A_PAGE = 100
KINDS = {
    "cost": "cost",
    "performance": "performance",
    "share": "share",
    "count": "count",
}
FORMS = {"series": "a series that continues", "snapshot": "a snapshot of one moment"}


@dataclass(frozen=True)
class IndicatorRow:
    """`latest` and `period` are empty where nothing was measured yet."""

    name: str
    url: str
    unit: str
    kind: str
    latest: str
    period: str
    number: int
    publisher: str
    published_on: date | None
    is_public: bool
    is_snapshot: bool
    is_demonstration: bool


@dataclass(frozen=True)
class IndicatorListPage:
    headline: str
    form: ListForm
    rows: tuple[IndicatorRow, ...]
    listing: Page[Series]
    can_write: bool


def indicator_list_page(
    every: Sequence[Series], asked: QueryDict, published: Published, *, can_write: bool
) -> IndicatorListPage:
    filters = IndicatorFilters(asked, every)
    path = reverse("publishing:indicator-list")
    found = list(filters.qs)
    listing = Paginator(found, ROWS_A_PAGE).get_page(asked.get("page"))
    return IndicatorListPage(
        headline=_headline(found, len(every)),
        form=list_form(filters, published, path, {"kind": KINDS, "form": FORMS}),
        rows=tuple(_row(series) for series in listing),
        listing=listing,
        can_write=can_write,
    )


def _headline(found: Sequence[Series], total: int) -> str:
    if not found:
        return "No indicator is of that kind." if total else "No indicator is kept yet."
    long = sum(len(series.times) >= 5 and not series.is_snapshot for series in found)
    words = f"{opening_words(len(found))} {'indicator' if len(found) == 1 else 'indicators'}"
    if len(found) == 1:
        return f"{words}."
    which = "all" if long == len(found) else in_words(long)
    return f"{words}, {which} with five figures or more."


def indicator_url(slug: str) -> str:
    return reverse("publishing:indicator-detail", kwargs={"slug": slug})


def _row(series: Series) -> IndicatorRow:
    last = latest_point(series)
    return IndicatorRow(
        name=series.name,
        url=indicator_url(series.slug),
        unit=series.unit,
        kind=series.kind,
        latest=number_words(last.value) if last else "",
        period=last.period if last else "",
        number=len(series.points),
        publisher=series.publisher,
        published_on=max((point.vintage for point in series.points), default=None),
        is_public=series.is_public,
        is_snapshot=series.is_snapshot,
        is_demonstration=series.is_demonstration,
    )
