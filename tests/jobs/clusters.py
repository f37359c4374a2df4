"""A PostgreSQL server of the test's own, so that killing it hurts nobody."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
from django.db import connections

from config.parent import die_with_parent
from tests.stack import wait_until

OWNER = "postgres"


class Cluster:
    """A data folder and its server; as root both belong to the user postgres."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bellwether-pg-"))
        self.port = _free_port()
        self.url = f"postgres://{OWNER}@127.0.0.1:{self.port}/{OWNER}"
        self._user = OWNER if os.geteuid() == 0 else None
        if self._user:
            account = pwd.getpwnam(OWNER)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "--auth=trust", f"--username={OWNER}", "--no-sync", "--pgdata=data")

    def start(self) -> None:
        """Tries again while the memory of a killed server is not yet given back."""
        wait_until(self._has_started, seconds=30, what="the start of PostgreSQL")

    def kill(self) -> None:
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def remove(self) -> None:
        self._server.send_signal(signal.SIGINT)
        self._server.wait()
        shutil.rmtree(self.folder)

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Every connection that this process opens goes to this server."""
        described = connections.settings["default"]
        before = dict(described)
        connections["default"].close()
        described |= {"HOST": "127.0.0.1", "PORT": self.port, "USER": OWNER, "NAME": OWNER}
        try:
            yield
        finally:
            connections["default"].close()
            described |= before

    def _has_started(self) -> bool:
        self._server = subprocess.Popen(
            [_program("postgres"), "-D", "data", "-k", "", "-h", "127.0.0.1", "-p", str(self.port)],
            cwd=self.folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509
        )
        wait_until(
            lambda: self._answers() or self._server.poll() is not None,
            seconds=30,
            what="an answer of PostgreSQL",
        )
        return self._server.poll() is None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [_program(program), *arguments],
            cwd=self.folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _program(name: str) -> str:
    """From PATH, else the newest of Debian's versions."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or str(installed[-1])


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
