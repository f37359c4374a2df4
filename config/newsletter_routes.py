"""The part of the table of routes that turns newsletter issues and radars into cards."""

from config.guard import Permission, Route

NEWSLETTER_FORMS: tuple[Route, ...] = (
    Route(
        "technologies/import/",
        "assessments.views.radars.radar_import",
        "assessments:radar-import",
        Permission.ANALYST,
    ),
    Route(
        "evidence/<slug:key>/card/",
        "assessments.views.newsletters.issue_card",
        "assessments:issue-card",
        Permission.ANALYST,
    ),
    Route(
        "evidence/<slug:key>/card/next/",
        "assessments.views.newsletters.issue_next",
        "assessments:issue-next",
        Permission.ANALYST,
    ),
)
