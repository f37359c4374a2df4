"""What this app does when the apps below it speak."""

from typing import Any

from assessments.signals import record_published
from jobs.signals import job_ended, swept
from scoring.services.past_runs import open_due_past_run
from scoring.services.runs import open_due_runs, open_runs_for
from scoring.services.sensitivities import open_due_sensitivity


def connect() -> None:
    record_published.connect(_on_publication, dispatch_uid="scoring.publication")
    job_ended.connect(_on_time_passing, dispatch_uid="scoring.job_ended")
    swept.connect(_on_time_passing, dispatch_uid="scoring.swept")


def _on_publication(*, publication: Any, **_: Any) -> None:
    open_runs_for(publication=publication)


def _on_time_passing(**_: Any) -> None:
    open_due_runs()
    open_due_sensitivity()
    open_due_past_run()
