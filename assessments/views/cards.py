"""Scoring: the card editor, what is kept while one types, and what happens on a save."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor
from assessments.citing import asked_citation, citation_named, with_citation
from assessments.forms.card import CardEditor, editor_from, editor_of
from assessments.forms.reading import Frame, read_card, refuse_card
from assessments.models import Card, Revision, Technology
from assessments.opinions import (
    Opinion,
    fields_of,
    kept_of,
    opinion_of,
    opinion_on,
    opinion_to_revise,
    own_second,
    says_the_same,
    typed_in,
)
from assessments.pages.editor import editor_page
from assessments.pages.technologies import card_choice_page
from assessments.services.drafting import Save, drop_buffer, keep_buffer, open_card, save_revision
from assessments.services.minor import publish_minor_edit
from assessments.services.review import submit_revision
from assessments.services.starting import start_card
from assessments.values.card import CardDocument
from assessments.views.conflicts import meet
from assessments.views.going_back import base_asked, begin_from, says_why_back
from record.clock import now
from record.errors import Conflict, DomainError, NotAllowed


@never_cache
@require_http_methods(["GET", "POST"])
def card_create(request: HttpRequest) -> HttpResponse:
    if "technology" not in request.GET:
        return render(request, "assessments/card_choice.html", {"page": card_choice_page()})
    opinion = _asked(request)
    if request.method == "POST":
        return _save(request, _as_begun(request, opinion))
    if opinion.card is not None:
        address = reverse("assessments:card-edit", args=[opinion.card.pk])
        named = citation_named(request.GET)
        return redirect(f"{address}?{urlencode(named)}#citations" if named else address)
    return _editor(request, opinion, _begun(request, None))


@never_cache
@require_http_methods(["GET", "POST"])
def card_edit(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk)
    if request.method == "POST":
        return _save(request, opinion)
    kept = kept_of(opinion)
    if "from" in request.GET:
        return begin_from(request, opinion, kept)
    if kept is None:
        return _editor(request, opinion, _begun(request, opinion.content()))
    typed, citation = typed_in(kept), asked_citation(request.GET)
    editor = editor_from(with_citation(typed, citation) if citation else typed)
    page = editor_page(opinion, editor, kept, citing=citation_named(request.GET))
    return render(request, "assessments/card_form.html", {"page": page})


def _begun(request: HttpRequest, content: dict[str, Any] | None) -> CardEditor:
    """The editor of the card, with a row for the item that the address names."""
    citation = asked_citation(request.GET)
    if citation is None:
        return editor_of(content)
    card = content or {}
    return editor_of(card | {"citations": [*card.get("citations", ()), citation]})


def _asked(request: HttpRequest) -> Opinion:
    """Whoever comes to cite an item revises a card that is there, unless a second opinion is
    asked for."""
    technology, by = _technology(request), actor(request)
    if request.GET.get("role") == Card.Role.SECOND:
        return own_second(technology=technology, by=by) or opinion_on(technology=technology, by=by)
    if citation_named(request.GET):
        return opinion_to_revise(technology=technology, by=by)
    return opinion_on(technology=technology, by=by)


@require_POST
def buffer_start(request: HttpRequest) -> HttpResponse:
    opinion = _as_begun(request, opinion_on(technology=_technology(request), by=actor(request)))
    card = open_card(technology=opinion.technology, role=opinion.role, owner=opinion.author)
    return _keep(request, card)


@require_POST
def buffer_keep(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk)
    card = opinion.card
    if card is None or request.POST.get("then") != "discard":
        return _keep(request, get_object_or_404(Card, pk=pk))
    drop_buffer(card=card, user=opinion.author)
    messages.success(request, "What you had typed and not saved is gone.")
    return redirect("assessments:card-edit", pk=pk)


def _keep(request: HttpRequest, card: Card) -> HttpResponse:
    parent = request.POST.get("parent", "")[:64].replace("\0", "")
    fields = fields_of(request.POST)
    kept = kept_of(opinion_of(card=card, by=actor(request)))
    if "item" in fields and kept is not None and kept.fields.get("item") != fields["item"]:
        # The page of an issue never takes the place of what was typed in the editor.
        return JsonResponse({"kept_at": None}, status=409)
    keep_buffer(card=card, user=actor(request), parent_hash=parent, fields=fields)
    if request.POST.get("then") == "continue":
        return redirect("assessments:card-edit", pk=card.pk)
    return JsonResponse({"kept_at": formatted(now(), "H:i")})


def _technology(request: HttpRequest) -> Technology:
    asked = request.GET.get("technology", "")
    found: Technology | None = Technology.objects.filter(slug=asked).first()
    if found is None:
        raise Http404("There is no technology of that address.")
    return found


def _opinion(request: HttpRequest, pk: int) -> Opinion:
    rows = Card.objects.visible_to(request.user).select_related("technology", "owner")
    opinion = opinion_of(card=get_object_or_404(rows, pk=pk), by=actor(request))
    if opinion.is_foreign:
        raise NotAllowed("A second opinion is changed only by the analyst who gave it.")
    return opinion


def _as_begun(request: HttpRequest, opinion: Opinion) -> Opinion:
    """A lead card stays one when somebody else saved it meanwhile: that is a conflict to show."""
    if request.POST.get("role") != Card.Role.LEAD or not opinion.is_second:
        return opinion
    lead = opinion.technology.cards.get(role=Card.Role.LEAD)
    return opinion_of(card=lead, by=opinion.author)


def _editor(
    request: HttpRequest, opinion: Opinion, editor: CardEditor, status: int = 200
) -> HttpResponse:
    page = editor_page(
        opinion, editor, begun_from=base_asked(request), citing=citation_named(request.GET)
    )
    return render(request, "assessments/card_form.html", {"page": page}, status=status)


def _save(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    editor = editor_from(request.POST)
    document = read_card(editor, _frame(request, opinion))
    if document is None or not says_why_back(request, editor, document):
        return _editor(request, opinion, editor, 422)
    if _is_minor(request) and opinion.head is not None:
        # What is published without a second look does not claim to hold for another day.
        document = replace(document, as_of=opinion.head.as_of)
    try:
        revision = _write(opinion, document)
    except Conflict:
        return _meet(request, opinion, editor, document)
    except DomainError as error:
        refuse_card(editor, error)
        return _editor(request, opinion, editor, 422)
    return _saved(request, opinion, revision)


def _frame(request: HttpRequest, opinion: Opinion) -> Frame:
    return Frame(
        slug=opinion.technology.slug,
        name=opinion.technology.name,
        role=opinion.role,
        author=opinion.author.get_username(),
        is_final=_wants_review(request),
    )


def _wants_review(request: HttpRequest) -> bool:
    return request.POST.get("then") == "review"


def _is_minor(request: HttpRequest) -> bool:
    return request.POST.get("then") == "minor"


def _write(opinion: Opinion, document: CardDocument) -> Revision:
    head, by = opinion.head, opinion.author
    if opinion.card is None:
        return start_card(technology=opinion.technology, document=document, by=by)
    if head and document.parent == head.content_hash and says_the_same(document, head):
        drop_buffer(card=opinion.card, user=by)
        return head
    return save_revision(card=opinion.card, document=document, save=Save(by=by))


def _meet(
    request: HttpRequest, opinion: Opinion, editor: CardEditor, document: CardDocument
) -> HttpResponse:
    try:
        met = meet(request, opinion, document)
    except DomainError as error:
        refuse_card(editor, error)
        return _editor(request, opinion, editor, 422)
    return met if isinstance(met, HttpResponse) else _saved(request, opinion, met)


def _saved(request: HttpRequest, opinion: Opinion, revision: Revision) -> HttpResponse:
    is_new = opinion.head is None or revision.pk != opinion.head.pk
    words = (
        f"Saved as revision {revision.number}."
        if is_new
        else "Nothing changed: no revision was made."
    )
    try:
        if _wants_review(request):
            submit_revision(revision=revision, by=opinion.author)
            words += " It waits for a second pair of eyes."
        elif _is_minor(request):
            publish_minor_edit(revision=revision, by=opinion.author)
            words += " Readers see it at once; an editor looks at it within 14 days."
        elif is_new:
            words += " It is a draft: only the team sees it."
    except DomainError as error:
        messages.error(request, error.message)
    messages.success(request, words)
    return redirect("assessments:revision-list", pk=revision.card_id)
