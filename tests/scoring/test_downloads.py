import csv
import io
import json

import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from scoring.models import Run
from tests.assessments.factories import published, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs() -> dict[str, Run]:
    """A finished run of each kind."""
    published("fusion", viability=score("4"))
    while waiting := Job.objects.filter(state=Job.State.QUEUED).first():
        execute_job(job_id=waiting.pk)
    return {run.kind: run for run in Run.objects.select_related("job__result")}


def test_a_run_is_taken_away_with_all_that_repeats_it(client: Client, runs: dict[str, Run]) -> None:
    for run in runs.values():
        response = client.get(f"/runs/{run.pk}/run.json")
        whole = json.loads(response.content)
        assert whole["run"]["id"] == run.pk
        assert whole["inputs"] == json.loads(run.job.inputs)
        assert whole["result"] == json.loads(run.job.result.headline)
        assert whole["receipt"]["result_digest"] == run.job.result.digest
        assert "attachment" in response["Content-Disposition"]


def test_a_run_is_a_table_of_its_technologies(client: Client, runs: dict[str, Run]) -> None:
    (row,) = _rows(client, runs["ranking"])
    assert row["id"] == "fusion"
    assert float(row["expected_rank"]) == 1
    assert "lift_viability" in row
    (row,) = _rows(client, runs["outlook"])
    assert 0 <= float(row["p_open_by_2030"]) <= 1


def _rows(client: Client, run: Run) -> list[dict[str, str]]:
    text = client.get(f"/runs/{run.pk}/run.csv").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_without_a_result_has_no_files(client: Client) -> None:
    published("fusion")
    run = Run.objects.first()
    assert run is not None
    for name in ("run.json", "run.csv"):
        assert client.get(f"/runs/{run.pk}/{name}").status_code == 404
