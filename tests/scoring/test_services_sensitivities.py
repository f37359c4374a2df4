import json

import pytest
from django.core.management import call_command
from django.test import Client

from assessments.models import Technology
from jobs.models import Job
from record.clock import today
from scoring import receivers
from scoring.models import Run, RunKind, Sensitivity
from scoring.pages import run_state
from scoring.sensitivities import newest_sensitivity, ranking_sensitivity, sensitivity_of
from scoring.services.repeats import Verdict, repeat_sensitivity
from scoring.services.runs import Question, open_run
from scoring.services.sensitivities import (
    SENSITIVITY,
    draws_for,
    open_due_sensitivity,
    open_sensitivity,
)
from tests.assessments.factories import published, score
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    published("fusion", viability=score("4"))
    published("lidar", novelty=score("4"))
    published("blimps", impact=score("2"))
    run = open_run(question=Question(RunKind.RANKING, as_of=today()), reason="all")
    finish_all()
    return Run.objects.select_related("job__result").get(pk=run.pk)


def test_the_last_ranking_is_followed_by_its_sensitivity_once(run: Run) -> None:
    open_due_sensitivity()
    open_due_sensitivity()
    assert Job.objects.filter(kind=SENSITIVITY).count() == 1
    assert sensitivity_of(run_id=run.pk) == {}
    finish_all()
    found = ranking_sensitivity(run_id=run.pk)
    assert found is not None
    assert set(found.technologies) == {"fusion", "lidar", "blimps"}
    assert found.receipt["inputs_digest"] == Job.objects.get(kind=SENSITIVITY).inputs_digest
    assert newest_sensitivity()[0] == run.pk


def test_the_range_holds_the_rank_that_the_ranking_states(run: Run) -> None:
    open_sensitivity(run=run)
    finish_all()
    stated = {
        row["id"]: row["expected_rank"]
        for row in json.loads(run.job.result.headline)["technologies"]
    }
    found = sensitivity_of(run_id=run.pk)
    for slug, row in found.items():
        assert row.expected_rank == stated[slug]
        assert row.low <= row.expected_rank <= row.high
        assert row.low == min([row.expected_rank, *row.under.values()])
    assert any(row.high - row.low > 0.01 for row in found.values())


def test_neighbours_are_told_what_flips_them(run: Run) -> None:
    open_sensitivity(run=run)
    finish_all()
    found = sensitivity_of(run_id=run.pk)
    order = sorted(found, key=lambda slug: found[slug].expected_rank)
    for flip in found[order[0]].flips:
        assert (flip.ahead, flip.behind) == (order[0], order[1])
        assert flip.slug in order[:2]
    assert {(flip.ahead, flip.behind) for flip in found[order[1]].flips} <= {
        (order[0], order[1]),
        (order[1], order[2]),
    }
    assert any(row.flips for row in found.values())


def test_runs_answered_by_one_job_share_its_sensitivity(run: Run) -> None:
    again = open_run(question=Question(RunKind.RANKING, as_of=today()), reason="again")
    first, second = open_sensitivity(run=run), open_sensitivity(run=again)
    assert first is not None
    assert second is not None
    assert first.job_id == second.job_id
    assert first.pk != second.pk


def test_only_finished_rankings_of_this_engine_have_one(run: Run) -> None:
    outlook = Run.objects.filter(kind=RunKind.OUTLOOK).latest("seq")
    assert open_sensitivity(run=outlook) is None
    Job.objects.filter(pk=run.job_id).update(engine_version="ranking/1")
    assert open_sensitivity(run=Run.objects.get(pk=run.pk)) is None
    open_due_sensitivity()
    assert not Sensitivity.objects.exists()


def test_it_is_opened_when_a_job_ends_and_when_somebody_sweeps(run: Run) -> None:
    receivers._on_time_passing()
    assert Sensitivity.objects.get().run_id == run.pk


def test_an_empty_ranking_has_nothing_to_move() -> None:
    run = open_run(question=Question(RunKind.RANKING, as_of=today()), reason="none")
    finish_all()
    assert open_sensitivity(run=Run.objects.select_related("job__result").get(pk=run.pk))
    finish_all()
    assert sensitivity_of(run_id=run.pk) == {}


def test_long_lists_take_fewer_draws() -> None:
    assert [draws_for(count) for count in (0, 35, 100, 400, 10_000)] == [
        4_096,
        4_096,
        4_000,
        1_000,
        512,
    ]


def test_it_is_repeated_with_the_same_bytes(run: Run) -> None:
    assert repeat_sensitivity(run=run).verdict is Verdict.NOT_REPEATABLE
    open_sensitivity(run=run)
    assert "its job is queued" in repeat_sensitivity(run=run).sentence
    finish_all()
    assert repeat_sensitivity(run=run).verdict is Verdict.SAME
    call_command("rerun", str(run.pk), "--sensitivity")
    Job.objects.filter(kind=SENSITIVITY).update(engine_version="sensitivity/0")
    assert "the old engine is needed" in repeat_sensitivity(run=run).sentence


def test_the_page_of_the_run_says_how_firm_it_stands(client: Client, run: Run) -> None:
    address = f"/runs/{run.pk}/"
    assert "other constants" not in client.get(address).content.decode()
    before = run_state(run)
    open_sensitivity(run=run)
    finish_all()
    assert run_state(run) != before
    text = client.get(address).content.decode()
    assert "Under other constants half of the expected ranks move by at most" in text
    assert "in place of" in text
    assert f"rerun {run.pk} --sensitivity" in text


def test_names_on_that_page_are_those_that_readers_see(client: Client, run: Run) -> None:
    Technology.objects.filter(slug="fusion").update(name="Secret plan")
    open_sensitivity(run=run)
    finish_all()
    text = client.get(f"/runs/{run.pk}/").content.decode()
    assert "Secret plan" not in text
    assert "Fusion" in text
