"""Predictions as one person of the team finds them: with what they said themselves."""

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import OpeningStep
from assessments.openings import pending_steps
from assessments.predictions import own_forecasts, predictions
from publishing.pages.desk_predictions import Foretold
from record.clock import now
from scoring.resolutions import states_of


def foretold_for(person: User) -> Foretold:
    """Every prediction, drafts too: a stepping stone that waits to be published is none that is
    missing."""
    records = predictions()
    return Foretold(
        person_id=person.pk,
        is_editor=has_role(person, Role.EDITOR),
        at=now(),
        records=records,
        states=states_of(records),
        own=own_forecasts([record.key for record in records], person),
    )


def openings_for(person: User) -> list[OpeningStep]:
    """Proposals that the person may answer: those of others, for editors."""
    if not has_role(person, Role.EDITOR):
        return []
    return [step for step in pending_steps() if step.by_id != person.pk]
