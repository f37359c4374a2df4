"""The first ten minutes, the step to a list of one's own, and the design language."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.selectors import has_demonstration
from publishing.forms import RemovalForm
from publishing.pages.design.page import design_page
from publishing.pages.own_list import own_list_page
from publishing.pages.tour import tour_page
from publishing.selectors import published
from record.errors import DomainError
from scoring.services.demonstration import demonstration_holdings, remove_demonstration


@require_safe
def tour_detail(request: HttpRequest) -> HttpResponse:
    page = tour_page(published(), request.user)
    return render(request, "publishing/tour_detail.html", {"page": page})


@require_safe
def design_detail(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/design_detail.html", {"page": design_page()})


@never_cache
@require_http_methods(["GET", "POST"])
def own_list(request: HttpRequest) -> HttpResponse:
    if not (settings.DEMO and has_demonstration()):
        raise Http404("There is no demonstration to leave behind.")
    form = RemovalForm(posted(request))
    if form.is_valid():
        try:
            gone = remove_demonstration(by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(
                request, f"{gone.technologies} technologies of the demonstration are gone."
            )
            return redirect("assessments:backlog-paste")
    page = own_list_page(demonstration_holdings(), form)
    context = {"page": page, "form": form}
    return render(request, "publishing/own_list_form.html", context, status=status_of(form))
