"""Holds every view to the permission that the table of routes gives it."""

from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from accounts.roles import Role, has_role
from accounts.views.held import has_typed, hold_form
from rest.access import Access


class Permission(Enum):
    """Who may open a page. What they see on it is for the querysets to say."""

    ANYONE = None
    READER = Role.READER
    ANALYST = Role.ANALYST
    EDITOR = Role.EDITOR
    ADMIN = Role.ADMIN


@dataclass(frozen=True)
class Route:
    """A page asks for a role, an address of the API for a scope by its method."""

    path: str
    view: str
    name: str
    permission: Permission | Access


class View(Protocol):
    def __call__(self, request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase: ...


def guarded(view: View, permission: Permission) -> View:
    """The view, for those who hold the permission only."""
    role = permission.value
    if role is None:
        return view

    @wraps(view)
    def answer(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:
        if has_role(request.user, role):
            return view(request, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied(f"This page is for people whose role is {role.label} or above.")
        if request.method in {"GET", "HEAD"}:
            return _ask_to_sign_in(request)
        if has_typed(request) and request.headers.get("HX-Request") != "true":
            return hold_form(request)
        raise PermissionDenied("You are not signed in. Sign in and send the form again.")

    return answer


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        # A redirect would put the sign-in page into the part of the page that asked.
        return HttpResponseClientRedirect(resolve_url("accounts:sign-in"))
    return redirect_to_login(request.get_full_path(), resolve_url("accounts:sign-in"))
