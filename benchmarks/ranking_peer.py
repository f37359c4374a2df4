"""pysensmcda with its draws ready-made, timed; runs in an environment of its own.

Its scores are normal, its value function a product of matrix and weights, which is the cheapest
callable that it takes. Arguments: technologies, draws, and 1 where pairs are counted too.
"""

import json
import resource
import sys
import time
from typing import Any

import numpy as np
from pysensmcda.robustness import pairwise_winning_indices
from pysensmcda.smaa import central_weights, rank_acceptability, simulate

CRITERIA = 5


def worth(matrix: Any, weights: Any, _types: Any) -> Any:
    return matrix @ weights


def main() -> None:
    technologies, draws, has_pairs = (int(argument) for argument in sys.argv[1:])
    rng = np.random.default_rng(1)
    mean, spread = rng.random((technologies, CRITERIA)), 0.2 * rng.random((technologies, CRITERIA))
    scores = rng.standard_normal((draws, technologies, CRITERIA))
    scores *= spread
    scores += mean
    weights = rng.dirichlet(np.ones(CRITERIA), draws)
    begun, used = time.perf_counter(), time.process_time()
    found = simulate(
        worth,
        mean,
        np.ones(CRITERIA),
        weights=weights,
        matrix_samples=scores,
        reverse_ranking=True,
    )
    rank_acceptability(found)
    central_weights(found)
    if has_pairs:
        pairwise_winning_indices(found.rankings)
    answer = {
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
