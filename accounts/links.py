"""Links that open one door once or for a while; each is signed with the key of the installation."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User
from record.errors import DomainError

SIGN_IN_LINK_SECONDS = 12 * 60 * 60
_SALT = "accounts.sign_in_link"


def reset_path(user: User) -> str:
    """Where this person sets a password; it works until they do, for the days of the settings."""
    secret = default_token_generator.make_token(user)
    return reverse("accounts:password-reset", args=[int_to_base36(user.pk), secret])


def person_of_reset_link(person: str, secret: str) -> User | None:
    try:
        user = User.objects.filter(pk=base36_to_int(person), is_active=True).first()
    except ValueError:
        return None
    return user if user and default_token_generator.check_token(user, secret) else None


def sign_in_path(user: User) -> str:
    """Where one click signs in; for demonstration accounts only, as anybody may read the link."""
    if not user.is_demonstration:
        raise DomainError("Only accounts of the demonstration have a link that signs in.")
    return reverse("accounts:demo-sign-in", args=[signing.dumps(user.pk, salt=_SALT)])


def person_of_sign_in_link(signed: str) -> User | None:
    """The demonstration account that the link is for, while the link and the demo are open."""
    if not settings.DEMO:
        return None
    try:
        pk = signing.loads(signed, salt=_SALT, max_age=SIGN_IN_LINK_SECONDS)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, is_demonstration=True, is_active=True).first()
