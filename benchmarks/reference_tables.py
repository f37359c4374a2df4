"""Derives the shipped reference classes: python -m benchmarks.reference_tables [--write].

Without --write it compares what it derives with what is shipped. The histories themselves are
the field's figures and stay where they are; what is shipped is a few statistics of each, as modules
of plain values: the engine opens no files.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit
from scipy.special import expit

from benchmarks.field_series import Past, costs, indicators, shares

Floats = NDArray[np.float64]
Row = Mapping[str, str]

TABLES = Path(__file__).resolve().parent.parent / "scoring/engine/tables"
FEWEST_POINTS, FEWEST_BELOW = 8, 4
HIGHEST_FITTED = 100.01
ABOVE_SEEN = 0.5
SATURATED = 0.93
"""Points above this part of the ceiling say more about rounding than about speed."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reference_tables")
    parser.add_argument("--write", action="store_true", help="write the tables anew")
    folder = indicators()
    tables = {
        "performance": [performance_row(history) for history in costs(folder)],
        "adoption": [adoption_row(h) for h in shares(folder) if is_long_enough(h)],
    }
    is_writing = parser.parse_args().write
    states = [_settle(name, rows, is_writing) for name, rows in tables.items()]
    return 0 if all(states) else 1


def _settle(name: str, rows: Sequence[Row], is_writing: bool) -> bool:  # noqa: FBT001
    path, text = TABLES / f"{name}.py", module_of(name, rows)
    if is_writing:
        path.write_text(text, encoding="utf-8")
    is_same = path.read_text(encoding="utf-8") == text
    print(f"{path.name}: {len(rows)} rows, {'as shipped' if is_same else 'NOT as shipped'}")
    return is_same


def module_of(name: str, rows: Sequence[Row]) -> str:
    """The table as a module: a row of text for each technology, in one order."""
    ordered = sorted(rows, key=lambda row: (row["group"].lower(), row["series"].lower()))
    columns = ", ".join(f'"{column}"' for column in ordered[0])
    lines = (", ".join(f'"{value}"' for value in row.values()) for row in ordered)
    listed = "".join(f"    ({line}),\n" for line in lines)
    return (
        f'"""The reference class of {name}; written by `benchmarks/reference_tables.py`."""\n\n'
        f"# ruff: noqa: E501\n# fmt: off\nCOLUMNS = ({columns})\n"
        f"ROWS: tuple[tuple[str, ...], ...] = (\n{listed})\n"
    )


def _span(history: Past) -> dict[str, str]:
    return {
        "points": str(len(history.years)),
        "first_year": f"{history.years[0]:g}",
        "last_year": f"{history.years[-1]:g}",
        "origin": history.origin,
    }


def performance_row(history: Past) -> Row:
    """Mean step of the log a year and the spread of steps around it; falling costs are below 0."""
    logs = np.log(history.values) * (-1 if history.progress == "up" else 1)
    drift, noise = drift_and_noise(history.years, logs)
    moved = {"mu": f"{drift:.5f}", "K": f"{noise:.5f}"}
    return {"group": history.family, "series": history.name, **moved, **_span(history)}


def drift_and_noise(years: Floats, levels: Floats) -> tuple[float, float]:
    """(last - first)/span, and the root of sum((step - drift gap)^2/gap)/(n - 2) over n points."""
    gaps, steps = np.diff(years), np.diff(levels)
    drift = float((levels[-1] - levels[0]) / (years[-1] - years[0]))
    squares = ((steps - drift * gaps) ** 2 / gaps).sum()
    return drift, float(np.sqrt(squares / (len(years) - 2)))


def is_long_enough(history: Past) -> bool:
    below = (history.values > 0) & (history.values <= SATURATED * history.values.max())
    return len(history.years) >= FEWEST_POINTS and int(below.sum()) >= FEWEST_BELOW


def adoption_row(history: Past) -> Row:
    """Ceiling, and speed and noise below it on the logistic and the Gompertz scale."""
    ceiling = fitted_ceiling(history)
    used = (history.values > 0) & (history.values <= SATURATED * ceiling)
    years, values = history.years[used], history.values[used]
    row = {"group": history.family, "series": history.name, "ceiling_pct": f"{ceiling:.3f}"}
    for shape, levels in (
        ("logistic", np.log(values / (ceiling - values))),
        ("gompertz", -np.log(-np.log(values / ceiling))),
    ):
        speed, noise = drift_and_noise(years, levels)
        row |= {f"b_{shape}": f"{speed:.5f}", f"s_{shape}": f"{noise:.5f}"}
    return {**row, **_span(history)}


def fitted_ceiling(history: Past) -> float:
    """That of the least-squares logistic curve, and no less than half a point above all seen."""
    start = (min(1.05 * history.values.max(), 100.0), 0.2, float(np.median(history.years)))
    limits = ((1.0, 0.001, 1700.0), (HIGHEST_FITTED, 3.0, 2100.0))
    found, _ = curve_fit(
        _logistic, history.years, history.values, p0=start, bounds=limits, max_nfev=20_000
    )
    return max(float(found[0]), float(history.values.max()) + ABOVE_SEEN)


def _logistic(years: Floats, ceiling: float, speed: float, middle: float) -> Floats:
    shares: Floats = ceiling * expit(speed * (years - middle))
    return shares


if __name__ == "__main__":
    sys.exit(main())
