from accounts.services.forgetting import forget_person
from accounts.services.invitations import accept_invitation, invite, withdraw_invitation
from accounts.services.passwords import change_password, reset_link, set_password_by_link
from accounts.services.people import (
    change_role,
    create_demonstration_user,
    create_user,
    deactivate_user,
    ensure_author,
    reactivate_user,
)
from accounts.services.sign_in import check_sign_in
from accounts.services.tokens import Bearer, authenticate_token, create_token, revoke_token
from accounts.services.tries import TooManyTriesError

__all__ = [
    "Bearer",
    "TooManyTriesError",
    "accept_invitation",
    "authenticate_token",
    "change_password",
    "change_role",
    "check_sign_in",
    "create_demonstration_user",
    "create_token",
    "create_user",
    "deactivate_user",
    "ensure_author",
    "forget_person",
    "invite",
    "reactivate_user",
    "reset_link",
    "revoke_token",
    "set_password_by_link",
    "withdraw_invitation",
]
