"""The part of the table of routes that is about indicators."""

from config.guard import Permission, Route

# Before the pages, one of which would otherwise be called "new".
INDICATOR_FORMS: tuple[Route, ...] = (
    Route(
        "indicators/new/",
        "evidence.views.indicators.indicator_create",
        "evidence:indicator-create",
        Permission.ANALYST,
    ),
    Route(
        "indicators/import/",
        "evidence.views.imports.indicator_import",
        "evidence:indicator-import",
        Permission.ANALYST,
    ),
    Route(
        "indicators/<slug:slug>/edit/",
        "evidence.views.indicators.indicator_edit",
        "evidence:indicator-edit",
        Permission.ANALYST,
    ),
    Route(
        "indicators/<slug:slug>/observations/new/",
        "evidence.views.observations.observation_create",
        "evidence:observation-create",
        Permission.ANALYST,
    ),
)
INDICATOR_PAGES: tuple[Route, ...] = (
    Route(
        "indicators/",
        "publishing.views.indicators.indicator_list",
        "publishing:indicator-list",
        Permission.ANYONE,
    ),
    Route(
        "indicators/<slug:slug>/",
        "publishing.views.indicators.indicator_detail",
        "publishing:indicator-detail",
        Permission.ANYONE,
    ),
    Route(
        "indicators/<slug:slug>/history.csv",
        "publishing.views.indicators.indicator_history_csv",
        "publishing:indicator-history-csv",
        Permission.ANYONE,
    ),
)
