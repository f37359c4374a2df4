"""Pages that one explores, and the tables of their charts as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from publishing.charts.chart import Table
from publishing.explanations import UNEXPLAINED, Reasons, reasons_among
from publishing.pages.compare.choice import Choice, choose, compare_url
from publishing.pages.compare.page import compare_page, profile_chart
from publishing.pages.compare.reasons import reasons_chart
from publishing.pages.pairs import pairs_chart, pairs_page
from publishing.pages.published import Published
from publishing.pages.ranking_history import MOST as MOST_FOLLOWED
from publishing.pages.ranking_history import (
    chosen_slugs,
    history_chart,
    ranking_history_page,
)
from publishing.pages.technology.drivers import drivers_table
from publishing.pages.technology.score_history import score_history
from publishing.selectors import publications_of, published
from publishing.selectors import ranking_history as days_of_history


@require_safe
def compare_detail(request: HttpRequest) -> HttpResponse:
    """What the form sends is brought to the one address of the same choice."""
    named, snapshot = request.GET.getlist("t"), published()
    choice = choose(named, snapshot)
    if choice.is_complete and named != [card.slug for card in choice.cards]:
        return redirect(compare_url(card.slug for card in choice.cards))
    page = compare_page(snapshot, choice, _reasons(snapshot, choice))
    return render(request, "publishing/compare_detail.html", {"page": page}, status=choice.status)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    choice = choose(request.GET.getlist("t"), snapshot)
    if not choice.is_complete:
        raise Http404("Name two to five published technologies.")
    return table_file(profile_chart(snapshot, choice).table, "compare")


@require_safe
def compare_reasons_csv(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    choice = choose(request.GET.getlist("t"), snapshot)
    chart = None
    if choice.is_complete:
        chart = reasons_chart(snapshot, choice, _reasons(snapshot, choice))
    if chart is None:
        raise Http404("Name two to five published technologies that are ranked.")
    return table_file(chart.table, "reasons")


def _reasons(snapshot: Published, choice: Choice) -> Reasons:
    if not choice.is_complete:
        return UNEXPLAINED
    return reasons_among(snapshot.ranking, [card.slug for card in choice.cards])


@require_safe
def ranking_history(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    choice = choose(request.GET.getlist("t"), snapshot, most=MOST_FOLLOWED)
    page = ranking_history_page(snapshot, choice, days_of_history())
    return render(request, "publishing/ranking_history.html", {"page": page}, status=choice.status)


@require_safe
def ranking_history_csv(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    choice = choose(request.GET.getlist("t"), snapshot, most=MOST_FOLLOWED)
    chart = history_chart(snapshot, chosen_slugs(snapshot, choice), days_of_history())
    if choice.trouble or chart is None:
        raise Http404("There is no history of these technologies.")
    return table_file(chart.table, "ranking-history")


@require_safe
def ranking_pairs(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/ranking_pairs.html", {"page": pairs_page(published())})


@require_safe
def ranking_pairs_csv(request: HttpRequest) -> HttpResponse:
    chart = pairs_chart(published())
    if chart is None:
        raise Http404("No two technologies are ranked yet.")
    return table_file(chart.table, "pairs")


@require_safe
def technology_history_csv(request: HttpRequest, slug: str) -> HttpResponse:
    snapshot = published()
    card = snapshot.lead(slug)
    if card is None:
        raise Http404("No technology of that name is published.")
    chart = score_history(card, publications_of(slug), today=snapshot.today)
    if chart is None:
        raise Http404("One revision has been published, so there is no history yet.")
    return table_file(chart.table, f"history-{slug}")


@require_safe
def technology_drivers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    snapshot = published()
    detail = None
    if snapshot.ranking is not None and snapshot.lead(slug) is not None:
        detail = snapshot.ranking.detail_of(slug)
    if detail is None:
        raise Http404("No published technology of that name is ranked.")
    return table_file(drivers_table(detail), f"drivers-{slug}")


def table_file(table: Table, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="bellwether-{name}.csv"'}
    return HttpResponse(table.csv, content_type="text/csv; charset=utf-8", headers=headers)
