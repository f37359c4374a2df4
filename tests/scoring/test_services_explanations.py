import pytest

from jobs.models import Job
from jobs.services import execute_job
from scoring.models import Run, RunKind
from scoring.selectors import arrays_of, latest_finished
from scoring.services.explanations import contrasts_of, ranked_inputs
from scoring.services.runs import Question, open_run
from tests.assessments.factories import published, score

pytestmark = pytest.mark.django_db


def finished_run() -> Run:
    published("fusion", diffusion=score("5"))
    published("lidar", diffusion=score("2"), novelty=score("4"))
    published("blimps", impact=score("2"))
    run = open_run(
        question=Question(RunKind.RANKING, as_of=Run.objects.latest("seq").as_of), reason="x"
    )
    for job in Job.objects.filter(state=Job.State.QUEUED):
        execute_job(job_id=job.pk)
    return run


def test_a_pair_is_explained_by_the_draws_that_the_ranking_counted() -> None:
    run, stored = finished_run(), latest_finished(RunKind.RANKING)
    inputs = ranked_inputs(run_id=run.pk)
    assert stored is not None
    assert inputs is not None
    found = contrasts_of(inputs=inputs, slug="fusion", others=["lidar", "blimps"])
    arrays = arrays_of(stored)
    ids = [str(slug) for slug in arrays["ids"]]
    for other, row in found.items():
        winning = arrays["pairwise_winning"][ids.index("fusion"), ids.index(other)]
        assert row.share_ahead == pytest.approx(float(winning), abs=1e-12)
        assert sum(row.parts.values()) == pytest.approx(row.difference)
    assert found["lidar"].mostly == ("diffusion",)


def test_nothing_is_said_of_runs_that_are_no_finished_ranking_of_this_engine() -> None:
    run = finished_run()
    outlook = Run.objects.filter(kind=RunKind.OUTLOOK).latest("seq")
    assert ranked_inputs(run_id=outlook.pk) is None
    assert ranked_inputs(run_id=10**9) is None
    Job.objects.filter(pk=run.job_id).update(engine_version="ranking/0")
    assert ranked_inputs(run_id=run.pk) is None


def test_against_nobody_nothing_is_computed() -> None:
    inputs = ranked_inputs(run_id=finished_run().pk)
    assert inputs is not None
    assert contrasts_of(inputs=inputs, slug="fusion", others=[]) == {}
