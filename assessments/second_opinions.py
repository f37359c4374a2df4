"""Second opinions that a person does not see before handing in one of their own."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from assessments.models import Card, Publication, Reconciliation, ReviewEvent, Revision, Technology

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def withheld_opinions(actor: Any) -> Mapping[int, int]:
    """By technology how many other people's opinions are in and not shown to this person."""
    rows = Revision.objects.filter(card__role=Card.Role.SECOND).handed_in()
    hidden = rows.exclude(pk__in=Revision.objects.visible_to(actor))
    shown = rows.filter(pk__in=Revision.objects.visible_to(actor)).values("card")
    cards = hidden.exclude(card__in=shown).values_list("card", "card__technology").distinct()
    return Counter(technology for _, technology in cards)


def withheld_on(technology: Technology, actor: Any) -> int:
    return withheld_opinions(actor).get(technology.pk, 0)


def withheld_words(number: int) -> str:
    """One second opinion is in; it is shown when yours is."""
    if not number:
        return ""
    if number == 1:
        return "One second opinion is in; it is shown when yours is."
    count = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{count} second opinions are in; they are shown when yours is."


def has_handed_in(technology: Technology, actor: Any) -> bool:
    """Whether the person sent an opinion of their own on the technology to review."""
    own = Revision.objects.filter(card__technology=technology, author=actor)
    return own.handed_in().exists()


def blind_technologies(actor: Any, technologies: Iterable[int]) -> Collection[int]:
    """Those of the technologies on which the person has handed in nothing."""
    wanted = set(technologies)
    own = Revision.objects.filter(card__technology__in=wanted, author=actor).handed_in()
    return wanted - set(own.values_list("card__technology", flat=True))


def is_withheld(card: Card, actor: Any) -> bool:
    """Whether the card has revisions that the person does not see yet."""
    return card.revisions.exclude(pk__in=Revision.objects.visible_to(actor)).exists()


def opinions_in(technology: Technology, actor: Any) -> list[Revision]:
    """Of each card that the person sees the newest revision that is in, the lead card first: sent
    to review, or published."""
    seen = Revision.objects.visible_to(actor).filter(card__technology=technology)
    inside = seen.handed_in() | seen.standing()
    newest = inside.filter(card=OuterRef("card")).order_by("-number").values("pk")[:1]
    rows = Revision.objects.filter(card__technology=technology, pk=Subquery(newest))
    found = list(rows.select_related("card", "author").order_by("card_id"))
    return sorted(found, key=lambda row: row.card.role != Card.Role.LEAD)


def given_knowing(technology: Technology) -> Mapping[int, str]:
    """By card why a second opinion was not given blind; those that were are left out."""
    seconds = {"revision__card__technology": technology, "revision__card__role": Card.Role.SECOND}
    events = ReviewEvent.objects.filter(**seconds).order_by("id").select_related("revision")
    shown = list(Publication.objects.filter(**seconds).order_by("seq").values_list("at", "card"))
    reviewed: dict[int, int] = {}
    found: dict[int, str] = {}
    first: set[int] = set()
    for event in events:
        card, author = event.revision.card_id, event.revision.author_id
        if event.kind != ReviewEvent.Kind.SUBMITTED:
            if event.by_id != author:
                reviewed.setdefault(event.by_id, card)
        elif card not in first:
            first.add(card)
            if any(at < event.at and other != card for at, other in shown):
                found[card] = "after another one was published"
            elif reviewed.get(author, card) != card:
                found[card] = "after reviewing another one"
    return found


@dataclass(frozen=True)
class Noted:
    """A note on opinions, by the revisions that it spoke of."""

    revisions: frozenset[int]
    at: datetime


def noted_for(actor: Any) -> list[Noted]:
    """Every note that the person sees, the newest first."""
    rows = Reconciliation.objects.visible_to(actor).prefetch_related("spoken_of").order_by("-id")
    return [
        Noted(frozenset(one.revision_id for one in row.spoken_of.all()), row.at) for row in rows
    ]
