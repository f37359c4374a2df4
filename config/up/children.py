"""The processes under the supervisor."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from config.env import PROJECT
from config.parent import die_with_parent

DEATHS = 5
WITHIN_SECONDS = 60
_TAIL_LINES = 20


@dataclass
class Child:
    """A process in a session of its own, so that Ctrl-C reaches the supervisor alone."""

    name: str
    command: list[str]
    log: Path
    patience_seconds: float
    prepare: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    pass_fds: tuple[int, ...] = ()
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        self.prepare()
        with self.log.open("ab") as log:
            # The supervisor has one thread, so the warning about preexec_fn does not apply.
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=PROJECT,
                env=os.environ | dict(self.environment),
                start_new_session=True,
                preexec_fn=partial(_begin, os.getpid(), self.niceness),  # noqa: PLW1509
                pass_fds=self.pass_fds,
            )

    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def bury(self) -> None:
        """Ends what a dead child left of its session and notes the time of its death."""
        self._signal_session(signal.SIGKILL)
        now = time.monotonic()
        self.deaths.append(now)
        while self.deaths[0] < now - WITHIN_SECONDS:
            self.deaths.popleft()

    def dies_too_often(self) -> bool:
        return len(self.deaths) > DEATHS

    def stop(self, is_hurried: Callable[[], bool]) -> None:
        """Asks, waits, and ends what has not ended by then."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
        deadline = time.monotonic() + self.patience_seconds
        while self.process.poll() is None and time.monotonic() < deadline and not is_hurried():
            time.sleep(0.02)
        self._signal_session(signal.SIGKILL)
        self.process.wait()

    def tail(self) -> str:
        lines = self.log.read_text("utf-8", errors="replace").splitlines()
        return "\n".join([line for line in lines if line.strip()][-_TAIL_LINES:])

    def last_line(self) -> str:
        return self.tail().rpartition("\n")[2]

    def _signal_session(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


def _begin(parent: int, niceness: int) -> None:
    die_with_parent(parent)
    os.nice(niceness)
