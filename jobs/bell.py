"""The only place that speaks to the broker on behalf of a job.

A ring is a hint that a job waits. It may get lost without harm, because the sweeper rings
again; so nobody ever waits for the broker here, and its errors end in the log.
"""

import atexit
import logging
import os
from queue import Empty, Full, Queue
from threading import Lock, Thread
from time import monotonic

from celery import Celery
from django.conf import settings
from kombu import Connection

logger = logging.getLogger(__name__)

EXECUTE = "jobs.execute"
WAITING_AT_MOST = 1000
SOCKET_SECONDS = 0.5
PAUSE_SECONDS = 5.0
FLUSH_SECONDS = 1.0

Ring = tuple[int, str]


class Bell:
    """Hands rings to one daemon thread; the thread sends them while the broker answers."""

    def __init__(self) -> None:
        self._rings: Queue[Ring] = Queue(WAITING_AT_MOST)
        self._starting = Lock()
        self._thread: Thread | None = None
        self._silent_until = 0.0

    def ring(self, *, job_id: int, queue: str) -> None:
        if not settings.CELERY_BROKER_URL:
            return
        try:
            self._rings.put_nowait((job_id, queue))
        except Full:
            logger.warning("job %s: too many rings wait, left to the sweeper", job_id)
        try:
            self._start()
        except RuntimeError as error:
            # No thread to be had, or the process ends; what caused the job is committed already.
            logger.warning("job %s: the bell does not start: %s", job_id, error)

    def flush(self, seconds: float = FLUSH_SECONDS) -> bool:
        """True once every ring is sent or given up; False when the time is over first."""
        done = self._rings.all_tasks_done
        with done:
            return done.wait_for(lambda: not self._rings.unfinished_tasks, timeout=seconds)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                thread = Thread(target=self._serve, name="bell", daemon=True)
                thread.start()
                self._thread = thread

    def _serve(self) -> None:
        app = _sender()
        while True:
            first = self._rings.get()
            if monotonic() < self._silent_until:
                self._give_up(first)
                continue
            try:
                self._send(app, first)
            except Exception as error:  # noqa: BLE001 - whatever a client library raises
                logger.warning("job %s: the broker did not take the ring: %s", first[0], error)
                self._silent_until = monotonic() + PAUSE_SECONDS
            finally:
                self._rings.task_done()

    def _give_up(self, ring: Ring) -> None:
        logger.info("job %s: the broker is silent, left to the sweeper", ring[0])
        self._rings.task_done()

    def _send(self, app: Celery, ring: Ring) -> None:
        """Sends this ring and those that came meanwhile on one short-lived connection.

        A connection kept open would be found dead at the first ring after a broker's restart.
        """
        with app.connection_for_write() as connection:
            _send_one(app, connection, ring)
            while True:
                try:
                    ring = self._rings.get_nowait()
                except Empty:
                    return
                try:
                    _send_one(app, connection, ring)
                finally:
                    self._rings.task_done()


def _send_one(app: Celery, connection: Connection, ring: Ring) -> None:
    job_id, queue = ring
    app.send_task(
        EXECUTE, args=[job_id], queue=queue, connection=connection, retry=False, ignore_result=True
    )


def _sender() -> Celery:
    """An application that only sends, with the worker's broker but short patience."""
    app = Celery("bell", set_as_current=False, broker=settings.CELERY_BROKER_URL)
    app.conf.broker_transport_options = {
        **getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}),
        "socket_timeout": SOCKET_SECONDS,
        "socket_connect_timeout": SOCKET_SECONDS,
        "retry_on_timeout": False,
        "max_retries": 0,
    }
    return app


_bell = Bell()


def ring(*, job_id: int, queue: str) -> None:
    """A worker will look at the job soon, if the broker is there; returns at once either way."""
    _bell.ring(job_id=job_id, queue=queue)


def flush(seconds: float = FLUSH_SECONDS) -> bool:
    """Gives rings of a process that is about to end a moment to get out."""
    return _bell.flush(seconds)


def _start_afresh() -> None:
    # A forked child inherits the queue and its locks but not the thread that empties it.
    global _bell  # noqa: PLW0603 - one bell a process
    _bell = Bell()


os.register_at_fork(after_in_child=_start_afresh)
atexit.register(flush)
