from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from jobs.models import Job, JobResult
from jobs.services import execute_job
from record.append_only import missing_triggers, registered_models

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"state": "running"},
        {"state": "running", "lease_until": Now()},
        {"state": "done"},
        {"state": "parked", "ended_at": Now()},
        {"state": "queued", "lease_until": Now()},
        {"state": "queued", "ended_at": Now()},
        {"state": "lost"},
        {"progress_done": F("progress_total") + 1},
    ],
)
def test_a_state_that_contradicts_itself_is_refused(job: Job, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**values)


def test_a_computation_has_one_row(job: Job) -> None:
    job.pk = None
    job._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        job.save()


def test_results_are_kept_as_written(job: Job) -> None:
    assert JobResult in registered_models()
    assert missing_triggers() == []
    execute_job(job_id=job.pk)
    with pytest.raises(IntegrityError, match="jobs_jobresult keeps"), transaction.atomic():
        JobResult.objects.update(headline="{}")
    with pytest.raises(IntegrityError, match="jobs_jobresult keeps"), transaction.atomic():
        JobResult.objects.all().delete()
