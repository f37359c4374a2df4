"""The three processes that make up the site."""

import shutil
import socket
import sys
from pathlib import Path

from config.up.broker import server_command
from config.up.children import Child
from config.up.gate import Gate
from config.up.places import Places

# Each pool process computes alone; threads of BLAS would only fight over the same cores.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
WORKER_PROCESSES = 2


def broker_child(places: Places, path: Path) -> Child:
    def prepare() -> None:
        path.unlink(missing_ok=True)
        if len(child.deaths) > 1:
            # Its files may be broken, or of a newer server. They hold hints only.
            shutil.rmtree(places.broker_data, ignore_errors=True)
        places.broker_data.mkdir(mode=0o700, exist_ok=True)

    child = Child(
        name="broker",
        command=server_command(path, places.broker_data),
        log=places.logs / "broker.out",
        patience_seconds=5,
        prepare=prepare,
    )
    return child


def worker_child(places: Places) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat"]
    command += ["-Q", "default,compute", "--concurrency", str(WORKER_PROCESSES)]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Child(
        name="worker",
        command=command,
        log=places.logs / "worker.out",
        patience_seconds=10,
        # Pages come before numbers where both want the same core.
        niceness=5,
        environment=ONE_THREAD,
    )


def web_child(places: Places, listener: socket.socket, gate: Gate) -> Child:
    bind = f"fd://{listener.fileno()}"
    return Child(
        name="web",
        command=[sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "-b", bind],
        log=places.logs / "web.out",
        patience_seconds=8,
        environment=ONE_THREAD | gate.environment,
        pass_fds=(listener.fileno(), gate.reader),
    )
