"""Forecasts: what is taken, until when it stands, and who sees it."""

import datetime
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser

from assessments.models import Forecast, Prediction
from assessments.predictions import (
    forecasts_of,
    keys_hidden_from,
    standing_forecasts,
    visible_forecasts,
)
from assessments.services import forecasts
from assessments.services.forecasts import record_forecast, withdraw_forecast
from assessments.services.prediction_steps import close_prediction, withdraw_prediction
from assessments.values.forecast import Opinion, Points
from record.errors import DomainError, NotAllowed
from tests.assessments.factories import person
from tests.assessments.predicted import made, measured_json, published, spec_json

pytestmark = pytest.mark.django_db
FIRST = datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)


def at(instant: datetime.datetime) -> Any:
    return mock.patch.object(forecasts, "now", return_value=instant)


def said(prediction: Prediction, who: str, p: float = 0.4, *, days: int = 0, **more: Any) -> Any:
    """A forecast so many days after the first of March 2027."""
    with at(FIRST + datetime.timedelta(days=days)):
        opinion = Opinion(p=p, **more)
        return record_forecast(prediction=prediction, opinion=opinion, by=person(who))


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.2, 0.005, float("nan"), float("inf"), None])
def test_a_chance_is_strictly_inside(p: float | None) -> None:
    row = published()
    with pytest.raises(DomainError, match="from 1 to 99 in 100"):
        record_forecast(prediction=row, opinion=Opinion(p=p), by=person("anna"))
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("p", [0.01, 0.5, 0.99])
def test_one_and_ninety_nine_are_taken(p: float) -> None:
    row = published()
    assert record_forecast(prediction=row, opinion=Opinion(p=p), by=person("anna")).p == p


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ((3, 2, 4, 0.8), "in order"),
        ((2, 2, 2, 0.8), "not all the same"),
        ((1, 2, 3, 0.0), "more than 0"),
        ((1, 2, 3, 1.0), "less than 100"),
        ((1, 2, float("nan"), 0.8), "finite"),
        ((1, 2, 3, float("nan")), "more than 0"),
    ],
)
def test_four_points_are_in_order(points: tuple[float, ...], words: str) -> None:
    row = made(measured_json(comparator=None, threshold=None), kind="number")
    with pytest.raises(DomainError, match=words):
        record_forecast(prediction=row, opinion=Opinion(points=Points(*points)), by=person("anna"))


def test_a_date_has_a_chance_of_never_and_a_number_has_none() -> None:
    number = made(measured_json(comparator=None, threshold=None), kind="number")
    day = made(spec_json(), kind="date")
    points = Points(2028.0, 2029.5, 2034.0, 0.8)
    with pytest.raises(DomainError, match="no “never”"):
        record_forecast(
            prediction=number, opinion=Opinion(points=points, p_never=0.2), by=person("anna")
        )
    row = record_forecast(
        prediction=day, opinion=Opinion(points=points, p_never=0.2), by=person("anna")
    )
    assert (row.best, row.p_never) == (2029.5, 0.2)


def test_a_forecast_stands_until_the_next_one_of_the_same_person() -> None:
    row = published()
    said(row, "anna", 0.4)
    said(row, "otto", 0.7, days=1)
    said(row, "anna", 0.5, days=10)
    first, other, second = forecasts_of([row.key])[row.key]
    assert first.until == second.made_at
    assert other.until == second.until == datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC)
    standing = standing_forecasts(row.key, FIRST + datetime.timedelta(days=11))
    assert [(each.forecaster, each.p) for each in standing] == [("otto", 0.7), ("anna", 0.5)]


def test_a_forecast_ends_at_its_expiry_and_at_a_withdrawal() -> None:
    row = published()
    said(row, "anna", expires_on=datetime.date(2027, 3, 4))
    said(row, "otto")
    with at(FIRST + datetime.timedelta(days=2)):
        withdraw_forecast(prediction=row, by=person("otto"), note="Too far from my field.")
    ends = {
        each.forecaster: each.until.isoformat() for each in forecasts_of([row.key])[row.key][:2]
    }
    assert ends == {"anna": "2027-03-05T00:00:00+00:00", "otto": "2027-03-03T09:00:00+00:00"}
    assert standing_forecasts(row.key, FIRST + datetime.timedelta(days=5)) == ()
    with (
        at(FIRST + datetime.timedelta(days=5)),
        pytest.raises(DomainError, match="No forecast of yours stands"),
    ):
        withdraw_forecast(prediction=row, by=person("anna"))


@pytest.mark.parametrize("day", ["2027-02-28", "2031-01-01"])
def test_an_expiry_lies_before_the_deadline(day: str) -> None:
    row = published()
    with pytest.raises(DomainError, match="to the deadline"):
        said(row, "anna", expires_on=datetime.date.fromisoformat(day))


def test_the_same_forecast_is_kept_once_a_day() -> None:
    row = published()
    first = said(row, "anna")
    assert said(row, "anna") == first
    assert said(row, "anna", 0.41) != first
    said(row, "anna", 0.41, days=1)
    assert Forecast.objects.count() == 3


def test_nothing_is_taken_after_the_close() -> None:
    row = published()
    with pytest.raises(DomainError, match="is closed"):
        said(row, "anna", days=365 * 5)
    close_prediction(prediction=row, by=person("ben", "editor"), reason="Resolved.")
    with pytest.raises(DomainError, match="is closed"):
        said(row, "anna")


def test_a_withdrawn_prediction_and_a_reader_take_no_forecast() -> None:
    row = published()
    with pytest.raises(NotAllowed):
        record_forecast(prediction=row, opinion=Opinion(p=0.3), by=person("rita", "reader"))
    withdraw_prediction(prediction=row, by=person("ben", "editor"), reason="Too vague.")
    with pytest.raises(DomainError, match="takes no forecasts"):
        said(row, "anna")


def test_a_prediction_with_forecasts_is_not_withdrawn() -> None:
    row = published()
    said(row, "anna")
    with pytest.raises(DomainError, match="Annul it"):
        withdraw_prediction(prediction=row, by=person("ben", "editor"), reason="Too vague.")


def test_others_are_hidden_until_one_has_spoken() -> None:
    row = published(hides_forecasts=True)
    said(row, "anna")
    for stranger in (person("otto"), person("ben", "editor"), AnonymousUser()):
        assert visible_forecasts(row.key, stranger) == ()
        assert keys_hidden_from([row.key], stranger) == {row.key}
    said(row, "otto", 0.6)
    assert len(visible_forecasts(row.key, person("otto"))) == 2
    assert keys_hidden_from([row.key], person("otto")) == frozenset()
    assert visible_forecasts(row.key, AnonymousUser()) == ()


def test_once_closed_everybody_sees_all() -> None:
    row = published(hides_forecasts=True)
    said(row, "anna")
    close_prediction(prediction=row, by=person("ben", "editor"), reason="Resolved.")
    assert len(visible_forecasts(row.key, AnonymousUser())) == 1
    assert keys_hidden_from([row.key], AnonymousUser()) == frozenset()


def test_forecasts_on_a_draft_are_for_the_team() -> None:
    row = made()
    said(row, "anna")
    assert len(visible_forecasts(row.key, person("otto"))) == 1
    assert visible_forecasts(row.key, AnonymousUser()) == ()
