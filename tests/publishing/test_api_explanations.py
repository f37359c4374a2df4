"""What programs are told of why a technology stands where it stands."""

from typing import Any

import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from publishing.api.explanation_shapes import EXPLANATION, PAIR
from publishing.selectors import published
from record.clock import today
from scoring.models import Run, RunKind
from scoring.services.runs import Question, open_run
from scoring.services.sensitivities import open_due_sensitivity
from tests.assessments import factories
from tests.assessments.factories import score

API = "/api/v1"
pytestmark = pytest.mark.django_db


def compute() -> None:
    for job in Job.objects.exclude(state=Job.State.DONE):
        execute_job(job_id=job.pk)


@pytest.fixture
def run() -> int:
    """Of four technologies the last is listed without a rank."""
    factories.published("fusion", diffusion=score("5"))
    factories.published("lidar", diffusion=score("2"), novelty=score("4"))
    factories.published("blimps", impact=score("2"))
    unscored = {name: score(None) for name in ("drivers", "novelty")}
    factories.published("secrets", **unscored)
    for key in ("even-handed", "moonshot"):
        open_run(question=Question(RunKind.RANKING, as_of=today(), lens=key), reason="test")
    compute()
    return Run.objects.filter(lens="even-handed").latest("seq").pk


def read(client: Client, path: str) -> Any:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_one_technology_is_explained(client: Client, run: int) -> None:
    found = read(client, f"rankings/{run}/technologies/fusion/")
    assert read(client, "technologies/fusion/ranking/") == found
    assert set(found) == set(EXPLANATION.fields)
    assert found["technology"]["slug"] == "fusion"
    drivers = {row["dimension"]: row for row in found["drivers"]}
    assert [row["level"] for row in drivers["diffusion"]["own_levels"]][-1] == "5"
    beside = {row["slug"]: row for row in found["neighbours"]}
    assert set(beside) == {"lidar", "blimps"}
    assert beside["lidar"]["mostly_by"] == ["diffusion"]
    assert [row["lens"] for row in found["lenses"]] == ["even-handed", "moonshot"]
    assert (found["flips"], found["other_constants"]) == (None, None)


def test_flips_and_constants_come_once_they_are_computed(client: Client, run: int) -> None:
    path = f"rankings/{run}/technologies/lidar/"
    before = client.get(f"{API}/{path}")
    assert client.get(f"{API}/{path}", headers={"If-None-Match": before["ETag"]}).status_code == 304
    open_due_sensitivity()
    compute()
    after = client.get(f"{API}/{path}", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    constants = after.json()["other_constants"]
    assert constants["rank_low"] <= constants["rank_high"]
    assert all(flip["share_ahead"] <= 1 for flip in after.json()["flips"])


def test_a_listed_technology_says_why_it_has_no_rank(client: Client, run: int) -> None:
    found = read(client, f"rankings/{run}/technologies/secrets/")
    assert found["technology"]["not_ranked_because"] == "only 3 of 5 dimensions are scored"
    assert (found["drivers"], found["neighbours"], found["indices"]) == ([], [], None)


def test_any_two_are_compared_with_the_number_of_the_ranking(client: Client, run: int) -> None:
    found = read(client, f"rankings/{run}/pairs/?a=blimps&b=fusion")
    ranking = published().ranking
    assert ranking
    assert set(found) == set(PAIR.fields)
    assert found["share_ahead"] == pytest.approx(ranking.share_ahead("blimps", "fusion"), abs=1e-6)
    contrast = found["contrast"]
    assert sum(part["part"] for part in contrast["parts"]) == pytest.approx(
        contrast["difference"], abs=1e-5
    )
    back = read(client, f"rankings/{run}/pairs/?a=fusion&b=blimps")
    assert back["share_ahead"] + found["share_ahead"] == pytest.approx(1)


def test_a_pair_that_the_run_has_not_compared_is_counted_alone(
    client: Client, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"rankings/{run}/pairs/?a=fusion&b=lidar"
    stored = read(client, path)
    ranking = published().ranking
    assert ranking
    monkeypatch.setitem(ranking.__dict__, "share_ahead", lambda first, second: None)
    assert read(client, path)["share_ahead"] == stored["share_ahead"]


def test_draws_that_cannot_be_made_again_leave_the_stored_number(client: Client, run: int) -> None:
    Job.objects.filter(runs__pk=run).update(engine_version="ranking/0")
    found = read(client, f"rankings/{run}/pairs/?a=fusion&b=lidar")
    ranking = published().ranking
    assert ranking
    assert found["share_ahead"] == pytest.approx(ranking.share_ahead("fusion", "lidar"), abs=1e-6)
    assert (found["contrast"], found["mostly_by"]) == (None, [])


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "a is missing; write it like tidal-stream-power."),
        ("?a=fusion", 400, "b is missing; write it like wave-power."),
        ("?a=fusion&b=A%20b", 400, "b is"),
        ("?a=fusion&b=nowhere", 404, "There is nothing at this address"),
        ("?a=fusion&b=fusion", 404, "a and b are the same technology; name two."),
        ("?a=fusion&b=secrets", 404, "Secrets is not ranked: only 3 of 5 dimensions are scored."),
        ("?a=fusion&b=lidar&c=1", 400, "There is no parameter"),
    ],
)
def test_a_pair_that_cannot_be_told_says_why(
    client: Client, run: int, query: str, status: int, said: str
) -> None:
    answer = client.get(f"{API}/rankings/{run}/pairs/{query}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]


def test_what_is_not_there_is_not_explained(client: Client, run: int) -> None:
    for path in (
        f"rankings/{run}/technologies/nowhere/",
        "rankings/999999/technologies/fusion/",
        "technologies/nowhere/ranking/",
        "rankings/999999/pairs/?a=fusion&b=lidar",
    ):
        assert client.get(f"{API}/{path}").status_code == 404


def test_before_the_first_ranking_nothing_is_explained(client: Client) -> None:
    factories.published("fusion")
    assert client.get(f"{API}/technologies/fusion/ranking/").status_code == 404
