"""Jobs that take time, fail, or take their process with them; each start leaves a line."""

import os
import signal
import time
from collections.abc import Iterable
from typing import Any

from jobs.kinds import JobOutput, Kind, Part, Report, Split

STEP_SECONDS = 0.05


def note(diary: str, line: str) -> None:
    """One short write to a file opened for appending stays whole among processes."""
    with open(diary, "a", encoding="ascii") as file:  # noqa: PTH123
        file.write(line + "\n")


def sleep(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    note(inputs["diary"], f"start {seed} {os.getpid()}")
    for step in range(inputs["steps"]):
        time.sleep(STEP_SECONDS)
        report(step + 1, inputs["steps"])
    return JobOutput(headline={"seed": seed})


def die(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    note(inputs["diary"], f"start {seed} {os.getpid()}")
    report(0, 1)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nothing survives SIGKILL")


def fail(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    note(inputs["diary"], f"start {seed} {os.getpid()}")
    report(0, 1)
    raise RuntimeError("this kind always fails")


class Sleeping:
    """Eight parts that sleep, each with a line when it starts and one when it ended."""

    def split(self, inputs: dict[str, Any], *, seed: int, report: Report) -> Split | None:
        return Split(tuple(Part(inputs | {"part": k}, inputs["steps"]) for k in range(8)))

    def part(self, inputs: dict[str, Any], *, shared: bytes, seed: int, report: Report) -> bytes:
        sleep(inputs, seed=seed, report=report)
        return f"{inputs['part']} ".encode()

    def merge(
        self, inputs: dict[str, Any], *, shared: bytes, outputs: Iterable[bytes], seed: int
    ) -> JobOutput:
        note(inputs["diary"], f"merge {seed} {os.getpid()}")
        return JobOutput(headline={"parts": b"".join(outputs).decode()})


KINDS = (
    *(
        Kind(name=f"fault.{work.__name__}", queue="compute", compute=work)
        for work in (sleep, die, fail)
    ),
    Kind(name="fault.parts", queue="compute", compute=fail, in_parts=Sleeping()),
)
