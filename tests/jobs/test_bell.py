import ast
import base64
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from django.conf import settings as live_settings
from pytest_django import Settings
from redis import Redis

from config.env import celery_url
from jobs import bell
from jobs.bell import Bell
from tests.stack import PrivateBroker

SENDING = {"delay", "delay_on_commit", "apply_async", "apply_async_on_commit", "send_task"}
ROOT = Path(live_settings.BASE_DIR)


@pytest.fixture
def frozen_broker(settings: Settings) -> Iterator[None]:
    """A server that takes connections and never answers."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        yield


@pytest.fixture
def absent_broker(settings: Settings) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.parametrize("broker", ["frozen_broker", "absent_broker"])
def test_a_broker_in_trouble_keeps_nobody_waiting(
    broker: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request.getfixturevalue(broker)
    own, started = Bell(), monotonic()
    for job_id in range(1000):
        own.ring(job_id=job_id, queue="compute")
    assert monotonic() - started < 0.5
    assert own.flush(10)
    assert monotonic() - started < 8
    assert "the broker did not take the ring" in caplog.text


def test_a_ring_carries_the_id_of_the_job_alone(broker: PrivateBroker, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = celery_url(broker.url)
    own = Bell()
    own.ring(job_id=42, queue="test-ring")
    assert own.flush(10)
    with Redis.from_url(broker.url) as client:
        message = json.loads(client.lpop("test-ring"))
    positional, named, _ = json.loads(base64.b64decode(message["body"]))
    assert (positional, named) == ([42], {})
    assert message["headers"]["task"] == "jobs.execute"


def test_a_command_that_ends_at_once_still_rings(broker: PrivateBroker) -> None:
    ring = "import django; django.setup(); from jobs import bell; "
    ring += "bell.ring(job_id=7, queue='test-exit')"
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "REDIS_URL": broker.url}
    subprocess.run([sys.executable, "-c", ring], cwd=ROOT, env=os.environ | environment, check=True)
    with Redis.from_url(broker.url) as client:
        assert client.llen("test-exit") == 1


def test_a_thread_that_does_not_start_fails_nobody(
    absent_broker: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    Bell().ring(job_id=1, queue="compute")
    assert "job 1: the bell does not start: can't start new thread" in caplog.text


def test_after_a_failure_rings_are_dropped_for_a_while(
    absent_broker: None, caplog: pytest.LogCaptureFixture
) -> None:
    own = Bell()
    with caplog.at_level(logging.INFO, logger="jobs.bell"):
        own.ring(job_id=1, queue="compute")
        assert own.flush(10)
        own.ring(job_id=2, queue="compute")
        assert own.flush(10)
    assert "job 2: the broker is silent, left to the sweeper" in caplog.text


def test_too_many_rings_are_dropped_without_waiting(
    frozen_broker: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bell, "WAITING_AT_MOST", 2)
    own, started = Bell(), monotonic()
    for job_id in range(20):
        own.ring(job_id=job_id, queue="compute")
    assert monotonic() - started < 0.5
    assert "too many rings wait" in caplog.text
    assert own.flush(10)


def test_flushing_gives_up_at_its_deadline(frozen_broker: None) -> None:
    own, started = Bell(), monotonic()
    own.ring(job_id=1, queue="compute")
    assert not own.flush(0.1)
    assert monotonic() - started < 0.5
    assert own.flush(10)


def test_without_a_broker_in_the_settings_nothing_rings(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = ""
    own = Bell()
    own.ring(job_id=1, queue="compute")
    assert own.flush(0)


def test_a_forked_child_has_a_bell_of_its_own(absent_broker: None) -> None:
    bell.ring(job_id=1, queue="compute")
    child = os.fork()
    if child == 0:
        bell.ring(job_id=2, queue="compute")
        os._exit(0 if bell.flush(10) else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert bell.flush(10)


def test_only_the_bell_sends_messages() -> None:
    senders = {
        path.relative_to(ROOT).as_posix()
        for path in own_modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SENDING
    }
    assert senders == {"jobs/bell.py"}


def own_modules() -> list[Path]:
    apps = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    return [module for app in apps for module in app.rglob("*.py")]
