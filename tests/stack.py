"""A broker and workers of their own, as real processes, for tests of background work."""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from config.env import PROJECT
from config.up.broker import answers
from config.up.children import Child
from config.up.parts import broker_child, worker_child
from config.up.places import Places


def wait_until(check: Callable[[], object], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.05)


def at_once() -> bool:
    return True


@dataclass
class PrivateBroker:
    """A server that a test may freeze, kill and rob of its files."""

    places: Places
    prefix: str = ""
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.places.make()
        self.socket = self.places.run / "broker.sock"
        self.url = f"unix://{self.socket}"
        self.child = broker_child(self.places, self.socket)

    def start(self) -> None:
        self.child.start()
        wait_until(lambda: answers(self.url), seconds=10, what="the broker's start")

    def send(self, number: signal.Signals) -> None:
        assert self.child.process is not None
        self.child.process.send_signal(number)

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def kill_and_forget(self) -> None:
        """As when the machine of the broker burns: the process and its files are gone."""
        self.send(signal.SIGKILL)
        assert self.child.process is not None
        self.child.process.wait()
        shutil.rmtree(self.places.broker_data)

    def stop(self) -> None:
        if self.child.process and self.child.exit_code() is None:
            self.thaw()
        self.child.stop(at_once)


@dataclass
class SharedBroker:
    """The server that REDIS_URL names; a prefix keeps this test's keys apart."""

    url: str
    prefix: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:12]}:")

    def start(self) -> None:
        assert answers(self.url), "REDIS_URL does not answer"

    def stop(self) -> None:
        with Redis.from_url(self.url) as client:
            keys = list(client.scan_iter(match=f"{self.prefix}*"))
            if keys:
                client.delete(*keys)


@dataclass
class Stack:
    """One installation: its folder, its database, its broker and its workers."""

    var_dir: Path
    database_url: str
    broker: PrivateBroker | SharedBroker
    workers: list[Child] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(self.var_dir),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.broker.url,
            "REDIS_KEY_PREFIX": self.broker.prefix,
        }

    def start_worker(self) -> Child:
        places = Places(self.var_dir)
        places.make()
        worker = worker_child(places)
        worker.environment = dict(worker.environment) | self.environment
        worker.start()
        self.workers.append(worker)
        return worker

    def kill_worker(self, worker: Child) -> None:
        """The worker and its pool end at once, in the middle of whatever they do."""
        assert worker.process is not None
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self) -> None:
        for worker in self.workers:
            worker.stop(at_once)
        self.broker.stop()
