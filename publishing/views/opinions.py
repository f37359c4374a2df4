"""The team's opinions on one technology, and the notes on why they differ."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from assessments.forms.review import ReconciliationForm
from assessments.models import Technology
from assessments.second_opinions import opinions_in
from assessments.services.comments import note_reconciliation
from publishing.pages.opinions import opinions_page
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def opinion_list(request: HttpRequest, slug: str) -> HttpResponse:
    technology: Technology = get_object_or_404(
        Technology.objects.visible_to(request.user), slug=slug
    )
    if request.method == "POST":
        return _note(request, technology)
    return _page(request, technology, ReconciliationForm())


def _note(request: HttpRequest, technology: Technology) -> HttpResponse:
    """A note speaks of what was shown: of the same revisions, or it is refused."""
    form, by = ReconciliationForm(request.POST), actor(request)
    revisions = opinions_in(technology, by)
    if [row.content_hash for row in revisions] != request.POST.getlist("spoke_of"):
        form.add_error(None, "An opinion changed since the page was opened. Look at it again.")
    if not form.is_valid():
        return _page(request, technology, form, 422)
    text = form.cleaned_data["text"]
    try:
        note_reconciliation(technology=technology, revisions=revisions, text=text, by=by)
    except DomainError as error:
        form.add_error(error.field or None, error.message)
        return _page(request, technology, form, 422)
    messages.success(request, "The note is kept beside the opinions. Only the team sees it.")
    return redirect("publishing:opinion-list", slug=technology.slug)


def _page(
    request: HttpRequest, technology: Technology, form: ReconciliationForm, status: int = 200
) -> HttpResponse:
    page = opinions_page(technology, actor(request), form)
    return render(request, "publishing/opinion_list.html", {"page": page}, status=status)
