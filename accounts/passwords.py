import secrets

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError

from accounts.models import User
from intake.errors import IntakeError
from intake.text import clean_text
from record.errors import DomainError

SHORTEST = 12
LONGEST = 200

_VALIDATORS = (
    MinimumLengthValidator(SHORTEST),
    UserAttributeSimilarityValidator(user_attributes=("username", "display_name", "email")),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
)

# By the codes of the validators above.
_REFUSALS = {
    "password_too_short": f"This password is too short. Use at least {SHORTEST} characters.",
    "password_too_similar": "This password is too close to the name or e-mail. Use another.",
    "password_too_common": "This password is among the most used ones. Use another.",
    "password_entirely_numeric": "This password is only digits. Add letters or spaces.",
}


def clean_password(value: object, *, field: str = "password") -> str:
    """The one spelling of a password, so that two keyboards type the same one."""
    try:
        return clean_text(value, multiline=False, field="The password", max_length=LONGEST)
    except IntakeError as error:
        raise DomainError(error.message, field) from error


def check_new_password(value: str, *, user: User) -> str:
    """The cleaned password, or a refusal that says what a better one needs."""
    password = clean_password(value)
    try:
        validate_password(password, user, password_validators=_VALIDATORS)
    except ValidationError as error:
        raise DomainError(_REFUSALS[str(error.error_list[0].code)], "password") from error
    return password


def generated_password() -> str:
    return secrets.token_urlsafe(15)
