from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.actors import actor
from assessments.models import Card, Revision
from assessments.selectors import last_published
from assessments.services.round import answer_round
from record.errors import DomainError

WORDS = {"still right": "still right", "open": "open: it waits on the desk for a revision"}


@require_POST
def round_answer(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Card.objects.visible_to(request.user).select_related("technology")
    card = get_object_or_404(rows, pk=pk)
    answer = request.POST.get("answer", "")
    try:
        answer_round(revision=_shown(request, card), answer=answer, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{card.technology.name} is {WORDS[answer]}.")
    return redirect("publishing:round-detail")


def _shown(request: HttpRequest, card: Card) -> Revision:
    """The revision that was on the page; what readers see now where the form names none."""
    shown_hash = request.POST.get("shown_hash", "").replace("\0", "")
    revision = card.revisions.filter(content_hash=shown_hash).first() or last_published(card)
    if revision is None:
        raise DomainError(f"Readers see nothing of {card.technology.name}.")
    return revision
