class IntakeError(ValueError):
    """What was handed in cannot be read; `message` is a sentence that says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
