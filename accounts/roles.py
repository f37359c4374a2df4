from typing import TYPE_CHECKING

from django.db.models import TextChoices

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class Role(TextChoices):
    """What a person may do; each role may do all that the roles before it may."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Administrator"

    @property
    def height(self) -> int:
        return list(type(self)).index(self)

    # A str orders by letters, which would put an admin below an analyst.
    def __lt__(self, other: str) -> bool:
        return self.height < Role(other).height

    def __le__(self, other: str) -> bool:
        return self.height <= Role(other).height

    def __gt__(self, other: str) -> bool:
        return self.height > Role(other).height

    def __ge__(self, other: str) -> bool:
        return self.height >= Role(other).height


def has_role(user: "User | AnonymousUser", role: Role) -> bool:
    """Is this person signed in, active, and at least this role? Public pages ask for no role."""
    return user.is_authenticated and user.is_active and Role(user.role) >= role
