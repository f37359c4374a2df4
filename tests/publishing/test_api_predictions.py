"""What the API answers about predictions: one shape, one number, nothing that is hidden."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.services.forecasts import record_forecast
from assessments.services.prediction_steps import withdraw_prediction
from assessments.values.forecast import Opinion
from publishing.predicted import prediction_moment
from publishing.selectors import published
from scoring.models import RunKind
from tests.assessments import factories, predicted
from tests.publishing.test_prediction_data import WORDED
from tests.scoring.test_predictions import finished
from tests.scoring.test_predictions import prediction as headline

pytestmark = pytest.mark.django_db

LIST = "/api/v1/predictions/"


def get(path: str = LIST, **headers: str) -> Any:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, answer.getvalue()
    return answer


def computed(key: str, p: float | None = 0.4) -> None:
    finished(RunKind.PREDICTION, key, headline(p) | {"prediction": key})


def test_both_kinds_are_listed_and_found_by_their_ids() -> None:
    factories.published("edge-ai", predictions=[WORDED])
    made = predicted.published()
    computed(made.key)
    rows = get().json()["results"]
    assert [(row["id"], row["is_structured"]) for row in rows] == [
        ("edge-ai-1", False),
        (made.key, True),
    ]
    assert (rows[1]["p_pooled"], rows[1]["p_pooled_low"], rows[1]["people"]) == (0.4, 0.1, 1)
    for row in rows:
        whole = get(f"{LIST}{row['id']}/").json()
        assert {key: whole[key] for key in row} == row
    assert Client().get(f"{LIST}edge-ai-2/").status_code == 404


def test_drafts_are_absent_and_move_nothing() -> None:
    shown, before = predicted.published(), get()
    draft = predicted.made(predicted.spec_json(event="Another one is on sale"))
    computed(draft.key)
    after = get()
    assert after["ETag"] == before["ETag"]
    assert [row["id"] for row in after.json()["results"]] == [shown.key]
    assert Client().get(f"{LIST}{draft.key}/").status_code == 404


def test_an_answer_is_unmoved_until_a_run_ends() -> None:
    made = predicted.published()
    tag = get()["ETag"]
    assert Client().get(LIST, headers={"If-None-Match": tag}).status_code == 304
    assert Client().get(f"{LIST}{made.key}/", headers={"If-None-Match": tag}).status_code == 200
    computed(made.key)
    assert get(**{"If-None-Match": tag})["ETag"] != tag
    assert get().json()["results"][0]["p_pooled"] == 0.4


def test_a_withdrawn_prediction_is_gone() -> None:
    made = predicted.published()
    editor = factories.person("ben", "editor")
    withdraw_prediction(prediction=made, by=editor, reason="It was made twice.")
    assert get().json()["results"] == []
    assert Client().get(f"{LIST}{made.key}/").status_code == 404


def test_hidden_forecasts_are_told_to_nobody() -> None:
    made = predicted.published(hides_forecasts=True)
    computed(made.key)
    (row,) = get().json()["results"]
    assert row["forecasts_hidden"]
    told = ("p_pooled", "people", "p_pooled_low", "p_model", "model_share", "run", "computed_at")
    assert {row[name] for name in told} == {None}
    whole = get(f"{LIST}{made.key}/").json()
    assert whole["p_pooled"] is whole["model"] is whole["quantities"]["pool"] is None


def test_the_table_says_what_the_pages_of_json_say() -> None:
    made = predicted.published()
    computed(made.key)
    (row,) = get().json()["results"]
    answer = get("/api/v1/predictions.csv")
    (flat,) = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert float(flat["p_pooled"]) == row["p_pooled"]
    assert (flat["id"], flat["slug"], flat["statement"]) == (made.key, "edge-ai", row["statement"])
    line = json.loads(get("/api/v1/predictions.jsonl").getvalue())
    assert line == row


def test_a_list_is_narrowed_by_state_kind_and_indicator() -> None:
    factories.published("edge-ai", predictions=[WORDED])
    made = predicted.published()

    def ids(query: str) -> list[str]:
        return [row["id"] for row in get(f"{LIST}?{query}").json()["results"]]

    assert ids("state=open") == [made.key]
    assert ids("state=resolved") == []
    assert ids("kind=yes%20or%20no") == [made.key]
    assert ids("indicator=nothing-like-it") == []
    assert ids("deadline_before=2029-01-01") == ["edge-ai-1"]
    assert Client().get(f"{LIST}?state=lost").status_code == 400


def test_pages_hide_and_repeat_nothing() -> None:
    keys = [
        predicted.published(predicted.spec_json(event=f"Shop {number} opens")).key
        for number in range(7)
    ]
    seen, address = [], f"{LIST}?limit=2"
    while address:
        body = get(address).json()
        seen += [row["id"] for row in body["results"]]
        address = body["next"]
    assert sorted(seen) == sorted(keys)
    assert len(set(seen)) == len(seen)


def test_a_list_asks_the_database_as_often_for_many_as_for_few() -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            get()
        return len(asked)

    predicted.published()
    few = questions()
    for number in range(6):
        made = predicted.published(predicted.spec_json(event=f"Shop {number} opens"))
        computed(made.key)
    assert questions() == few


def test_a_forecast_without_a_run_changes_no_number() -> None:
    made = predicted.published()
    computed(made.key)
    before = prediction_moment()
    record_forecast(prediction=made, by=factories.person("emil"), opinion=Opinion(p=0.9))
    assert prediction_moment() == before
    assert published().seq


def test_changes_name_the_technology_and_the_prediction() -> None:
    made = predicted.published()
    rows = get("/api/v1/changes/?since=0&technology=edge-ai").json()["results"]
    assert [row["kind"] for row in rows] == ["card.published", "prediction.published"]
    assert rows[0]["prediction"] is None
    assert rows[1]["technology"] == {"slug": "edge-ai", "name": "Edge ai"}
    assert rows[1]["prediction"] == {
        "id": made.key,
        "statement": made.statement,
        "outcome": None,
    }
    assert get("/api/v1/changes/?since=0&technology=chiplets").json()["results"] == []
    of_field = get("/api/v1/changes/?since=0&domain=ai").json()["results"]
    assert [row["seq"] for row in of_field] == [row["seq"] for row in rows]
    page = Client().get("/changes/?technology=edge-ai").content.decode()
    assert made.statement in page
