"""The monthly round: a second look at what is published, without a new revision."""

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Card, Revision, RoundAnswer
from assessments.selectors import last_published
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change


@transaction.atomic
def answer_round(*, revision: Revision, answer: str, by: User) -> RoundAnswer:
    """It stands in the record who found the published revision still right, or open, and when."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can answer the round.")
    if answer not in RoundAnswer.Answer.values:
        raise DomainError("The answer must be “still right” or “open”.", field="answer")
    card = revision.card
    if card.role != Card.Role.LEAD:
        raise DomainError("The round asks of lead cards alone.")
    shown = last_published(card)
    if shown is None or shown.pk != revision.pk:
        raise Conflict(
            f"Readers no longer see revision {revision.number} of {card.technology.name}. Look at"
            " what is published now, then answer."
        )
    row: RoundAnswer = RoundAnswer.objects.create(revision=revision, answer=answer, by=by)
    log_change(
        kind="round.answered",
        subject_kind="card",
        subject_key=str(card.pk),
        actor_id=by.pk,
        after={
            "technology": card.technology.slug,
            "revision": revision.number,
            "answer": answer,
        },
    )
    return row
