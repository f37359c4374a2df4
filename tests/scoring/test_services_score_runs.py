"""From a resolved prediction to the record of whoever forecast it."""

import datetime

import pytest
from django.conf import LazySettings

from accounts.services.forgetting import forget_person
from assessments.models import Prediction
from assessments.services.forecasts import record_forecast
from assessments.values.forecast import Opinion, Points
from scoring.models import RunKind
from scoring.predictions import track_record
from scoring.services.resolutions import (
    Answer,
    Remark,
    confirm_resolution,
    propose_resolution,
    undo_resolution,
)
from tests.assessments.factories import person
from tests.assessments.predicted import published, spec_json
from tests.scoring.made import finish_all
from tests.scoring.predicted import runs, says

pytestmark = pytest.mark.django_db
MADE, LATER = datetime.date(2026, 7, 1), datetime.date(2028, 1, 5)


@pytest.fixture
def resolved(settings: LazySettings) -> Prediction:
    settings.BELLWETHER_TODAY = MADE
    row = published(spec_json(deadline="2027-12-31", reads_on="2028-01-02"))
    says(row, 0.8, by="dora")
    finish_all()
    settings.BELLWETHER_TODAY = LATER
    answer_with(row, "no")
    finish_all()
    return row


def answer_with(row: Prediction, outcome: str) -> None:
    answer = Answer(outcome, note="Nobody sells one.", evidence="A search.")
    propose_resolution(prediction=row, answer=answer, by=person("ben", "editor"))
    remark = Remark("I searched as well.")
    confirm_resolution(prediction=row, remark=remark, by=person("cleo", "editor"))


def test_the_version_that_stood_at_each_checkpoint_is_scored(resolved: Prediction) -> None:
    found = track_record()
    assert found is not None
    (row,) = found.real.predictions
    assert row.prediction == resolved.key
    assert row.checkpoints == (datetime.date(2027, 4, 1), datetime.date(2027, 7, 1))
    dora = str(person("dora").pk)
    assert row.scores[dora]["brier"] == pytest.approx(0.64)
    assert found.demonstration.predictions == ()
    assert found.real.counts["resolved"] == 1


def test_what_is_undone_leaves_the_record(resolved: Prediction) -> None:
    undo_resolution(prediction=resolved, remark=Remark("One is sold."), by=person("ben", "editor"))
    finish_all()
    found = track_record()
    assert found is not None
    assert found.real.predictions == ()
    assert len(runs(RunKind.SCORES)) == 2


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_what_has_no_answer_is_counted_and_not_scored(outcome: str, settings: LazySettings) -> None:
    settings.BELLWETHER_TODAY = MADE
    row = published()
    says(row, 0.8)
    settings.BELLWETHER_TODAY = LATER
    answer_with(row, outcome)
    finish_all()
    found = track_record()
    assert found is not None
    assert found.real.predictions == ()
    assert found.real.counts[outcome] == 1


def test_a_date_that_never_came_is_scored_against_its_deadline(settings: LazySettings) -> None:
    """dora, who gave never 99 %, pays next to nothing; emil, who gave it 10 %, half a year."""
    settings.BELLWETHER_TODAY = MADE
    parts = spec_json(deadline="2027-12-31", reads_on="2028-01-02")
    row = published(parts, kind="date")
    for name, never in (("dora", 0.99), ("emil", 0.1)):
        points = Points(lowest=2026.8, best=2027.0, highest=2027.3, confidence=0.8)
        opinion = Opinion(points=points, p_never=never)
        record_forecast(prediction=row, opinion=opinion, by=person(name))
    finish_all()
    settings.BELLWETHER_TODAY = LATER
    answer_with(row, "no")
    finish_all()
    found = track_record()
    assert found is not None
    (scored,) = found.real.predictions
    dora, emil = (scored.scores[str(person(name).pk)] for name in ("dora", "emil"))
    assert dora["crps"] == pytest.approx(0, abs=1e-3)
    assert emil["crps"] > 0.5
    assert set(scored.scores["pool"]) == {"crps", "wis"}


def test_forgetting_a_person_keeps_their_results(resolved: Prediction) -> None:
    dora = person("dora")
    forget_person(user=dora)
    found = track_record()
    assert found is not None
    assert str(dora.pk) in found.real.predictions[0].scores
    for run in runs(RunKind.SCORES):
        assert "dora" not in run.job.inputs
