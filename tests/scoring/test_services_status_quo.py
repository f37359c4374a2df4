"""People lean towards change, so a pool has to know which answer is none."""

import datetime

import pytest
from scipy.special import expit, logit

from scoring.predictions import latest_predictions
from scoring.services import forecast_runs
from scoring.services.forecast_runs import open_due_forecasts
from tests.assessments.predicted import published, spec_json
from tests.scoring.made import finish_all
from tests.scoring.predicted import says

pytestmark = pytest.mark.django_db


def pooled(status_quo: str | None) -> float:
    """As soon as the runs have settled."""
    row = published(spec_json(status_quo=status_quo))
    says(row, 0.3, by="anna")
    finish_all()
    open_due_forecasts()
    finish_all()
    pool = latest_predictions([row.key])[row.key].pool
    assert pool is not None
    return pool.p


@pytest.mark.parametrize(("status_quo", "shift"), [(None, 0.0), ("no", -0.2), ("yes", 0.2)])
def test_a_forecast_on_an_event_is_moved_towards_what_its_author_said_stays(
    monkeypatch: pytest.MonkeyPatch, status_quo: str | None, shift: float
) -> None:
    monkeypatch.setattr(forecast_runs, "QUIET", datetime.timedelta(0))
    assert pooled(status_quo) == pytest.approx(expit(logit(0.3) + shift), abs=1e-6)
