from itertools import combinations

import numpy as np
import pytest

from scoring.engine.correlation import rank_agreement


def test_one_order_agrees_and_the_opposite_disagrees() -> None:
    ranks = [1.0, 2.5, 4.0, 4.5]
    same, opposite = rank_agreement(ranks, ranks), rank_agreement(ranks, ranks[::-1])
    assert (same.tau_b, same.spearman) == (pytest.approx(1), pytest.approx(1))
    assert (opposite.tau_b, opposite.spearman) == (pytest.approx(-1), pytest.approx(-1))


def test_tau_counts_pairs_and_takes_out_those_that_are_level() -> None:
    one, other = [1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 1.0, 3.0, 4.5, 4.5]
    signs = [
        np.sign(one[a] - one[b]) * np.sign(other[a] - other[b])
        for a, b in combinations(range(5), 2)
    ]
    assert rank_agreement(one, other).tau_b == pytest.approx(sum(signs) / np.sqrt(10 * 9))


def test_nothing_is_said_where_nothing_is_in_order() -> None:
    assert rank_agreement([], []).tau_b is None
    assert rank_agreement([1.0], [1.0]).spearman is None
    assert rank_agreement([1.5, 1.5], [1.0, 2.0]).tau_b is None


def test_lists_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="2 ranks cannot be held against 3"):
        rank_agreement([1, 2], [1, 2, 3])
