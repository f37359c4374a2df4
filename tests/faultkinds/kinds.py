"""Jobs that take time, fail, or take their process with them; each start leaves a line."""

import os
import signal
import time
from typing import Any

from jobs.kinds import JobOutput, Kind, Report

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


KINDS = tuple(
    Kind(name=f"fault.{work.__name__}", queue="compute", compute=work)
    for work in (sleep, die, fail)
)
