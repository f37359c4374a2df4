from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.addresses import client_address
from accounts.forms import SignInForm, posted, refuse, status_of, told_to_wait
from accounts.homes import home_of
from accounts.links import person_of_sign_in_link
from accounts.services import TooManyTriesError, check_sign_in
from accounts.views.dead_link import dead_link
from accounts.views.held import give_back, held_in
from record.errors import DomainError

LONGEST_NEXT = 2000


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(posted(request))
    wait_seconds = 0
    if form.is_valid():
        try:
            user = check_sign_in(**form.cleaned_data, address=client_address(request))
        except DomainError as error:
            refuse(form, error)
            wait_seconds = error.wait_seconds if isinstance(error, TooManyTriesError) else 0
        else:
            login(request, user)
            address = own_path(request)
            if address and held_in(request.POST):
                return give_back(request, address)
            return redirect(address or home_of(user))
    return _form_page(request, form, wait_seconds)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_safe
def demo_sign_in(request: HttpRequest, signed: str) -> HttpResponse:
    user = person_of_sign_in_link(signed)
    if user is None:
        return dead_link(request, "This sign-in link is too old, or the demonstration has ended.")
    login(request, user)
    return redirect(home_of(user))


def own_path(request: HttpRequest) -> str:
    """The page asked for where it is one of this site, else nothing."""
    candidate = request.POST.get("next") or request.GET.get("next") or ""
    # From the root, for anything else could also be taken for the name of a page.
    is_path = candidate.startswith("/") and len(candidate) <= LONGEST_NEXT
    is_own = is_path and url_has_allowed_host_and_scheme(
        candidate, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return candidate if is_own else ""


def _form_page(request: HttpRequest, form: SignInForm, wait_seconds: int) -> HttpResponse:
    held = held_in(request.POST)
    context = {"form": form, "next_page": own_path(request), "held": held}
    page = render(request, "accounts/sign_in_form.html", context, status=status_of(form))
    return told_to_wait(page, wait_seconds)
