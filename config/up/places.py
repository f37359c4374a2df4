"""Where a running installation keeps what it writes, and the claim that only one runs there."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.up.failures import AlreadyRunning

# Addresses of unix sockets end at 107 bytes; the broker binds a temporary name beside its own.
_SOCKET_PATH_BYTES = 90


@dataclass(frozen=True)
class Places:
    root: Path

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def broker_data(self) -> Path:
        return self.root / "broker"

    @property
    def broker_note(self) -> Path:
        """Tells commands given in another terminal where the broker of this folder listens."""
        return self.run / "broker.url"

    @property
    def demo_accounts(self) -> Path:
        return self.root / "demo-accounts.json"

    @property
    def pid_file(self) -> Path:
        return self.run / "up.pid"

    @property
    def card(self) -> Path:
        return self.root / "run.json"

    def make(self) -> None:
        for folder in (self.root, self.run, self.logs, self.broker_data):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Holds the folder for this process, or raises AlreadyRunning.

        The lock counts, not the file: the kernel gives it back however the holder ends.
        """
        with self.pid_file.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise AlreadyRunning(self._who_runs(file.read().strip())) from None
            self.card.unlink(missing_ok=True)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            try:
                yield
            finally:
                # A sign of life that outlives its process would be a lie for another minute.
                signs = self.run.glob("*.alive")
                for path in (self.card, self.broker_note, self.pid_file, *signs):
                    path.unlink(missing_ok=True)

    @contextmanager
    def socket(self) -> Iterator[Path]:
        """A path for the broker's socket; a deep folder gets a short one elsewhere."""
        path = self.run / "broker.sock"
        if len(os.fsencode(path)) <= _SOCKET_PATH_BYTES:
            try:
                yield path
            finally:
                path.unlink(missing_ok=True)
            return
        with tempfile.TemporaryDirectory(prefix="bellwether-", ignore_cleanup_errors=True) as short:
            yield Path(short) / "broker.sock"

    def write_card(self, card: dict[str, Any]) -> None:
        """run.json is there whole or not at all, and only its owner may read the passwords."""
        draft = self.card.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(card, file, indent=2)
            file.write("\n")
        draft.replace(self.card)

    def _who_runs(self, pid: str) -> str:
        try:
            url = json.loads(self.card.read_text("utf-8"))["url"]
        except (OSError, ValueError, KeyError):
            url = "still starting"
        return (
            f"Bellwether already runs in {self.root} ({url}, process {pid}). Stop it with Ctrl-C"
            " where it was started, or set VAR_DIR to another folder."
        )
