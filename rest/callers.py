"""Who calls: the holder of a token, a person signed in on the site, or anybody."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.addresses import client_address
from accounts.models import User
from accounts.scopes import scopes_of_role
from accounts.services import authenticate_token
from rest.problems import Problem
from rest.requests import plain

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Caller:
    """`key` is what calls are counted by."""

    key: str
    user: User | None = None
    scopes: frozenset[str] = frozenset()


def caller_of(request: Request) -> Caller:
    if isinstance(request.auth, Caller):
        return request.auth
    return Caller(key=address_of(request))


def address_of(request: Request) -> str:
    return f"address {client_address(plain(request))}"


def person_of(request: Request) -> User:
    """Who acts; endpoints that ask for a scope let nobody else in."""
    user = caller_of(request).user
    if user is None:
        raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
    return user


class ByToken(BaseAuthentication):
    """Authorization: Bearer, and nothing else that the header could say."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, secret = header.strip().partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(secret) <= _LONGEST_TOKEN:
            raise _refused("Send the header Authorization as: Bearer, a space, the token.")
        bearer = authenticate_token(secret=secret.strip())
        if bearer is None:
            raise _refused("This token is unknown, expired or revoked. Make a new one.")
        key = f"token {bearer.token_id}"
        return bearer.user, Caller(key=key, user=bearer.user, scopes=bearer.scopes)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _refused(detail: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class BySession(BaseAuthentication):
    """A person signed in on the site; writing asks for the mark against forged forms."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        inner = plain(request)
        user = getattr(inner, "user", None)
        if not isinstance(user, User) or not user.is_active:
            return None
        if request.method not in _SAFE:
            _refuse_forged(inner)
        scopes = frozenset(scopes_of_role(user.role))
        return user, Caller(key=f"person {user.pk}", user=user, scopes=scopes)


def _refuse_forged(request: HttpRequest) -> None:
    mark = CsrfViewMiddleware(_unused)
    mark.process_request(request)
    if mark.process_view(request, _unused, (), {}):
        raise Problem(
            403,
            "A browser's session writes only with the header X-CSRFToken. Send it, or a token.",
        )


def _unused(_: HttpRequest) -> HttpResponse:
    return HttpResponse()
