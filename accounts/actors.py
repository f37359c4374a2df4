from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def actor(request: HttpRequest) -> User:
    """Who acts; the route table lets nobody else in, and should it ever, this refuses."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("Sign in first.")
