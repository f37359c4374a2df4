from collections.abc import Callable
from typing import Any

import pytest

from jobs import bell, kinds
from jobs.kinds import Compute, JobOutput, Kind, Report, register_kind
from jobs.models import Job
from jobs.services import open_job


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What would have gone to the broker, in order."""
    heard: list[tuple[int, str]] = []

    def ring(*, job_id: int, queue: str) -> None:
        heard.append((job_id, queue))

    monkeypatch.setattr(bell, "ring", ring)
    return heard


@pytest.fixture
def add_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Compute], None]:
    """Registers a kind of job until the end of the test."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def add(name: str, compute: Compute) -> None:
        register_kind(Kind(name=name, queue="compute", compute=compute))

    return add


@pytest.fixture
def doubling(add_kind: Callable[[str, Compute], None], rings: list[Any]) -> str:
    """A kind that doubles its number, in two reported steps."""

    def double(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        report(1, 2)
        report(2, 2)
        return JobOutput(headline={"doubled": 2 * inputs["number"]}, arrays=bytes([seed]))

    add_kind("test.double", double)
    return "test.double"


@pytest.fixture
def job(doubling: str) -> Job:
    return open_job(kind=doubling, inputs={"number": 21}, engine_version="1", seed=7)


@pytest.fixture
def failing(add_kind: Callable[[str, Compute], None], rings: list[Any]) -> Job:
    """A job whose computation raises with a text that no database takes as it is."""

    def fail(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        raise ValueError("no value \0 here")

    add_kind("test.fail", fail)
    return open_job(kind="test.fail", inputs={}, engine_version="1", seed=7)
