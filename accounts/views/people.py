from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor
from accounts.forms import InviteForm, posted, refuse, status_of
from accounts.models import User
from accounts.pages import LinkPage, PeoplePage
from accounts.selectors import open_invitations, people
from accounts.services import (
    change_role,
    deactivate_user,
    invite,
    reactivate_user,
    reset_link,
    withdraw_invitation,
)
from accounts.services.invitations import INVITATION_DAYS
from record.errors import DomainError


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    return _list_page(request, InviteForm())


@never_cache
@require_POST
def invitation_create(request: HttpRequest) -> HttpResponse:
    form = InviteForm(posted(request))
    if not form.is_valid():
        return _list_page(request, form)
    try:
        invitation, secret = invite(**form.cleaned_data, by=actor(request))
    except DomainError as error:
        refuse(form, error)
        return _list_page(request, form)
    path = reverse("accounts:invitation-accept", args=[secret])
    heading = f"The invitation of {invitation.username}"
    return _link_page(request, heading, path, f"{INVITATION_DAYS} days, and once")


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(open_invitations(), pk=pk)
    try:
        withdraw_invitation(invitation=invitation, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"The invitation of {invitation.username} opens nothing now.")
    return redirect("accounts:user-list")


@require_POST
def role_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(people(), pk=pk)
    try:
        changed = change_role(user=user, role=request.POST.get("role", ""), by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{changed} is {changed.get_role_display().lower()} now.")
    return redirect("accounts:user-list")


@require_POST
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(people(), pk=pk)
    try:
        deactivate_user(user=user, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{user} is signed out everywhere and cannot sign in.")
    return redirect("accounts:user-list")


@never_cache
@require_POST
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = reactivate_user(user=get_object_or_404(people(), pk=pk), by=actor(request))
    return _reset_page(request, user)


@never_cache
@require_POST
def reset_link_create(request: HttpRequest, pk: int) -> HttpResponse:
    return _reset_page(request, get_object_or_404(people(), pk=pk))


def _reset_page(request: HttpRequest, user: User) -> HttpResponse:
    try:
        path = reset_link(user=user, by=actor(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("accounts:user-list")
    days = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days
    return _link_page(request, f"A password link for {user}", path, f"{days} days, and once")


def _link_page(request: HttpRequest, heading: str, path: str, lasts: str) -> HttpResponse:
    page = LinkPage(heading=heading, lasts=lasts, url=request.build_absolute_uri(path))
    return render(request, "accounts/link_detail.html", {"page": page})


def _list_page(request: HttpRequest, form: InviteForm) -> HttpResponse:
    page = PeoplePage(people=people(), invitations=open_invitations(), form=form)
    return render(request, "accounts/user_list.html", {"page": page}, status=status_of(form))
