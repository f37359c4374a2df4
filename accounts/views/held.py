"""A form that arrives without a session is not lost: it comes along through the sign-in."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.forms import SignInForm

HELD = "held-"
_OF_THE_FORM = "csrfmiddlewaretoken"

Fields = list[tuple[str, str]]


def has_typed(request: HttpRequest) -> bool:
    """Whether the request is a form of the site in which there is something to lose."""
    is_own = request.path.startswith("/accounts/")
    return request.method == "POST" and not is_own and bool(set(request.POST) - {_OF_THE_FORM})


def hold_form(request: HttpRequest) -> HttpResponse:
    """The page to sign in on, with all that was typed; nothing of it is kept on the site."""
    held = [(f"{HELD}{name}", value) for name, value in _each(request.POST)]
    context = {"form": SignInForm(), "next_page": request.get_full_path(), "held": held}
    return render(request, "accounts/sign_in_form.html", context, status=403)


def held_in(data: QueryDict) -> Fields:
    """What came along, by the names under which the sign-in page sends it again."""
    return [(name, value) for name, value in _each(data) if name.startswith(HELD)]


def give_back(request: HttpRequest, address: str) -> HttpResponse:
    """The form as it was typed, to be sent by the person who signed in."""
    fields = [(name.removeprefix(HELD), value) for name, value in held_in(request.POST)]
    context = {"address": address, "fields": fields}
    return render(request, "accounts/held_form.html", context)


def _each(data: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in data.lists():
        if name != _OF_THE_FORM:
            yield from ((name, str(value)) for value in values)
