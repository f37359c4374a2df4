"""A newsletter issue of the library becomes a card: choose the technology, correct, save."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, status_of
from assessments.forms.card import CardEditor, editor_from
from assessments.forms.newsletter import (
    Answers,
    LetterForm,
    TechnologyForm,
    answered,
    ids_of,
    refuse_open,
)
from assessments.forms.reading import Frame, read_card, refuse_card
from assessments.importing.newsletter.issue import ReadIssue
from assessments.models import Card, Revision, Technology
from assessments.newsletters import (
    IssuePart,
    is_of,
    issue_in,
    part_of,
    place_of,
    technology_called,
    typed_elsewhere,
)
from assessments.opinions import fields_of, kept_of, opinion_of, typed_in
from assessments.pages.newsletters import begun, choice_page, issue_page, next_page
from assessments.selectors import head_of, state_of
from assessments.services.challenges import ChallengeRefused, Received
from assessments.services.drafting import keep_buffer
from assessments.services.newsletters import receive_letter, save_from_issue
from assessments.services.review import submit_revision
from assessments.services.technologies import Facts, create_technology
from assessments.states import State
from assessments.values import limits
from assessments.values.card import CardDocument
from evidence.models import Item
from intake.numbers import whole_or_zero
from record.errors import Conflict, DomainError

_ELSEWHERE = (
    "You typed on this card in its editor and did not save it. Open it there and save it or throw"
    " it away; then save this page again."
)


@never_cache
@require_http_methods(["GET", "POST"])
def issue_card(request: HttpRequest, key: str) -> HttpResponse:
    item = _item(request, key)
    if "technology" not in request.GET:
        return _choice(request, item)
    part = _part(request, item)
    if request.method == "POST":
        return _save(request, part)
    kept = kept_of(part.opinion)
    if kept is not None and is_of(kept, item.key):
        sent = typed_in(kept)
        page = issue_page(part, editor_from(sent), sent.dict(), kept)
        return render(request, "assessments/issue_form.html", {"page": page})
    return _editor(request, part, begun(part))


@never_cache
@require_http_methods(["GET", "POST"])
def issue_next(request: HttpRequest, key: str) -> HttpResponse:
    """What else the issue holds; a letter of its mailbag is sent to the ledger from here."""
    item = _item(request, key)
    issue = issue_in(item)
    revision = _saved_one(request)
    place = _place_asked(request, issue, revision)
    number = whole_or_zero(request.POST.get("letter", ""))
    form = LetterForm(posted(request), auto_id=ids_of(number))
    if form.is_bound and form.is_valid():
        is_read = 0 < number <= len(issue.letters)
        words = issue.letters[number - 1].claim.words if is_read else ""
        received = _received(request, item, form, words)
        if received is not None:
            told = "" if received.is_new else " already, and stays as it was first entered"
            messages.success(request, f"The letter is in the ledger{told}: {received.challenge}.")
            return redirect(f"{request.get_full_path()}#mailbag")
    sent = (number, form) if form.is_bound else None
    page = next_page(item, issue, revision, place, sent)
    return render(request, "assessments/issue_next.html", {"page": page}, status=status_of(form))


def _received(request: HttpRequest, item: Item, form: LetterForm, letter: str) -> Received | None:
    technology = technology_called(form.cleaned_data["technology"].strip())
    if technology is None:
        form.add_error("technology", "Needed: the name or an alias of a technology of the list.")
        return None
    try:
        return receive_letter(
            technology=technology,
            claim=form.claim_sent(letter),
            sender=form.sender(),
            reply=form.cleaned_data["reply"],
            source=item,
            by=actor(request),
        )
    except ChallengeRefused as error:
        for field, fault in error.faults.items():
            form.add_error(field if field in form.fields else None, fault)
    except DomainError as error:
        form.add_error("reply" if error.field == "note" else None, error.message)
    return None


def _item(request: HttpRequest, key: str) -> Item:
    item: Item = get_object_or_404(Item.objects.visible_to(request.user), key=key)
    return item


def _choice(request: HttpRequest, item: Item) -> HttpResponse:
    """Nothing is taken for a technology that was only named: somebody says which it is."""
    issue, form = issue_in(item), TechnologyForm(posted(request))
    place, unknown = _place(request.POST.get("part", "1"), len(issue.parts)), ""
    if form.is_bound and form.is_valid():
        technology = _named(request, form)
        if technology is not None:
            address = reverse("assessments:issue-card", args=[item.key])
            return redirect(f"{address}?technology={technology.slug}&part={place + 1}")
        unknown = "" if form.errors else form.cleaned_data["name"]
    sent = (place, form, unknown) if form.is_bound else None
    page = choice_page(item, issue, sent)
    return render(request, "assessments/issue_choice.html", {"page": page}, status=status_of(form))


def _named(request: HttpRequest, form: TechnologyForm) -> Technology | None:
    """The technology of that name; a new one only where that was asked for."""
    name = form.cleaned_data["name"]
    found = technology_called(name)
    if found is not None or request.POST.get("then") != "create":
        return found
    slug = slugify(name)[: limits.SLUG].strip("-_").replace("_", "-")
    if not slug:
        form.add_error("name", "No address can be made from this name. Add it by hand first.")
        return None
    try:
        return create_technology(facts=Facts(slug=slug, name=name), by=actor(request))
    except DomainError as error:
        form.add_error("name", error.message)
        return None


def _place(sent: str, parts: int) -> int:
    place = whole_or_zero(sent) - 1
    if not 0 <= place < parts:
        raise Http404("The issue has no such part.")
    return place


def _place_asked(request: HttpRequest, issue: ReadIssue, revision: Revision | None) -> int:
    """The part that the address names, else the one about the technology of the saved card."""
    known = place_of(issue, revision.card.technology if revision else None)
    return _place(request.GET.get("part", str(known + 1)), len(issue.parts))


def _part(request: HttpRequest, item: Item) -> IssuePart:
    rows = Technology.objects.filter(slug=request.GET.get("technology", ""))
    technology: Technology = get_object_or_404(rows)
    place = whole_or_zero(request.GET.get("part", "1")) - 1
    on_lead = request.GET.get("role") == Card.Role.LEAD
    part = part_of(
        item=item, place=place, technology=technology, by=actor(request), on_lead=on_lead
    )
    _place(str(place + 1), len(part.issue.parts))
    return part


def _editor(
    request: HttpRequest, part: IssuePart, editor: CardEditor, status: int = 200
) -> HttpResponse:
    page = issue_page(part, editor, request.POST.dict())
    return render(request, "assessments/issue_form.html", {"page": page}, status=status)


def _save(request: HttpRequest, part: IssuePart) -> HttpResponse:
    answers = answered(request.POST, part.read.asks, part.unplaced, part.item.key)
    # What is shown again is what was sent: the answers would else be taken twice.
    editor, tried = editor_from(request.POST), editor_from(answers.data)
    is_open = refuse_open(editor, answers)
    if typed_elsewhere(part):
        editor.card.add_error(None, _ELSEWHERE)
        is_open = True
    document = read_card(tried, _frame(request, part))
    if document is None or is_open:
        _tell_again(editor, tried)
        return _editor(request, part, editor, 422)
    try:
        revision = _write(request, part, document, answers)
    except Conflict:
        return _meet(request, part, document, answers, editor)
    except DomainError as error:
        refuse_card(editor, error)
        return _editor(request, part, editor, 422)
    return _saved(request, part, revision)


def _tell_again(editor: CardEditor, tried: CardEditor) -> None:
    """What is wrong with the card that was tried stands beside the fields that were sent."""
    shown = dict(editor.forms())
    for name, form in tried.forms():
        for field, faults in form.errors.items():
            target = shown.get(name, editor.card)
            known = field if field in target.fields else None
            for fault in faults:
                if fault not in target.errors.get(known or "__all__", []):
                    target.add_error(known, fault)


def _write(
    request: HttpRequest, part: IssuePart, document: CardDocument, answers: Answers
) -> Revision:
    by = actor(request)
    revision = save_from_issue(opinion=part.opinion, document=document, notes=answers.notes, by=by)
    if request.POST.get("then") == "review" and not _waits(part, revision):
        submit_revision(revision=revision, by=by)
    return revision


def _waits(part: IssuePart, revision: Revision) -> bool:
    """Whether nothing changed of what was sent to review before."""
    return _is_old(part, revision) and state_of(revision) in {State.IN_REVIEW, State.APPROVED}


def _is_old(part: IssuePart, revision: Revision) -> bool:
    head = part.opinion.head
    return head is not None and head.pk == revision.pk


def _meet(
    request: HttpRequest,
    part: IssuePart,
    document: CardDocument,
    answers: Answers,
    editor: CardEditor,
) -> HttpResponse:
    """Somebody saved the card meanwhile: what was read goes to its editor, which compares."""
    opinion = part.opinion
    card = opinion.card or opinion.technology.cards.get(role=opinion.role)
    if typed_elsewhere(replace(part, opinion=opinion_of(card=card, by=opinion.author))):
        editor.card.add_error(None, _ELSEWHERE)
        return _editor(request, part, editor, 422)
    keep_buffer(
        card=card,
        user=opinion.author,
        parent_hash=document.parent or "",
        fields=fields_of(answers.data),
    )
    return redirect("assessments:card-edit", pk=card.pk)


def _frame(request: HttpRequest, part: IssuePart) -> Frame:
    opinion = part.opinion
    return Frame(
        slug=opinion.technology.slug,
        name=opinion.technology.name,
        role=opinion.role,
        author=opinion.author.get_username(),
        is_final=request.POST.get("then") == "review",
    )


def _saved(request: HttpRequest, part: IssuePart, revision: Revision) -> HttpResponse:
    words = f"Saved as revision {revision.number}."
    if _is_old(part, revision):
        words = f"Nothing changed: revision {revision.number} says the same."
    if request.POST.get("then") == "review":
        words += " It waits for a second pair of eyes."
    elif not _is_old(part, revision):
        words += " It is a draft: only the team sees it."
    messages.success(request, words)
    address = reverse("assessments:issue-next", args=[part.item.key])
    return redirect(f"{address}?card={revision.card_id}&part={part.place + 1}")


def _saved_one(request: HttpRequest) -> Revision | None:
    number = whole_or_zero(request.GET.get("card", ""))
    card = Card.objects.visible_to(request.user).filter(pk=number).first()
    return head_of(card) if card else None
