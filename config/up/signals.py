"""What Ctrl-C and a polite kill do to the supervisor."""

import signal
from types import FrameType


class StopRequested(BaseException):
    """Raised wherever the supervisor is when it is first asked to stop."""


class StopSignals:
    """The first signal asks to stop; a second one asks not to wait for anybody."""

    def __init__(self) -> None:
        self.count = 0

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)

    def ignore_next(self) -> None:
        """From here on the stop is under way, and a signal can only hurry it."""
        self.count = max(self.count, 1)

    def is_hurried(self) -> bool:
        return self.count > 1

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if self.count == 1:
            raise StopRequested
