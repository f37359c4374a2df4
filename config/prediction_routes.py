"""The part of the table of routes that is about predictions."""

from config.guard import Permission, Route
from rest.access import ANYONE, PUBLIC_READ, Access

LIST_FILE = "<extension:extension>"
_OF_ONE = "api/v1/predictions/<slug:key>"

# What has a name of its own comes before the keys of predictions.
PREDICTION_ROUTES: tuple[Route, ...] = (
    Route(
        "predictions/new/",
        "assessments.views.predictions.prediction_create",
        "assessments:prediction-create",
        Permission.ANALYST,
    ),
    Route(
        "predictions/lint/",
        "assessments.views.predictions.prediction_lint",
        "assessments:prediction-lint",
        Permission.ANALYST,
    ),
    Route(
        "predictions/fan/",
        "publishing.views.predictions.prediction_asked",
        "publishing:prediction-asked",
        Permission.ANALYST,
    ),
    Route(
        "predictions/<slug:key>/publish/",
        "assessments.views.predictions.prediction_publish",
        "assessments:prediction-publish",
        Permission.EDITOR,
    ),
    Route(
        "predictions/<slug:key>/withdraw/",
        "assessments.views.predictions.prediction_withdraw",
        "assessments:prediction-withdraw",
        Permission.ANALYST,
    ),
    Route(
        "predictions/<slug:key>/forecast/",
        "assessments.views.forecasts.forecast_create",
        "assessments:forecast-create",
        Permission.ANALYST,
    ),
    Route(
        "predictions/<slug:key>/forecast/withdraw/",
        "assessments.views.forecasts.forecast_withdraw",
        "assessments:forecast-withdraw",
        Permission.ANALYST,
    ),
    Route(
        "predictions/",
        "publishing.views.predictions.prediction_list",
        "publishing:prediction-list",
        Permission.ANYONE,
    ),
    Route(
        "predictions/record/",
        "publishing.views.predictions.prediction_record",
        "publishing:prediction-record",
        Permission.ANYONE,
    ),
    Route(
        "predictions/record/calibration.csv",
        "publishing.views.predictions.calibration_csv",
        "publishing:calibration-csv",
        Permission.ANYONE,
    ),
    Route(
        "predictions/due/",
        "scoring.views.resolutions.prediction_due",
        "publishing:prediction-due",
        Permission.ANALYST,
    ),
    Route(
        "predictions/<slug:key>/resolve/",
        "scoring.views.resolutions.resolution_edit",
        "scoring:resolution-edit",
        Permission.EDITOR,
    ),
    Route(
        "predictions/<slug:key>/",
        "publishing.views.predictions.prediction_detail",
        "publishing:prediction-detail",
        Permission.ANYONE,
    ),
    Route(
        "predictions/<slug:key>/figures.csv",
        "publishing.views.predictions.prediction_csv",
        "publishing:prediction-csv",
        Permission.ANYONE,
    ),
    Route(
        "predictions/<slug:key>/chances.csv",
        "publishing.views.predictions.chances_csv",
        "publishing:prediction-chances-csv",
        Permission.ANYONE,
    ),
)

RESULT_ROUTES: tuple[Route, ...] = (
    Route(
        f"{_OF_ONE}/publish/",
        "assessments.api.prediction_steps.PredictionPublish",
        "api:prediction-publish",
        Access({"POST": "review"}),
    ),
    Route(
        f"{_OF_ONE}/withdraw/",
        "assessments.api.prediction_steps.PredictionWithdraw",
        "api:prediction-withdraw",
        Access({"POST": "review"}),
    ),
    Route(
        "api/v1/technologies/<slug:slug>/opening/",
        "assessments.api.openings.OpeningSteps",
        "api:opening-step",
        Access({"POST": "resolve"}),
    ),
    Route(
        f"{_OF_ONE}/resolutions/",
        "scoring.api.predictions.ResolutionList",
        "api:resolution-list",
        Access({"GET": ANYONE, "POST": "resolve"}),
    ),
    Route(
        f"{_OF_ONE}/resolutions.{LIST_FILE}",
        "scoring.api.predictions.ResolutionFile",
        "api:resolution-list-file",
        PUBLIC_READ,
    ),
    Route(
        f"{_OF_ONE}/probabilities/",
        "scoring.api.predictions.ProbabilityList",
        "api:probability-list",
        PUBLIC_READ,
    ),
    Route(
        f"{_OF_ONE}/probabilities.{LIST_FILE}",
        "scoring.api.predictions.ProbabilityList",
        "api:probability-list-file",
        PUBLIC_READ,
    ),
    Route("api/v1/scores/", "scoring.api.predictions.ScoreList", "api:score-list", PUBLIC_READ),
    Route(
        f"api/v1/scores.{LIST_FILE}",
        "scoring.api.predictions.ScoreList",
        "api:score-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/indicators/<slug:slug>/forecast/",
        "scoring.api.forecasts.IndicatorForecast",
        "api:indicator-forecast",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/forecasts/hubverse/",
        "scoring.api.forecasts.HubTable",
        "api:hubverse-list",
        PUBLIC_READ,
    ),
    Route(
        f"api/v1/forecasts/hubverse.{LIST_FILE}",
        "scoring.api.forecasts.HubTable",
        "api:hubverse-list-file",
        PUBLIC_READ,
    ),
)
