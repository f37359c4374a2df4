"""The page of one prediction as readers and the team open it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from assessments.models import Prediction
from assessments.services.forecasts import record_forecast
from assessments.services.prediction_steps import withdraw_prediction
from assessments.services.predictions import Overruled
from assessments.values.forecast import Opinion
from publishing.foretold import prediction_facts
from publishing.pages.prediction.page import prediction_page
from publishing.selectors import published as snapshot
from scoring.models import RunKind
from tests.assessments import factories
from tests.assessments.predicted import made, published, spec_json
from tests.evidence.builders import indicator, row
from tests.scoring.test_predictions import finished
from tests.scoring.test_predictions import prediction as headline

pytestmark = pytest.mark.django_db


def forecast(prediction: Prediction, name: str, p: float, note: str = "") -> None:
    opinion = Opinion(p=p, note=note)
    record_forecast(prediction=prediction, opinion=opinion, by=factories.person(name))


def text_of(client: Client, prediction: Prediction) -> str:
    response = client.get(f"/predictions/{prediction.key}/")
    assert response.status_code == 200
    return response.content.decode()


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(factories.person(name))
    return client


def test_readers_see_the_statement_the_forecasts_and_the_rule(client: Client) -> None:
    prediction = published(original_wording="Photonics wins <soon>.")
    forecast(prediction, "otto", 0.3, "Two vendors are close.")
    text = text_of(client, prediction)
    for words in (
        prediction.statement,
        "otto",
        "Two vendors are close.",
        "Three price lists that anybody can order from",
        "<del>Photonics wins &lt;soon&gt;.</del>",
        "The linter asked of that sentence",
    ):
        assert words in text
    assert "style=" not in text


def test_a_draft_and_a_withdrawn_prediction_are_for_the_team_alone(client: Client) -> None:
    draft = made(spec_json(event="A chip is drafted"))
    assert client.get(f"/predictions/{draft.key}/").status_code == 404
    assert "draft, not published" in text_of(signed_in("anna"), draft)
    prediction = published()
    withdraw_prediction(prediction=prediction, by=factories.person("ben"), reason="Twice.")
    assert client.get(f"/predictions/{prediction.key}/").status_code == 404
    assert client.get("/predictions/nowhere-2030-1/").status_code == 404


def test_hidden_forecasts_are_shown_to_whoever_has_forecast(client: Client) -> None:
    prediction = published(hides_forecasts=True)
    forecast(prediction, "otto", 0.3, "Mine alone.")
    for blind in (client, signed_in("anna")):
        text = text_of(blind, prediction)
        assert "Mine alone." not in text
        assert "is hidden until you have given your own forecast" in text
    forecast(prediction, "anna", 0.6)
    assert "Mine alone." in text_of(signed_in("anna"), prediction)
    assert "Mine alone." not in text_of(client, prediction)


@override_settings(DEBUG=False)
def test_a_browser_holds_the_page_until_somebody_forecasts(client: Client) -> None:
    prediction = published()
    address = f"/predictions/{prediction.key}/"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    forecast(prediction, "otto", 0.3)
    moved = client.get(address, headers={"If-None-Match": tag})
    assert moved.status_code == 200
    assert moved["ETag"] != tag
    assert "ETag" not in signed_in("anna").get(address)


def test_the_page_follows_the_record_in_parts(client: Client) -> None:
    prediction = published()
    address = f"/predictions/{prediction.key}/"
    seen = re.search(r'"seen": "([^"]+)"', client.get(address).content.decode())
    assert seen is not None
    asked = {"seen": seen[1]}
    polling = {"HX-Request": "true"}
    assert client.get(address, asked, headers=polling).status_code == 204
    forecast(prediction, "otto", 0.3)
    part = client.get(address, asked, headers=polling).content.decode()
    assert part.count('hx-swap-oob="true"') == 2
    assert "<html" not in part
    assert "otto" in part


def test_a_hidden_forecast_moves_nothing_that_readers_get(client: Client) -> None:
    prediction = published(hides_forecasts=True)
    before = text_of(client, prediction)
    forecast(prediction, "otto", 0.3)
    assert text_of(client, prediction) == before


def test_without_a_series_there_is_no_file_of_figures(client: Client) -> None:
    prediction = published()
    assert client.get(f"/predictions/{prediction.key}/figures.csv").status_code == 404


def questions_of(client: Client) -> int:
    client.get("/predictions/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/predictions/").status_code == 200
    cold = client.get("/predictions/?state=open")
    assert cold.status_code == 200
    return len(asked)


def test_the_list_asks_as_often_for_many_predictions_as_for_few(client: Client) -> None:
    published()
    few = questions_of(client)
    for number in range(6):
        published(spec_json(event=f"Shop {number} opens"), slug=f"technology-{number % 2}")
    assert questions_of(client) == few
    assert "Shop 5 opens" in client.get("/predictions/").content.decode()


def test_whoever_forecast_is_told_what_they_said(client: Client) -> None:
    prediction = published()
    forecast(prediction, "anna", 0.3)
    facts = prediction_facts(prediction.key, factories.person("anna"), snapshot())
    assert facts is not None
    assert prediction_page(facts).own.startswith("30 in 100, on ")
    other = prediction_facts(prediction.key, factories.person("otto"), snapshot())
    assert other is not None
    assert prediction_page(other).own == ""
    assert "Your part" not in text_of(client, prediction)


def test_a_series_decides_and_its_page_leads_back_to_the_prediction(client: Client) -> None:
    figures = (row("2020", "100"), row("2021", "90"), row("2022", "80"), row("2024", "70"))
    indicator("module-price", *figures)
    parts = {"indicator": "module-price", "comparator": "at most", "threshold": "40"}
    reasons = tuple(
        Overruled(rule, "It is meant so.") for rule in ("before-release", "no-publisher")
    )
    read_late = {"deadline": "2030-12-31", "reads_on": "2032-12-31"}
    prediction = published(read_late | parts, overruled=reasons)
    text = text_of(client, prediction)
    assert 'href="/indicators/module-price/"' in text
    assert "40 or less needed" in text
    assert "The series stood at 70 USD per watt in 2024." in text
    back = client.get("/indicators/module-price/").content.decode()
    assert f'href="/predictions/{prediction.key}/"' in back
    assert "No forecast has been computed yet." in back
    file = client.get(f"/predictions/{prediction.key}/figures.csv")
    assert file.content.decode().splitlines()[1].startswith("2020,100.0")
    technology = client.get("/technologies/edge-ai/").content.decode()
    assert f'href="/predictions/{prediction.key}/"' in technology


def test_the_team_finds_the_steps_of_a_draft_on_its_page() -> None:
    draft = made(spec_json(event="A chip is drafted"))
    publish = f'action="/predictions/{draft.key}/publish/"'
    factories.person("ben", "editor")
    assert publish in text_of(signed_in("ben"), draft)
    assert publish not in text_of(signed_in("anna"), draft)


def test_the_way_of_a_chance_is_a_file_and_hidden_where_the_chance_is(client: Client) -> None:
    prediction = published()
    blind = published(spec_json(event="A blind one"), hides_forecasts=True)
    for one in (prediction, blind):
        assert client.get(f"/predictions/{one.key}/chances.csv").status_code == 404
        for p, day in ((0.4, date(2026, 5, 1)), (0.55, date(2026, 6, 1))):
            told = headline(p) | {"prediction": one.key}
            finished(RunKind.PREDICTION, one.key, told, as_of=day)
    file = client.get(f"/predictions/{prediction.key}/chances.csv")
    lines = file.content.decode().splitlines()
    days = [line.split(",")[:2] for line in lines[1:]]
    assert days == [["2026-06-01", "55.0"], ["2026-05-01", "40.0"]]
    assert f'href="/predictions/{prediction.key}/chances.csv"' in text_of(client, prediction)
    assert client.get(f"/predictions/{blind.key}/chances.csv").status_code == 404


def test_an_analyst_forecasts_on_the_page_itself() -> None:
    prediction = published()
    address, otto = f"/predictions/{prediction.key}/", signed_in("otto")
    assert f'action="{address}forecast/"' in text_of(otto, prediction)
    answer = otto.post(f"{address}forecast/", {"chance": "35"})
    assert answer.headers["Location"] == address
    text = text_of(otto, prediction)
    assert "You said 35 in 100" in text
    assert f'action="{address}forecast/withdraw/"' in text


def test_on_the_page_others_stay_hidden_until_one_has_spoken() -> None:
    prediction = published(hides_forecasts=True)
    forecast(prediction, "otto", 0.77, "A secret reason.")
    text = text_of(signed_in("anna"), prediction)
    assert "What others said stays hidden until you have spoken" in text
    assert "A secret reason." not in text
    assert 'value="77' not in text
    forecast(prediction, "anna", 0.4)
    told = text_of(signed_in("anna"), prediction)
    assert "A secret reason." in told
    assert 'value="40"' in told


def test_whoever_cannot_forecast_is_not_asked_to(client: Client) -> None:
    prediction = published()
    factories.person("rita", "reader")
    for visitor in (client, signed_in("rita")):
        assert 'id="forecast"' not in text_of(visitor, prediction)
    withdraw_prediction(
        prediction=prediction, by=factories.person("ben", "editor"), reason="Too vague."
    )
    assert 'id="forecast"' not in text_of(signed_in("anna"), prediction)


def test_a_forecast_is_taken_with_its_mark_against_forgery() -> None:
    prediction = published()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(factories.person("otto"))
    text = careful.get(f"/predictions/{prediction.key}/forecast/").content.decode()
    form = text.partition('id="forecast"')[2]
    assert re.search(r'csrfmiddlewaretoken" value="\w+"', form)
