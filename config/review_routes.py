"""The pages on which the team reviews cards and lays its opinions side by side."""

from config.guard import Permission, Route

REVIEW_ROUTES: tuple[Route, ...] = (
    Route(
        "review/",
        "assessments.views.review.review_list",
        "assessments:review-list",
        Permission.ANALYST,
    ),
    Route(
        "review/<int:pk>/",
        "assessments.views.review.review_detail",
        "assessments:review-detail",
        Permission.ANALYST,
    ),
    Route(
        "review/<int:pk>/comments/",
        "assessments.views.review.comment_create",
        "assessments:comment-create",
        Permission.ANALYST,
    ),
    Route(
        "comments/<int:pk>/resolve/",
        "assessments.views.review.comment_resolve",
        "assessments:comment-resolve",
        Permission.ANALYST,
    ),
    Route(
        "technologies/<slug:slug>/opinions/",
        "publishing.views.opinions.opinion_list",
        "publishing:opinion-list",
        Permission.ANALYST,
    ),
)
