"""Measures the outlook under links, and what each link does: make bench-outlook."""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median

import numpy as np

from benchmarks.verdicts import Verdict, report
from scoring.engine import outlook
from scoring.engine.openings import Link
from scoring.engine.outlook_draws import Question
from scoring.engine.outlook_what_if import link_effects
from scoring.engine.scores import Window

TECHNOLOGIES, LINKS, DRAWS = 100, 300, 5_000
TODAY, HORIZON_YEAR = date(2026, 7, 1), 2030
ROUNDS, ROUNDS_OF_LINKS = 9, 3
MOST_SECONDS, MOST_SECONDS_OF_LINKS = 0.5, 60
KINDS = ("accelerates", "competes with", "requires")


def made_up() -> tuple[list[Window], list[Link]]:
    """Windows of every certainty, and links of every kind between any two, circles included."""
    rng = np.random.default_rng(2030)
    windows = []
    for number in range(TECHNOLOGIES):
        start, more = int(rng.integers(2024, 2037)), int(rng.integers(1, 9))
        windows.append(
            Window(
                f"technology-{number:03}",
                start,
                start + more if rng.random() < 0.8 else None,
                str(rng.choice(["low", "medium", "high"])),
                viability=(str(rng.integers(1, 6)),),
            )
        )
    links: set[tuple[str, str, str]] = set()
    while len(links) < LINKS:
        one, other = rng.choice(TECHNOLOGIES, 2, replace=False)
        links.add((f"technology-{one:03}", f"technology-{other:03}", str(rng.choice(KINDS))))
    return windows, [Link(*link) for link in sorted(links)]


def seconds(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """Medians on the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(rounds):
        begun, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    return median(clock), median(processor)


def main() -> int:
    windows, links = made_up()
    question = Question(TODAY, outlook.LAST_YEAR, DRAWS, 1)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run")
    print(f"{TECHNOLOGIES} technologies, {LINKS} links, {DRAWS:,} draws")

    def simulate() -> None:
        outlook.simulate(
            windows, links, today=TODAY, horizon_year=HORIZON_YEAR, draws=DRAWS, seed=1
        )

    def effects() -> None:
        link_effects(windows, links, question, horizon_year=HORIZON_YEAR, report=lambda *_: None)

    first, _ = seconds(1, simulate)
    whole, used = seconds(ROUNDS, simulate)
    print(f"outlook: first call {first:.2f} s, then {ROUNDS} of a median of", end=" ")
    print(f"{whole:.2f} s, {used:.2f} s of the processor")
    each, used = seconds(ROUNDS_OF_LINKS, effects)
    print(f"what each link does: {ROUNDS_OF_LINKS} of a median of {each:.0f} s", end=" ")
    print(f"{used:.0f} s of the processor")
    print(f"load {os.getloadavg()[0]:.1f} after the run")
    return report(
        [
            Verdict(
                whole <= MOST_SECONDS,
                f"outlook at most {MOST_SECONDS} s: {whole:.2f} s",
            ),
            Verdict(
                each <= MOST_SECONDS_OF_LINKS,
                f"what each link does at most {MOST_SECONDS_OF_LINKS} s: {each:.0f} s",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
