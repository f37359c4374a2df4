"""The machine proposes what an observation decides; people confirm."""

import datetime

import pytest
from django.conf import LazySettings

from assessments.models import Prediction
from assessments.predictions import prediction_record
from assessments.services.predictions import Overruled
from record.errors import NotAllowed
from scoring.models import ResolutionEvent
from scoring.resolution_states import Standing, State
from scoring.resolutions import states_of
from scoring.services.machine_proposals import propose_due
from scoring.services.resolutions import Remark, confirm_resolution, refuse_resolution
from tests.assessments.factories import person
from tests.scoring.predicted import DAY, figure, indicator, prediction

pytestmark = pytest.mark.django_db
AGREED = Remark("I read the table as well.")


@pytest.fixture(autouse=True)
def _today(settings: LazySettings) -> None:
    settings.BELLWETHER_TODAY = DAY


def state(row: Prediction) -> State:
    record = prediction_record(row.key)
    assert record is not None
    return states_of([record])[row.key]


def test_the_deciding_observation_proposes_and_two_people_confirm() -> None:
    row = indicator()
    mine = prediction(window="any time by")
    figure(row, "2024", "120")
    assert state(mine).standing == Standing.OPEN
    figure(row, "2025", "95")
    found = state(mine)
    assert found.standing == Standing.PROPOSED
    assert (found.outcome, found.value, found.missing) == ("yes", 95.0, 2)
    assert found.happened_on == datetime.date(2025, 12, 31)
    assert found.proposal is not None
    assert found.proposal.by_id is None
    ben = person("ben", "editor")
    confirm_resolution(prediction=mine, remark=AGREED, by=ben)
    assert state(mine).standing == Standing.PROPOSED
    with pytest.raises(NotAllowed):
        confirm_resolution(prediction=mine, remark=AGREED, by=ben)
    confirm_resolution(prediction=mine, remark=AGREED, by=person("cleo", "editor"))
    assert state(mine).standing == Standing.RESOLVED


def test_what_people_refused_is_not_proposed_again_by_the_same_observation() -> None:
    row = indicator()
    mine = prediction(window="any time by")
    figure(row, "2024", "95")
    wrong = Remark("The bureau says this figure is a misprint.")
    refuse_resolution(prediction=mine, remark=wrong, by=person("ben", "editor"))
    figure(row, "2025", "120")
    assert state(mine).standing == Standing.OPEN
    assert ResolutionEvent.objects.count() == 2


def test_a_figure_before_the_deadline_waits_for_the_deadline(settings: LazySettings) -> None:
    row = indicator()
    mine = prediction()
    settings.BELLWETHER_TODAY = datetime.date(2030, 12, 30)
    figure(row, "2030", "120", vintage=datetime.date(2030, 12, 29))
    assert state(mine).standing == Standing.OPEN
    settings.BELLWETHER_TODAY = datetime.date(2031, 1, 1)
    propose_due()
    propose_due()
    found = state(mine)
    assert (found.standing, found.outcome) == (Standing.PROPOSED, "no")
    assert ResolutionEvent.objects.count() == 1


def test_a_threshold_met_before_the_publication_is_proposed_with_it() -> None:
    row = indicator()
    figure(row, "2024", "95")
    known = (Overruled("already-met", "It shows what a figure of the past does."),)
    mine = prediction(window="any time by", overruled=known)
    assert state(mine).standing == Standing.PROPOSED
