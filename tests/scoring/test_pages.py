import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from jobs.kinds import Part, Split
from jobs.models import Job
from jobs.services import lease_job, open_job
from jobs.services.leases import Lease
from jobs.services.parts import finish_part, split_job
from scoring.inputs import RANKING_ENGINE
from scoring.models import Run, RunKind
from scoring.pages import run_list_page, run_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    """A ranking that was cut into four parts."""
    inputs: dict[str, Any] = {"computation": "ranking", "technologies": []}
    job = open_job(kind="ranking", inputs=inputs, engine_version=RANKING_ENGINE, seed=1)
    parts = tuple(Part({"first": number}, size=25) for number in range(4))
    assert split_job(held=leased(job), split=Split(parts))
    return Run.objects.create(
        kind=RunKind.RANKING, as_of=datetime.date(2026, 11, 21), reason="a test", job=job
    )


def leased(job: Job) -> Lease:
    held = lease_job(job_id=job.pk)
    assert held is not None
    return held


def finish(parts: int) -> None:
    for part in Job.objects.exclude(whole=None).exclude(state=Job.State.DONE)[:parts]:
        assert finish_part(held=leased(part), content=b"", facts={})


def test_a_run_in_parts_says_how_far_they_have_come(run: Run) -> None:
    finish(3)
    run.refresh_from_db()
    page = run_page(run=run, actor=AnonymousUser())
    assert page.row.state_words == "being computed in parts"
    assert page.row.progress_words == "75 of 100 draws done, in 4 parts"
    assert page.parts.startswith("3 of 4 parts are done.")
    assert run_list_page(number=None, actor=AnonymousUser()).heading == "One run is being computed."


def test_a_run_whose_parts_are_done_waits_to_be_put_together(run: Run) -> None:
    finish(4)
    run.refresh_from_db()
    page = run_page(run=run, actor=AnonymousUser())
    assert page.parts == "All 4 parts are done and wait to be put together."
    assert page.row.is_moving


def test_the_page_of_a_run_in_parts_tells_the_same(run: Run, client: Client) -> None:
    finish(1)
    text = client.get(f"/runs/{run.seq}/").content.decode()
    assert "is being computed in parts." in text
    assert "1 of 4 parts are done." in text


def test_inputs_that_nobody_could_read_are_not_written_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.pages.LONGEST_SHOWN", 10)
    assert "too many for a page" in run_page(run=run, actor=AnonymousUser()).inputs
