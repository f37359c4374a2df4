"""What is sent to the endpoints of cards: documents, notes and the hashes that If-Match names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.models import User
from assessments.api.faults import faults_of_fields, refusal, told
from assessments.models import Technology
from assessments.values import limits
from assessments.values.card import CardDocument, CardInvalid, parse_card
from assessments.values.card_keys import CardKey
from assessments.values.fields import FieldProblem, Fields
from rest.conditions import tags_named
from rest.problems import Fault, Problem

_ABOVE_SLUG = {"#", "#/technology", "#/technology/slug"}
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Sent:
    """A card as it was sent; `document` is None when it cannot be read."""

    slug: str
    role: str
    document: CardDocument | None
    faults: list[Fault]

    def written_by(self, author: User, *, parent: str | None) -> CardDocument:
        """The document on top of the parent, or 422 with all that is wrong in it."""
        if self.document is None:
            raise refusal(self.faults)
        return replace(self.document, author=author.get_username(), parent=parent)


def read_sent(body: object) -> Sent:
    try:
        document = parse_card(body)
    except CardInvalid as invalid:
        technology = body.get("technology") if isinstance(body, dict) else None
        slug = technology.get("slug") if isinstance(technology, dict) else None
        role = body.get("role") if isinstance(body, dict) else None
        return Sent(_text(slug), _text(role), None, faults_of_fields(invalid.errors))
    return Sent(document.technology.slug, document.role.value, document, [])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def technology_of(sent: Sent) -> Technology:
    """What the card is about; 409 while the record does not hold it."""
    found: Technology | None = Technology.objects.filter(slug=sent.slug).first()
    if found is not None:
        return found
    if any(fault.pointer in _ABOVE_SLUG for fault in sent.faults):
        raise refusal(sent.faults)
    detail = "There is no technology of that slug. Make it first, or correct the slug."
    faults = [*sent.faults, Fault("#/technology/slug", "unknown", detail)]
    raise Problem(409, told(faults), faults=faults)


def check_place(sent: Sent, key: CardKey) -> None:
    """409 for a document that is of another card than the address."""
    faults = []
    if sent.slug != key.slug:
        detail = f"This address is of {key.slug}. Send the card of that technology here."
        faults.append(Fault("#/technology/slug", "another_card", detail))
    if sent.role != key.role:
        detail = f"This address is of a card whose role is {key.role}. Send that role here."
        faults.append(Fault("#/role", "another_card", detail))
    taken = {fault.pointer for fault in sent.faults}
    new = [fault for fault in faults if fault.pointer not in taken]
    if new:
        every = [*sent.faults, *new]
        raise Problem(409, told(every), faults=every)


def hashes_named(header: str | None) -> tuple[str, ...]:
    """The content hashes that If-Match names, in its order."""
    hashes = (tag.partition(".")[0] for tag in tags_named(header or ""))
    return tuple(text for text in hashes if _HASH.fullmatch(text))


def read_words(body: object, *, required: Iterable[str], optional: Iterable[str]) -> dict[str, str]:
    """The notes of a step; 422 names every wrong field."""
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    words = {}
    for key in required:
        words[key] = fields.text(key, limit=limits.NOTE) if fields.has(key) else ""
        if not words[key] and not problems:
            fields.note(key, words[key], "Say in a sentence what the author should change.")
    words |= {key: fields.text(key, limit=limits.NOTE) for key in optional}
    fields.finish()
    if problems:
        faults = faults_of_fields(problems)
        raise refusal(faults)
    return words
