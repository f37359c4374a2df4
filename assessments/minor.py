"""Minor edits: whether a revision is one, and which of those published nobody has looked at."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Card, Publication, ReviewEvent, Revision
from assessments.selectors import document_of, head_of, last_published, state_of
from assessments.states import State
from assessments.values.minor import more_than_words
from record.clock import today

DAYS = 14
ENDS = (ReviewEvent.Kind.CONFIRMED, ReviewEvent.Kind.TAKEN_BACK)


@dataclass(frozen=True)
class MinorEdit:
    """`before` is what readers saw until then; `end` is None while nobody has looked at it."""

    event: ReviewEvent
    before: Revision
    authors: frozenset[int]
    end: ReviewEvent | None

    @property
    def revision(self) -> Revision:
        revision: Revision = self.event.revision
        return revision

    @property
    def due(self) -> datetime.date:
        return due_on(self.event.at.date())

    @property
    def days_left(self) -> int:
        return (self.due - today()).days

    @property
    def is_overdue(self) -> bool:
        return self.end is None and self.days_left < 0


def due_on(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=DAYS)


def unseen_of(card: Card) -> list[MinorEdit]:
    return _found(_unseen().filter(revision__card=card))


def unseen_for(user: User) -> list[MinorEdit]:
    """Those that the person may end, the oldest first."""
    if not has_role(user, Role.EDITOR):
        return []
    return [one for one in _found(_unseen()) if may_end(one, user)]


def may_end(one: MinorEdit, user: User) -> bool:
    """Whoever wrote part of it or published it has looked at it already."""
    return one.end is None and (user.pk not in one.authors or not settings.TWO_EYES)


def minor_edit_of(revision: Revision) -> MinorEdit | None:
    """None for a revision that was not published as one."""
    return next(iter(_found(_events().filter(revision=revision))), None)


def _events() -> QuerySet[ReviewEvent]:
    rows = ReviewEvent.objects.filter(kind=ReviewEvent.Kind.MINOR).order_by("id")
    return rows.select_related("revision__card__technology", "revision__author", "by")


def _unseen() -> QuerySet[ReviewEvent]:
    ended = ReviewEvent.objects.filter(revision=OuterRef("revision"), kind__in=ENDS)
    return _events().filter(~Exists(ended))


def _found(events: Iterable[ReviewEvent]) -> list[MinorEdit]:
    return [_minor_edit(event) for event in events]


def _minor_edit(event: ReviewEvent) -> MinorEdit:
    revision = event.revision
    shown = revision.publications.get(kind=Publication.Kind.CARD)
    older = revision.card.publications.filter(seq__lt=shown.seq, kind=Publication.Kind.CARD)
    before = older.select_related("revision__author").order_by("-seq")[0].revision
    since = revision.card.revisions.filter(number__gt=before.number, number__lte=revision.number)
    authors = frozenset(since.values_list("author", flat=True)) | {event.by_id}
    end = revision.events.filter(kind__in=ENDS).select_related("by").first()
    return MinorEdit(event, before, authors, end)


def why_not_minor(card: Card) -> str:
    """Why the newest revision of the card cannot be published as a minor edit, or nothing."""
    head = head_of(card)
    if head is not None and head == last_published(card):
        return "Nothing has changed since it was published."
    return why_none_yet(card)


def why_none_yet(card: Card) -> str:
    """Why whatever is saved next cannot be one, for the form in which it is about to be typed."""
    head, shown = head_of(card), last_published(card)
    if head is None or shown is None:
        return "Readers see nothing of this card. What they see first is reviewed."
    late = [one for one in unseen_of(card) if one.is_overdue]
    if late:
        return (
            f"The minor edit of {_day(late[0].event.at.date())} has not been looked at since. That"
            " comes first."
        )
    return _why_reviewed(shown, head)


def _why_reviewed(shown: Revision, head: Revision) -> str:
    since = shown.card.revisions.filter(number__gt=shown.number).order_by("number")
    chain = [shown, *since.select_related("author")]
    state = state_of(head)
    if state in {State.IN_REVIEW, State.APPROVED}:
        return f"Revision {head.number} is {state} already."
    returned = ReviewEvent.objects.filter(revision__in=chain[1:], kind="returned")
    for event in returned.select_related("revision")[:1]:
        return f"An editor returned revision {event.revision.number}. The answer is reviewed."
    documents = [document_of(one) for one in chain]
    steps = [more_than_words(old, new) for old, new in pairwise(documents)]
    changed = list(dict.fromkeys(part for step in steps for part in step))
    if changed:
        return f"Since it was published, this changed: {', '.join(changed)}. That is reviewed."
    return ""


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
