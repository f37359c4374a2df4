"""What this app does when the apps below it speak."""

from typing import Any

from accounts.signals import person_forgotten
from assessments.services.drafting import drop_buffers_of


def connect() -> None:
    person_forgotten.connect(_on_forgotten, dispatch_uid="assessments.forgotten")


def _on_forgotten(*, user: Any, **_: Any) -> None:
    drop_buffers_of(user)
