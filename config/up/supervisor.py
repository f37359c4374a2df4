"""Starts the parts in order, keeps them alive, and stops them in the opposite order."""

import logging
import time
from collections.abc import Callable

from config.up.children import DEATHS, WITHIN_SECONDS, Child
from config.up.failures import PartFailed

_PAUSE_SECONDS = 0.1

logger = logging.getLogger("bellwether.up")


class Supervisor:
    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        child.log.write_bytes(b"")
        self.children.append(child)
        child.start()

    def wait_for(self, check: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Returns once the check holds; meanwhile dead children are started again."""
        deadline = time.monotonic() + seconds
        while not check():
            self.revive()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not happen within {seconds:.0f} seconds.")
            time.sleep(0.05)

    def watch(self) -> None:
        """Goes on until a signal or a part that dies too often ends it."""
        while True:
            self.revive()
            time.sleep(_PAUSE_SECONDS)

    def revive(self) -> None:
        for child in self.children:
            code = child.exit_code()
            if code is None:
                continue
            child.bury()
            if child.dies_too_often():
                raise PartFailed(
                    f"{child.name} ended {DEATHS + 1} times within {WITHIN_SECONDS} seconds."
                    f" Its last lines, from {child.log}:\n{child.tail()}"
                )
            self._announce(child, code)
            time.sleep(_PAUSE_SECONDS * len(child.deaths))
            child.start()

    def stop(self, is_hurried: Callable[[], bool]) -> None:
        for child in reversed(self.children):
            child.stop(is_hurried)
        self.children.clear()

    def _announce(self, child: Child, code: int) -> None:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        last = child.last_line()
        self.say(f"{child.name} {how} and is started again" + (f": {last}" if last else ""))
        logger.warning("%s %s and is started again", child.name, how)
