"""The tags of the library: their list, one renamed or merged, and both taken back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import actor
from accounts.forms import posted, refuse, status_of
from evidence.forms.tags import MergeForm, RenameForm
from evidence.library import tags_named
from evidence.models import Tag
from evidence.services import merge_tags, rename_tag, undo_tag_change
from evidence.tagging import CAN_BE_UNDONE, counted_tags, found_tag, hints, tag_changes
from evidence.values.item import TAG
from record.errors import DomainError
from record.models import Change

TAGS_A_PAGE = 100
MOST_OFFERED = 200


@never_cache
@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:TAG].replace("\0", "").strip()
    tags = counted_tags()
    found = counted_tags(words) if words else tags
    page = {
        "tags": Paginator(found, TAGS_A_PAGE).get_page(request.GET.get("page")),
        "number": len(tags),
        "words": words,
        "pages": f"?{urlencode({'q': words})}&page=" if words else "?page=",
        "hints": hints(tags),
        "changes": tag_changes(),
    }
    return render(request, "evidence/tag_list.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def tag_edit(request: HttpRequest, slug: str) -> HttpResponse:
    tag = _tag(slug)
    if tag.slug != slug:
        return redirect("evidence:tag-edit", slug=tag.slug)
    form = RenameForm(posted(request), initial={"name": tag.name, "shown": tag.name})
    if form.is_valid():
        try:
            renamed = rename_tag(tag=tag, **form.cleaned_data, by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, f"The tag is called “{renamed.name}” now.")
            return redirect("evidence:tag-list")
    merging = MergeForm(initial={"into": request.GET.get("into", ""), "shown": tag.name})
    return _page(request, tag, form, merging)


@never_cache
@require_POST
def tag_merge(request: HttpRequest, slug: str) -> HttpResponse:
    tag, form = _tag(slug), MergeForm(request.POST)
    if form.is_valid():
        name, shown = form.cleaned_data["into"], form.cleaned_data["shown"]
        try:
            into = merge_tags(tag=tag, into=_named(name), shown=shown, by=actor(request))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, f"“{shown}” is “{into.name}” now.")
            return redirect("evidence:tag-list")
    renaming = RenameForm(initial={"name": tag.name, "shown": tag.name})
    return _page(request, tag, renaming, form)


@never_cache
@require_POST
def tag_undo(request: HttpRequest, seq: int) -> HttpResponse:
    change = get_object_or_404(Change, seq=min(seq, 2**62), kind__in=CAN_BE_UNDONE)
    try:
        messages.success(request, undo_tag_change(change=change, by=actor(request)))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evidence:tag-list")


def _tag(slug: str) -> Tag:
    found = found_tag(slug)
    if found is None:
        raise Http404("There is no tag of that address.")
    return found


def _named(name: str) -> Tag:
    tag = tags_named([name]).get(name)
    if tag is None:
        raise DomainError(f"There is no tag “{name}”. Choose one that there is.", field="into")
    return tag


def _page(request: HttpRequest, tag: Tag, renaming: RenameForm, merging: MergeForm) -> HttpResponse:
    others = [one for one in counted_tags()[:MOST_OFFERED] if one.pk != tag.pk]
    page = {
        "tag": tag,
        "number": tag.tagged.count(),
        "renaming": renaming,
        "merging": merging,
        "others": others,
    }
    status = max(status_of(renaming), status_of(merging))
    return render(request, "evidence/tag_form.html", {"page": page}, status=status)
