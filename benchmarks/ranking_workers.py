"""A ranking in parts by one worker and by two: time, memory and bytes.

    python -m benchmarks.ranking_workers [--technologies 10000] [--draws 100000] [--workers 1 2]

Each line is an installation of its own, with a broker and so many worker processes, which gets
the same inputs straight into its ledger. `processor` is what all of its workers used, and tells
how much of the machine others had.
"""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.serving import environment, process, run, wait
from benchmarks.verdicts import Verdict, report
from config.up.broker import answers, server_command

LEAST_GAIN, MOST_MEGABYTES = 1.7, 1_000
MEGABYTE = 1024
POLL_SECONDS = 0.25
LONGEST_SECONDS = 3600
TICKS = os.sysconf("SC_CLK_TCK")
DIMENSIONS = ("viability", "drivers", "novelty", "diffusion", "impact")
LEVELS, CERTAINTIES = range(1, 6), ("low", "medium", "high")


@dataclass(frozen=True)
class Measured:
    workers: int
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    digest: str
    parts: int

    @property
    def line(self) -> str:
        return (
            f"{self.workers} worker{'s' if self.workers > 1 else ' '}"
            f"  {self.seconds:8.1f} s  processor {self.processor_seconds:8.1f} s"
            f"  peak {self.peak_megabytes:5.0f} MB a worker  {self.parts} parts"
            f"  {self.digest[:16]}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="A ranking in parts by one worker and by two.")
    parser.add_argument("--technologies", type=int, default=10_000)
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    sys.exit(report(compared(asked.technologies, asked.draws, asked.workers)))


def over_workers() -> list[Verdict]:
    """The row of `make bench-ranking`."""
    return compared(10_000, 100_000, (1, 2))


def compared(technologies: int, draws: int, numbers: Sequence[int]) -> list[Verdict]:
    print(f"\n{technologies:,} technologies, {draws:,} draws over workers")
    found = []
    for workers in numbers:
        found.append(measure(technologies, draws, workers))
        print(found[-1].line, flush=True)
    first, last = found[0], found[-1]
    gain, peak = first.seconds / last.seconds, max(row.peak_megabytes for row in found)
    return [
        Verdict(len({row.digest for row in found}) == 1, "same bytes from any number of workers"),
        Verdict(peak <= MOST_MEGABYTES, f"at most {MOST_MEGABYTES} MB a worker: {peak:.0f} MB"),
        Verdict(
            gain >= LEAST_GAIN,
            f"{last.workers} workers at least {LEAST_GAIN} times as fast as {first.workers}:"
            f" {gain:.2f} times",
        ),
    ]


def measure(technologies: int, draws: int, workers: int) -> Measured:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        env = environment(folder, f"sqlite:///{folder}/record.sqlite3")
        run("django", "migrate", "--verbosity", "0", env=env)
        path = folder / "broker.sock"
        stack.enter_context(process(server_command(path, folder), env, folder / "broker.log"))
        wait(lambda: answers(f"unix://{path}"), "The broker")
        pids = [stack.enter_context(_worker(folder, env, number)) for number in range(workers)]
        # As many small jobs as workers, so that each has loaded what it needs.
        for number in range(2 * workers):
            _compute(folder, env, pids, (2, 32 + number))
        used = _processor_seconds(pids)
        row, peaks = _compute(folder, env, pids, (technologies, draws))
        return Measured(
            workers=workers,
            seconds=row["seconds"],
            processor_seconds=_processor_seconds(pids) - used,
            peak_megabytes=max(peaks.values()),
            digest=row["digest"],
            parts=row["parts"],
        )


def _compute(
    folder: Path, env: dict[str, str], pids: list[int], size: tuple[int, int]
) -> tuple[dict[str, Any], dict[int, float]]:
    """What came out of so many technologies and draws, and the peak of each process."""
    inputs = folder / "inputs.json"
    inputs.write_text(json.dumps(ranking_inputs(*size)), "utf-8")
    job_id = run("benchmarks.ranking_job", "open", str(inputs), env=env).strip()
    peaks: dict[int, float] = {}
    begun = time.monotonic()
    while _state(folder, job_id) not in {"done", "parked"}:
        if time.monotonic() - begun > LONGEST_SECONDS:
            raise SystemExit(f"The job did not end in {LONGEST_SECONDS} seconds.")
        _note_peaks(pids, peaks)
        time.sleep(POLL_SECONDS)
    _note_peaks(pids, peaks)
    row = json.loads(run("benchmarks.ranking_job", "ended", job_id, env=env))
    return row, peaks


def _state(folder: Path, job_id: str) -> str:
    """Asked of the file itself: a program a poll would take the time that is measured."""
    with closing(sqlite3.connect(folder / "record.sqlite3", timeout=30)) as database:
        row = database.execute("SELECT state FROM jobs_job WHERE id = ?", [job_id]).fetchone()
    return str(row[0])


@contextmanager
def _worker(folder: Path, env: dict[str, str], number: int) -> Iterator[int]:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", "default,compute"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    command += ["--without-heartbeat", "--hostname", f"worker{number}@here"]
    # One of them sweeps, so that a lost ring costs seconds and not the night.
    command += ["--beat"] if number == 0 else []
    log = folder / f"worker{number}.log"
    with process(command, env, log) as pid:
        wait(lambda: len(_family(pid)) > 1, "A worker")
        yield pid


def _family(pid: int) -> list[int]:
    """A process and all that it started, and so on."""
    found = [pid]
    for one in found:
        path = Path(f"/proc/{one}/task/{one}/children")
        if path.exists():
            found += [int(child) for child in path.read_text("ascii").split()]
    return found


def _note_peaks(pids: list[int], peaks: dict[int, float]) -> None:
    """The largest resident size that each process ever had, as the kernel keeps it."""
    for pid in (child for parent in pids for child in _family(parent)):
        status = Path(f"/proc/{pid}/status")
        if status.exists():
            lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
            if "VmHWM" in lines:
                peaks[pid] = int(lines["VmHWM"].split()[0]) / MEGABYTE


def _processor_seconds(pids: list[int]) -> float:
    """User and system time so far of the processes and of those that they waited for."""
    total = 0
    for pid in (child for parent in pids for child in _family(parent)):
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            total += sum(int(part) for part in stat.read_text().rpartition(")")[2].split()[11:15])
    return total / TICKS


def ranking_inputs(technologies: int, draws: int) -> dict[str, Any]:
    """Cards of a made-up field, as a ranking reads them; the same numbers give the same cards."""
    rng = np.random.default_rng(1)
    return {
        "technologies": [_technology(number, rng) for number in range(technologies)],
        "draws": draws,
    }


def _technology(number: int, rng: np.random.Generator) -> dict[str, Any]:
    scores = {dimension: _score(rng) for dimension in DIMENSIONS}
    card = {"role": "lead", "age": "fresh", "scenarios": [], "scores": scores}
    return {"id": f"technology-{number:06}", "cards": [card]}


def _score(rng: np.random.Generator) -> dict[str, str | None]:
    level = int(rng.choice(LEVELS))
    is_span = level < max(LEVELS) and rng.random() < 0.15
    return {
        "level": str(level),
        "level_to": str(level + 1) if is_span else None,
        "certainty": str(rng.choice(CERTAINTIES)),
        "unscored_reason": None,
    }


if __name__ == "__main__":
    main()
