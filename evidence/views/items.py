"""Evidence on its way into the library, and what is done with one item of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from accounts.forms import posted, status_of
from evidence.bookmarklet import bookmarklet
from evidence.entry import refuse_facts
from evidence.forms.paste import PasteForm, prefilled
from evidence.pasted import known_page
from evidence.services import Pasted, add_paste, paste_item
from record.errors import DomainError

KNOWN = "The library holds this already: here it is, and nothing was added."


@never_cache
@require_http_methods(["GET", "POST"])
def item_create(request: HttpRequest) -> HttpResponse:
    data = posted(request)
    files = request.FILES if data is not None else None
    form = PasteForm(data, files, initial=prefilled(request.GET))
    if form.is_valid():
        try:
            then = request.POST.get("then", "")
            pasted = paste_item(facts=form.facts(), by=actor(request), is_apart=then == "apart")
            if then == "add" and pasted.more:
                add_paste(item=pasted.item, facts=form.facts(), by=actor(request))
        except DomainError as error:
            refuse_facts(form, error)
        else:
            return _pasted(request, form, pasted, is_added=then == "add")
    return _paste_page(request, form)


def _pasted(
    request: HttpRequest, form: PasteForm, pasted: Pasted, *, is_added: bool
) -> HttpResponse:
    if pasted.more and not is_added:
        page = known_page(form, pasted)
        return render(request, "evidence/item_known.html", {"page": page}, status=409)
    if pasted.is_new:
        messages.success(request, "It is in the inbox. Say more about it, or read it as a form.")
    elif pasted.more:
        messages.success(request, "What was new is added to the item that is there.")
    else:
        messages.info(request, KNOWN)
    return redirect("publishing:item-detail", key=pasted.item.key)


def _paste_page(request: HttpRequest, form: PasteForm) -> HttpResponse:
    page = {
        "form": form,
        "more": [form[name] for name in form.more],
        "is_more_open": any(form[name].value() or form[name].errors for name in form.more),
        "is_cut": "cut" in request.GET,
        "bookmarklet": bookmarklet(request.build_absolute_uri(request.path)),
    }
    status = status_of(form)
    return render(request, "evidence/item_paste.html", {"page": page}, status=status)
