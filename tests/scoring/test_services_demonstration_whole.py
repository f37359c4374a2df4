"""What is counted of the whole demonstration, and what is left when it goes."""

import pytest

from accounts.models import User
from assessments.models import Publication, Technology
from assessments.predictions import predictions
from scoring.models import Run
from scoring.predictions import track_record
from scoring.resolution_states import Standing
from scoring.resolutions import states_of
from scoring.services.demonstration import remove_demonstration
from tests.scoring.made import finish_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_resolved_questions_are_answered_by_two_people_and_stand_apart() -> None:
    states = states_of(predictions())
    answered = {key: state for key, state in states.items() if state.is_closed}
    assert len(answered) == 6
    assert {state.standing for state in answered.values()} == {Standing.RESOLVED}
    assert {state.outcome for state in answered.values()} == {"yes", "no"}
    for state in answered.values():
        assert [event.by for event in state.events] == ["tariq", "ed"]
    finish_all()
    found = track_record()
    assert found is not None
    assert found.real.counts["resolved"] == 0
    assert found.demonstration.counts["resolved"] == 6
    assert found.demonstration.counts["scored"] == 6


def test_an_empty_house_has_no_runs() -> None:
    assert remove_demonstration(by=User.objects.get(username="ed")).technologies == 29
    assert not Technology.objects.exists()
    assert not Run.objects.exists()
    assert not Publication.objects.exists()
