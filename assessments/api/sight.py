"""Which revisions a caller of the API sees: by the role of its owner and by its scopes, both."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from assessments.models import Card, Publication, Revision
from assessments.values.card_keys import read_card_key
from record.selectors import log_moment, newest_forgotten_seq, newest_public_seq
from rest.callers import Caller

READ_DRAFTS = "read:drafts"
WRITE = "write:cards"
REVIEW = "review"


@dataclass(frozen=True)
class Sight:
    """Without drafts a caller sees what is published, and a writer what it wrote itself."""

    has_drafts: bool
    writer: User | None = None

    @property
    def edition(self) -> str:
        """Changes whenever anything may look different to this caller."""
        if self.has_drafts or self.writer:
            return f"{self.has_drafts} {self.writer and self.writer.pk} {log_moment()}"
        return f"public {newest_public_seq()} {newest_forgotten_seq()}"

    def revisions(self) -> QuerySet[Revision]:
        if self.has_drafts:
            return Revision.objects.all()
        shown: QuerySet[Revision] = Revision.objects.visible_to(AnonymousUser())
        return shown | Revision.objects.filter(author=self.writer) if self.writer else shown

    def newest(self) -> QuerySet[Revision]:
        """Of each card the newest revision that is seen."""
        if self.has_drafts:
            return Revision.objects.filter(children__isnull=True)
        shown = Q(pk__in=Publication.objects.all().in_force().values("revision"))
        if self.writer is None:
            return Revision.objects.filter(shown)
        seen = Revision.objects.filter(shown | Q(author=self.writer))
        newest = seen.filter(card=OuterRef("card")).order_by("-number").values("pk")[:1]
        return Revision.objects.filter(pk=Subquery(newest))


def sight_of(caller: Caller) -> Sight:
    return Sight(READ_DRAFTS in caller.scopes, caller.user if WRITE in caller.scopes else None)


def cards_of_key(text: str) -> QuerySet[Card]:
    """The one card of that key, or none."""
    key = read_card_key(text)
    if key is None:
        return Card.objects.none()
    rows = Card.objects.filter(technology__slug=key.slug, role=key.role.value)
    return rows if key.owner is None else rows.filter(owner__username=key.owner)
