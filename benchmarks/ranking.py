"""Measures the ranking beside pysensmcda, in the same run: make bench-ranking."""

import argparse
import os
import sys
from collections.abc import Callable

from benchmarks.ranking_rows import beside_peer
from benchmarks.ranking_slider import slider
from benchmarks.ranking_workers import over_workers
from benchmarks.verdicts import Verdict, report

ROWS: dict[str, Callable[[], list[Verdict]]] = {
    "hundred": lambda: beside_peer(100, 100_000, has_pairs=True, least_gain=12, most_megabytes=250),
    "thousand": lambda: beside_peer(
        1_000, 10_000, has_pairs=False, least_gain=3, most_megabytes=300
    ),
    "slider": slider,
    "workers": over_workers,
}
"""What is measured, by name; a row prints what it sees and answers its verdicts."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking")
    parser.add_argument("rows", nargs="*", help=f"which of {', '.join(ROWS)}; all without one")
    rows = parser.parse_args().rows or list(ROWS)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run")
    verdicts = [verdict for name in rows for verdict in ROWS[name]()]
    print(f"\nload {os.getloadavg()[0]:.1f} after the run")
    return report(verdicts)


if __name__ == "__main__":
    sys.exit(main())
