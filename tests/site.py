"""The whole site as `make run` starts it, for tests that walk it from outside."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.env import PROJECT
from config.up.places import Places
from tests.stack import wait_until


@dataclass
class Site:
    var_dir: Path
    process: subprocess.Popen[str]

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = json.loads(Places(self.var_dir).card.read_text("utf-8"))
        return card

    @property
    def url(self) -> str:
        return str(self.card["url"])

    def password(self, username: str) -> str:
        """The password of a demonstration account."""
        accounts = {account["username"]: account["password"] for account in self.card["accounts"]}
        return str(accounts[username])

    def stop(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """The exit code and all that the supervisor printed."""
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=40)
        return self.process.returncode, output


def start_site(var_dir: Path, **environment: str) -> Site:
    """Returns once the ready line stands; fails with the output when it does not come."""
    left_out = {"DJANGO_SETTINGS_MODULE", "REDIS_URL", "DATABASE_URL", "PORT", "VAR_DIR"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.up"],
        cwd=PROJECT,
        env=inherited | {"VAR_DIR": str(var_dir)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    site = Site(var_dir, process)

    def is_settled() -> bool:
        return process.poll() is not None or _pid_of_card(var_dir) == process.pid

    wait_until(is_settled, seconds=180, what="the ready line")
    if process.poll() is not None:
        output, _ = process.communicate()
        raise AssertionError(f"the site did not start:\n{output}")
    return site


def _pid_of_card(var_dir: Path) -> int:
    card = Places(var_dir).card
    return int(json.loads(card.read_text("utf-8"))["pid"]) if card.exists() else 0


def processes_of(var_dir: Path) -> dict[int, str]:
    """Every process that belongs to the folder, with its command line.

    The folder stands in the environment of our own programs, and its broker's socket in the title
    of the broker.
    """
    note = Places(var_dir).broker_note
    socket = note.read_text("utf-8").removeprefix("unix://") if note.exists() else f"{var_dir}/"
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (
                (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            )
            environment = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if os.fsencode(f"VAR_DIR={var_dir}") in environment or any(
            part in command for part in (f"{var_dir}/", socket)
        ):
            found[int(folder.name)] = command
    return found


def process_of(var_dir: Path, part: str) -> int:
    """The oldest process of the folder whose command line names the part."""
    return min(pid for pid, command in processes_of(var_dir).items() if part in command)
