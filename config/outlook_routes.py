"""The pages of the outlook, and of the openings that its windows are scored against."""

from config.guard import Permission, Route

OPENING_PAGES: tuple[Route, ...] = (
    Route(
        "technologies/<slug:slug>/opening/",
        "assessments.views.openings.opening_detail",
        "assessments:opening-detail",
        Permission.ANALYST,
    ),
    Route(
        "technologies/<slug:slug>/opening/test/",
        "assessments.views.openings.opening_test",
        "assessments:opening-test",
        Permission.ANALYST,
    ),
    Route(
        "technologies/<slug:slug>/opening/confirm/",
        "assessments.views.openings.opening_confirm",
        "assessments:opening-confirm",
        Permission.EDITOR,
    ),
    Route(
        "technologies/<slug:slug>/opening/refuse/",
        "assessments.views.openings.opening_refuse",
        "assessments:opening-refuse",
        Permission.EDITOR,
    ),
    Route(
        "technologies/<slug:slug>/opening/withdraw/",
        "assessments.views.openings.opening_withdraw",
        "assessments:opening-withdraw",
        Permission.ANALYST,
    ),
)
OUTLOOK_PAGES: tuple[Route, ...] = (
    Route(
        "outlook/",
        "publishing.views.outlook.outlook_detail",
        "publishing:outlook-detail",
        Permission.ANYONE,
    ),
    Route(
        "outlook/links.csv",
        "publishing.views.outlook.outlook_links_csv",
        "publishing:outlook-links-csv",
        Permission.ANYONE,
    ),
)
