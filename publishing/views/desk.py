"""The analysts' own pages: the desk and the monthly round."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import actor
from assessments.challenges import challenge_records
from assessments.minor import unseen_for
from assessments.models import Challenge, RoundAnswer
from assessments.new_figures import published_figures
from assessments.resting import cited_though_retracted, published_tensions
from assessments.second_opinions import noted_for
from assessments.selectors import count_sketches, round_answers, technologies_without_card
from assessments.waiting import drafts_waiting, remarks_waiting, reviews_waiting
from publishing.pages.desk import Backlog, Mine, desk_page
from publishing.pages.desk_evidence import EvidenceWaiting
from publishing.pages.desk_rows import MOST_ROWS
from publishing.pages.round import round_page
from publishing.selectors import published
from publishing.waiting import foretold_for, openings_for
from record.clock import today

REMEMBERED = timedelta(days=3 * 366)


@never_cache
@require_safe
def desk_detail(request: HttpRequest) -> HttpResponse:
    me, waiting = actor(request), technologies_without_card()
    mine = Mine(
        drafts=drafts_waiting(me),
        reviews=reviews_waiting(me),
        minor=unseen_for(me),
        remarks=remarks_waiting(me),
        noted=noted_for(me),
        sketches=count_sketches(author=me),
        foretold=foretold_for(me),
        openings=openings_for(me),
    )
    challenges = challenge_records(Challenge.objects.waiting())
    evidence = EvidenceWaiting(
        published_tensions(), cited_though_retracted(viewer=me), published_figures()
    )
    backlog = Backlog(tuple(waiting[:MOST_ROWS]), waiting.count(), challenges, evidence)
    page = desk_page(mine, backlog, published(), _answers())
    return render(request, "publishing/desk_detail.html", {"page": page})


@never_cache
@require_safe
def round_detail(request: HttpRequest) -> HttpResponse:
    page = round_page(published(), _answers(), request.GET.get("card", ""))
    return render(request, "publishing/round_detail.html", {"page": page})


def _answers() -> dict[int, RoundAnswer]:
    return round_answers(since=today() - REMEMBERED)
