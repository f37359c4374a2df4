"""Items of evidence for programs of the team: one, and changes to it."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from accounts.models import User
from evidence.api import item_operations as operations
from evidence.api.differing import both, spelled
from evidence.api.item_meeting import both_texts, merged_record
from evidence.api.item_reading import faults_of, read_item, read_new_item, read_reason
from evidence.api.item_records import item_record, item_tag, tag_of_now
from evidence.library import seen_item
from evidence.models import Item
from evidence.moved import moved_since
from evidence.services import (
    Edit,
    Edited,
    ItemRefused,
    edit_item,
    keep_item,
    paste_item,
    restore_item,
    retract_item,
    save_edit,
)
from record.errors import Conflict, DomainError
from record.moments import one_moment
from rest.bodies import json_bytes
from rest.callers import person_of
from rest.conditions import tags_named as etags_named
from rest.endpoints import Endpoint
from rest.parameters import Parameter, choice
from rest.problems import Fault, Problem
from rest.reading import ReadEndpoint
from rest.shapes import text

KEY_PARAMETER = {
    "key": {
        "description": "The key of an item.",
        "schema": text(pattern="^[a-zA-Z0-9_-]+$", longest=80),
        "example": "nine-weeks-in-turku-1f09ab",
    }
}
_VERSION = re.compile(r"(?P<key>.+)-v(?P<version>[0-9]{1,9})")


class BringsItems:
    """The part of the list of items that writes."""

    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        facts, by = read_new_item(request.data), person_of(request)
        try:
            pasted = paste_item(facts=facts, by=by)
        except DomainError as error:
            raise _problem(error) from error
        if pasted.more:
            raise _holds_less(pasted.item)
        response = _answer(pasted.item.key, by, 201 if pasted.is_new else 200)
        address = reverse("api:item-detail", kwargs={"key": pasted.item.key})
        response["Location"] = request.build_absolute_uri(address)
        return response


class ItemDetail(ReadEndpoint):
    path_parameters = KEY_PARAMETER
    operations = operations.ITEM_DETAIL
    writing = (
        choice(
            "merge",
            "`disjoint` merges what was sent with what others saved since the version that If-Match"
            " names, where nobody changed the same field.",
            ["disjoint"],
        ),
    )

    def parameters_of(self, method: str, extension: str) -> Iterable[Parameter]:
        return self.writing if method == "PUT" else super().parameters_of(method, extension)

    @cached_property
    def body(self) -> bytes:
        return json_bytes(item_record(self.item))

    @cached_property
    def item(self) -> Item:
        return _item(self.kwargs["key"], person_of(self.request))

    def tag(self) -> str:
        return item_tag(self.item, self.body)

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, content_type="application/json")

    def put(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        by = person_of(request)
        item, facts = _item(self.kwargs["key"], by), read_item(request.data)
        header = request.headers.get("If-Match")
        if header is None:
            raise Problem(428)
        is_newest = _is_named(item, header)
        edit = Edit(facts, item.version if is_newest else _version_named(item, header))
        try:
            edited = self._saved(item, edit, by)
        except DomainError as error:
            raise _problem(error) from error
        return _answer(item.key, by, more=merged_record(edited, edit))

    def _saved(self, item: Item, edit: Edit, by: User) -> Edited:
        try:
            if self.asked["merge"] and edit.version:
                return save_edit(item=item, edit=edit, by=by)
            return Edited(edit_item(item=item, facts=edit.facts, version=edit.version, by=by))
        except Conflict as error:
            with one_moment():
                raise both_texts(_item(item.key, by), edit) from error


class ItemStep(Endpoint):
    """Subclasses take the step; `sent` is the reason that came with it."""

    path_parameters = KEY_PARAMETER

    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        by = person_of(request)
        item, sent = _item(self.kwargs["key"], by), self.sent()
        header = request.headers.get("If-Match")
        if header is None:
            raise Problem(428)
        if not _is_named(item, header):
            raise _not_taken(item, header, sent)
        try:
            self.take(item, by, sent)
        except Conflict as error:
            raise _not_taken(_item(item.key, by), header, sent) from error
        except DomainError as error:
            raise _problem(error) from error
        return _answer(item.key, by)

    def sent(self) -> str:
        return ""

    def take(self, item: Item, by: User, sent: str) -> None:
        raise NotImplementedError


class ItemKeep(ItemStep):
    operations = operations.KEEP

    def take(self, item: Item, by: User, sent: str) -> None:
        keep_item(item=item, version=item.version, by=by)


class ItemRestore(ItemStep):
    operations = operations.RESTORE

    def take(self, item: Item, by: User, sent: str) -> None:
        restore_item(item=item, version=item.version, by=by)


class ItemRetract(ItemStep):
    operations = operations.RETRACT

    def sent(self) -> str:
        return read_reason(self.request.data)

    def take(self, item: Item, by: User, sent: str) -> None:
        retract_item(item=item, version=item.version, by=by, reason=sent)


def _is_named(item: Item, header: str) -> bool:
    versions = {tag.partition(".")[0] for tag in etags_named(header)}
    return f"{item.key}-v{item.version}" in versions


def _version_named(item: Item, header: str) -> int:
    """The newest version of the item that If-Match names; 0 where it names none."""
    named = (_VERSION.fullmatch(tag.partition(".")[0]) for tag in etags_named(header))
    read = [int(found["version"]) for found in named if found and found["key"] == item.key]
    return max(read, default=0)


def _item(key: str, by: User) -> Item:
    found = seen_item(by, key)
    if found is None:
        raise Http404
    return found


def _answer(
    key: str, by: User, status: int = 200, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    item = _item(key, by)
    record = item_record(item)
    body = json_bytes(record | dict(more or {}))
    response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = item_tag(item, json_bytes(record))
    return response


def _holds_less(item: Item) -> Problem:
    return Problem(
        409,
        f"The library holds this already, as {item.key}, with less than you sent. Nothing was"
        " saved: read the item, bring what is new into it and send that with PUT.",
    )


def _not_taken(item: Item, header: str, sent: str) -> Problem:
    """Both texts of every field that changed since the version that was named, and the reason."""
    moved = moved_since(item, _version_named(item, header))
    faults = [
        Fault(f"#/{one.name}", "changed", both(one.now, one.then, "you read"))
        for one in moved.fields or ()
    ]
    faults += [Fault("#/reason", "kept_back", f"You sent {spelled(sent)}.")] if sent else []
    detail = (
        f"“{item.name}” was changed since you read it, last by {moved.author}. Nothing was done;"
        " errors has what differs, then and now. Look at it, then send the step again."
    )
    return Problem(412, detail, faults=faults, headers=tag_of_now(item))


def _problem(error: DomainError) -> Problem:
    """422 with every field, or the status of a conflict."""
    if isinstance(error, ItemRefused):
        return Problem(422, error.message, faults=faults_of(error.faults))
    if isinstance(error, Conflict):
        return Problem(409, error.message)
    faults = [Fault(f"#/{error.field}", "refused", error.message)] if error.field else []
    return Problem(422 if error.field == "reason" else 409, error.message, faults=faults)
