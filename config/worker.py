"""A worker that notices when the broker was lost while it had its hands full."""

from threading import Event
from typing import Any

from celery import Task
from celery.bootsteps import StartStopStep
from celery.worker.request import Request

CHECK_SECONDS = 1.0

# Celery logs an acknowledgement that failed and goes on counting the message as open. A worker
# that counts as many as it may hold reads no more, so it never learns that the broker is back.
_acknowledgement_failed = Event()


class WatchfulRequest(Request):
    def acknowledge(self) -> None:
        super().acknowledge()
        if not self.message.acknowledged:
            _acknowledgement_failed.set()


class LedgerTask(Task):  # type: ignore[type-arg]
    Request = "config.worker:WatchfulRequest"


class Reconnection(StartStopStep):
    """Begins the connection anew, and with it the count, after a failed acknowledgement."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    timer: Any = None

    def start(self, parent: Any) -> None:
        _acknowledgement_failed.clear()
        self.timer = parent.timer.call_repeatedly(CHECK_SECONDS, reconnect_if_lost)

    def stop(self, parent: Any) -> None:
        if self.timer:
            self.timer.cancel()


def reconnect_if_lost() -> None:
    """Raises what Celery takes for a lost connection, in the one place where it listens."""
    if _acknowledgement_failed.is_set():
        raise ConnectionError("The broker was lost before a message was acknowledged.")
