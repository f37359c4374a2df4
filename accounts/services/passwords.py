from django.db import transaction

from accounts.links import person_of_reset_link, reset_path
from accounts.models import User
from accounts.passwords import check_new_password, clean_password
from accounts.services.people import log_person, require_admin
from accounts.services.tries import give_back_try, take_try
from record.errors import DomainError


@transaction.atomic
def reset_link(*, user: User, by: User | None = None) -> str:
    """The path of a page on which this person sets a password; nobody is told but the caller."""
    require_admin(by)
    if not user.is_active:
        raise DomainError("This account has no sign-in. Give it one first, then make the link.")
    log_person("account.reset_link_made", user=user, actor_id=by.pk if by else None)
    return reset_path(user)


@transaction.atomic
def set_password_by_link(*, person: str, secret: str, password: str) -> User:
    user = person_of_reset_link(person, secret)
    if user is None:
        raise DomainError("This link was used or is too old. Ask an administrator for another.")
    return _store(user, password)


def change_password(*, user: User, old_password: str, password: str) -> User:
    """The new password holds, and every other session of this person has ended."""
    subject = f"password of {user.pk}"
    # Outside the transaction below: a wrong password must still count.
    take_try(subject)
    if not user.check_password(clean_password(old_password, field="old_password")):
        raise DomainError("This is not your present password. Type it again.", "old_password")
    give_back_try(subject)
    return _store(user, password)


@transaction.atomic
def _store(user: User, password: str) -> User:
    user.set_password(check_new_password(password, user=user))
    user.save(update_fields=["password"])
    log_person("account.password_set", user=user, actor_id=user.pk)
    return user
