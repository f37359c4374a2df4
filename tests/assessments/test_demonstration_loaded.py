"""The demonstration as a newcomer finds it."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from assessments.challenges import WAITING, challenge_records
from assessments.demonstrated import known_answers
from assessments.models import Challenge, Forecast, Prediction, Publication
from assessments.predictions import public_predictions
from assessments.services.demonstration import FOLDER, load_demonstration
from assessments.services.demonstration_challenges import FILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_demonstration_is_published_once() -> None:
    shipped = json.loads((FOLDER / "cards.json").read_text())["cards"]
    assert Publication.objects.count() == len(shipped)
    assert load_demonstration(editor=User.objects.get(username="ed")).added == []
    assert Publication.objects.count() == len(shipped)


def test_its_authors_are_names_without_a_sign_in() -> None:
    active = User.objects.filter(is_active=True).values_list("username", flat=True)
    assert list(active) == ["ed"]


def test_of_its_challenges_one_moved_a_score_one_was_declined_and_one_is_open() -> None:
    rows = Challenge.objects.visible_to(AnonymousUser())
    assert rows.count() == len(json.loads(FILE.read_text("utf-8"))["challenges"])
    told = {record.outcome: record for record in challenge_records(rows)}
    moved = {one.dimension: (one.before, one.after) for one in told["accepted"].moved}
    assert moved["viability"] == ("2/3 (medium)", "3 (medium)")
    assert not told["declined"].moved
    assert not told[WAITING].steps
    assert {record.is_demonstration for record in told.values()} == {True}


def test_predictions_for_2030_stand_on_indicators_with_stones_beneath() -> None:
    records = public_predictions()
    of_2030 = [each for each in records if each.deadline.year == 2030 and each.indicator]
    assert len(of_2030) >= 4
    assert all(each.stones for each in of_2030)
    assert {each.kind for each in records} == {"yes or no", "number", "date"}


def test_all_predictions_are_marked_and_have_forecasts_of_three_people() -> None:
    assert not Prediction.objects.filter(is_demonstration=False).exists()
    assert not Forecast.objects.filter(is_demonstration=False).exists()
    names = Forecast.objects.values_list("forecaster__username", flat=True)
    assert set(names) == {"marta", "jonas", "ilse"}


def test_the_answers_of_six_are_known_and_came_in_their_time() -> None:
    answers = known_answers()
    assert sorted(answer.outcome for answer in answers) == ["no", "no", "yes", "yes", "yes", "yes"]
    for answer in answers:
        row = answer.prediction
        assert row.made_at.date() < answer.happened_on <= row.deadline
        assert all(said.made_at.date() < answer.happened_on for said in row.forecasts.all())
        assert answer.note
        assert answer.evidence
