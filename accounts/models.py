from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.roles import Role
from accounts.scopes import SCOPES, unknown_scopes

USERNAME_LENGTH = 40

ROLE_MESSAGES = {"invalid_choice": f"Choose a role out of {', '.join(Role.values)}."}

validate_username = RegexValidator(
    r"\A[a-z0-9._-]{1,40}\Z",
    "A username has 1 to 40 of the characters a to z, 0 to 9, dot, dash and underscore.",
)


def validate_scopes(value: object) -> None:
    if not isinstance(value, list) or not value:
        raise ValidationError("A token needs at least one scope.")
    if not all(isinstance(scope, str) for scope in value) or unknown_scopes(value):
        raise ValidationError(f"Write scopes out of this list: {', '.join(SCOPES)}.")
    if len(set(value)) != len(value):
        raise ValidationError("Name each scope once.")


class People(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractUser):
    """A person, or an author named by an import, who has no sign-in (inactive, no password)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        max_length=USERNAME_LENGTH,
        unique=True,
        validators=[validate_username],
        error_messages={"unique": "This username is taken. Choose another."},
    )
    display_name = models.CharField(max_length=80, blank=True)
    role = models.CharField(
        max_length=10, choices=Role.choices, default=Role.READER, error_messages=ROLE_MESSAGES
    )
    is_demonstration = models.BooleanField(default=False)

    objects: ClassVar[People] = People()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_user_role_known"
            ),
            # With the unique index this makes usernames unique whatever their case.
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="accounts_user_username_lower"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class ApiToken(models.Model):
    """A right to call the API for a person; only the hash of the secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    scopes = models.JSONField(default=list, validators=[validate_scopes])
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_token_expires_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}...)"

    @property
    def is_usable(self) -> bool:
        return self.is_usable_at(timezone.now())

    def is_usable_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and moment < self.expires_at


class Invitation(models.Model):
    """A place kept for one person; whoever holds the link may take it once."""

    token_hash = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=USERNAME_LENGTH, validators=[validate_username])
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, error_messages=ROLE_MESSAGES)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_made"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_invitation_role_known"
            ),
            models.UniqueConstraint(
                fields=["username"],
                condition=models.Q(used_at=None),
                name="accounts_invitation_one_open_a_username",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} as {self.role}"


class SignInTries(models.Model):
    """The times (ms since 1970) of the last five tries of one account or one address.

    Five columns, oldest first, so that one statement can test and shift them: a sixth try within
    a minute finds the oldest too young, however many arrive at once.
    """

    key = models.CharField(max_length=64, primary_key=True)
    try_1 = models.BigIntegerField(default=0)
    try_2 = models.BigIntegerField(default=0)
    try_3 = models.BigIntegerField(default=0)
    try_4 = models.BigIntegerField(default=0)
    try_5 = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key
