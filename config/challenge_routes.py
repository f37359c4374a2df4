"""The part of the table of routes that is about corrections from readers."""

from config.guard import Permission, Route
from rest.access import PUBLIC_READ

CHALLENGE_ROUTES: tuple[Route, ...] = (
    Route(
        "technologies/<slug:slug>/challenge/",
        "assessments.views.challenges.challenge_create",
        "assessments:challenge-create",
        Permission.ANYONE,
    ),
    Route(
        "challenges/",
        "assessments.views.challenges.challenge_list",
        "assessments:challenge-list",
        Permission.ANYONE,
    ),
    Route(
        "challenges/<slug:key>/",
        "assessments.views.challenges.challenge_detail",
        "assessments:challenge-detail",
        Permission.ANYONE,
    ),
    Route(
        "challenges/<slug:key>/step/",
        "assessments.views.challenges.challenge_step",
        "assessments:challenge-step",
        Permission.ANALYST,
    ),
)
CHALLENGE_API: tuple[Route, ...] = (
    Route(
        "api/v1/challenges/",
        "assessments.api.challenges.ChallengeList",
        "api:challenge-list",
        PUBLIC_READ,
    ),
    Route(
        "api/v1/challenges.<extension:extension>",
        "assessments.api.challenges.ChallengeList",
        "api:challenge-list-file",
        PUBLIC_READ,
    ),
)
