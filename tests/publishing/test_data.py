"""The published record as data."""

from datetime import timedelta

import pytest

from jobs.models import Job
from jobs.services import execute_job
from publishing.data import (
    flat_technology,
    outlook_document,
    ranking_document,
    technology_records,
)
from publishing.prediction_data import flat_prediction, prediction_records
from publishing.selectors import published
from scoring.models import RunKind
from scoring.selectors import latest_finished
from scoring.services import runs
from scoring.services.rankings import finished_ranking
from tests.assessments import factories
from tests.assessments.factories import score

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "QUIET", timedelta(0))
    factories.published("edge-ai", impact=score("5+"))
    factories.published("chiplets", impact=score("3", level_to="4"))
    for _ in range(2):
        for job in Job.objects.filter(state=Job.State.QUEUED):
            execute_job(job_id=job.pk)
        runs.open_due_runs()


def test_a_record_repeats_the_card_and_its_runs(record: None) -> None:
    now = published()
    chiplets, edge = technology_records(now)
    assert (chiplets["slug"], edge["slug"]) == ("chiplets", "edge-ai")
    assert chiplets["scores"]["impact"]["display"] == "3/4"
    assert now.ranking is not None
    ranked = now.ranking.row("edge-ai")
    assert ranked is not None
    assert edge["ranking"]["expected_rank"] == ranked.expected_rank
    assert edge["outlook"]["p_open_by_2030"] == now.outlook.rows["edge-ai"].p_open_by_2030  # type: ignore[union-attr]


def test_impact_stands_in_two_columns_of_a_table(record: None) -> None:
    chiplets, edge = (flat_technology(row) for row in technology_records(published()))
    assert (edge["impact"], edge["impact_plus"], edge["impact_display"]) == (5, True, "5+")
    assert (chiplets["impact"], chiplets["impact_plus"], chiplets["impact_to"]) == (3, False, "4")
    assert list(edge) == list(chiplets)


def test_the_ranking_reads_as_the_command_writes_it(record: None) -> None:
    now, found = published(), latest_finished(RunKind.RANKING)
    assert now.ranking is not None
    assert found is not None
    assert ranking_document(now.ranking) == finished_ranking(finished=found)


def test_the_outlook_names_its_technologies(record: None) -> None:
    now = published()
    assert now.outlook is not None
    document = outlook_document(now.outlook, now)
    assert [row["name"] for row in document["technologies"]] == ["Chiplets", "Edge ai"]


def test_an_empty_record_has_no_predictions_and_a_table_row_names_its_technology() -> None:
    assert prediction_records(published()) == []
    row = flat_prediction({"id": "a-1", "technology": {"slug": "a", "name": "A"}, "kind": "event"})
    assert row == {"id": "a-1", "slug": "a", "name": "A", "kind": "event"}
