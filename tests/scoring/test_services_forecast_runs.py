"""Which runs of indicators and predictions open, and which do not."""

import datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services.predictions import Overruled
from jobs.models import Job
from jobs.services import sweep
from scoring.models import RunKind
from scoring.predictions import latest_forecasts, latest_predictions, probability_history
from scoring.services import forecast_runs
from scoring.services.forecast_runs import open_due_forecasts
from scoring.services.repeats import Verdict, repeat_run
from scoring.services.resolutions import Answer, Remark, confirm_resolution, propose_resolution
from tests.assessments.factories import person
from tests.assessments.predicted import made, published, spec_json
from tests.scoring.made import finish_all
from tests.scoring.predicted import (
    DAY,
    counts,
    figure,
    indicator,
    on_series,
    prediction,
    runs,
    says,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """No burst lasts, and nothing is in progress between two steps of a test."""
    settings.BELLWETHER_TODAY = DAY
    monkeypatch.setattr(forecast_runs, "QUIET", datetime.timedelta(0))


def settle() -> None:
    """Runs that were asked for while another was computed are opened and computed too."""
    for _ in range(2):
        finish_all()
        open_due_forecasts()
    finish_all()


def opened(before: dict[str, int]) -> dict[str, int]:
    after = counts()
    return {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key)}


def test_figures_open_a_forecast_and_the_predictions_that_read_them_alone() -> None:
    row, other = indicator(), indicator("other-price")
    mine, theirs = prediction(), prediction("lidar", series="other-price")
    event = published(slug="fusion")
    finish_all()
    before = counts()
    figure(row, "2024", "170")
    assert opened(before) == {"module-price": 1, mine.key: 1}
    assert {theirs.key, event.key, other.slug} <= set(before)


def test_a_forecast_opens_a_run_of_its_prediction_alone() -> None:
    indicator()
    mine, theirs = prediction(), prediction("lidar")
    finish_all()
    before = counts()
    says(mine, 0.4)
    assert opened(before) == {mine.key: 1}
    assert theirs.key in before


def test_a_publication_opens_a_run_of_its_prediction_alone() -> None:
    indicator()
    first = prediction()
    finish_all()
    before = counts()
    second = prediction("lidar")
    assert opened(before) == {second.key: 1}
    assert first.key in before


def test_a_new_day_opens_runs_of_open_predictions_alone(settings: LazySettings) -> None:
    indicator()
    mine, done = prediction(), published(slug="lidar")
    answer = Answer("yes", note="It is sold.", evidence="A list.")
    propose_resolution(prediction=done, answer=answer, by=person("ben", "editor"))
    remark = Remark("I saw it.")
    confirm_resolution(prediction=done, remark=remark, by=person("cleo", "editor"))
    finish_all()
    open_due_forecasts()
    finish_all()
    before = counts()
    open_due_forecasts()
    assert opened(before) == {}
    settings.BELLWETHER_TODAY = DAY + datetime.timedelta(days=1)
    open_due_forecasts()
    open_due_forecasts()
    assert opened(before) == {mine.key: 1}


def questions_of_a_day(settings: LazySettings, day: int) -> tuple[int, int]:
    """How many runs a new day opens, and how many questions on figures and people it asks."""
    settle()
    settings.BELLWETHER_TODAY = DAY + datetime.timedelta(days=day)
    before = counts()
    with CaptureQueriesContext(connection) as asked:
        open_due_forecasts()
    tables = ("evidence_observation", "assessments_forecast", "assessments_predictionevent")
    read = [one for one in asked if any(f'FROM "{table}"' in one["sql"] for table in tables)]
    return sum(opened(before).values()), len(read)


def test_a_days_runs_read_their_inputs_together(settings: LazySettings) -> None:
    indicator()
    says(prediction(), 0.4)
    few, asked = questions_of_a_day(settings, 1)
    for slug in ("lidar", "fusion", "chips", "optics"):
        says(prediction(slug), 0.4)
    many, asked_of_many = questions_of_a_day(settings, 2)
    assert (few, many) == (1, 5)
    assert asked_of_many == asked


def test_what_is_resolved_computes_no_more() -> None:
    done = published()
    answer = Answer("yes", note="It is sold.", evidence="A list.")
    propose_resolution(prediction=done, answer=answer, by=person("ben", "editor"))
    remark = Remark("I saw it.")
    confirm_resolution(prediction=done, remark=remark, by=person("cleo", "editor"))
    finish_all()
    before = counts()
    forecast_runs.open_run_for_prediction(key=done.key, reason="test")
    open_due_forecasts()
    assert opened(before) == {}


def test_after_its_deadline_a_prediction_waits_without_new_runs(settings: LazySettings) -> None:
    mine = published()
    settings.BELLWETHER_TODAY = datetime.date(2031, 1, 5)
    finish_all()
    open_due_forecasts()
    finish_all()
    before = counts()
    settings.BELLWETHER_TODAY = datetime.date(2031, 1, 6)
    open_due_forecasts()
    assert opened(before) == {}
    assert runs(RunKind.PREDICTION, mine.key)[-1].as_of == mine.deadline


def test_a_burst_opens_two_runs_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast_runs, "QUIET", datetime.timedelta(seconds=3))
    mine = published()
    finish_all()
    for number in range(6):
        says(mine, 0.1 + number / 10)
        finish_all()
        sweep()
    assert counts() == {mine.key: 1}
    monkeypatch.setattr(forecast_runs, "QUIET", datetime.timedelta(0))
    open_due_forecasts()
    finish_all()
    open_due_forecasts()
    assert counts() == {mine.key: 2}
    (result,) = latest_predictions([mine.key]).values()
    assert [part.p for part in result.people] == [0.6]


def test_where_nothing_moved_the_earlier_computation_answers(settings: LazySettings) -> None:
    indicator()
    mine = prediction()
    finish_all()
    settings.BELLWETHER_TODAY = DAY + datetime.timedelta(days=1)
    open_due_forecasts()
    first, second = runs(RunKind.PREDICTION, mine.key)
    assert first.job_id == second.job_id
    assert second.job.state == Job.State.DONE


def test_a_draft_opens_no_run_whose_number_would_tell_of_it() -> None:
    indicator("hidden-price", is_public=False)
    draft = made()
    says(draft, 0.3)
    settle()
    assert counts() == {}


def test_forecast_and_prediction_repeat_to_the_byte() -> None:
    indicator()
    mine = prediction()
    says(mine, 0.4)
    finish_all()
    for run in [*runs(RunKind.FORECAST), *runs(RunKind.PREDICTION)]:
        assert repeat_run(run=run).verdict is Verdict.SAME, run.kind


def test_a_forecast_has_history_fan_and_baseline() -> None:
    indicator()
    finish_all()
    (fan,) = latest_forecasts(["module-price"]).values()
    assert not fan.no_forecast_because
    assert fan.years == tuple(float(year) for year in range(2024, 2036))
    assert fan.history[-1] == (2023.0, 200.0)
    assert fan.observations == 5
    assert fan.baseline is not None
    assert fan.baseline.method == "drift walk"
    for low, high in zip(fan.quantiles["0.1"], fan.quantiles["0.9"], strict=True):
        assert 0 < low < high


def test_a_snapshot_is_not_extrapolated() -> None:
    indicator(is_snapshot=True)
    mine = prediction(overruled=(Overruled("snapshot", "It shows what the page says."),))
    says(mine, 0.3)
    settle()
    (fan,) = latest_forecasts(["module-price"]).values()
    assert "not extrapolated" in fan.no_forecast_because
    result = latest_predictions([mine.key])[mine.key]
    assert result.model is None
    assert "not extrapolated" in result.without
    assert result.pool is not None
    assert result.pool.model_share == 0


def test_model_and_people_stand_beside_the_pool() -> None:
    indicator()
    mine = prediction()
    says(mine, 0.9, by="anna")
    says(mine, 0.8, by="dora")
    settle()
    result = latest_predictions([mine.key])[mine.key]
    assert result.model is not None
    assert result.pool is not None
    assert 0.01 < result.model.p < 0.99
    assert result.model.baseline_p is not None
    assert result.model.needed_rate == pytest.approx(0.5 ** (1 / 7) - 1, rel=1e-5)
    assert result.model.seen_rate == pytest.approx(0.5 ** (1 / 4) - 1, rel=1e-5)
    assert result.pool.low <= result.pool.p <= result.pool.high
    assert result.pool.members == 3
    assert sum(part.weight for part in result.people) + result.pool.model_share == pytest.approx(1)
    fan = latest_forecasts(["module-price"])["module-price"]
    assert result.fan is not None
    assert result.fan.quantiles == fan.quantiles


def test_history_tells_what_each_run_gave() -> None:
    mine = published()
    finish_all()
    says(mine, 0.2)
    finish_all()
    says(mine, 0.7, by="dora")
    settle()
    points = probability_history(mine.key)
    assert len(points) == 2
    assert [point.members for point in points] == [1, 2]


def test_receipts_hold_numbers_of_people_and_no_names() -> None:
    mine = published()
    says(mine, 0.2, by="dora-with-a-name")
    finish_all()
    for run in runs(RunKind.PREDICTION, mine.key):
        assert "dora-with-a-name" not in run.job.inputs
        assert "dora-with-a-name" not in run.job.result.headline


def test_a_threshold_that_is_met_is_certain_and_proved() -> None:
    row = indicator()
    mine = prediction(window="any time by")
    figure(row, "2024", "95")
    settle()
    result = latest_predictions([mine.key])[mine.key]
    assert result.model is not None
    assert (result.model.p, result.model.is_met) == (1.0, True)
    assert "2024" in result.model.proof
    assert result.pool is not None
    assert result.pool.p == 1.0


def test_a_number_is_pooled_level_by_level() -> None:
    indicator()
    parts = spec_json(event="", indicator="module-price", resolution_rule="")
    mine = published(parts, kind="number")
    finish_all()
    result = latest_predictions([mine.key])[mine.key]
    assert result.pool is None
    assert result.model_quantity is not None
    assert len(result.model_quantity.values) == 99
    assert result.pool_quantity is not None
    assert result.pool_quantity.model_share == 1
    assert result.baseline_quantity is not None


def test_a_date_tells_when_and_whether() -> None:
    indicator()
    mine = published(on_series(window="any time by"), kind="date")
    finish_all()
    result = latest_predictions([mine.key])[mine.key]
    assert result.model_quantity is not None
    assert result.model_quantity.p_never is not None
    assert list(result.model_quantity.values) == sorted(result.model_quantity.values)
    assert result.model_quantity.values[0] > 2023
