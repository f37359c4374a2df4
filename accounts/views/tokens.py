from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor
from accounts.forms import TokenForm, posted, refuse, status_of
from accounts.pages import TokensPage
from accounts.selectors import tokens_of
from accounts.services import create_token, revoke_token
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    owner, secret = actor(request), ""
    form = TokenForm(posted(request), owner=owner)
    if form.is_valid():
        try:
            secret = create_token(user=owner, **form.cleaned_data)[1]
        except DomainError as error:
            refuse(form, error)
        else:
            form = TokenForm(owner=owner)
    page = TokensPage(tokens=tokens_of(owner), form=form, secret=secret)
    return render(request, "accounts/token_list.html", {"page": page}, status=status_of(form))


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens_of(actor(request)), pk=pk)
    revoke_token(token=token, by=actor(request))
    messages.success(request, f"The token “{token.name}” opens nothing now.")
    return redirect("accounts:token-list")
