"""What the services refuse, as problems: 422 for the card's own fault, 409 for the record's."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse

from assessments.api.records import key_of
from assessments.api.sight import Sight
from assessments.models import Card
from assessments.selectors import head_of
from record.errors import Conflict, DomainError, NotAllowed
from rest.problems import Fault, Problem

# Of a card, what a service may find wrong with it in the light of the record.
_OWN = {"as_of", "reason", "note"}
NEWER = (
    "The card was saved since you read it. Nothing was overwritten: read the newest revision,"
    " bring your change into it and send that."
)
_THERE = "This card is begun already. Nothing was overwritten; read it, and save on top of it."
_STANDS = "The revision stands where this step cannot be taken."


@contextmanager
def as_problems(card: Card | None, sight: Sight, *, is_conditional: bool) -> Iterator[None]:
    try:
        yield
    except NotAllowed:
        raise
    except Conflict as conflict:
        status = 412 if is_conditional else 409
        raise stale(card, sight, status, conflict.message) from conflict
    except DomainError as error:
        faults = [Fault(f"#/{error.field}", "refused", error.message)] if error.field else []
        status = 422 if error.field in _OWN else 409
        # The words of the state count revisions, and with them drafts.
        detail = error.message if sight.has_drafts or faults else _STANDS
        raise Problem(status, detail, faults=faults) from error


def stale(card: Card | None, sight: Sight, status: int = 412, why: str = NEWER) -> Problem:
    """Says what is newest and where, to callers who may see it."""
    head = head_of(card) if card else None
    if card is None or head is None:
        return Problem(status, why)
    if not sight.has_drafts:
        # One answer, whether a draft stands in the way or not.
        return Problem(status, _THERE if status == 409 else NEWER)
    return Problem(
        status,
        why,
        newest={
            "content_hash": head.content_hash,
            "number": head.number,
            "author": head.author.get_username(),
            "url": reverse("api:card-detail", kwargs={"key": str(key_of(card))}),
        },
    )
