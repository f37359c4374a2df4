"""How far a second look could move a technology."""

import numpy as np
import pytest

from scoring.engine.rechecks import recheck_moves


def test_a_level_that_is_sure_moves_nothing() -> None:
    share = np.zeros((1, 1, 6))
    share[0, 0, 2] = 1.0
    ranks = np.full((1, 1, 6), np.nan)
    ranks[0, 0, 2] = 4.0
    assert recheck_moves(share, ranks, np.array([4.0])).tolist() == [[0.0]]


def test_two_levels_two_ranks_apart_move_it_by_one() -> None:
    share = np.array([[[0.5, 0.5, 0, 0, 0, 0]]])
    ranks = np.array([[[5.0, 3.0, np.nan, np.nan, np.nan, np.nan]]])
    assert recheck_moves(share, ranks, np.array([4.0]))[0, 0] == pytest.approx(1.0)


def test_a_rare_level_counts_by_its_share() -> None:
    share = np.array([[[0.99, 0.01, 0, 0, 0, 0]]])
    ranks = np.array([[[4.0, 14.0, np.nan, np.nan, np.nan, np.nan]]])
    mean = 0.99 * 4 + 0.01 * 14
    assert recheck_moves(share, ranks, np.array([mean]))[0, 0] == pytest.approx(0.995, abs=1e-3)


def test_an_empty_ranking_has_no_moves() -> None:
    empty = np.zeros((0, 5, 6))
    assert recheck_moves(empty, empty, np.zeros(0)).shape == (0, 5)
