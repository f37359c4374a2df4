from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.passwords import check_new_password
from accounts.roles import Role, has_role
from accounts.selectors import is_forgotten
from accounts.services.validity import save_new
from record.errors import DomainError, NotAllowed
from record.services import log_change


@transaction.atomic
def create_user(
    *,
    username: str,
    role: str,
    password: str | None = None,
    display_name: str = "",
    email: str = "",
    by: User | None = None,
) -> User:
    """Somebody who may sign in; without a password they need a reset link first.

    `by` is the administrator who asks; None stands for whoever owns the machine (a command).
    """
    require_admin(by)
    user = User(username=username.lower(), role=role, display_name=display_name, email=email)
    return add_person(user=user, password=password, actor_id=by.pk if by else None)


@transaction.atomic
def create_demonstration_user(
    *, username: str, role: str, password: str, display_name: str
) -> User:
    user = User(username=username, role=role, display_name=display_name, is_demonstration=True)
    return add_person(user=user, password=password, actor_id=None)


@transaction.atomic
def ensure_author(*, username: str, by: User | None = None) -> User:
    """The person of this name; where there is none, an author without a sign-in."""
    known = User.objects.filter(username=username.lower()).first()
    if known:
        return known
    author = User(username=username.lower(), role=Role.ANALYST, is_active=False)
    return add_person(user=author, password=None, actor_id=by.pk if by else None)


@transaction.atomic
def add_person(*, user: User, password: str | None, actor_id: int | None) -> User:
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(check_new_password(password, user=user))
    save_new(user)
    log_person("account.created", user=user, actor_id=actor_id, after=state_of(user))
    return user


@transaction.atomic
def change_role(*, user: User, role: str, by: User) -> User:
    require_admin(by)
    if role not in Role.values:
        raise DomainError(f"Choose a role out of {', '.join(Role.values)}.", "role")
    person = locked(user)
    if role == person.role:
        return person
    if role != Role.ADMIN:
        keep_one_admin(person)
    before = state_of(person)
    person.role = role
    person.save(update_fields=["role"])
    log_person(
        "account.role_changed", user=person, actor_id=by.pk, before=before, after=state_of(person)
    )
    return person


@transaction.atomic
def deactivate_user(*, user: User, by: User) -> User:
    """From the next request on no session, password or token of this person opens anything."""
    require_admin(by)
    person = locked(user)
    if not person.is_active:
        return person
    keep_one_admin(person)
    before = state_of(person)
    # A new unusable password changes what sessions and reset links were signed with, so that
    # none of them comes back with a later reactivation.
    person.is_active = False
    person.password = make_password(None)
    person.save(update_fields=["is_active", "password"])
    person.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    log_person(
        "account.deactivated", user=person, actor_id=by.pk, before=before, after=state_of(person)
    )
    return person


@transaction.atomic
def reactivate_user(*, user: User, by: User) -> User:
    """The person may sign in again, once a reset link has given them a password."""
    require_admin(by)
    person = locked(user)
    if person.is_active:
        return person
    if is_forgotten(person):
        raise DomainError("This person was forgotten for good. Invite whoever comes back anew.")
    before = state_of(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    log_person(
        "account.reactivated", user=person, actor_id=by.pk, before=before, after=state_of(person)
    )
    return person


def require_admin(by: User | None) -> None:
    if by is not None and not has_role(by, Role.ADMIN):
        raise NotAllowed("Only an administrator may do this. Ask one of yours.")


def locked(user: User) -> User:
    # All administrators with it, in one order: two of them could otherwise remove each other.
    rows = User.objects.select_for_update().order_by("pk")
    return {row.pk: row for row in rows.filter(role=Role.ADMIN) | rows.filter(pk=user.pk)}[user.pk]


def keep_one_admin(person: User) -> None:
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk)
    if person.role == Role.ADMIN and person.is_active and not others.exists():
        raise DomainError(
            "This is the last administrator. Make somebody else one first, then change this."
        )


def state_of(user: User) -> dict[str, str | bool]:
    """What the log may keep of a person: names and addresses stay in the erasable row."""
    return {"role": str(user.role), "is_active": user.is_active}


def log_person(
    kind: str,
    *,
    user: User,
    actor_id: int | None,
    before: dict[str, str | bool] | None = None,
    after: dict[str, str | bool] | None = None,
) -> None:
    log_change(
        kind=kind,
        subject_kind="account",
        subject_key=str(user.pk),
        actor_id=actor_id,
        before=before,
        after=after,
    )
