"""The analysts' own pages: the desk and the monthly round."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import actor
from assessments.models import RoundAnswer
from assessments.selectors import count_sketches, round_answers, technologies_without_card
from assessments.waiting import drafts_waiting, reviews_waiting
from publishing.pages.desk import MOST_ROWS, Backlog, Mine, desk_page
from publishing.pages.round import round_page
from publishing.selectors import published
from record.clock import today

REMEMBERED = timedelta(days=3 * 366)


@never_cache
@require_safe
def desk_detail(request: HttpRequest) -> HttpResponse:
    me, waiting = actor(request), technologies_without_card()
    mine = Mine(drafts_waiting(me), reviews_waiting(me), count_sketches(author=me))
    backlog = Backlog(tuple(waiting[:MOST_ROWS]), waiting.count())
    page = desk_page(mine, backlog, published(), _answers())
    return render(request, "publishing/desk_detail.html", {"page": page})


@never_cache
@require_safe
def round_detail(request: HttpRequest) -> HttpResponse:
    page = round_page(published(), _answers(), request.GET.get("card", ""))
    return render(request, "publishing/round_detail.html", {"page": page})


def _answers() -> dict[int, RoundAnswer]:
    return round_answers(since=today() - REMEMBERED)
