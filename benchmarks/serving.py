"""Processes that are measured: the site as it is served in earnest, and what stands beside it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.up.broker import answers, server_command

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
# Calls are counted as in earnest; the limit alone is out of the way.
NO_LIMIT = "100000000"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def environment(folder: Path, database: str) -> dict[str, str]:
    """Of every process of one installation."""
    return {
        **os.environ,
        **ONE_THREAD,
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": f"unix://{folder}/broker.sock",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "API_CALLS_A_MINUTE": NO_LIMIT,
    }


def run(module: str, *arguments: str, env: Mapping[str, str]) -> str:
    """What the module prints, run as a program of its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=env, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-4_000:]}")
    return done.stdout


@contextmanager
def site(folder: Path, env: Mapping[str, str]) -> Iterator[str]:
    """The address of the running site; its broker runs beside it."""
    path = folder / "broker.sock"
    broker = server_command(path, folder)
    with process(broker, env, folder / "broker.log"):
        wait(lambda: answers(f"unix://{path}"), "The broker")
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
        address = f"http://127.0.0.1:{port}"
        with process([*command, "-b", f"127.0.0.1:{port}"], env, folder / "web.log"):
            wait(lambda: _is_up(f"{address}/healthz"), "The site")
            yield address


@contextmanager
def server(command: Sequence[str], address: str, log: Path) -> Iterator[None]:
    """Another server, until the block ends."""
    with process(command, os.environ, log):
        wait(lambda: _is_up(address), command[0])
        yield


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def process(command: Sequence[str], env: Mapping[str, str], log: Path) -> Iterator[int]:
    """The number of a process that lives as long as the block."""
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, cwd=PROJECT, env=env, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield child.pid
        finally:
            child.terminate()
            child.wait(timeout=30)


def wait(is_there: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + START_SECONDS
    while not is_there():
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not answer in {START_SECONDS} seconds.")
        time.sleep(0.1)


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False
