from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from record.errors import DomainError


def save_new(instance: models.Model) -> None:
    """The row stands, or a DomainError names the field and what to write."""
    try:
        instance.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(messages[0], "" if field == "__all__" else field) from error
    try:
        with transaction.atomic():
            instance.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("Somebody saved the same just now. Look, then retry.") from error
