"""The addresses of working together: two revisions side by side, and minor edits."""

from config.guard import Permission, Route

TOGETHER: tuple[Route, ...] = (
    Route(
        "cards/<int:pk>/compare/",
        "assessments.views.revisions.revision_compare",
        "assessments:revision-compare",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/minor/",
        "assessments.views.minor.minor_create",
        "assessments:minor-create",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/minor/<int:number>/",
        "assessments.views.minor.minor_detail",
        "assessments:minor-detail",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/minor/<int:number>/confirm/",
        "assessments.views.minor.minor_confirm",
        "assessments:minor-confirm",
        Permission.EDITOR,
    ),
    Route(
        "cards/<int:pk>/minor/<int:number>/take-back/",
        "assessments.views.minor.minor_take_back",
        "assessments:minor-take-back",
        Permission.EDITOR,
    ),
)
