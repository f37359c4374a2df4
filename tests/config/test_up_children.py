import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.up.children import DEATHS, Child
from config.up.failures import PartFailed
from config.up.supervisor import Supervisor
from tests.stack import wait_until


def python(program: str, log: Path, *, patience_seconds: float = 5) -> Child:
    command = [sys.executable, "-u", "-c", program]
    return Child(name="part", command=command, log=log, patience_seconds=patience_seconds)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def is_patient() -> bool:
    return False


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "part.out"


def test_a_child_hears_no_signal_of_its_parents_terminal(log: Path) -> None:
    child = python("import time; time.sleep(30)", log)
    child.start()
    assert child.process is not None
    assert os.getsid(child.process.pid) == child.process.pid
    child.stop(is_patient)
    assert child.exit_code() == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended(log: Path) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up'); time.sleep(30)"
    child = python(deaf, log, patience_seconds=0.2)
    child.start()
    wait_until(lambda: "up" in log.read_text(), seconds=10, what="the child's start")
    child.stop(is_patient)
    assert child.exit_code() == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(log: Path) -> None:
    parent = (
        "import subprocess, sys, time\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid)\n"
        "time.sleep(60)"
    )
    child = python(parent, log)
    child.start()
    wait_until(lambda: log.read_text().strip(), seconds=10, what="the grandchild's start")
    grandchild = int(log.read_text())
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    child.bury()
    wait_until(lambda: not is_alive(grandchild), seconds=5, what="the grandchild's end")


def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    program = (
        "import time\n"
        "from pathlib import Path\n"
        "from config.up.children import Child\n"
        f"log = Path({str(tmp_path / 'part.out')!r})\n"
        "child = Child('part', ['sleep', '60'], log, 1)\n"
        "child.start()\n"
        "print(child.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        assert is_alive(pid)
        supervisor.kill()
    wait_until(lambda: not is_alive(pid), seconds=5, what="the child's end")


def test_a_dead_child_is_started_again_and_announced(log: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    child = python("print('a last word'); import time; time.sleep(30)", log)
    supervisor.start(child)
    assert child.process is not None
    first = child.process.pid
    wait_until(lambda: "word" in log.read_text(), seconds=10, what="the child's start")
    child.process.kill()
    child.process.wait()
    supervisor.revive()
    assert child.process.pid != first
    assert is_alive(child.process.pid)
    assert said == ["part was ended by signal 9 and is started again: a last word"]
    supervisor.stop(is_patient)


def test_a_child_that_keeps_dying_ends_everything_with_its_log(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.up.supervisor._PAUSE_SECONDS", 0.001)
    said: list[str] = []
    supervisor = Supervisor(said.append)
    child = python("print('no such table'); raise SystemExit(3)", log)
    supervisor.start(child)
    with pytest.raises(PartFailed, match="no such table"):
        supervisor.watch()
    assert len(said) == DEATHS


def test_old_deaths_are_forgiven(log: Path) -> None:
    child = python("", log)
    child.deaths.extend([time.monotonic() - 3600] * DEATHS)
    child.start()
    assert child.process is not None
    child.process.wait()
    child.bury()
    assert len(child.deaths) == 1


def test_parts_stop_in_the_opposite_order(tmp_path: Path) -> None:
    order = tmp_path / "order"
    supervisor = Supervisor(print)
    for name in ("broker", "worker", "web"):
        program = (
            "import signal, sys, time\n"
            f"def leave(*_): print({name!r}, file=open({str(order)!r}, 'a')); sys.exit()\n"
            "signal.signal(signal.SIGTERM, leave)\n"
            "print('up')\n"
            "time.sleep(30)"
        )
        log = tmp_path / f"{name}.out"
        supervisor.start(python(program, log))
        wait_until(lambda log=log: "up" in log.read_text(), seconds=10, what="a start")  # type: ignore[misc]
    supervisor.stop(is_patient)
    assert order.read_text().split() == ["web", "worker", "broker"]
    assert supervisor.children == []


def test_waiting_ends_with_a_sentence() -> None:
    with pytest.raises(TimeoutError, match="the ready line did not happen within 0 seconds"):
        Supervisor(print).wait_for(lambda: False, seconds=0, what="the ready line")
