class DomainError(Exception):
    """A refusal that the person can act on; `field` names the form field it belongs to."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(DomainError):
    """Somebody else changed the thing first."""


class NotAllowed(DomainError):
    """The person may see the thing but may not do this to it."""
