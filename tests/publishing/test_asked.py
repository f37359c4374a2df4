"""The chart beside the form of a prediction that nobody has made yet."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Prediction
from evidence.models import Indicator
from scoring.models import Run, RunKind
from scoring.predictions import latest_predictions
from tests.assessments.factories import person
from tests.evidence import builders
from tests.scoring.made import finish_all
from tests.scoring.predicted import indicator, prediction, runs

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "yes or no",
    "indicator": "module-price",
    "comparator": "at most",
    "threshold": "100",
    "deadline": "2030-12-31",
}


@pytest.fixture
def series() -> Indicator:
    return indicator()


@pytest.fixture
def anna(series: Indicator) -> Client:
    client = Client()
    client.force_login(person("anna"))
    return client


def chart(client: Client, **changes: Any) -> str:
    """What the form's script gets."""
    headers = {"HX-Request": "true"}
    answer = client.get("/predictions/fan/", ASKED | changes, headers=headers)
    assert answer.status_code == 200
    assert "HX-Request" in answer.headers["Vary"]
    return answer.content.decode()


def test_the_fan_stands_with_its_bar_and_nothing_is_kept(anna: Client) -> None:
    before = Run.objects.count()
    text = chart(anna)
    assert "<html" not in text
    assert "100 or less needed" in text
    assert "of 100 paths" in text
    assert Run.objects.count() == before
    assert not Prediction.objects.exists()


def test_it_says_what_the_first_run_of_the_prediction_says(anna: Client) -> None:
    row = prediction()
    finish_all()
    assert len(runs(RunKind.PREDICTION, row.key)) == 1
    model = latest_predictions([row.key])[row.key].model
    assert model is not None
    assert f"comes true on {model.p * 100:.0f} of 100 paths" in chart(anna)


def test_without_script_it_is_a_page_with_the_sentence(anna: Client) -> None:
    text = anna.get("/predictions/fan/", ASKED).content.decode()
    assert "<html" in text
    assert "is at most 100" in text
    assert "Nothing of this is saved" in text


def test_without_an_indicator_there_is_nothing(anna: Client) -> None:
    assert chart(anna, indicator="").strip() == ""
    page = anna.get("/predictions/fan/", {"indicator": "nowhere"}).content.decode()
    assert "No indicator is chosen" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline": ""}, "needs a deadline"),
        ({"threshold": ""}, "the number that it must reach"),
        ({"threshold": "1e999"}, "It is drawn here once"),
        ({"kind": "maybe"}, "three kinds"),
        ({"deadline": "2150-12-31"}, "Nothing is drawn beyond 2100"),
    ],
)
def test_what_is_missing_is_said_where_the_chart_will_be(
    anna: Client, changes: dict[str, str], words: str
) -> None:
    text = chart(anna, **changes)
    assert words in text
    assert "<svg" not in text


def test_a_number_has_no_bar_and_a_date_no_chance(anna: Client) -> None:
    assert "needed" not in chart(anna, kind="number")
    dated = chart(anna, kind="date")
    assert "100 or less needed" in dated
    assert "By the model alone" not in dated


def test_an_indicator_without_figures_says_so(anna: Client) -> None:
    builders.indicator("empty-one")
    text = chart(anna, indicator="empty-one")
    assert "Where it may go: Price of empty-one" in text
    assert "<svg" not in text
    assert "no figure" in text.lower()


def test_what_is_met_already_names_the_figure(anna: Client) -> None:
    by_then = chart(anna, threshold="300", window="any time by")
    assert "It is met already. The figure of 2021" in by_then


def test_readers_do_not_get_there(series: Indicator) -> None:
    reader = Client()
    reader.force_login(person("rita", "reader"))
    assert reader.get("/predictions/fan/", ASKED).status_code == 403
