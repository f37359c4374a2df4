"""An item is corrected, also by two people at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import actor
from evidence.addressed import item_or_404
from evidence.editing import conflict_page, edit_page, saved_edit, sent_editor, shown_editor, told
from evidence.forms.item import ItemEditor
from evidence.models import Item
from evidence.services import EditConflict


@never_cache
@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, key: str) -> HttpResponse:
    item = item_or_404(request, key)
    if request.method != "POST":
        return _form_page(request, item, shown_editor(item, request.GET))
    editor = sent_editor(item, request.POST)
    try:
        edited = saved_edit(item, editor, request.POST, actor(request))
    except EditConflict as conflict:
        page = conflict_page(conflict, request.POST)
        return render(request, "evidence/item_conflict.html", {"page": page}, status=409)
    if edited is None:
        return _form_page(request, item, editor)
    messages.success(request, told(edited))
    return redirect("publishing:item-detail", key=key)


def _form_page(request: HttpRequest, item: Item, editor: ItemEditor) -> HttpResponse:
    shown = {"page": edit_page(item, editor)}
    return render(request, "evidence/item_form.html", shown, status=editor.status)
