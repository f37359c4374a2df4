"""What waits for one person: own drafts, and reviews that the person may end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.comments import open_remarks
from assessments.models import Card, Publication, ReviewEvent, Revision, Score
from assessments.selectors import states_of
from assessments.states import State

# By dimension level, upper level and certainty: what the ranking reads of a card.
Scores = Mapping[str, tuple[str | None, str | None, str | None]]

_TO_FINISH = {State.DRAFT, State.RETURNED}


@dataclass(frozen=True)
class DraftWaiting:
    """A draft of one's own; `note` is what the reviewer of a returned one asked."""

    revision: Revision
    state: State
    note: str
    scores: Scores


@dataclass(frozen=True)
class ReviewWaiting:
    """A revision to approve, or an approved one to publish."""

    revision: Revision
    state: State
    since: datetime
    scores: Scores


@dataclass(frozen=True)
class Remarked:
    """A card of one's own with comments that nobody has resolved."""

    card: Card
    number: int


def drafts_waiting(user: User) -> list[DraftWaiting]:
    """Newest first; sketches are drafts by intent and wait for nobody."""
    rows = list(_unpublished_heads().filter(author=user, detail="full").order_by("-recorded_at"))
    states, events, scores = states_of(rows), _events(rows), _scores(rows)
    return [
        DraftWaiting(row, states[row.pk], _asked(states[row.pk], events[row.pk]), scores[row.pk])
        for row in rows
        if states[row.pk] in _TO_FINISH
    ]


def reviews_waiting(user: User) -> list[ReviewWaiting]:
    """Oldest first: what this person may approve, and what may be published."""
    if not has_role(user, Role.EDITOR):
        return []
    rows = list(_unpublished_heads().filter(events__isnull=False).distinct())
    states, events, authors = states_of(rows), _events(rows), _authors(rows)
    scores = _scores(rows)
    found = [
        ReviewWaiting(
            row, states[row.pk], max(event.at for event in events[row.pk]), scores[row.pk]
        )
        for row in rows
        if _may_end(user, states[row.pk], events[row.pk], authors[row.card_id])
    ]
    return sorted(found, key=lambda one: one.since)


def remarks_waiting(user: User) -> list[Remarked]:
    """Cards that one owns or wrote last, with comments of reviewers; most comments first."""
    heads = Revision.objects.filter(children__isnull=True)
    own = heads.filter(Q(author=user) | Q(card__owner=user)).values_list("card", flat=True)
    numbers = open_remarks(own, user)
    cards = Card.objects.filter(pk__in=numbers).select_related("technology")
    found = [Remarked(card, numbers[card.pk]) for card in cards]
    return sorted(found, key=lambda one: (-one.number, one.card.technology.slug))


def _scores(rows: Iterable[Revision]) -> Mapping[int, Scores]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    wanted = Score.objects.filter(revision__in=[row.pk for row in rows])
    for pk, dimension, *score in wanted.values_list(
        "revision", "dimension", "level", "level_to", "certainty"
    ):
        found[pk][dimension] = tuple(score)
    return found


def _unpublished_heads() -> QuerySet[Revision]:
    heads = Revision.objects.filter(children__isnull=True, publications=None)
    return heads.select_related("card__technology", "author").defer("content")


def _events(rows: Iterable[Revision]) -> Mapping[int, list[ReviewEvent]]:
    found: dict[int, list[ReviewEvent]] = defaultdict(list)
    wanted = [row.pk for row in rows]
    for event in ReviewEvent.objects.filter(revision__in=wanted).order_by("id"):
        found[event.revision_id].append(event)
    return found


def _asked(state: State, events: list[ReviewEvent]) -> str:
    return events[-1].note if state is State.RETURNED and events else ""


def _authors(rows: Iterable[Revision]) -> Mapping[int, set[int]]:
    """By card: whose changes readers would first see with its newest revision."""
    cards = [row.card_id for row in rows]
    shown = _shown_numbers(cards)
    found: dict[int, set[int]] = defaultdict(set)
    since = Revision.objects.filter(card__in=cards).values_list("card", "number", "author")
    for card, number, author in since:
        if number > shown.get(card, 0):
            found[card].add(author)
    return found


def _shown_numbers(cards: list[int]) -> dict[int, int]:
    newest = Publication.objects.filter(card__in=cards).values("card").annotate(last=Max("seq"))
    rows: Any = Publication.objects.filter(seq__in=newest.values("last"))
    kept = rows.exclude(kind=Publication.Kind.WITHDRAWAL)
    return dict(kept.values_list("card", "revision__number"))


def _may_end(user: User, state: State, events: list[ReviewEvent], authors: set[int]) -> bool:
    if state is State.APPROVED:
        return True
    if state is not State.IN_REVIEW or (user.pk in authors and settings.TWO_EYES):
        return False
    submitted = max(i for i, event in enumerate(events) if event.kind == "submitted")
    signed = {event.by_id for event in events[submitted:] if event.kind == "approved"}
    return user.pk not in signed
