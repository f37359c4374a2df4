"""What this app does when the apps below it speak."""

from typing import Any

from accounts.signals import person_forgotten
from assessments.services.drafting import drop_buffers_of
from assessments.services.retractions import tell_readers
from evidence.signals import item_moved


def connect() -> None:
    person_forgotten.connect(_on_forgotten, dispatch_uid="assessments.forgotten")
    item_moved.connect(_on_moved, dispatch_uid="assessments.item_moved")


def _on_forgotten(*, user: Any, **_: Any) -> None:
    drop_buffers_of(user)


def _on_moved(*, item: Any, before: str, by: Any, reason: str, **_: Any) -> None:
    tell_readers(item=item, before=before, by=by, reason=reason)
