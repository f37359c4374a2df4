from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.forms import InviteForm, TokenForm
from accounts.models import ApiToken, Invitation, User
from accounts.roles import Role


@dataclass(frozen=True)
class PeoplePage:
    """Everybody with an account or a name, who is invited, and the form that invites."""

    people: QuerySet[User]
    invitations: QuerySet[Invitation]
    form: InviteForm
    roles: list[tuple[str, str]] = field(default_factory=lambda: list(Role.choices))


@dataclass(frozen=True)
class LinkPage:
    """A link that an administrator hands over, shown this once."""

    heading: str
    lasts: str
    url: str


@dataclass(frozen=True)
class TokensPage:
    """A person's tokens and, right after one was made, its secret."""

    tokens: QuerySet[ApiToken]
    form: TokenForm
    secret: str = ""
