"""Sketches ranked among themselves and the published cards, for the team alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import actor
from assessments.selectors import private_sketches
from publishing.pages.sketches import sketch_detail_page, sketch_list_page
from publishing.selectors import private_ranking, published


@never_cache
@require_safe
def sketch_list(request: HttpRequest) -> HttpResponse:
    me, is_team = actor(request), request.GET.get("whose") == "team"
    sketches, record = private_sketches(actor=me), published()
    own = [one for one in sketches if is_team or one.author_id == me.pk]
    ranking = private_ranking(published=record, own=own)
    page = sketch_list_page(sketches, record, ranking, me.pk, is_team=is_team)
    return render(request, "publishing/sketch_list.html", {"page": page})


@never_cache
@require_safe
def sketch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found, record = private_sketches(actor=actor(request), card_id=pk), published()
    if not found:
        raise Http404("There is no sketch of that number.")
    ranking = private_ranking(published=record, own=found)
    page = sketch_detail_page(found[0], record, ranking, actor(request).pk)
    return render(request, "publishing/sketch_detail.html", {"page": page})
