from datetime import timedelta

import pytest

from assessments.services.publication import withdraw_card
from jobs.models import Job
from jobs.services import execute_job
from publishing.pages.published import Moment
from publishing.selectors import moment, publications_of, published
from scoring.models import RunKind
from scoring.selectors import latest_finished
from scoring.services import runs
from tests.assessments import factories
from tests.assessments.factories import person, saved, score

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_waiting_for_a_burst_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "QUIET", timedelta(0))


def compute() -> None:
    """All runs that are asked for by now are finished."""
    for _ in range(2):
        for job in Job.objects.filter(state=Job.State.QUEUED):
            execute_job(job_id=job.pk)
        runs.open_due_runs()
    assert not Job.objects.filter(state=Job.State.QUEUED).exists()


def test_the_moment_is_that_of_the_record_in_full() -> None:
    assert moment() == published().moment
    factories.published()
    assert moment() == published().moment
    compute()
    assert moment() == published().moment


def states(now: Moment) -> tuple[str, str, str]:
    return now.of_record, now.of_ranking, now.of_all


def test_a_publication_moves_every_page_and_a_run_those_that_show_it() -> None:
    empty = states(moment())
    factories.published()
    queued = states(moment())
    compute()
    done = states(moment())
    assert all(old != new for old, new in zip(empty, queued, strict=True))
    assert [old != new for old, new in zip(queued, done, strict=True)] == [False, True, True]


def test_ranking_and_outlook_are_read_under_the_names_of_the_contract() -> None:
    factories.published(impact=score("4"))
    factories.published("chiplets", impact=score("2"))
    compute()
    record = published()
    assert record.ranking is not None
    assert record.outlook is not None
    first, second = record.ranking.ranked
    assert (first.slug, second.slug) == ("edge-ai", "chiplets")
    assert sum(first.shares) == pytest.approx(1)
    assert record.ranking.share_ahead("edge-ai", "chiplets") > 0.5
    assert set(first.lift) == {"viability", "drivers", "novelty", "diffusion", "impact"}
    row = record.outlook.rows["edge-ai"]
    assert row.p_open_by_2030 == row.chances[2030 - row.first_year]


def test_a_withdrawn_technology_leaves_the_results_that_still_hold_it() -> None:
    publication = factories.published("edge-ai")
    factories.published("chiplets")
    compute()
    editor = person("ben", "editor")
    withdraw_card(revision=publication.revision, by=editor, reason="The card was a mistake.")
    held = latest_finished(RunKind.RANKING)
    record = published()
    assert held is not None
    assert {row["id"] for row in held.headline["technologies"]} == {"chiplets", "edge-ai"}
    assert record.ranking is not None
    assert record.outlook is not None
    assert [row.slug for row in record.ranking.rows] == ["chiplets"]
    assert set(record.outlook.rows) == {"chiplets"}
    assert publications_of("edge-ai") == []


def test_drafts_have_no_publications() -> None:
    saved("hidden-thing")
    assert publications_of("hidden-thing") == []
    assert published().cards == ()
