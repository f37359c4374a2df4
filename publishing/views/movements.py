"""What changed between two rankings: since a day, and from one run to another."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from publishing.movements import movements_between, movements_since, ranking_runs
from publishing.pages.movements import movements_table
from publishing.pages.published import Published
from publishing.pages.run_compare import (
    MOST_OFFERED,
    ChosenRuns,
    choose_runs,
    offered_runs,
    run_compare_page,
)
from publishing.pages.since import Asked, asked_day, has_ranking_of, since_page
from publishing.results import Movements
from publishing.selectors import published
from publishing.views.charts import table_file
from record.live import answer_live
from scoring.selectors import DEFAULT_LENS


@require_safe
def ranking_since(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    asked = asked_day(request.GET.get("date", ""), snapshot)
    page = since_page(snapshot, asked, _since(asked, snapshot))
    response = answer_live(request, page, "publishing/ranking_since.html")
    if page.status != response.status_code == 200:
        response.status_code = page.status
    return response


@require_safe
def ranking_since_csv(request: HttpRequest) -> HttpResponse:
    snapshot = published()
    asked = asked_day(request.GET.get("date", ""), snapshot)
    movements = _since(asked, snapshot)
    if movements is None:
        raise Http404("Nothing can be compared with that day.")
    return table_file(movements_table(movements), f"since-{asked.text}")


def _since(asked: Asked, snapshot: Published) -> Movements | None:
    if asked.day is None or not has_ranking_of(snapshot, asked.day):
        return None
    return movements_since(day=asked.day, published=snapshot)


@require_safe
def run_compare(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    offered = offered_runs(ranking_runs()[:MOST_OFFERED])
    page = run_compare_page(chosen, offered, _between(chosen))
    response = answer_live(request, page, "publishing/run_compare.html")
    if page.status != response.status_code == 200:
        response.status_code = page.status
    return response


@require_safe
def run_compare_csv(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    movements = _between(chosen)
    if movements is None:
        raise Http404("Name two finished rankings.")
    return table_file(movements_table(movements), f"runs-{chosen.before}-{chosen.after}")


def _chosen(request: HttpRequest) -> ChosenRuns:
    numbers = ranking_runs().values_list("seq", flat=True)
    usual = numbers.filter(lens=DEFAULT_LENS, known_on=None)[:2]
    before, after = request.GET.get("a", ""), request.GET.get("b", "")
    return choose_runs(before, after, known=numbers, usual=list(usual))


def _between(chosen: ChosenRuns) -> Movements | None:
    if chosen.before is None or chosen.after is None or chosen.trouble:
        return None
    return movements_between(before=chosen.before, after=chosen.after, published=published())
