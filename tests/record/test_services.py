from typing import Any

import pytest

from record.models import Change
from record.services import log_change
from record.trace import current_request_id, tracing

pytestmark = pytest.mark.django_db


def test_a_change_carries_the_request_that_caused_it() -> None:
    with tracing("abc123"):
        log_change(
            kind="card.published",
            subject_kind="card",
            subject_key="42",
            actor_id=7,
            reason="first score",
            after={"impact": "5+"},
            is_public=True,
        )
    change = Change.objects.get()
    assert (change.request_id, change.actor_id, change.is_public) == ("abc123", 7, True)
    assert (change.before, change.after) == (None, {"impact": "5+"})
    assert current_request_id() == ""


def test_a_change_by_nobody_outside_a_request_is_private() -> None:
    change = log_change(kind="job.parked", subject_kind="job", subject_key="1", actor_id=None)
    assert (change.request_id, change.is_public, change.reason) == ("", False, "")


def test_the_sequence_grows() -> None:
    first, second = (
        log_change(kind="test", subject_kind="thing", subject_key=key, actor_id=None)
        for key in ("1", "2")
    )
    assert first.seq < second.seq


def test_a_change_that_came_to_stand_is_a_line_of_the_log(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with caplog.at_level("INFO", logger="record"), django_capture_on_commit_callbacks(execute=True):
        change = log_change(kind="test", subject_kind="thing", subject_key="1", actor_id=None)
        assert not caplog.messages
    assert caplog.messages == [f"change {change.seq}: test"]
