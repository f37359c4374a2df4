"""Predictions and forecasts through the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_token
from assessments.models import Forecast, Prediction
from assessments.services.forecasts import record_forecast
from assessments.values.forecast import Opinion
from tests.assessments.factories import person
from tests.assessments.predicted import made, measured_json, published, spec_json, technology

pytestmark = pytest.mark.django_db
MOVED = "By 2035, heat pumps will cut household gas use in Germany by 40 % compared to 2021."


def token(user: User, *scopes: str) -> dict[str, str]:
    _, secret = create_token(user=user, name="script", scopes=list(scopes), days=9)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def anna() -> dict[str, str]:
    technology()
    return token(person("anna"), "predict")


def post(path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
    address = f"/api/v1/predictions/{path}"
    return Client(headers=headers or {}).post(address, body, "application/json")


def sent(**changes: Any) -> dict[str, Any]:
    return {"technology": "edge-ai", "kind": "yes or no", "spec": spec_json()} | changes


def test_a_sentence_is_linted_and_two_questions_offered(anna: dict[str, str]) -> None:
    answer = post("lint/", {"text": MOVED}, anna).json()
    assert {"causal-claim", "ambiguous-date"} <= {each["rule"] for each in answer["findings"]}
    figure, judgement = answer["questions"]
    assert figure["spec"]["threshold"] == "60"
    assert judgement["spec"]["cause"] == "Heat pumps moved household gas use (Germany)"
    again = post("lint/", {"kind": figure["kind"], "spec": figure["spec"]}, anna).json()
    assert again["statement"].startswith("Household gas use (Germany) is at most 60")


@pytest.mark.parametrize("place", [0, 1])
def test_an_offered_question_can_be_made(anna: dict[str, str], place: int) -> None:
    offered = post("lint/", {"text": MOVED}, anna).json()["questions"][place]
    findings = post("lint/", {"kind": offered["kind"], "spec": offered["spec"]}, anna).json()
    reasons = [{"rule": each["rule"], "reason": "Named below."} for each in findings["findings"]]
    answer = post("", sent(spec=offered["spec"], overruled=reasons), anna)
    assert answer.status_code == 201, answer.content


def test_a_prediction_is_made(anna: dict[str, str]) -> None:
    answer = post("", sent(hides_forecasts=True, original_wording="Chips in 2030."), anna)
    row = Prediction.objects.get()
    assert answer.status_code == 201
    assert answer.json()["id"] == row.key
    assert answer.headers["Location"].endswith(f"/api/v1/predictions/{row.key}/")
    assert (row.hides_forecasts, row.original_wording) == (True, "Chips in 2030.")


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"spec": {}}, 422, "#/spec/deadline"),
        ({"spec": spec_json(deadline="2020-12-31", reads_on="2021-01-01")}, 422, "#/spec/deadline"),
        ({"spec": spec_json(publisher="")}, 422, "#/spec/publisher"),
        ({"spec": spec_json(resolution_rule="")}, 422, "#/spec/resolution_rule"),
        ({"spec": spec_json(colour="red")}, 422, "#/spec/colour"),
        ({"kind": "maybe"}, 422, "#/kind"),
        ({"technology": "nowhere"}, 409, "#/technology"),
        ({"parent": "nowhere-2030-1"}, 409, "#/parent"),
        ({"overruled": [{"rule": "x", "reason": ""}]}, 422, "#/overruled/0/reason"),
        ({"hides_forecasts": "yes"}, 422, "#/hides_forecasts"),
    ],
)
def test_what_cannot_be_made_names_the_field(
    anna: dict[str, str], changes: dict[str, Any], status: int, pointer: str
) -> None:
    answer = post("", sent(**changes), anna)
    assert answer.status_code == status
    assert pointer in {each["pointer"] for each in answer.json()["errors"]}
    assert not Prediction.objects.exists()


def test_the_same_prediction_twice_is_a_conflict(anna: dict[str, str]) -> None:
    assert [post("", sent(), anna).status_code for _ in range(2)] == [201, 409]


def test_a_forecast_is_said_once_a_day(anna: dict[str, str]) -> None:
    row = published()
    answers = [post(f"{row.key}/forecasts/", {"p": 0.4}, anna) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert post(f"{row.key}/forecasts/", {"is_withdrawal": True}, anna).status_code == 201
    assert post(f"{row.key}/forecasts/", {"is_withdrawal": True}, anna).status_code == 409
    assert Forecast.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"p": 0}, "#/p"),
        ({"p": 1}, "#/p"),
        ({"p": "0.4"}, "#/p"),
        ({}, "#/p"),
        ({"p": 0.4, "best": 3}, "#/best"),
        ({"p": 0.4, "expires_on": "2001-01-01"}, "#/expires_on"),
        ({"p": 0.4, "is_withdrawal": True}, "#/is_withdrawal"),
    ],
)
def test_a_wrong_forecast_names_the_field(
    anna: dict[str, str], body: dict[str, Any], pointer: str
) -> None:
    answer = post(f"{published().key}/forecasts/", body, anna)
    assert answer.status_code == 422
    assert pointer in {each["pointer"] for each in answer.json()["errors"]}
    assert not Forecast.objects.exists()


def test_not_a_number_cannot_even_be_read(anna: dict[str, str]) -> None:
    address = f"/api/v1/predictions/{published().key}/forecasts/"
    answer = Client(headers=anna).post(address, b'{"p": NaN}', "application/json")
    assert answer.status_code == 400


def test_four_points_of_a_number(anna: dict[str, str]) -> None:
    row = published(measured_json(comparator=None, threshold=None), kind="number")
    points = {"lowest": 100, "best": 110, "highest": 140, "confidence": 0.8}
    assert post(f"{row.key}/forecasts/", points, anna).json()["best"] == 110.0


def test_a_draft_is_forecast_on_by_who_may_read_drafts() -> None:
    address = f"{made().key}/forecasts/"
    anna = person("anna")
    assert post(address, {"p": 0.4}, token(anna, "predict")).status_code == 404
    assert not Forecast.objects.exists()
    assert post(address, {"p": 0.4}, token(anna, "predict", "read:drafts")).status_code == 201


def test_hidden_forecasts_are_hidden_here_too(anna: dict[str, str]) -> None:
    row = published(hides_forecasts=True)
    record_forecast(prediction=row, opinion=Opinion(p=0.7), by=person("otto"))
    address = f"/api/v1/predictions/{row.key}/forecasts/?count=true"
    assert Client().get(address).json()["count"] == 0
    assert Client(headers=anna).get(address).json()["count"] == 0
    post(f"{row.key}/forecasts/", {"p": 0.4}, anna)
    assert Client(headers=anna).get(address).json()["count"] == 2
    public_only = token(person("anna"), "read:public")
    assert Client(headers=public_only).get(address).json()["count"] == 0
    assert Client().get(address).json()["count"] == 0


def test_a_draft_is_not_there_for_readers(anna: dict[str, str]) -> None:
    row = made()
    address = f"/api/v1/predictions/{row.key}/forecasts/"
    assert Client().get(address).status_code == 404
    assert Client(headers=anna).get(address).status_code == 404
    reading = token(person("anna"), "read:drafts")
    assert Client(headers=reading).get(address).status_code == 200


@pytest.mark.parametrize("path", ["", "lint/", "x-2030-1/forecasts/"])
def test_a_token_without_the_scope_is_refused(path: str) -> None:
    reading = token(person("anna"), "read:drafts")
    assert post(path, {}, reading).status_code == 403
    assert post(path, {}).status_code == 401


def test_forecasts_come_as_a_file() -> None:
    row = published()
    record_forecast(prediction=row, opinion=Opinion(p=0.7, note="=1+1"), by=person("otto"))
    lines = b"".join(Client().get(f"/api/v1/predictions/{row.key}/forecasts.csv"))
    assert b"otto" in lines
    assert b"'=1+1" in lines


@pytest.fixture
def ben() -> dict[str, str]:
    return token(person("ben", "editor"), "review", "resolve", "read:drafts")


def test_another_editor_publishes_a_draft(ben: dict[str, str]) -> None:
    published()
    row = made(measured_json())
    answer = post(f"{row.key}/publish/", {}, ben)
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "published"
    assert Prediction.objects.published().filter(pk=row.pk).exists()
    again = post(f"{row.key}/publish/", {}, ben)
    assert (again.status_code, again.json()["detail"]) == (409, f"{row.key} is published already.")


def test_nobody_publishes_what_they_made(ben: dict[str, str]) -> None:
    published()
    row = made(measured_json(), author=person("ben"))
    answer = post(f"{row.key}/publish/", {"reason": "It is fine."}, ben)
    assert answer.status_code == 403
    assert "another editor has to publish it" in answer.json()["detail"]


def test_a_withdrawal_needs_a_reason_and_no_forecasts(ben: dict[str, str]) -> None:
    row = published()
    bare = post(f"{row.key}/withdraw/", {}, ben)
    assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "#/reason")
    record_forecast(prediction=row, opinion=Opinion(p=0.4), by=person("otto"))
    late = post(f"{row.key}/withdraw/", {"reason": "Too vague."}, ben)
    assert late.status_code == 409
    assert "Annul it" in late.json()["detail"]
    draft = made(measured_json())
    answer = post(f"{draft.key}/withdraw/", {"reason": "Too vague."}, ben)
    assert answer.json()["state"] == "withdrawn"


def test_a_step_asks_for_its_scope_and_a_prediction(ben: dict[str, str]) -> None:
    row = made(measured_json())
    other = token(person("cleo", "editor"), "predict", "resolve")
    assert post(f"{row.key}/publish/", {}, other).status_code == 403
    assert post("nowhere-2030-1/publish/", {}, ben).status_code == 404
