"""Which card a person writes when they score a technology, and what they left unsaved on it."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import User
from assessments.models import Buffer, Card, Revision, Technology
from assessments.selectors import head_of
from assessments.values.card import CardDocument, content_json
from record.canonical import canonical_json

# What differs between two saves of the same words.
_FRAME = {"parent", "reason", "origin"}
# Of a page and not of what was typed on it.
_OF_THE_PAGE = {"csrfmiddlewaretoken", "then", "newest"}
# How fields begin in which a conflict is settled.
SETTLING = "settle-"


@dataclass(frozen=True)
class Opinion:
    """A card as one person is about to write it; `card` is None until something is kept."""

    technology: Technology
    role: str
    author: User
    card: Card | None = None
    head: Revision | None = None

    @property
    def is_second(self) -> bool:
        return self.role == Card.Role.SECOND

    @property
    def is_foreign(self) -> bool:
        """A second opinion belongs to the analyst who gave it."""
        return self.is_second and self.card is not None and self.card.owner_id != self.author.pk

    def content(self) -> dict[str, Any] | None:
        """The newest revision in the contract's shape, ready to be built on."""
        if self.head is None:
            return None
        return content_of(self.head) | {"parent": self.head.content_hash}


def content_of(revision: Revision) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(revision.content)
    return content


def opinion_on(*, technology: Technology, by: User) -> Opinion:
    """The lead card while nobody else wrote one, then the person's own second opinion."""
    lead = technology.cards.filter(role=Card.Role.LEAD).first()
    head = head_of(lead) if lead else None
    if lead is None or head is None or by.pk in {lead.owner_id, head.author_id}:
        return Opinion(technology, Card.Role.LEAD, by, lead, head)
    second = technology.cards.filter(role=Card.Role.SECOND, owner=by).first()
    return Opinion(technology, Card.Role.SECOND, by, second, head_of(second) if second else None)


def own_second(*, technology: Technology, by: User) -> Opinion | None:
    """The person's own second opinion, saved or only begun."""
    card = technology.cards.filter(role=Card.Role.SECOND, owner=by).first()
    opinion = opinion_of(card=card, by=by) if card else None
    return opinion if opinion and (opinion.head or kept_of(opinion)) else None


def opinion_to_revise(*, technology: Technology, by: User) -> Opinion:
    """The card that takes one citation more: an own second opinion, else the lead card."""
    lead = technology.cards.filter(role=Card.Role.LEAD).first()
    own = own_second(technology=technology, by=by)
    return own or Opinion(technology, Card.Role.LEAD, by, lead, head_of(lead) if lead else None)


def opinion_of(*, card: Card, by: User) -> Opinion:
    return Opinion(card.technology, card.role, by, card, head_of(card))


def lead_of(technology: Technology) -> Revision | None:
    """The newest revision of the technology's lead card."""
    lead = technology.cards.filter(role=Card.Role.LEAD).first()
    return head_of(lead) if lead else None


def says_the_same(document: CardDocument, head: Revision) -> bool:
    """Whether saving the document on top of the revision would change no word."""
    new, old = content_json(document), content_of(head)
    words = [{key: card[key] for key in card if key not in _FRAME} for card in (new, old)]
    return canonical_json(words[0]) == canonical_json(words[1])


def kept_of(opinion: Opinion) -> Buffer | None:
    """What the person typed on the card and did not save."""
    if opinion.card is None:
        return None
    return Buffer.objects.filter(card=opinion.card, user=opinion.author).first()


def typed_in(buffer: Buffer) -> QueryDict:
    """The kept fields as a form sends them."""
    data = QueryDict(mutable=True)
    for name, values in buffer.fields.items():
        data.setlist(name, values)
    return data


def fields_of(data: QueryDict) -> dict[str, object]:
    """What a form sent, fit to be kept: no database stores a NUL inside JSON."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in _OF_THE_PAGE and not name.startswith(SETTLING)
    }
