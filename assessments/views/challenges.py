"""Corrections: the form for readers, the ledger that all see, the answers of the team."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import actor
from accounts.addresses import client_address
from accounts.forms import refuse, status_of, told_to_wait
from accounts.models import User
from accounts.roles import Role, has_role
from accounts.services import TooManyTriesError
from assessments.challenges import challenge_records, published_names
from assessments.forms.challenge import AnswerForm, ChallengeForm, MailbagForm
from assessments.models import Challenge, Technology
from assessments.pages.challenges import (
    ChallengeFormPage,
    challenge_list_page,
    challenge_page,
    offered_to,
)
from assessments.services.challenges import (
    ChallengeRefused,
    Received,
    decide_challenge,
    forget_sender,
    hide_challenge,
    receive_challenge,
    receive_from_reader,
    reopen_challenge,
    reply_to_challenge,
    show_challenge,
)
from record.errors import DomainError

Step = Callable[[Challenge, User, dict[str, Any]], object]
STEPS: dict[str, tuple[Step, str]] = {
    "show": (
        lambda one, by, sent: show_challenge(challenge=one, by=by),
        "Readers see it from now on.",
    ),
    "hide": (
        lambda one, by, sent: hide_challenge(challenge=one, by=by, note=sent["note"]),
        "Put away: readers do not see it.",
    ),
    "reply": (
        lambda one, by, sent: reply_to_challenge(challenge=one, by=by, note=sent["note"]),
        "The reply stands beside the claim.",
    ),
    "reopen": (
        lambda one, by, sent: reopen_challenge(challenge=one, by=by, note=sent["note"]),
        "It is open again.",
    ),
    "forget": (
        lambda one, by, sent: forget_sender(challenge=one, by=by),
        "Nothing is kept any more of who sent it.",
    ),
}
DECIDED = "The outcome is recorded."


@never_cache
@require_http_methods(["GET", "POST"])
def challenge_create(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Technology.objects.visible_to(request.user)
    technology = get_object_or_404(rows, slug=slug)
    is_team = has_role(request.user, Role.ANALYST)
    kind = MailbagForm if is_team else ChallengeForm
    form = kind(request.POST) if request.method == "POST" else kind()
    wait_seconds = 0
    if form.is_bound and form.is_valid():
        try:
            received = _received(request, technology, form)
        except TooManyTriesError as error:
            refuse(form, error)
            received, wait_seconds = None, error.wait_seconds
        if received is not None:
            return _thanked(request, received, is_team=is_team)
    name = published_names([technology.pk]).get(technology.pk, technology.name)
    page = ChallengeFormPage(technology.slug, name, form, is_team)
    return told_to_wait(_form_page(request, page), wait_seconds)


def _form_page(request: HttpRequest, page: ChallengeFormPage) -> HttpResponse:
    status = status_of(page.form)
    return render(request, "assessments/challenge_form.html", {"page": page}, status=status)


def _received(request: HttpRequest, technology: Technology, form: ChallengeForm) -> Received | None:
    sent: dict[str, Any] = {"technology": technology, "claim": form.claim_sent()}
    sent["sender"] = form.sender()
    try:
        if isinstance(form, MailbagForm):
            return receive_challenge(**sent, by=actor(request))
        return receive_from_reader(**sent, address=client_address(request))
    except ChallengeRefused as error:
        for field, fault in error.faults.items():
            form.add_error(field, fault)
    except TooManyTriesError:
        raise
    except DomainError as error:
        refuse(form, error)
    return None


def _thanked(request: HttpRequest, received: Received, *, is_team: bool) -> HttpResponse:
    challenge = received.challenge
    if is_team:
        words = "It stands in the ledger." if received.is_new else "The ledger holds it already."
        messages.success(request, words)
        return redirect("assessments:challenge-detail", key=challenge.key)
    messages.success(
        request,
        "Thank you. An editor reads it first; once it is shown, you find it and its outcome on"
        " this page.",
    )
    return redirect("publishing:technology-detail", slug=challenge.technology.slug)


@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    page = challenge_list_page(request.GET, request.user)
    return render(request, "assessments/challenge_list.html", {"page": page}, status=page.status)


@require_safe
def challenge_detail(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _challenge(request, key))


@require_POST
def challenge_step(request: HttpRequest, key: str) -> HttpResponse:
    challenge, then = _challenge(request, key), request.POST.get("then", "")
    form = AnswerForm(request.POST, offered=offered_to(challenge))
    if form.is_valid():
        try:
            words = _stepped(challenge, then, actor(request), form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, words)
            return redirect("assessments:challenge-detail", key=key)
    return _page(request, challenge, form)


def _stepped(challenge: Challenge, then: str, by: User, sent: dict[str, Any]) -> str:
    if then in STEPS:
        step, words = STEPS[then]
        step(challenge, by, sent)
        return words
    decide_challenge(
        challenge=challenge,
        outcome=then,
        by=by,
        note=sent["note"],
        publication=sent["publication"],
    )
    return DECIDED


def _challenge(request: HttpRequest, key: str) -> Challenge:
    rows = Challenge.objects.visible_to(request.user).filter(key=key)
    found: Challenge | None = rows.select_related("technology", "sender", "source").first()
    if found is None:
        raise Http404("There is no challenge at this address, or not for you.")
    return found


def _page(
    request: HttpRequest, challenge: Challenge, form: AnswerForm | None = None
) -> HttpResponse:
    record = challenge_records(Challenge.objects.filter(pk=challenge.pk))[0]
    page = challenge_page(challenge, record, request.user, form)
    status = status_of(form) if form is not None else 200
    return render(request, "assessments/challenge_detail.html", {"page": page}, status=status)
