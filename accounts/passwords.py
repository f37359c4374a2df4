import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from intake.errors import IntakeError
from intake.text import clean_text
from record.errors import DomainError

LONGEST = 200

# By the codes of Django's validators, which the settings choose.
_REFUSALS = {
    "password_too_short": "This password is too short. Use at least {min_length} characters.",
    "password_too_similar": "This password is too close to the username or e-mail. Use another.",
    "password_too_common": "This password is among the most used ones. Use another.",
    "password_entirely_numeric": "This password is only digits. Add letters or spaces.",
}


def clean_password(value: str, *, field: str = "password") -> str:
    """The one spelling of a password, so that two keyboards type the same one."""
    try:
        return clean_text(value, multiline=False, field="The password", max_length=LONGEST)
    except IntakeError as error:
        raise DomainError(error.message, field) from error


def check_new_password(value: str, *, user: User) -> str:
    """The cleaned password, or a refusal that says what a better one needs."""
    password = clean_password(value)
    try:
        validate_password(password, user)
    except ValidationError as error:
        first = error.error_list[0]
        sentence = _REFUSALS.get(str(first.code), str(first.messages[0]))
        raise DomainError(sentence.format(**(first.params or {})), "password") from error
    return password


def generated_password() -> str:
    return secrets.token_urlsafe(15)
