"""One ranking, timed: technologies, draws and threads are its arguments, JSON its answer."""

import json
import resource
import sys
import time

import numpy as np

from scoring.engine import smaa
from scoring.engine.lenses import EVEN_HANDED
from scoring.engine.scores import CERTAINTIES, DIMENSIONS, CardScores, Score, Technology


def made_up(count: int) -> list[Technology]:
    """Every score uncertain: a level and a certainty in every dimension."""
    rng = np.random.default_rng(1)
    return [
        Technology(f"technology-{number:05}", (CardScores(made_up_scores(rng)),))
        for number in range(count)
    ]


def made_up_scores(rng: np.random.Generator) -> dict[str, Score]:
    return {
        name: Score(str(rng.integers(1, 6)), certainty=str(rng.choice(CERTAINTIES)))
        for name in DIMENSIONS
    }


def main() -> None:
    technologies, draws, threads = (int(argument) for argument in sys.argv[1:])
    field = made_up(technologies)
    # What a running worker has loaded already.
    smaa.rank(field[:2], EVEN_HANDED, draws=64, seed=0, is_compiled=True)
    begun, used = time.perf_counter(), time.process_time()
    smaa.rank(field, EVEN_HANDED, draws=draws, seed=1, threads=threads)
    answer = {
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
