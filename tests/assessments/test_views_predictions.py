"""The pages on which predictions are made, forecast on, published and withdrawn."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.forms.prediction import PARTS
from assessments.models import Forecast, Prediction
from assessments.predictions import prediction_record
from tests.assessments.factories import person
from tests.assessments.predicted import made, measured_json, published, spec_json, technology
from tests.scoring import predicted

pytestmark = pytest.mark.django_db
MOVED = "By 2035, heat pumps will cut household gas use in Germany by 40 % compared to 2021."


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def anna() -> Client:
    technology()
    return at_desk(person("anna"))


def typed(**changes: Any) -> dict[str, Any]:
    return {"kind": "yes or no"} | spec_json() | changes


NEW = "/predictions/new/?technology=edge-ai"


def test_a_prediction_is_made_from_the_form(anna: Client) -> None:
    answer = anna.post(NEW, typed(sentence="Photonic chips are on sale by 2030."))
    row = Prediction.objects.get()
    assert answer.headers["Location"] == f"/predictions/{row.key}/"
    assert row.original_wording == "Photonic chips are on sale by 2030."
    assert row.statement == (
        "A photonic chip is on sale at three vendors, by the end of 31 December 2030."
    )


def test_without_a_technology_one_is_chosen_and_the_sentence_goes_along(anna: Client) -> None:
    page = anna.get("/predictions/new/?sentence=Ten farms by 2030").content.decode()
    assert "technology=edge-ai&amp;sentence=Ten+farms+by+2030" in page


def test_a_sentence_fills_the_form(anna: Client) -> None:
    page = anna.get(f"{NEW}&sentence={MOVED}").content.decode()
    assert "Ask two questions instead" in page
    assert 'value="Household gas use"' in page
    assert "without heat pumps" in page


def test_one_click_fills_in_the_judgement_of_a_panel(anna: Client) -> None:
    page = anna.post(NEW, {"sentence": MOVED, "fill": "1"}).content.decode()
    assert 'value="A panel of three"' in page
    assert not Prediction.objects.exists()


@pytest.mark.parametrize("place", ["0", "1"])
def test_what_was_filled_in_can_be_saved_as_it_is(anna: Client, place: str) -> None:
    page = anna.post(NEW, {"sentence": MOVED, "fill": place}).context["page"]
    fields = {name: page.form.said(name) for name in page.form.fields}
    del fields["hides_forecasts"]
    reasons = {row.name: "We name them below." for row in page.panel.of_parts if row.name}
    assert anna.post(NEW, fields | reasons).status_code == 302


def asked_in(page: str) -> set[str]:
    """The names of the fields that one sees."""
    fields = re.findall(r"<(?:input|select|textarea)[^>]*>", page.split('id="prediction"')[1])
    shown = (field for field in fields if 'type="hidden"' not in field)
    return {name for field in shown for name in re.findall(r' name="([^"]+)"', field)}


def test_each_kind_asks_for_its_own_fields(anna: Client) -> None:
    pages = {
        kind: asked_in(anna.get(f"{NEW}&kind={kind}").content.decode())
        for kind in ("yes or no", "number", "date")
    }
    everything = {*PARTS, "sentence", "hides_forecasts"}
    assert pages["yes or no"] == everything
    assert {"event", "threshold", "status_quo"}.isdisjoint(pages["number"])
    assert everything - pages["date"] == {"window", "window_from", "status_quo"}


def test_another_kind_is_chosen_without_script_and_loses_nothing(anna: Client) -> None:
    page = anna.post(NEW, typed(ask="number", sentence="As it was typed."))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'name="kind" value="number"' in text
    assert "As it was typed." in text
    assert "event" not in asked_in(text)
    again = anna.post(NEW, typed(ask="yes or no", event="A chip is on sale")).content.decode()
    assert ">\nA chip is on sale</textarea>" in again
    assert '<input type="hidden" name="event" value="A photonic chip' in text
    assert not Prediction.objects.exists()


def test_what_was_put_aside_is_not_read(anna: Client) -> None:
    parts = measured_json(comparator="at least", threshold="120", event="It is put aside.")
    anna.post(NEW, {"kind": "number"} | {name: str(value) for name, value in parts.items()})
    row = Prediction.objects.get()
    assert row.kind == "number"
    assert row.statement.startswith("What is ")


def test_a_chosen_indicator_has_its_chart_behind_a_plain_link(anna: Client) -> None:
    predicted.indicator()
    parts = {"kind": "yes or no", "check": "parts"} | predicted.on_series()
    page = anna.post(NEW, parts).content.decode()
    assert 'href="/predictions/fan/?kind=yes+or+no&amp;indicator=module-price' in page
    assert "/predictions/fan/?" not in anna.get(NEW).content.decode()


def test_checking_saves_nothing_and_needs_no_script(anna: Client) -> None:
    answer = anna.post(NEW, typed(publisher="", check="parts"))
    assert answer.status_code == 200
    assert "Nobody is named" in answer.content.decode()
    assert not Prediction.objects.exists()


def test_the_linter_answers_while_one_types(anna: Client) -> None:
    answer = anna.post("/predictions/lint/?technology=edge-ai", typed(sentence="Most win soon."))
    page = answer.content.decode()
    assert "<html" not in page
    assert "by the end of 31 December 2030." in page
    assert "Most" in page
    assert "No day is given" in page


def test_a_warning_is_overruled_with_a_reason(anna: Client) -> None:
    answer = anna.post(NEW, typed(publisher=""))
    assert answer.status_code == 422
    assert 'name="overrule-no-publisher"' in answer.content.decode()
    reasons = {"overrule-no-publisher": "The vendors say so themselves.", "overrule-zq": "No."}
    anna.post(NEW, typed(publisher="", **reasons))
    record = prediction_record(Prediction.objects.get().key)
    assert record is not None
    assert record.overruled == (
        {"rule": "no-publisher", "reason": "The vendors say so themselves."},
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline": ""}, "needs a deadline"),
        ({"deadline": "2020-01-01", "reads_on": "2020-02-01"}, "not in the future"),
        ({"resolution_rule": ""}, "resolution rule"),
        ({"kind": "maybe"}, "three kinds"),
        ({"deadline": "soon"}, "YYYY-MM-DD"),
        ({"threshold": "NaN"}, "plain digits"),
        ({"indicator": "nowhere"}, "no indicator"),
        ({"event": "a\x00b"}, "NUL"),
        ({"sentence": "a\u202eb"}, "reading direction"),
    ],
)
def test_what_cannot_be_saved_says_why(anna: Client, changes: dict[str, str], words: str) -> None:
    answer = anna.post(NEW, typed(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Prediction.objects.exists()


def test_a_stepping_stone_is_invited_and_made(anna: Client) -> None:
    parent = made(author=person("anna"))
    page = anna.get(f"{NEW}&parent={parent.key}").content.decode()
    assert "A stepping stone beneath" in page
    late = anna.post(f"{NEW}&parent={parent.key}", typed(event="A first one is sold"))
    assert "within 18 months" in late.content.decode()


@pytest.mark.parametrize("name", ["parent", "replaces", "technology"])
def test_what_is_not_there_is_not_found(anna: Client, name: str) -> None:
    address = f"/predictions/new/?technology=edge-ai&{name}=nowhere"
    assert anna.get(address).status_code == 404


def test_a_chance_is_recorded_and_taken_back(anna: Client) -> None:
    row = published()
    address = f"/predictions/{row.key}/forecast/"
    assert anna.post(address, {"chance": "42.5"}).headers["Location"] == f"/predictions/{row.key}/"
    assert Forecast.objects.get().p == 0.425
    anna.post(f"{address}withdraw/")
    assert Forecast.objects.filter(is_withdrawal=True).count() == 1


@pytest.mark.parametrize("chance", ["0", "100", "NaN", "", "1e400", "forty", "-3"])
def test_a_chance_outside_is_refused_with_the_reason(anna: Client, chance: str) -> None:
    row = published()
    answer = anna.post(f"/predictions/{row.key}/forecast/", {"chance": chance})
    assert answer.status_code == 422
    assert "At 0 or 100 nothing that happens" in answer.content.decode()
    assert not Forecast.objects.exists()


def test_four_points_of_a_number_and_of_a_day(anna: Client) -> None:
    number = made(measured_json(comparator=None, threshold=None), kind="number")
    day = made(spec_json(), kind="date")
    points = {"lowest": "100", "best": "110", "highest": "140", "confidence": "80"}
    anna.post(f"/predictions/{number.key}/forecast/", points)
    days = {"lowest": "2027-01-01", "best": "2028-07-01", "highest": "2034-01-01"}
    anna.post(f"/predictions/{day.key}/forecast/", points | days | {"never": "20"})
    assert list(number.forecasts.values_list("best", "confidence")) == [(110.0, 0.8)]
    best, never = day.forecasts.values_list("best", "p_never").get()
    assert (round(best, 2), never) == (2028.5, 0.2)
    page = anna.get(f"/predictions/{day.key}/forecast/").content.decode()
    assert 'value="2028-07-01"' in page


def test_the_form_begins_with_ones_own_last_value_and_never_with_anothers(anna: Client) -> None:
    row = published(hides_forecasts=True)
    otto = at_desk(person("otto"))
    said = otto.post(f"/predictions/{row.key}/forecast/", {"chance": "61.37"})
    assert said.headers["Location"] == f"/predictions/{row.key}/"
    page = anna.get(f"/predictions/{row.key}/forecast/").content.decode()
    assert "stays hidden until you have spoken" in page
    assert "61.37" not in page
    assert "0.6137" not in page


def test_an_editor_publishes_and_withdraws(anna: Client) -> None:
    published()
    row, ben = made(measured_json()), at_desk(person("ben", "editor"))
    ben.post(f"/predictions/{row.key}/publish/")
    assert prediction_record(row.key).state == "published"  # type: ignore[union-attr]
    ben.post(f"/predictions/{row.key}/withdraw/", {"reason": ""})
    assert prediction_record(row.key).state == "published"  # type: ignore[union-attr]
    ben.post(f"/predictions/{row.key}/withdraw/", {"reason": "Too vague."})
    assert prediction_record(row.key).state == "withdrawn"  # type: ignore[union-attr]


def test_the_page_of_a_prediction_offers_each_what_they_may_do(anna: Client) -> None:
    published()
    row = made(measured_json())
    shown = anna.get(f"/predictions/{row.key}/").content.decode()
    assert "nothing is learnt before its day" in shown
    assert f"/predictions/{row.key}/publish/" not in shown
    edited = at_desk(person("ben", "editor")).get(f"/predictions/{row.key}/").content.decode()
    assert f'action="/predictions/{row.key}/publish/"' in edited
    assert edited.count("csrfmiddlewaretoken") >= 2


def test_every_form_carries_the_mark_against_forged_ones(anna: Client) -> None:
    row = published()
    anna.post(f"/predictions/{row.key}/forecast/", {"chance": "40"})
    page = anna.get(f"/predictions/{row.key}/forecast/").content.decode()
    assert page.count('method="post"') == page.count("csrfmiddlewaretoken")
