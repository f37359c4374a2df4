"""AutoARIMA, AutoETS and Theta of statsforecast; runs in an environment of its own.

Reads a list of {"values", "ahead"} from standard input: yearly values on the scale on which they
are modelled, and whole years ahead. Answers for each model and window the median and the
lower and upper ends of the intervals that hold 50, 80 and 95 %, and how often another model
had to step in where one refuses a short history.
"""

import json
import sys
import time
import warnings
from typing import Any

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS, DynamicOptimizedTheta, RandomWalkWithDrift

INSIDE = (50, 80, 95)
MODELS = {"AutoARIMA": AutoARIMA, "AutoETS": AutoETS, "Theta": DynamicOptimizedTheta}


def main() -> None:
    warnings.simplefilter("ignore")
    windows = json.load(sys.stdin)
    answer: dict[str, Any] = {"quantiles": {}, "stood_in": {}}
    begun = time.perf_counter()
    for name, model in MODELS.items():
        answer["stood_in"][name] = 0
        answer["quantiles"][name] = []
        for window in windows:
            try:
                found = quantiles(model(season_length=1), window)
            except Exception:  # noqa: BLE001
                # Each model has its own way to refuse a history that is too short for it.
                answer["stood_in"][name] += 1
                found = quantiles(RandomWalkWithDrift(), window)
            answer["quantiles"][name].append(found)
    answer["seconds"] = time.perf_counter() - begun
    json.dump(answer, sys.stdout)


def quantiles(model: Any, window: dict[str, list[float]]) -> list[list[float]]:
    """(7, ahead) median, lower ends, upper ends."""
    places = np.array(window["ahead"], dtype=int) - 1
    found = model.forecast(
        y=np.array(window["values"]), h=int(places.max()) + 1, level=list(INSIDE)
    )
    rows = ["mean", *(f"lo-{level}" for level in INSIDE), *(f"hi-{level}" for level in INSIDE)]
    answered = [np.asarray(found[row], dtype=float)[places].tolist() for row in rows]
    if not np.all(np.isfinite(answered)):
        raise ValueError("the model answers no number")
    return answered


if __name__ == "__main__":
    main()
