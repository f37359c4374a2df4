"""What this app does when the apps below it speak."""

from typing import Any

from assessments.signals import (
    demonstration_loaded,
    forecast_recorded,
    prediction_published,
    record_published,
)
from evidence.signals import indicator_changed, observations_recorded
from jobs.signals import job_ended, swept
from scoring.services.demonstration_resolutions import resolve_demonstration
from scoring.services.forecast_runs import (
    open_due_forecasts,
    open_run_for_prediction,
    open_runs_for_indicator,
)
from scoring.services.links import open_due_links_run
from scoring.services.machine_proposals import keys_reading, propose_decided, propose_due
from scoring.services.past_runs import open_due_past_run
from scoring.services.runs import open_due_runs, open_runs_for
from scoring.services.sensitivities import open_due_sensitivity


def connect() -> None:
    record_published.connect(_on_publication, dispatch_uid="scoring.publication")
    prediction_published.connect(_on_prediction, dispatch_uid="scoring.prediction")
    forecast_recorded.connect(_on_forecast, dispatch_uid="scoring.forecast")
    demonstration_loaded.connect(_on_demonstration, dispatch_uid="scoring.demonstration")
    observations_recorded.connect(_on_figures, dispatch_uid="scoring.figures")
    indicator_changed.connect(_on_indicator, dispatch_uid="scoring.indicator")
    swept.connect(_on_sweep, dispatch_uid="scoring.predictions_due")
    job_ended.connect(_on_time_passing, dispatch_uid="scoring.job_ended")
    swept.connect(_on_time_passing, dispatch_uid="scoring.swept")


def _on_publication(*, publication: Any, **_: Any) -> None:
    open_runs_for(publication=publication)


def _on_prediction(*, prediction: Any, **_: Any) -> None:
    open_run_for_prediction(key=prediction.key, reason=f"published: {prediction.key}")
    propose_decided(keys=[prediction.key])


def _on_forecast(*, prediction: Any, **_: Any) -> None:
    if prediction.hides_forecasts:
        return
    open_run_for_prediction(key=prediction.key, reason=f"a forecast on {prediction.key}")


def _on_demonstration(*, proposer: Any, confirmer: Any, **_: Any) -> None:
    resolve_demonstration(proposer=proposer, confirmer=confirmer)


def _on_figures(*, indicator: Any, **_: Any) -> None:
    open_runs_for_indicator(slug=indicator.slug, reason=f"figures of {indicator.slug}")
    propose_decided(keys=keys_reading(indicator.slug))


def _on_indicator(*, indicator: Any, **_: Any) -> None:
    open_runs_for_indicator(slug=indicator.slug, reason=f"facts of {indicator.slug}")


def _on_sweep(**_: Any) -> None:
    open_due_forecasts()
    propose_due()


def _on_time_passing(**_: Any) -> None:
    open_due_runs()
    open_due_sensitivity()
    open_due_links_run()
    open_due_past_run()
