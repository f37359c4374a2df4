from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import (
    InvitationAcceptForm,
    NewPasswordForm,
    PasswordChangeForm,
    posted,
    refuse,
    status_of,
)
from accounts.homes import home_of
from accounts.links import person_of_reset_link
from accounts.selectors import open_invitation
from accounts.services import accept_invitation, change_password, set_password_by_link
from accounts.views.dead_link import dead_link
from record.errors import DomainError


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    form = PasswordChangeForm(posted(request))
    if form.is_valid():
        old, new = form.cleaned_data["old_password"], form.cleaned_data["password"]
        try:
            user = change_password(user=actor(request), old_password=old, password=new)
        except DomainError as error:
            refuse(form, error)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "The new password holds. Your other sessions have ended.")
            return redirect("accounts:password-change")
    context = {"form": form, "heading": "Which password do you want from now on?"}
    return render(request, "accounts/password_form.html", context, status=status_of(form))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_reset(request: HttpRequest, person: str, secret: str) -> HttpResponse:
    owner = person_of_reset_link(person, secret)
    if owner is None:
        return dead_link(request, "This link was used already or is too old.")
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            user = set_password_by_link(person=person, secret=secret, password=password)
        except DomainError as error:
            refuse(form, error)
        else:
            login(request, user)
            return redirect(home_of(user))
    context = {"form": form, "heading": f"A new password for {owner.username}"}
    return render(request, "accounts/password_form.html", context, status=status_of(form))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    invitation = open_invitation(secret)
    if invitation is None:
        return dead_link(request, "This invitation was used, withdrawn or is over a week old.")
    form = InvitationAcceptForm(posted(request))
    if form.is_valid():
        form.cleaned_data.pop("again")
        try:
            user = accept_invitation(secret=secret, **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            login(request, user)
            return redirect(home_of(user))
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation_form.html", context, status=status_of(form))
