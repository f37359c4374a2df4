"""Our ranking and the peer's by turns, each measurement in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

from benchmarks.serving import PROJECT
from benchmarks.verdicts import Verdict

PEER = PROJECT / ".tools/bench/bin/python"
ROUNDS = 5
THREADS = 2


@dataclass(frozen=True)
class Measured:
    """Medians over rounds: seconds on the clock, of the processor, and the peak in megabytes."""

    seconds: float
    processor: float
    megabytes: float

    def line(self, name: str) -> str:
        return (
            f"{name:<42} {self.seconds:8.3f} s   processor {self.processor:8.3f} s"
            f"   peak {self.megabytes:6.0f} MB"
        )


def beside_peer(
    technologies: int, draws: int, *, has_pairs: bool, least_gain: float, most_megabytes: float
) -> list[Verdict]:
    """has_pairs: whether the peer counts pairs as well; ours always do."""
    size = [str(technologies), str(draws)]
    one, more = ["ours", *size, "1"], ["ours", *size, str(THREADS)]
    peer = ["peer", *size, str(int(has_pairs))]
    measured("ours", *size, "1")  # compiles, where that was not done before
    turns = [(measured(*one), measured(*more), measured(*peer)) for _ in range(ROUNDS)]
    ours, threaded, theirs = (_medians(runs) for runs in zip(*turns, strict=True))
    print(f"\n{technologies:,} technologies, {draws:,} draws")
    print(ours.line("smaa.rank, 1 thread"))
    print(threaded.line(f"smaa.rank, {THREADS} threads"))
    print(theirs.line("pysensmcda, draws ready-made" + ("" if has_pairs else ", no pairs")))
    best = min(ours, threaded, key=lambda found: found.seconds)
    gain = theirs.seconds / best.seconds
    peak = max(ours.megabytes, threaded.megabytes)
    return [
        Verdict(
            gain >= least_gain,
            f"{technologies:,} x {draws:,} at least {least_gain:g} times as fast as pysensmcda:"
            f" {gain:.1f} times; with 1 thread {theirs.seconds / ours.seconds:.1f} times,"
            f" by processor time {theirs.processor / ours.processor:.1f} times",
        ),
        Verdict(
            peak <= most_megabytes,
            f"{technologies:,} x {draws:,} at most {most_megabytes:g} MB: {peak:.0f} MB,"
            f" pysensmcda {theirs.megabytes:.0f} MB",
        ),
    ]


def measured(who: str, *arguments: str) -> Measured:
    """One measurement in a fresh process."""
    python = str(PEER) if who == "peer" else sys.executable
    script = PROJECT / "benchmarks" / f"ranking_{who}.py"
    # What is compiled stays beside the source, and both may use what threads they like.
    env = os.environ | {"PYTHONPATH": str(PROJECT)}
    run = subprocess.run(
        [python, str(script), *arguments], env=env, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"{script.name} failed:\n{run.stderr}")
    return Measured(**json.loads(run.stdout.splitlines()[-1]))


def _medians(runs: tuple[Measured, ...]) -> Measured:
    return Measured(
        seconds=median(run.seconds for run in runs),
        processor=median(run.processor for run in runs),
        megabytes=max(run.megabytes for run in runs),
    )
