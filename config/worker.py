"""A worker that notices when the broker was lost while it had its hands full."""

from typing import Any

from celery import Task
from celery.bootsteps import StartStopStep
from celery.worker.request import Request

CHECK_SECONDS = 1.0


class Acknowledgements:
    """The messages of this connection that were to be acknowledged lately.

    Celery logs an acknowledgement that failed and goes on counting the message as open. A worker
    that counts as many as it may hold reads no more, so it never learns that the broker is back.
    """

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.asked_before: list[Any] = []

    def forget(self) -> None:
        self.asked, self.asked_before = [], []

    def check(self) -> None:
        """Raises what Celery takes for a lost connection, from a timer, where it listens.

        Celery acknowledges in its next round, so a message is given one more check.
        """
        failed = [message for message in self.asked_before if is_open(message)]
        self.asked, self.asked_before = [], self.asked
        if failed:
            raise ConnectionError(f"The broker was lost: {len(failed)} messages stayed open.")


acknowledgements = Acknowledgements()


def is_open(message: Any) -> bool:
    """Messages of an earlier connection stay open for ever, and no longer count."""
    return not message.acknowledged and not message.channel.closed


class WatchfulRequest(Request):
    def acknowledge(self) -> None:
        super().acknowledge()
        acknowledgements.asked.append(self.message)


class LedgerTask(Task):  # type: ignore[type-arg]
    Request = "config.worker:WatchfulRequest"


class Reconnection(StartStopStep):
    """Begins the connection anew, and with it the count, after a failed acknowledgement."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    timer: Any = None

    def start(self, parent: Any) -> None:
        acknowledgements.forget()
        self.timer = parent.timer.call_repeatedly(CHECK_SECONDS, acknowledgements.check)

    def stop(self, parent: Any) -> None:
        if self.timer:
            self.timer.cancel()
