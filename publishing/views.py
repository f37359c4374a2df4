"""Pages for readers: each fetches what is published, builds its page, answers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intake.errors import IntakeError
from intake.text import clean_text
from publishing.pages.changes import change_list_page
from publishing.pages.map import map_page
from publishing.pages.method import method_page
from publishing.pages.ranking import ranking_page
from publishing.pages.technologies import Wanted, technology_list_page
from publishing.pages.technology.page import technology_page
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
WORDS_WANTED = 120


@require_safe
def map_detail(request: HttpRequest) -> HttpResponse:
    unmoved = answer_unmoved(request, lambda: moment().of_record)
    if unmoved:
        return unmoved
    page = map_page(published(), field_slug=request.GET.get("field", ""))
    return answer_live(request, page, "publishing/map_detail.html")


@require_safe
def ranking_detail(request: HttpRequest) -> HttpResponse:
    unmoved = answer_unmoved(request, lambda: moment().of_ranking)
    if unmoved:
        return unmoved
    return answer_live(request, ranking_page(published()), "publishing/ranking_detail.html")


@require_safe
def technology_list(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    page = technology_list_page(published(), wanted, unpublished_for(request.user))
    status = 400 if wanted.error else 200
    return render(request, "publishing/technology_list.html", {"page": page}, status=status)


def _wanted(request: HttpRequest) -> Wanted:
    field_slug, words = request.GET.get("field", ""), request.GET.get("q", "")
    try:
        words = clean_text(words, multiline=False, field="The search", max_length=WORDS_WANTED)
    except IntakeError as error:
        return Wanted(field_slug=field_slug, error=str(error))
    return Wanted(words=words, field_slug=field_slug)


@require_safe
def technology_detail(request: HttpRequest, slug: str) -> HttpResponse:
    unmoved = answer_unmoved(request, lambda: moment().of_all)
    if unmoved:
        return unmoved
    page = technology_page(slug, published(), publications_of(slug))
    if page is None:
        raise Http404("No technology of that name is published.")
    return answer_live(request, page, "publishing/technology_detail.html")


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    listing = Paginator(public_changes(), CHANGES_A_PAGE).get_page(request.GET.get("page"))
    page = change_list_page(listing, published(), standing(listing))
    return render(request, "publishing/change_list.html", {"page": page})


@require_safe
def method_detail(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/method_detail.html", {"page": method_page()})
