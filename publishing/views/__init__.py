"""Pages for readers: each fetches what is published, builds its page, answers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.challenges import challenges_on
from publishing.explanations import explained, steadiness_of
from publishing.filters import ChangeFilters, TechnologyFilters
from publishing.held import answer_held, held
from publishing.own_weights import lenses_to_choose, ranking_asked_for
from publishing.pages.changes import KINDS, change_list_page
from publishing.pages.list_form import list_form
from publishing.pages.map import map_page
from publishing.pages.method import method_page
from publishing.pages.prediction.rows import rows_about
from publishing.pages.published import Published
from publishing.pages.ranking import ranking_list_page, ranking_state
from publishing.pages.ranking_choices import question_tag, ranking_filters, url_of_form
from publishing.pages.technologies import technology_list_page
from publishing.pages.technology.page import technology_page, technology_state
from publishing.predicted import predicted
from publishing.selectors import (
    moment,
    public_changes,
    publications_of,
    published,
    standing,
    unpublished_for,
)
from record.live import answer_live, answer_unmoved

CHANGES_A_PAGE = 50


@require_safe
def map_detail(request: HttpRequest) -> HttpResponse:
    unmoved = answer_unmoved(request, lambda: moment().of_record)
    if unmoved:
        return unmoved
    page = map_page(_record_asked_for(request), request.GET)
    response = answer_live(request, page, "publishing/map_detail.html")
    if page.status != response.status_code == 200:
        response.status_code = page.status
    return response


def _record_asked_for(request: HttpRequest) -> Published:
    """The published record of now, or of the date that the address names."""
    past = TechnologyFilters(request.GET, ()).past
    return published(as_of=past.as_of, known_on=past.known_on) if past else published()


@require_safe
def ranking_detail(request: HttpRequest) -> HttpResponse:
    """What the form of weights sends is brought to the one address of the same weights."""
    if typed := url_of_form(request.GET):
        return redirect(typed)
    record = published()
    filters = ranking_filters(request.GET, record)
    ranking = ranking_asked_for(record, filters)
    steady = {} if filters.weighed else steadiness_of(ranking)
    tag = question_tag(filters)
    state = ranking_state(record.moment, tag, ranking, has_steadiness=bool(steady))
    unmoved = answer_unmoved(request, lambda: state) or answer_held(request, state)
    if unmoved:
        return unmoved
    page = ranking_list_page(record, ranking, lenses_to_choose(), filters, request.GET, steady)
    response = answer_live(request, page, "publishing/ranking_detail.html")
    return held(request, response, state, page.status)


@require_safe
def technology_list(request: HttpRequest) -> HttpResponse:
    record, hidden = _record_asked_for(request), unpublished_for(request.user)
    page = technology_list_page(record, request.GET, hidden)
    return render(request, "publishing/technology_list.html", {"page": page}, status=page.status)


@require_safe
def technology_detail(request: HttpRequest, slug: str) -> HttpResponse:
    record, challenges = published(), challenges_on(slug)
    found = predicted(record)
    foretold = rows_about(slug, found, record)
    unmoved = answer_unmoved(request, lambda: technology_state(moment(), foretold, challenges))
    if unmoved:
        return unmoved
    why = explained(record.ranking, slug)
    page = technology_page(slug, record, publications_of(slug), why, found, challenges)
    if page is None:
        raise Http404("No technology of that name is published.")
    return answer_live(request, page, "publishing/technology_detail.html")


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    record = published()
    filters = ChangeFilters(request.GET, public_changes(), published=record)
    form = list_form(filters, record, request.path, {"kind": KINDS})
    listing = Paginator(filters.qs, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    page = change_list_page(listing, record, standing(row.change for row in listing), form)
    return render(request, "publishing/change_list.html", {"page": page}, status=form.status)


@require_safe
def method_detail(request: HttpRequest) -> HttpResponse:
    page = method_page(published())
    return render(request, "publishing/method_detail.html", {"page": page})
