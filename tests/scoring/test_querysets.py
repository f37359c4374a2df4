"""Who sees which runs."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from scoring.models import Run, RunKind
from tests.assessments.factories import person
from tests.assessments.predicted import made, published
from tests.scoring.made import finish_all
from tests.scoring.predicted import indicator, prediction, runs, says

pytestmark = pytest.mark.django_db


def seen(actor: object) -> set[str]:
    return set(Run.objects.visible_to(actor).exclude(subject="").values_list("subject", flat=True))


def test_readers_see_runs_of_what_they_see() -> None:
    indicator()
    indicator("secret-price", is_public=False)
    mine, draft = prediction(), made()
    says(draft, 0.3)
    assert seen(AnonymousUser()) == {"module-price", mine.key}
    assert seen(person("anna")) == {"module-price", mine.key}


def test_what_others_said_stays_hidden_until_one_has_spoken() -> None:
    blind = published(hides_forecasts=True)
    says(blind, 0.3, by="dora")
    assert seen(AnonymousUser()) == set()
    assert seen(person("anna")) == set()
    assert seen(person("dora")) == {blind.key}


@pytest.mark.parametrize("path", ["", "run.json", "run.csv"])
def test_a_run_that_is_not_seen_answers_like_none(client: Client, path: str) -> None:
    blind = published(hides_forecasts=True)
    says(blind, 0.3, by="dora")
    finish_all()
    (run,) = runs(RunKind.PREDICTION, blind.key)
    assert client.get(f"/runs/{run.seq}/{path}").status_code == 404
    assert blind.key not in client.get("/runs/").content.decode()
    assert blind.key not in client.get("/api/v1/runs/").content.decode()
    client.force_login(person("dora"))
    assert blind.key in client.get("/runs/").content.decode()
