"""Sending to review, approving, returning, publishing: one step of one revision each."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor
from assessments.forms.review import ApproveForm, CommentForm, OverrideForm, ReturnForm
from assessments.models import Card, ReviewComment, Revision
from assessments.opinions import fields_of
from assessments.pages.review import review_list_page, review_page
from assessments.selectors import head_of, state_of
from assessments.services.comments import comment_on, resolve_comment
from assessments.services.drafting import keep_buffer
from assessments.services.publication import publish_revision
from assessments.services.review import approve_revision, return_revision, submit_revision
from assessments.states import State
from record.errors import Conflict, DomainError
from record.live import answer_live


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    page = review_list_page(actor(request), request.GET.get("page"))
    return answer_live(request, page, "assessments/review_list.html")


@require_safe
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = review_page(_visible(request, pk), actor(request))
    return render(request, "assessments/review_detail.html", {"page": page})


@require_POST
def comment_create(request: HttpRequest, pk: int) -> HttpResponse:
    revision, form = _visible(request, pk), CommentForm(request.POST)
    if not form.is_valid():
        page = review_page(revision, actor(request), form)
        return render(request, "assessments/review_detail.html", {"page": page}, status=422)
    try:
        comment = comment_on(revision=revision, by=actor(request), **form.cleaned_data)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:review-detail", pk=pk)
    messages.success(request, "Your comment stands beside that part until it is resolved.")
    address = reverse("assessments:review-detail", args=[pk])
    return redirect(f"{address}#remark-{comment.pk}")


@require_POST
def comment_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """From the review, or from the card's form: what is typed there is kept."""
    rows = ReviewComment.objects.visible_to(request.user).select_related("revision__card")
    comment: ReviewComment = get_object_or_404(rows, pk=pk)
    by, card = actor(request), comment.revision.card
    # Read first: a form that cannot be read resolves nothing.
    typed = request.POST
    resolve_comment(comment=comment, by=by)
    messages.success(request, "Resolved. The comment stays in the record.")
    if "parent" not in typed:
        return redirect("assessments:review-detail", pk=comment.revision_id)
    parent = typed["parent"][:64].replace("\0", "")
    keep_buffer(card=card, user=by, parent_hash=parent, fields=fields_of(typed))
    return redirect("assessments:card-edit", pk=card.pk)


def _visible(request: HttpRequest, pk: int) -> Revision:
    rows = Revision.objects.visible_to(request.user)
    related = rows.select_related("card__technology", "author", "parent")
    revision: Revision = get_object_or_404(related, pk=pk)
    return revision


@require_POST
def card_submit(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _head(request, pk)

    def submit() -> str:
        submit_revision(revision=revision, by=actor(request))
        return f"Revision {revision.number} waits for a second pair of eyes."

    return _step(request, revision, submit)


@require_POST
def card_approve(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _head(request, pk)
    form = (
        OverrideForm(request.POST)
        if "override_reason" in request.POST
        else ApproveForm(request.POST)
    )

    def approve() -> str:
        approve_revision(revision=revision, by=actor(request), **typed(form))
        if state_of(revision) is State.APPROVED:
            return "Approved. It can be published now."
        return "Your approval is recorded. One more editor has to approve it."

    return _step(request, revision, approve)


@require_POST
def card_return(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _head(request, pk)
    form = ReturnForm(request.POST)

    def give_back() -> str:
        return_revision(revision=revision, by=actor(request), note=typed(form)["note"])
        return f"Returned to {revision.author.get_username()} with your note."

    return _step(request, revision, give_back)


@require_POST
def card_publish(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _shown(request, pk)

    def publish() -> str:
        if (request.POST.get("shown_hash") or revision.content_hash) != revision.content_hash:
            raise Conflict(
                "The revision of that page is not there. Look at this one, then publish."
            )
        publish_revision(revision=revision, by=actor(request))
        technology = revision.card.technology
        return format_html(
            '<b>Published.</b> Readers see it on <a href="{}">the page of {}</a>. A new ranking is'
            " being computed.",
            reverse("publishing:technology-detail", args=[technology.slug]),
            technology.name,
        )

    return _step(request, revision, publish)


def typed(form: forms.Form) -> dict[str, str]:
    """The cleaned fields, or a refusal in the words of the first that is wrong."""
    for name, errors in form.errors.items():
        raise DomainError(str(errors[0]), field=name)
    return form.cleaned_data


def _step(request: HttpRequest, revision: Revision, take: Callable[[], str]) -> HttpResponse:
    try:
        words = take()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, words)
    return redirect("assessments:review-detail", pk=revision.pk)


def _head(request: HttpRequest, pk: int) -> Revision:
    head = head_of(_card(request, pk))
    return get_object_or_404(Revision, pk=head.pk if head else 0)


def _shown(request: HttpRequest, pk: int) -> Revision:
    """The revision that was on the page; the newest where the form names none."""
    card = _card(request, pk)
    shown_hash = request.POST.get("shown_hash", "").replace("\0", "")
    shown = card.revisions.filter(content_hash=shown_hash).first()
    return shown or _head(request, pk)


def _card(request: HttpRequest, pk: int) -> Card:
    rows = Card.objects.visible_to(request.user).select_related("technology")
    card: Card = get_object_or_404(rows, pk=pk)
    return card
