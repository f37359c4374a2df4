"""The part of the table of routes that programs use: each method with the scope it asks for."""

from config.challenge_routes import CHALLENGE_API
from config.guard import Permission, Route
from config.prediction_routes import RESULT_ROUTES
from rest.access import ANYONE, PUBLIC_READ, Access

LIST_FILE = "<extension:extension>"
CARD = "api/v1/cards/<str:key>"
_WRITE, _REVIEW, _EVIDENCE = "write:cards", "review", "write:evidence"

API_ROUTES: tuple[Route, ...] = (
    Route("api/v1/", "rest.about.Index", "api:index", PUBLIC_READ),
    Route("api/v1/schema/", "rest.about.SchemaDetail", "api:schema", PUBLIC_READ),
    Route("api/v1/docs/", "publishing.views.api.api_docs", "api:docs", Permission.ANYONE),
    Route(
        "api/v1/cards/",
        "assessments.api.cards.CardList",
        "api:card-list",
        Access({"GET": ANYONE, "POST": _WRITE}),
    ),
    Route(
        f"api/v1/cards.{LIST_FILE}",
        "assessments.api.cards.CardFile",
        "api:card-list-file",
        PUBLIC_READ,
    ),
    Route(
        f"{CARD}/",
        "assessments.api.cards.CardDetail",
        "api:card-detail",
        Access({"GET": ANYONE, "PUT": _WRITE}),
    ),
    Route(
        f"{CARD}/revisions/",
        "assessments.api.cards.RevisionList",
        "api:revision-list",
        PUBLIC_READ,
    ),
    Route(
        f"{CARD}/revisions.{LIST_FILE}",
        "assessments.api.cards.RevisionList",
        "api:revision-list-file",
        PUBLIC_READ,
    ),
    Route(
        f"{CARD}/submit/",
        "assessments.api.steps.CardSubmit",
        "api:card-submit",
        Access({"POST": _WRITE}),
    ),
    Route(
        f"{CARD}/approve/",
        "assessments.api.steps.CardApprove",
        "api:card-approve",
        Access({"POST": _REVIEW}),
    ),
    Route(
        f"{CARD}/return/",
        "assessments.api.steps.CardReturn",
        "api:card-return",
        Access({"POST": _REVIEW}),
    ),
    Route(
        f"{CARD}/publish/",
        "assessments.api.steps.CardPublish",
        "api:card-publish",
        Access({"POST": _REVIEW}),
    ),
    Route(
        "api/v1/technologies/",
        "publishing.api.technologies.TechnologyCollection",
        "api:technology-list",
        Access({"GET": ANYONE, "POST": _WRITE}),
    ),
    Route(
        f"api/v1/technologies.{LIST_FILE}",
        "publishing.api.technologies.TechnologyList",
        "api:technology-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/technologies/<slug:slug>/",
        "publishing.api.technologies.TechnologyDetail",
        "api:technology-detail",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/technologies/<slug:slug>/ranking/",
        "publishing.api.explanations.TechnologyRanking",
        "api:technology-ranking",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/", "publishing.api.rankings.RankingList", "api:ranking-list", PUBLIC_READ
    ),
    Route(
        f"api/v1/rankings.{LIST_FILE}",
        "publishing.api.rankings.RankingList",
        "api:ranking-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/latest/",
        "publishing.api.rankings.RankingLatest",
        "api:ranking-latest",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/<int:run>/",
        "publishing.api.rankings.RankingDetail",
        "api:ranking-detail",
        PUBLIC_READ,
    ),
    Route("api/v1/lenses/", "publishing.api.lenses.LensList", "api:lens-list", PUBLIC_READ),
    Route(
        f"api/v1/lenses.{LIST_FILE}",
        "publishing.api.lenses.LensList",
        "api:lens-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/lenses/<slug:key>/",
        "publishing.api.lenses.LensDetail",
        "api:lens-detail",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/<int:run>/changes/",
        "publishing.api.ranking_changes.RankingChanges",
        "api:ranking-changes",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/<int:run>/technologies/<slug:slug>/",
        "publishing.api.explanations.RankedTechnology",
        "api:ranking-technology",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/rankings/<int:run>/pairs/",
        "publishing.api.explanations.RankingPair",
        "api:ranking-pair",
        PUBLIC_READ,
    ),
    *CHALLENGE_API,
    Route(
        "api/v1/openings/",
        "publishing.api.openings.OpeningList",
        "api:opening-list",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/outlooks/latest/",
        "publishing.api.rankings.OutlookLatest",
        "api:outlook-latest",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/predictions/",
        "publishing.api.predictions.PredictionCollection",
        "api:prediction-list",
        Access({"GET": ANYONE, "POST": "predict"}),
    ),
    Route(
        "api/v1/predictions/lint/",
        "assessments.api.predictions.PredictionLint",
        "api:prediction-lint",
        Access({"POST": "predict"}),
    ),
    Route(
        "api/v1/predictions/<slug:key>/forecasts/",
        "assessments.api.predictions.ForecastList",
        "api:forecast-list",
        Access({"GET": ANYONE, "POST": "predict"}),
    ),
    Route(
        f"api/v1/predictions/<slug:key>/forecasts.{LIST_FILE}",
        "assessments.api.predictions.ForecastFile",
        "api:forecast-list-file",
        PUBLIC_READ,
    ),
    Route(
        f"api/v1/predictions.{LIST_FILE}",
        "publishing.api.predictions.PredictionList",
        "api:prediction-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/predictions/<slug:key>/",
        "publishing.api.predictions.PredictionDetail",
        "api:prediction-detail",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/indicators/",
        "evidence.api.indicators.IndicatorList",
        "api:indicator-list",
        Access({"GET": ANYONE, "POST": _EVIDENCE}),
    ),
    Route(
        f"api/v1/indicators.{LIST_FILE}",
        "evidence.api.indicators.IndicatorFile",
        "api:indicator-list-file",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/indicators/<slug:slug>/",
        "evidence.api.indicators.IndicatorDetail",
        "api:indicator-detail",
        Access({"GET": ANYONE, "PUT": _EVIDENCE}),
    ),
    Route(
        "api/v1/indicators/<slug:slug>/observations/",
        "evidence.api.observations.ObservationList",
        "api:observation-list",
        Access({"GET": ANYONE, "POST": _EVIDENCE}),
    ),
    Route(
        f"api/v1/indicators/<slug:slug>/observations.{LIST_FILE}",
        "evidence.api.observations.ObservationFile",
        "api:observation-list-file",
        PUBLIC_READ,
    ),
    *RESULT_ROUTES,
    Route("api/v1/runs/", "scoring.api.RunList", "api:run-list", PUBLIC_READ),
    Route(f"api/v1/runs.{LIST_FILE}", "scoring.api.RunList", "api:run-list-file", PUBLIC_READ),
    Route("api/v1/changes/", "publishing.api.changes.ChangeList", "api:change-list", PUBLIC_READ),
    Route(
        f"api/v1/changes.{LIST_FILE}",
        "publishing.api.changes.ChangeList",
        "api:change-list-file",
        PUBLIC_READ,
    ),
)
