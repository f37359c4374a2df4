"""Opening runs of the track record: one when something was resolved or undone, and no other."""

from django.db import transaction

from jobs.services import open_job
from record.clock import today
from record.trace import current_request_id
from scoring.models import Run, RunKind
from scoring.score_inputs import score_values
from scoring.services.score_computations import SCORES_ENGINE

SEED = 20300101


@transaction.atomic
def open_scores_run(*, reason: str) -> Run:
    """The record of all that is resolved now, answered by an earlier job where it was so before."""
    job = open_job(
        kind=RunKind.SCORES.value, inputs=score_values(), engine_version=SCORES_ENGINE, seed=SEED
    )
    return Run.objects.create(
        kind=RunKind.SCORES,
        as_of=today(),
        reason=reason[:200],
        request_id=current_request_id(),
        job=job,
    )
