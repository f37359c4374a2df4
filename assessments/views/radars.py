"""Taking a technology radar in as sketches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.forms.radar import RadarForm
from assessments.models import Domain
from assessments.pages.radars import RadarDone, RadarPage
from assessments.radars import rows_of
from assessments.services.radars import import_radar
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def radar_import(request: HttpRequest) -> HttpResponse:
    data = posted(request)
    names = tuple(Domain.objects.order_by("name").values_list("name", flat=True))
    form = RadarForm(data, request.FILES if data is not None else None, names)
    # A refusal takes nothing back of what was said: the entries stay on the page.
    is_answered = form.is_bound and form.is_valid() and form.is_answered
    is_save = request.POST.get("then") == "save"
    if form.is_bound and form.is_valid() and is_save and not form.is_of_another_text:
        form.refuse_open()
        saved = _saved(request, form) if is_answered else None
        if saved is not None:
            return saved
    page = _page(request, form) if is_answered else RadarPage(form)
    return render(request, "assessments/radar_form.html", {"page": page}, status=status_of(form))


def _saved(request: HttpRequest, form: RadarForm) -> HttpResponse | None:
    if form.radar is None:
        return None
    try:
        done = import_radar(radar=form.radar, mapping=form.mapping(), by=actor(request))
    except DomainError as error:
        refuse(form, error)
        return None
    return render(request, "assessments/radar_done.html", {"page": RadarDone(done.rows)})


def _page(request: HttpRequest, form: RadarForm) -> RadarPage:
    if form.radar is None:
        return RadarPage(form)
    return RadarPage(form, rows_of(form.radar, form.mapping(), actor(request)))
