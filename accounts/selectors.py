from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import ApiToken, Invitation, User
from record.canonical import digest
from record.selectors import was_forgotten


def people() -> QuerySet[User]:
    """Everybody, those who may sign in first."""
    return User.objects.order_by("-is_active", "username")


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names that these people sign in with."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "username"))


def is_forgotten(user: User) -> bool:
    """True for good once forget_person took the names of this person."""
    return was_forgotten(person_id=user.pk)


def demo_accounts() -> QuerySet[User]:
    """The accounts of the demonstration that may sign in, the least role first."""
    return User.objects.filter(is_demonstration=True, is_active=True).order_by("pk")


def open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())


def open_invitation(secret: str) -> Invitation | None:
    return open_invitations().filter(token_hash=digest(secret)).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user)
