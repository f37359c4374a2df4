"""Twenty jobs under way, and something breaks: each still ends once.

The lease is two seconds here, so that the suite does not wait for dead workers; the same at
the real values, lease 30 s and sweep 5 s, which takes some minutes:

    FAULT_LEASE_SECONDS=30 .venv/bin/python -m pytest tests/jobs/test_faults.py
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from config.env import celery_url
from config.up.places import Places
from jobs import bell, kinds
from jobs.limits import MAX_ATTEMPTS
from jobs.models import Job, JobResult
from jobs.selectors import parts_done
from jobs.services import open_job
from record.trace import tracing
from tests.databases import Template, connected_to
from tests.faultkinds.kinds import KINDS
from tests.jobs.clusters import Cluster
from tests.stack import PrivateBroker, Stack, wait_until

pytestmark = pytest.mark.worker

LEASE_SECONDS = float(os.environ.get("FAULT_LEASE_SECONDS", "2"))
ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
STEPS = 6


@dataclass
class FaultStack(Stack):
    diary: Path = field(init=False)
    seeds: Iterator[int] = field(default_factory=lambda: count(1))
    cluster: Cluster | None = None

    def __post_init__(self) -> None:
        self.diary = self.var_dir / "diary"

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "DJANGO_SETTINGS_MODULE": "tests.faultkinds.settings",
            "FAULT_DIARY": str(self.diary),
            "FAULT_LEASE_SECONDS": str(LEASE_SECONDS),
        }

    def open(self, kind: str, steps: int = STEPS) -> Job:
        inputs = {"diary": str(self.diary), "steps": steps}
        return open_job(
            kind=f"fault.{kind}", inputs=inputs, engine_version="1", seed=next(self.seeds)
        )

    def lines(self, word: str) -> list[list[str]]:
        """The words after the first of each line of the diary that begins with it."""
        text = self.diary.read_text("ascii") if self.diary.exists() else ""
        return [line.split()[1:] for line in text.splitlines() if line.split()[0] == word]

    def process_of_a_running_job(self) -> tuple[Job, int]:
        """The job that started last, and the pool process that computes it."""
        before = len(self.lines("start"))
        wait_until(lambda: len(self.lines("start")) > before, seconds=60, what="another start")
        seed, pid = self.lines("start")[-1]
        return Job.objects.get(seed=int(seed), whole=None), int(pid)


@pytest.fixture(scope="module")
def database(
    template_database: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, Cluster | None]]:
    with django_db_blocker.unblock():
        if not ON_POSTGRESQL:
            name = template_database.copy("faults")
            with connected_to(name):
                yield template_database.url(name), None
            template_database.drop(name)
            return
        cluster = Cluster()
        cluster.start()
        with cluster.connected():
            call_command("migrate", verbosity=0)
            yield cluster.url, cluster
        cluster.remove()


@pytest.fixture(scope="module")
def stack(
    database: tuple[str, Cluster | None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FaultStack]:
    folder = tmp_path_factory.mktemp("faults") / "var"
    url, cluster = database
    running = FaultStack(folder, url, PrivateBroker(Places(folder)), cluster=cluster)
    running.broker.start()
    try:
        running.start_worker()
        with ringing(running.broker):
            yield running
    finally:
        running.stop()


@contextmanager
def ringing(broker: PrivateBroker) -> Iterator[None]:
    """This process knows the kinds of fault and rings at the broker."""
    with (
        override_settings(CELERY_BROKER_URL=celery_url(broker.url)),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(bell, "_bell", bell.Bell())
        patch.setattr(kinds, "_kinds", {kind.name: kind for kind in KINDS})
        yield


def kill_a_pool_child(stack: FaultStack) -> None:
    _, pid = stack.process_of_a_running_job()
    os.kill(pid, signal.SIGKILL)


def kill_the_worker(stack: FaultStack) -> None:
    stack.process_of_a_running_job()
    stack.kill_worker(stack.workers[-1])
    stack.start_worker()


def freeze_a_pool_child(stack: FaultStack) -> None:
    """It sleeps until another worker has its job, and then wants to finish it too."""
    job, pid = stack.process_of_a_running_job()
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: Job.objects.get(pk=job.pk).token > 1, seconds=60, what="a second lease")
    os.kill(pid, signal.SIGCONT)


def kill_the_broker(stack: FaultStack) -> None:
    """Twice, for what a busy worker makes of it depends on the moment."""
    assert isinstance(stack.broker, PrivateBroker)
    for _ in range(2):
        stack.process_of_a_running_job()
        stack.broker.kill_and_forget()
        opened_quickly(stack)
        stack.broker.start()


def freeze_the_broker(stack: FaultStack) -> None:
    assert isinstance(stack.broker, PrivateBroker)
    stack.broker.freeze()
    opened_quickly(stack)
    stack.broker.thaw()


def kill_postgresql(stack: FaultStack) -> None:
    assert stack.cluster is not None
    stack.process_of_a_running_job()
    stack.cluster.kill()
    connections["default"].close()
    stack.cluster.start()


def opened_quickly(stack: FaultStack) -> None:
    started = monotonic()
    stack.open("sleep")
    assert monotonic() - started < 1


FAULTS = [
    kill_a_pool_child,
    kill_the_worker,
    freeze_a_pool_child,
    kill_the_broker,
    freeze_the_broker,
    *([kill_postgresql] if ON_POSTGRESQL else []),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_of_twenty_jobs_ends_once(
    fault: Callable[[FaultStack], None], stack: FaultStack
) -> None:
    jobs = [stack.open("sleep") for _ in range(20)]
    wait_until(lambda: done(jobs) >= 3, seconds=60, what="a beginning")
    fault(stack)
    wait_until(lambda: done(jobs) == 20, seconds=60, what="the end of all jobs")
    assert JobResult.objects.filter(job__in=jobs).count() == 20
    told = Counter(int(pk) for (pk,) in stack.lines("end"))
    assert max(told.values()) == 1


@pytest.mark.parametrize("fault", [kill_a_pool_child, kill_the_worker, kill_the_broker])
def test_a_job_in_parts_ends_once_and_repeats_no_part_that_was_done(
    fault: Callable[[FaultStack], None], stack: FaultStack
) -> None:
    whole = stack.open("parts", steps=12)
    wait_until(lambda: parts_done(whole) >= 2, seconds=60, what="a beginning")
    fault(stack)
    wait_until(lambda: state(whole) == Job.State.DONE, seconds=60, what="the end of the whole")
    assert JobResult.objects.get(job=whole).headline == '{"parts":"0 1 2 3 4 5 6 7 "}'
    # Eight parts, and once more those that the fault took: two processes, or one broker twice.
    assert 8 <= starts(stack, whole) <= 12
    assert sum(int(seed) == whole.seed for seed, _ in stack.lines("merge")) == 1


def test_a_job_that_kills_its_process_is_parked_after_five_attempts(stack: FaultStack) -> None:
    poison = stack.open("die")
    good = [stack.open("sleep") for _ in range(5)]
    wait_until(lambda: done(good) == 5, seconds=60, what="the end of the good jobs")
    patience = 60 + MAX_ATTEMPTS * 2 * LEASE_SECONDS
    wait_until(lambda: state(poison) == Job.State.PARKED, seconds=patience, what="parking")
    assert starts(stack, poison) == MAX_ATTEMPTS
    assert "stopped without a word" in Job.objects.get(pk=poison.pk).error


def test_a_job_that_always_fails_is_parked_with_its_error(stack: FaultStack) -> None:
    job = stack.open("fail")
    patience = 60 + MAX_ATTEMPTS * LEASE_SECONDS
    wait_until(lambda: state(job) == Job.State.PARKED, seconds=patience, what="parking")
    assert starts(stack, job) == MAX_ATTEMPTS
    assert Job.objects.get(pk=job.pk).error == "RuntimeError: this kind always fails"


def test_the_log_of_the_worker_carries_the_request(stack: FaultStack) -> None:
    def lines_of(request_id: str) -> list[str]:
        logs = [path.read_text("utf-8") for path in Places(stack.var_dir).logs.glob("*.jsonl")]
        return [line for line in "".join(logs).splitlines() if request_id in line]

    with tracing("request-that-opened-it"):
        job = stack.open("sleep", steps=1)
    wait_until(
        lambda: any(f"job {job.pk}: done" in line for line in lines_of("request-that-opened-it")),
        seconds=60,
        what="a line about the end",
    )


def done(jobs: list[Job]) -> int:
    return Job.objects.filter(pk__in=[job.pk for job in jobs], state=Job.State.DONE).count()


def state(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def starts(stack: FaultStack, job: Job) -> int:
    return sum(int(seed) == job.seed for seed, _ in stack.lines("start"))
