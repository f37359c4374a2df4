"""Lets the web server load while the database is still being prepared."""

import os
from types import TracebackType
from typing import Self

VARIABLE = "BELLWETHER_GATE"


class Gate:
    """A pipe nobody writes to: whoever reads from it waits until the writing end is closed."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.open()
        os.close(self.reader)

    @property
    def environment(self) -> dict[str, str]:
        return {VARIABLE: str(self.reader)}

    def open(self) -> None:
        if not self._is_open:
            os.close(self._writer)
            self._is_open = True


def wait_at_gate() -> None:
    """Returns at once in a process that was started without a gate, or after it was opened."""
    reader = os.environ.get(VARIABLE)
    if reader:
        os.read(int(reader), 1)
