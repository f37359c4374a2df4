import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.scopes import scopes_of_role
from accounts.services.people import log_person
from accounts.services.validity import save_new
from record.canonical import digest
from record.errors import DomainError

LONGEST_DAYS = 366
_PREFIX = "bw_"
_LAST_USE_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Bearer:
    """Who calls with a token, and what this call may do."""

    user: User
    token_id: int
    scopes: frozenset[str]


@transaction.atomic
def create_token(*, user: User, name: str, scopes: list[str], days: int) -> tuple[ApiToken, str]:
    """The token and its secret, which nothing can show again."""
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError(f"A token lasts 1 to {LONGEST_DAYS} days. Write such a number.", "days")
    _refuse_scopes_above(user, scopes)
    secret = _PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = ApiToken(
        user=user,
        name=name,
        token_hash=digest(secret),
        prefix=secret[: len(_PREFIX) + 5],
        scopes=scopes,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    save_new(token)
    log_person("token.created", user=user, actor_id=user.pk)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        log_person("token.revoked", user=token.user, actor_id=by.pk)


def authenticate_token(*, secret: str) -> Bearer | None:
    """Who holds this secret, with the scopes that token and owner's role both allow just now."""
    token = ApiToken.objects.select_related("user").filter(token_hash=digest(secret)).first()
    now = timezone.now()
    if token is None or not token.is_usable_at(now) or not token.user.is_active:
        return None
    _note_use(token, now)
    allowed = frozenset(token.scopes) & frozenset(scopes_of_role(token.user.role))
    return Bearer(user=token.user, token_id=token.pk, scopes=allowed)


def _note_use(token: ApiToken, now: datetime) -> None:
    # To the minute: a busy client must not turn each read into a write.
    if token.last_used_at is None or now - token.last_used_at >= _LAST_USE_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _refuse_scopes_above(user: User, scopes: list[str]) -> None:
    above = [scope for scope in scopes if scope not in scopes_of_role(user.role)]
    if above:
        raise DomainError(
            f"As {user.role} you cannot give {', '.join(above)}."
            f" Choose out of {', '.join(scopes_of_role(user.role))}.",
            "scopes",
        )
