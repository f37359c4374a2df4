import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.selectors import open_invitation
from accounts.services.people import add_person, require_admin
from accounts.services.validity import save_new
from record.canonical import digest
from record.errors import DomainError
from record.services import log_change

INVITATION_DAYS = 7


@transaction.atomic
def invite(
    *, username: str, role: str, email: str = "", by: User | None = None
) -> tuple[Invitation, str]:
    """The invitation and the secret of its link, which nothing can show again.

    An earlier open invitation of the same username ends here.
    """
    require_admin(by)
    name = username.lower()
    if User.objects.filter(username=name).exists():
        raise DomainError("This username is taken. Choose another.", "username")
    Invitation.objects.filter(username=name, used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_hash=digest(secret),
        username=name,
        email=email,
        role=role,
        created_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    save_new(invitation)
    _log("invitation.made", invitation, actor_id=by.pk if by else None)
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    require_admin(by)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()[0]:
        raise DomainError("This invitation was used already. Deactivate the account instead.")
    _log("invitation.withdrawn", invitation, actor_id=by.pk)


@transaction.atomic
def accept_invitation(*, secret: str, password: str, display_name: str = "") -> User:
    """The invited person exists and may sign in; the link opens nothing any more."""
    invitation = open_invitation(secret)
    if invitation is None or not _is_taken_now(invitation):
        raise DomainError("This invitation was used, withdrawn or is too old. Ask for another one.")
    user = User(
        username=invitation.username,
        role=invitation.role,
        email=invitation.email,
        display_name=display_name,
    )
    add_person(user=user, password=password, actor_id=None)
    _log("invitation.accepted", invitation, actor_id=user.pk)
    return user


def _is_taken_now(invitation: Invitation) -> bool:
    still_open = Invitation.objects.filter(pk=invitation.pk, used_at=None)
    return still_open.update(used_at=timezone.now()) == 1


def _log(kind: str, invitation: Invitation, *, actor_id: int | None) -> None:
    log_change(
        kind=kind,
        subject_kind="invitation",
        subject_key=str(invitation.token_hash[:12]),
        actor_id=actor_id,
        after={"role": str(invitation.role)},
    )
