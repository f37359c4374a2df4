import numpy as np
import pytest

from scoring.engine.bands import by_expected_rank, leader_bands, pairwise_word


def chain(count: int, step: float) -> np.ndarray:
    """Each is ahead of the k-th below it in 50 % + k steps of draws, 100 % at most."""
    distance = np.arange(count)[None, :] - np.arange(count)[:, None]
    return np.clip(0.5 + step * distance, 0, 1)


def test_one_joins_while_the_leader_is_not_surely_ahead() -> None:
    assert leader_bands(range(6), chain(6, 0.125)).tolist() == [1, 1, 1, 2, 2, 2]


def test_exactly_four_fifths_is_still_the_same_band() -> None:
    assert leader_bands([0, 1], np.array([[0.5, 0.8], [0.2, 0.5]])).tolist() == [1, 1]


def test_bands_follow_the_order_given() -> None:
    assert leader_bands([2, 1, 0], chain(3, 0.4).T).tolist() == [3, 2, 1]


def test_equal_expected_ranks_are_ordered_by_id() -> None:
    assert by_expected_rank(np.array([2.0, 1.0, 2.0]), ["c", "b", "a"]) == [1, 2, 0]


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.5, "level"),
        (0.59, "level"),
        (0.6, "leaning ahead"),
        (0.8, "leaning ahead"),
        (0.81, "ahead"),
        (0.41, "level"),
        (0.4, "leaning behind"),
        (0.19, "behind"),
    ],
)
def test_one_vocabulary_for_pairs(share: float, word: str) -> None:
    assert pairwise_word(share) == word
