import logging
from contextvars import copy_context
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from django.db import Error, close_old_connections, connection
from django.db.models.functions import Now

from jobs.limits import lease
from jobs.models import Job

logger = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """Another worker holds the job by now, so going on would be wasted."""


class Heartbeat:
    """While open, the lease is renewed and the latest progress stored, on a connection of its own.

    The thread that computes only leaves numbers here, so a slow database never slows it down.
    """

    def __init__(self, *, job_id: int, token: int, progress: tuple[int, int] = (0, 0)) -> None:
        self._mine = Job.objects.filter(pk=job_id, token=token, state=Job.State.RUNNING)
        self._label = f"job {job_id}"
        self._progress = progress
        self._stopped = Event()
        self._lost = Event()
        self._thread = Thread(
            target=copy_context().run, args=(self._beat,), name=f"heartbeat-{job_id}", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        # A thread stuck on a dead database may stay behind: its update names the token.
        self._thread.join(timeout=5)

    def report(self, done: int, total: int) -> None:
        """Progress for the pages; raises when the lease is gone, to end a useless computation."""
        if self._lost.is_set():
            raise LeaseLostError(f"Another worker has taken over {self._label}.")
        self._progress = (min(done, total), total)

    def _beat(self) -> None:
        renewal = lease().total_seconds() / 3
        stored, renewed_at = self._progress, monotonic()
        try:
            while not self._stopped.wait(min(1.0, renewal)):
                if self._progress != stored or monotonic() - renewed_at >= renewal:
                    close_old_connections()
                    progress, started = self._progress, monotonic()
                    if self._renew(progress):
                        stored, renewed_at = progress, started
        finally:
            connection.close()

    def _renew(self, progress: tuple[int, int]) -> bool:
        done, total = progress
        try:
            held = self._mine.update(
                lease_until=Now() + lease(), progress_done=done, progress_total=total
            )
        except Error:
            logger.warning("%s: the lease could not be renewed", self._label, exc_info=True)
            return False
        if not held:
            logger.warning("%s: the lease is gone", self._label)
            self._lost.set()
            self._stopped.set()
        return True
