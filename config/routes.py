"""Every page of the site with who may open it; a page that is not named here does not exist."""

from dataclasses import dataclass

from config.guard import Permission


@dataclass(frozen=True)
class Route:
    path: str
    view: str
    name: str
    permission: Permission


ROUTES: tuple[Route, ...] = (
    Route("healthz", "config.health.process_alive", "health:process-alive", Permission.ANYONE),
    Route("readyz", "config.health.ready", "health:ready", Permission.ANYONE),
    # Before the pages of technologies, one of which would otherwise be called "new".
    Route(
        "technologies/new/",
        "assessments.views.technologies.technology_create",
        "assessments:technology-create",
        Permission.ANALYST,
    ),
    Route(
        "technologies/<slug:slug>/edit/",
        "assessments.views.technologies.technology_edit",
        "assessments:technology-edit",
        Permission.EDITOR,
    ),
    Route(
        "cards/new/",
        "assessments.views.cards.card_create",
        "assessments:card-create",
        Permission.ANALYST,
    ),
    Route(
        "cards/new/buffer/",
        "assessments.views.cards.buffer_start",
        "assessments:buffer-start",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/edit/",
        "assessments.views.cards.card_edit",
        "assessments:card-edit",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/buffer/",
        "assessments.views.cards.buffer_keep",
        "assessments:buffer-keep",
        Permission.ANALYST,
    ),
    # For the team alone: the numbers of cards and revisions would tell how many drafts there are.
    Route(
        "cards/<int:pk>/revisions/",
        "assessments.views.revisions.revision_list",
        "assessments:revision-list",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/revisions/<int:number>/",
        "assessments.views.revisions.revision_detail",
        "assessments:revision-detail",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/notes/",
        "assessments.views.revisions.note_create",
        "assessments:note-create",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/submit/",
        "assessments.views.review.card_submit",
        "assessments:card-submit",
        Permission.ANALYST,
    ),
    Route(
        "cards/<int:pk>/approve/",
        "assessments.views.review.card_approve",
        "assessments:card-approve",
        Permission.EDITOR,
    ),
    Route(
        "cards/<int:pk>/return/",
        "assessments.views.review.card_return",
        "assessments:card-return",
        Permission.EDITOR,
    ),
    Route(
        "cards/<int:pk>/publish/",
        "assessments.views.review.card_publish",
        "assessments:card-publish",
        Permission.EDITOR,
    ),
    Route(
        "cards/<int:pk>/withdraw/",
        "assessments.views.revisions.card_withdraw",
        "assessments:card-withdraw",
        Permission.EDITOR,
    ),
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
    Route("", "publishing.views.map_detail", "publishing:map", Permission.ANYONE),
    Route(
        "ranking/",
        "publishing.views.ranking_detail",
        "publishing:ranking-detail",
        Permission.ANYONE,
    ),
    Route(
        "technologies/",
        "publishing.views.technology_list",
        "publishing:technology-list",
        Permission.ANYONE,
    ),
    Route(
        "technologies/<slug:slug>/",
        "publishing.views.technology_detail",
        "publishing:technology-detail",
        Permission.ANYONE,
    ),
    Route("changes/", "publishing.views.change_list", "publishing:change-list", Permission.ANYONE),
    Route(
        "method/", "publishing.views.method_detail", "publishing:method-detail", Permission.ANYONE
    ),
    Route("runs/", "scoring.views.run_list", "scoring:run-list", Permission.ANYONE),
    Route("runs/<int:seq>/", "scoring.views.run_detail", "scoring:run-detail", Permission.ANYONE),
    Route(
        "runs/<int:seq>/reopen/",
        "scoring.views.run_reopen",
        "scoring:run-reopen",
        Permission.EDITOR,
    ),
    Route(
        "accounts/sign-in/",
        "accounts.views.sign_in.sign_in",
        "accounts:sign-in",
        Permission.ANYONE,
    ),
    Route(
        "accounts/sign-out/",
        "accounts.views.sign_in.sign_out",
        "accounts:sign-out",
        Permission.ANYONE,
    ),
    Route(
        "accounts/demo/<str:signed>/",
        "accounts.views.sign_in.demo_sign_in",
        "accounts:demo-sign-in",
        Permission.ANYONE,
    ),
    Route(
        "accounts/password/",
        "accounts.views.passwords.password_change",
        "accounts:password-change",
        Permission.READER,
    ),
    Route(
        "accounts/reset/<str:person>/<str:secret>/",
        "accounts.views.passwords.password_reset",
        "accounts:password-reset",
        Permission.ANYONE,
    ),
    Route(
        "accounts/invitations/<str:secret>/",
        "accounts.views.passwords.invitation_accept",
        "accounts:invitation-accept",
        Permission.ANYONE,
    ),
    Route(
        "accounts/people/",
        "accounts.views.people.user_list",
        "accounts:user-list",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/invite/",
        "accounts.views.people.invitation_create",
        "accounts:invitation-create",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/invitations/<int:pk>/withdraw/",
        "accounts.views.people.invitation_withdraw",
        "accounts:invitation-withdraw",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/<int:pk>/role/",
        "accounts.views.people.role_change",
        "accounts:user-role",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/<int:pk>/deactivate/",
        "accounts.views.people.user_deactivate",
        "accounts:user-deactivate",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/<int:pk>/reactivate/",
        "accounts.views.people.user_reactivate",
        "accounts:user-reactivate",
        Permission.ADMIN,
    ),
    Route(
        "accounts/people/<int:pk>/reset-link/",
        "accounts.views.people.reset_link_create",
        "accounts:user-reset-link",
        Permission.ADMIN,
    ),
    Route(
        "accounts/tokens/",
        "accounts.views.tokens.token_list",
        "accounts:token-list",
        Permission.READER,
    ),
    Route(
        "accounts/tokens/<int:pk>/revoke/",
        "accounts.views.tokens.token_revoke",
        "accounts:token-revoke",
        Permission.READER,
    ),
)
