"""Resolutions, chances, scores and forecasts, for programs."""

import datetime
import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from accounts.services.tokens import create_token
from assessments.models import Prediction
from scoring.models import ResolutionEvent
from scoring.services import forecast_runs
from tests.assessments.factories import person
from tests.assessments.predicted import made, published
from tests.scoring.made import finish_all
from tests.scoring.predicted import DAY, indicator, says

pytestmark = pytest.mark.django_db

PROPOSAL = {"action": "propose", "outcome": "yes", "note": "Sold.", "evidence": "Three lists."}


@pytest.fixture(autouse=True)
def _today(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BELLWETHER_TODAY = DAY
    monkeypatch.setattr(forecast_runs, "QUIET", datetime.timedelta(0))


def token(name: str) -> str:
    user = person(name, "editor")
    return create_token(user=user, name="script", scopes=["resolve"], days=9)[1]


def send(key: str, body: Any, who: str = "ben") -> HttpResponse:
    answer: HttpResponse = Client().post(
        f"/api/v1/predictions/{key}/resolutions/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token(who)}"},
    )
    return answer


def read(path: str) -> Any:
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_two_tokens_resolve_a_prediction_and_one_undoes_it() -> None:
    key = published().key
    first = send(key, PROPOSAL)
    assert first.status_code == 201, first.content
    seen = json.loads(first.content)["id"]
    assert send(key, {"action": "confirm", "note": "So it is."}).status_code == 403
    done = send(key, {"action": "confirm", "note": "So it is.", "seen": seen}, "cleo")
    assert done.status_code == 201, done.content
    assert send(key, {"action": "undo", "note": "A pilot."}, "cleo").status_code == 201
    steps = [row["step"] for row in read(f"predictions/{key}/resolutions/")["results"]]
    assert steps == ["proposed", "confirmed", "undone"]


def test_annul_and_ambiguous_are_proposals_too() -> None:
    key = published().key
    sent = {"action": "annul", "note": "The office closed.", "evidence": "Its last report."}
    answer = send(key, sent)
    assert json.loads(answer.content)["outcome"] == "annulled"
    assert json.loads(answer.content)["step"] == "proposed"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([], 422),
        ({}, 422),
        ({"action": "decide", "note": "So."}, 422),
        ({"action": "propose", "note": "So."}, 422),
        (PROPOSAL | {"note": ""}, 422),
        (PROPOSAL | {"evidence": ""}, 422),
        (PROPOSAL | {"outcome": "perhaps"}, 422),
        (PROPOSAL | {"outcome": "no"}, 422),
        (PROPOSAL | {"value": "many"}, 422),
        (PROPOSAL | {"happened_on": "2031-01-01"}, 422),
        (PROPOSAL | {"seen": 7}, 409),
        (PROPOSAL | {"extra": 1}, 422),
        ({"action": "confirm", "note": "So."}, 409),
        ({"action": "undo", "note": "So."}, 409),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_saved(body: Any, status: int) -> None:
    answer = send(published().key, body)
    assert answer.status_code == status, answer.content
    assert json.loads(answer.content)["detail"]
    assert not ResolutionEvent.objects.exists()


def test_drafts_answer_like_what_does_not_exist() -> None:
    key = made().key
    assert send(key, PROPOSAL).status_code == 404
    for part in ("resolutions", "probabilities"):
        assert Client().get(f"/api/v1/predictions/{key}/{part}/").status_code == 404


def computed() -> Prediction:
    indicator()
    row = published()
    says(row, 0.3)
    finish_all()
    forecast_runs.open_due_forecasts()
    finish_all()
    return row


def test_probabilities_have_their_history_as_json_and_as_csv() -> None:
    key = computed().key
    (point,) = read(f"predictions/{key}/probabilities/")["results"]
    assert (point["pool"], point["members"]) == (0.3, 1)
    table = Client().get(f"/api/v1/predictions/{key}/probabilities.csv")
    assert b"0.3" in b"".join(table.streaming_content)  # type: ignore[attr-defined]


def test_chances_that_are_hidden_stay_so() -> None:
    blind = published(hides_forecasts=True)
    says(blind, 0.3)
    finish_all()
    assert Client().get(f"/api/v1/predictions/{blind.key}/probabilities/").status_code == 404


def test_a_forecast_is_read_as_json_and_as_csv() -> None:
    computed()
    found = read("indicators/module-price/forecast/")
    assert found["years"][-1] == 2035
    assert found["baseline"]["method"] == "drift walk"
    table = Client().get(
        "/api/v1/indicators/module-price/forecast/", headers={"Accept": "text/csv"}
    )
    assert table.content.decode().splitlines()[0].startswith("indicator,method,year,quantile_0.025")
    assert Client().get("/api/v1/indicators/nothing/forecast/").status_code == 404


def test_hubverse_rows_have_its_columns() -> None:
    computed()
    answer = Client().get("/api/v1/forecasts/hubverse.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == (
        "model_id,reference_date,target,horizon,target_date,location,output_type,output_type_id,"
        "value"
    )
    assert len(lines) == 1 + 2 * 7 * 12
    assert {line.split(",")[0] for line in lines[1:]} == {"bellwether", "baseline"}


def test_scores_name_people_by_number(settings: LazySettings) -> None:
    assert read("scores/")["results"] == []
    row = computed()
    settings.BELLWETHER_TODAY = datetime.date(2031, 4, 2)
    send(row.key, PROPOSAL)
    send(row.key, {"action": "confirm", "note": "Yes."}, "cleo")
    finish_all()
    rows = read("scores/")["results"]
    assert {record["who"] for record in rows} == {"pool", str(person("anna").pk)}
    assert {record["set"] for record in rows} == {"real"}
    assert {record["brier"] for record in rows} == {None}
