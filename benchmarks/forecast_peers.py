"""Asks the peers what they would have said at each cut, all at once, in their own environment."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.serving import PROJECT
from scoring.engine.rolling import Cut, History, Judged, judged

Floats = NDArray[np.float64]
Planned = Sequence[tuple[History, Cut]]

PYTHON = PROJECT / ".tools/bench/bin/python"


def peers(planned: Planned, *, on_logs: bool) -> dict[str, list[Judged]]:
    """Each peer's judgements, from yearly values without gaps; shares are cut to 0 and 100."""
    read: Callable[[Floats], Floats] = np.log if on_logs else np.asarray
    windows = [_window(history, cut, read) for history, cut in planned]
    answer = _asked(windows)
    stood_in = ", ".join(f"{name} {count}" for name, count in answer["stood_in"].items())
    print(
        f"peers: {len(windows)} windows in {answer['seconds']:.0f} s; too short for the model, so"
        f" that a drift walk of the same library stood in: {stood_in}"
    )
    found: dict[str, list[Judged]] = {}
    for name, said in answer["quantiles"].items():
        found[name] = []
        for (history, cut), quantiles in zip(planned, said, strict=True):
            values = np.exp(quantiles) if on_logs else np.clip(quantiles, 0, 100)
            found[name] += judged(history, cut, values, on_logs=on_logs)
    return found


def _window(history: History, cut: Cut, read: Callable[[Floats], Floats]) -> dict[str, list[float]]:
    years = history.years[: cut.seen]
    grid = np.arange(years[0], years[-1] + 0.5)
    values = np.interp(grid, years, read(history.values[: cut.seen]))
    ahead = history.years[list(cut.targets)] - years[-1]
    return {"values": values.tolist(), "ahead": ahead.tolist()}


def _asked(windows: list[dict[str, list[float]]]) -> dict[str, dict[str, list[list[list[float]]]]]:
    script = PROJECT / "benchmarks/forecast_peer.py"
    run = subprocess.run(
        [str(PYTHON), str(script)],
        input=json.dumps(windows),
        env=os.environ | {"PYTHONPATH": str(PROJECT), "NIXTLA_ID_AS_COL": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"{script.name} failed:\n{run.stderr}")
    return json.loads(run.stdout)  # type: ignore[no-any-return]
