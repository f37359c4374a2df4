"""Why something was written, in the words of whoever wrote it."""

from evidence.values.observed import REASON_CHARACTERS
from intake.errors import IntakeError
from intake.text import clean_text
from record.errors import DomainError


def clean_reason(text: str) -> str:
    try:
        return clean_text(text, multiline=True, field="The reason", max_length=REASON_CHARACTERS)
    except IntakeError as error:
        raise DomainError(error.message, field="reason") from error
