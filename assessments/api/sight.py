"""What a caller of the API sees of drafts: by the role of its owner and by its scopes, both."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from rest_framework.request import Request

from accounts.models import User
from assessments.models import Card, Prediction, Publication, Revision
from assessments.values.card_keys import read_card_key
from record.selectors import log_moment, newest_forgotten_seq, newest_public_seq
from rest.callers import Caller, caller_of

READ_DRAFTS = "read:drafts"
WRITE = "write:cards"
REVIEW = "review"


def drafts_reader(request: Request) -> Any:
    """The caller where it may read drafts, else nobody in particular."""
    return reader_with(request, READ_DRAFTS)


def reader_with(request: Request, *scopes: str) -> Any:
    """The caller where it has one of the scopes, else nobody in particular."""
    caller = caller_of(request)
    return caller.user if caller.user and caller.scopes & set(scopes) else AnonymousUser()


def predictions_seen(request: Request) -> QuerySet[Prediction]:
    """Draft predictions are for who may read drafts, whatever else they may do."""
    return Prediction.objects.visible_to(drafts_reader(request))


@dataclass(frozen=True)
class Sight:
    """Without drafts a caller sees what is published, and a writer what it wrote itself; with
    them what the owner of the token sees on the site."""

    has_drafts: bool
    writer: User | None = None
    person: User | None = None

    @property
    def edition(self) -> str:
        """Changes whenever anything may look different to this caller."""
        if self.has_drafts or self.writer:
            who = self.person and self.person.pk
            return f"{self.has_drafts} {who} {self.writer and self.writer.pk} {log_moment()}"
        return f"public {newest_public_seq()} {newest_forgotten_seq()}"

    def revisions(self) -> QuerySet[Revision]:
        if self.has_drafts:
            return Revision.objects.visible_to(self.person)
        shown: QuerySet[Revision] = Revision.objects.visible_to(AnonymousUser())
        return shown | Revision.objects.filter(author=self.writer) if self.writer else shown

    def newest(self) -> QuerySet[Revision]:
        """Of each card the newest revision that is seen."""
        if self.has_drafts:
            return _newest_of(Revision.objects.visible_to(self.person))
        shown = Q(pk__in=Publication.objects.all().in_force().values("revision"))
        if self.writer is None:
            return Revision.objects.filter(shown)
        return _newest_of(Revision.objects.filter(shown | Q(author=self.writer)))


def _newest_of(seen: QuerySet[Revision]) -> QuerySet[Revision]:
    newest = seen.filter(card=OuterRef("card")).order_by("-number").values("pk")[:1]
    return Revision.objects.filter(pk=Subquery(newest))


def sight_of(caller: Caller) -> Sight:
    writer = caller.user if WRITE in caller.scopes else None
    return Sight(READ_DRAFTS in caller.scopes, writer, caller.user)


def cards_of_key(text: str) -> QuerySet[Card]:
    """The one card of that key, or none."""
    key = read_card_key(text)
    if key is None:
        return Card.objects.none()
    rows = Card.objects.filter(technology__slug=key.slug, role=key.role.value)
    return rows if key.owner is None else rows.filter(owner__username=key.owner)
