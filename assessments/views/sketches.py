"""Sketching: six keys and a sentence, said before what others said is shown."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from assessments.forms.backlog import PasteForm
from assessments.forms.reading import Frame
from assessments.forms.sketch import SketchForm
from assessments.models import Revision, Technology
from assessments.opinions import Opinion, opinion_on, says_the_same
from assessments.pages.sketches import paste_page, sketch_choice_page, sketch_page
from assessments.services.backlog import create_backlog
from assessments.services.drafting import Save, save_revision
from assessments.services.starting import start_card
from assessments.values.card import CardDocument
from assessments.values.scale import Detail
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def sketch_create(request: HttpRequest) -> HttpResponse:
    if "technology" not in request.GET:
        return _choice(request)
    opinion = opinion_on(technology=_technology(request), by=actor(request))
    head = opinion.head
    if head and head.detail != Detail.SKETCH:
        messages.info(request, "You have a full card on this already. Revise that one.")
        return redirect("assessments:card-edit", pk=head.card_id)
    form = SketchForm(posted(request), head)
    if form.is_valid():
        revision = _saved(form, opinion)
        if revision is not None:
            return redirect("publishing:sketch-detail", pk=revision.card_id)
    page = sketch_page(opinion, form)
    return render(request, "assessments/sketch_form.html", {"page": page}, status=status_of(form))


def _choice(request: HttpRequest) -> HttpResponse:
    page = sketch_choice_page(actor(request), request.GET.get("q", ""))
    status = 400 if page.error else 200
    return render(request, "assessments/sketch_choice.html", {"page": page}, status=status)


def _saved(form: SketchForm, opinion: Opinion) -> Revision | None:
    document = form.document(_frame(opinion))
    if document is None:
        return None
    try:
        return _write(opinion, document)
    except DomainError as error:
        refuse(form, error)
        return None


def _write(opinion: Opinion, document: CardDocument) -> Revision:
    if opinion.card is None or opinion.head is None:
        return start_card(technology=opinion.technology, document=document, by=opinion.author)
    if document.parent == opinion.head.content_hash and says_the_same(document, opinion.head):
        return opinion.head
    return save_revision(card=opinion.card, document=document, save=Save(by=opinion.author))


def _frame(opinion: Opinion) -> Frame:
    return Frame(
        slug=opinion.technology.slug,
        name=opinion.technology.name,
        role=opinion.role,
        author=opinion.author.get_username(),
    )


def _technology(request: HttpRequest) -> Technology:
    asked = request.GET.get("technology", "")
    found: Technology | None = Technology.objects.filter(slug=asked).first()
    if found is None:
        raise Http404("There is no technology of that address.")
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def backlog_paste(request: HttpRequest) -> HttpResponse:
    form = PasteForm(posted(request))
    if form.is_bound and form.is_valid() and request.POST.get("then") == "create":
        try:
            made = create_backlog(text=form.cleaned_data["names"], by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, f"{_added(len(made))} Sketch the first now.")
            return redirect("assessments:sketch-create")
    page = paste_page(form)
    return render(request, "assessments/backlog_form.html", {"page": page}, status=status_of(form))


def _added(count: int) -> str:
    if count == 0:
        return "Every name was on the list before."
    return "One technology is on the list." if count == 1 else f"{count} technologies are new."
