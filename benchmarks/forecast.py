"""Measures forecasts beside AutoARIMA, AutoETS and Theta, in the same run: make bench-forecast."""

import argparse
import os
import sys
from collections.abc import Callable

from benchmarks.field_series import indicators
from benchmarks.forecast_pools import pools
from benchmarks.forecast_rows import cost_rows, country_rows, share_rows
from benchmarks.forecast_speed import speed
from benchmarks.forecast_thresholds import thresholds
from benchmarks.verdicts import Verdict, report

ROWS: dict[str, Callable[[], list[Verdict]]] = {
    "speed": speed,
    "shares": share_rows,
    "countries": country_rows,
    "costs": cost_rows,
    "thresholds": thresholds,
    "pools": pools,
}
"""What is measured, by name; a row prints what it sees and answers its verdicts."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast")
    parser.add_argument("rows", nargs="*", help=f"which of {', '.join(ROWS)}; all without one")
    rows = parser.parse_args().rows or list(ROWS)
    unknown = [name for name in rows if name not in ROWS]
    if unknown:
        parser.error(f"there is no row {unknown[0]}; name some of {', '.join(ROWS)}")
    folder = indicators()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before; figures of {folder}")
    return report([verdict for name in rows for verdict in ROWS[name]()])


if __name__ == "__main__":
    sys.exit(main())
