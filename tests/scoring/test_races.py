"""Sweeps of several workers at one instant, on a database that commits."""

import datetime

import pytest

from jobs.models import Job
from jobs.services import execute_job
from scoring.models import Run, RunKind
from scoring.services import runs
from tests.assessments.factories import published
from tests.jobs.test_races import at_once


def test_sweeps_at_one_instant_open_one_run(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rankings = Run.objects.filter(kind=RunKind.RANKING)
    published("edge-ai")
    published("photonic-computing")
    for job in Job.objects.filter(state=Job.State.QUEUED):
        execute_job(job_id=job.pk)
    before = rankings.count()
    monkeypatch.setattr(runs, "QUIET", datetime.timedelta(0))
    at_once(runs.open_due_runs)
    assert rankings.count() == before + 1
