"""Where a person begins."""

from django.conf import settings

from accounts.models import User
from accounts.roles import Role, has_role


def home_of(user: User) -> str:
    """The desk of those who score, the map for readers."""
    is_team = has_role(user, Role.ANALYST)
    return str(settings.TEAM_HOME_URL if is_team else settings.LOGIN_REDIRECT_URL)
