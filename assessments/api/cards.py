"""Cards, for programs: read, begun, saved on top of what was read."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from accounts.models import User
from assessments.api import operations
from assessments.api.lists import Cards, Revisions
from assessments.api.meeting import both_texts, merged_record, merged_save
from assessments.api.reading import (
    Sent,
    check_place,
    hashes_named,
    read_sent,
    technology_of,
)
from assessments.api.records import card_record, key_of
from assessments.api.refusals import as_problems, stale
from assessments.api.shapes import CARD_ROW, KEY, REVISION_ROW
from assessments.api.sight import Sight, cards_of_key, sight_of
from assessments.models import Card, Revision, Technology
from assessments.opinions import says_the_same
from assessments.selectors import head_of
from assessments.services.drafting import Save, drop_sent, save_revision
from assessments.services.starting import start_card
from assessments.states import State
from assessments.values.card import CardDocument
from assessments.values.card_keys import PATTERN
from assessments.values.scale import Detail, Origin, Role
from record.canonical import digest
from record.errors import Conflict
from rest.bodies import json_bytes
from rest.callers import caller_of, person_of
from rest.paging import Source
from rest.parameters import Parameter, choice, spelled
from rest.problems import Problem
from rest.reading import ListEndpoint, ReadEndpoint

USERNAME = r"^[a-z0-9._-]{1,40}$"
KEY_PARAMETER = {"key": {"description": "The key of the card.", "schema": KEY}}


class SeesCards:
    """What an endpoint of cards knows of its caller and of the card that it is about."""

    request: Request
    kwargs: dict[str, Any]

    @cached_property
    def sight(self) -> Sight:
        return sight_of(caller_of(self.request))

    @cached_property
    def seen(self) -> Revision:
        """The newest revision that the caller sees of the card."""
        cards = cards_of_key(self.kwargs["key"])
        rows = self.sight.newest().filter(card__in=cards)
        found = rows.select_related("card__technology", "card__owner", "author").first()
        if found is None:
            raise Http404
        return found

    @property
    def named(self) -> tuple[str, ...]:
        return hashes_named(self.request.headers.get("If-Match"))

    def card_to_change(self) -> Card:
        """For those who see it, and for those who name a hash of it: nobody guesses one."""
        card = cards_of_key(self.kwargs["key"]).select_related("technology", "owner").first()
        known = card and card.revisions.filter(content_hash__in=self.named).exists()
        return card if card is not None and known else self.seen.card


class CardFile(ListEndpoint, SeesCards):
    """Every card that the caller sees, as a file or a page."""

    cursor_key = (PATTERN, "tidal-stream-power")
    columns = tuple(CARD_ROW.fields)
    file_name = "cards"
    operations = operations.CARD_FILE
    parameters = (
        spelled(
            "technology",
            "Cards of the technology of that slug.",
            "^[a-z0-9-]{1,80}$",
            example="tidal-stream-power",
        ),
        choice("role", "Cards of that role.", [*Role]),
        spelled(
            "author", "Cards whose newest revision that person wrote.", USERNAME, example="anna"
        ),
        choice("state", "Cards whose newest revision stands so.", [*State]),
        choice("origin", "Cards that came about so.", [*Origin]),
        choice("detail", "Sketches or full cards.", [*Detail]),
    )

    def edition(self) -> str:
        return self.sight.edition

    def snapshot(self) -> str:
        return digest(self.edition())[:12]

    def source(self) -> Source:
        columns = {
            "technology": "card__technology__slug",
            "role": "card__role",
            "author": "author__username",
            "origin": "origin",
            "detail": "detail",
        }
        asked = {columns[name]: self.asked[name] for name in columns if self.asked[name]}
        return Cards(self.sight.newest().filter(**asked), self.asked["state"])


class CardList(CardFile):
    operations = operations.CARD_LIST

    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        sent, by = read_sent(request.data), person_of(request)
        technology = technology_of(sent)
        document = sent.written_by(by, parent=None)
        with as_problems(_card_there(sent, technology, by), self.sight, is_conditional=False):
            revision = start_card(technology=technology, document=document, by=by)
        address = reverse("api:card-detail", kwargs={"key": str(key_of(revision.card))})
        response = _answer(revision, self.sight, 201)
        response["Location"] = request.build_absolute_uri(address)
        return response


def _card_there(sent: Sent, technology: Technology, by: User) -> Card | None:
    rows = Card.objects.filter(technology=technology, role=sent.role)
    return (rows if sent.role == Role.LEAD else rows.filter(owner=by)).first()


def card_tag(revision: Revision, body: bytes) -> str:
    """The content hash, which If-Match names, and after a dot what changes without it."""
    return f'"{revision.content_hash}.{digest(body)[:16]}"'


def _answer(
    revision: Revision, sight: Sight, status: int = 200, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    card = card_record(revision, sight)
    body = json_bytes(card | dict(more or {}))
    response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = card_tag(revision, json_bytes(card))
    return response


class CardDetail(ReadEndpoint, SeesCards):
    path_parameters = KEY_PARAMETER
    operations = operations.CARD_DETAIL
    writing = (
        choice(
            "merge",
            "`disjoint` merges what was sent with what others saved since the revision that"
            " If-Match names, where nobody changed the same field. It needs read:drafts.",
            ["disjoint"],
        ),
    )

    def parameters_of(self, method: str, extension: str) -> Iterable[Parameter]:
        return self.writing if method == "PUT" else super().parameters_of(method, extension)

    @cached_property
    def body(self) -> bytes:
        return json_bytes(card_record(self.seen, self.sight))

    def tag(self) -> str:
        return card_tag(self.seen, self.body)

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, content_type="application/json")

    def put(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        card, sent, by = self.card_to_change(), read_sent(request.data), person_of(request)
        check_place(sent, key_of(card))
        head = head_of(card)
        document = sent.written_by(by, parent=self._base(card))
        if not self.named:
            raise Problem(428)
        if head is None:
            raise stale(card, self.sight)
        save = Save(by=by, keeps_buffer=True)
        if document.parent != head.content_hash:
            return self._meet(card, document, save)
        if says_the_same(document, head):
            return _answer(head, self.sight)
        with as_problems(card, self.sight, is_conditional=True):
            try:
                revision = save_revision(card=card, document=document, save=save)
            except Conflict:
                # Another save came first, since the newest was looked at.
                return self._meet(card, document, save)
        drop_sent(card=card, user=by)
        return _answer(revision, self.sight)

    def _base(self, card: Card) -> str | None:
        """The newest revision that If-Match names."""
        rows = card.revisions.filter(content_hash__in=self.named).order_by("-number")
        base: str | None = rows.values_list("content_hash", flat=True).first()
        return base

    def _meet(self, card: Card, document: CardDocument, save: Save) -> HttpResponse:
        # Whoever sees no drafts would be told by a merge what is in them.
        if not self.asked["merge"] or not self.sight.has_drafts or document.parent is None:
            raise both_texts(card, document, save, self.sight)
        with as_problems(card, self.sight, is_conditional=True):
            merged = merged_save(card, document, save, self.sight)
        drop_sent(card=card, user=save.by)
        return _answer(merged.revision, self.sight, more=merged_record(merged))


class RevisionList(ListEndpoint, SeesCards):
    path_parameters = {**ListEndpoint.path_parameters, **KEY_PARAMETER}
    cursor_key = ("[0-9a-f]{64}", "0" * 64)
    columns = tuple(REVISION_ROW.fields)
    file_name = "revisions"
    operations = operations.REVISION_LIST

    def edition(self) -> str:
        return f"{key_of(self.seen.card)} {self.sight.edition}"

    def snapshot(self) -> str:
        return digest(self.edition())[:12]

    def source(self) -> Source:
        return Revisions(self.seen.card, self.sight)
