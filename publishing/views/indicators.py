"""Indicators, as readers see them; the team also sees those that are not public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Role, has_role
from evidence.selectors import Series, vintages_of, visible_indicators, visible_series
from publishing.pages.indicators.ahead import ahead_of
from publishing.pages.indicators.detail import indicator_page, indicator_table
from publishing.pages.indicators.listing import indicator_list_page
from publishing.predicted import predicted
from publishing.selectors import published
from publishing.views.charts import table_file
from scoring.predictions import latest_forecasts


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    every, can_write = visible_indicators(request.user), has_role(request.user, Role.ANALYST)
    page = indicator_list_page(every, request.GET, published(), can_write=can_write)
    status = page.form.status
    return render(request, "publishing/indicator_list.html", {"page": page}, status=status)


@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = _seen(request, slug)
    can_write = has_role(request.user, Role.ANALYST)
    record = published()
    fan = latest_forecasts([slug]).get(slug)
    ahead = ahead_of(series, fan, predicted(record), record)
    page = indicator_page(series, vintages_of(slug), can_write=can_write, ahead=ahead)
    return render(request, "publishing/indicator_detail.html", {"page": page})


@require_safe
def indicator_history_csv(request: HttpRequest, slug: str) -> HttpResponse:
    return table_file(indicator_table(_seen(request, slug)), f"indicator-{slug}")


def _seen(request: HttpRequest, slug: str) -> Series:
    series = visible_series(request.user, slug)
    if series is None:
        raise Http404("There is no indicator of that name.")
    return series
