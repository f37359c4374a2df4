from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from scoring.engine import smaa

Floats = NDArray[np.float64]

SMALL_PROBLEMS = st.tuples(
    st.integers(1, 6), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2**32 - 1)
)


def small_problem(shape: tuple[int, int, int, int]) -> tuple[Floats, Floats]:
    """Whole levels and tenths as weights: exact ties are frequent, rounded ones too."""
    draws, m, n, seed = shape
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 4, (draws, m, n)).astype(float)
    return values, rng.integers(0, 4, (draws, n)) / 10


def exact_worths(values: Floats, weights: Floats) -> list[list[Fraction]]:
    """In tenths, as fractions: what the worths would be without any rounding."""
    tenths = np.rint(weights * 10).astype(int)
    whole = (values.astype(int) * tenths[:, None, :]).sum(axis=2)
    return [[Fraction(worth, 10) for worth in row] for row in whole.tolist()]


def exact_ranks(worths: Sequence[Fraction]) -> list[list[Fraction]]:
    """By counting who is better and who is equal: no sorting, no floats."""
    shares = []
    for worth in worths:
        better = sum(other > worth for other in worths)
        equal = sum(other == worth for other in worths)
        held = range(better, better + equal)
        shares.append([Fraction(int(r in held), equal) for r in range(len(worths))])
    return shares


def brute_force(values: Floats, weights: Floats) -> dict[str, Floats]:
    draws, m, n = values.shape
    acceptability = [[Fraction()] * m for _ in range(m)]
    pairwise = [[Fraction()] * m for _ in range(m)]
    support, central = [Fraction()] * m, np.zeros((m, n))
    for worths, weight in zip(exact_worths(values, weights), weights, strict=True):
        for i, shares in enumerate(exact_ranks(worths)):
            acceptability[i] = [
                a + b / draws for a, b in zip(acceptability[i], shares, strict=True)
            ]
            support[i] += shares[0]
            central[i] += float(shares[0]) * weight
            for j in range(m):
                win = Fraction(int(worths[i] > worths[j])) + Fraction(worths[i] == worths[j]) / 2
                pairwise[i][j] += win / draws
    firsts = np.array([float(s) or np.nan for s in support])
    return {
        "rank_acceptability": np.array(acceptability, dtype=float),
        "pairwise_winning": np.array(pairwise, dtype=float),
        "support": np.array(support, dtype=float),
        "central_weights": central / firsts[:, None],
    }


@settings(max_examples=150, derandomize=True)
@given(SMALL_PROBLEMS)
def test_indices_equal_counting_in_fractions(shape: tuple[int, int, int, int]) -> None:
    values, weights = small_problem(shape)
    result = smaa.from_draws(values, weights)
    for name, expected in brute_force(values, weights).items():
        assert_allclose(getattr(result, name), expected, atol=1e-12, err_msg=name)


@settings(max_examples=100, derandomize=True)
@given(SMALL_PROBLEMS)
def test_identities_hold_in_every_problem(shape: tuple[int, int, int, int]) -> None:
    result = smaa.from_draws(*small_problem(shape))
    acceptability, pairwise = result.rank_acceptability, result.pairwise_winning
    assert_allclose(acceptability.sum(axis=1), 1)
    assert_allclose(acceptability.sum(axis=0), 1)
    assert_allclose(pairwise + pairwise.T, 1)
    losses = pairwise.sum(axis=0) - np.diag(pairwise)
    assert_allclose(result.expected_rank, 1 + losses)
    ranks = np.arange(1, len(acceptability) + 1)
    assert_allclose((acceptability * ranks).sum(axis=1), result.expected_rank)
    assert_allclose(result.support.sum(), shape[0])


def test_equal_alternatives_split_ranks_wins_and_first_places() -> None:
    values = np.repeat([[[2.0, 1.0], [2.0, 1.0], [0.0, 0.0]]], 6, axis=0)
    result = smaa.from_draws(values, [0.5, 0.5])
    assert_array_equal(
        result.rank_acceptability, [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    )
    assert_array_equal(result.pairwise_winning[0], [0.5, 0.5, 1.0])
    assert_array_equal(result.expected_rank, [1.5, 1.5, 3.0])
    assert_array_equal(result.support, [3.0, 3.0, 0.0])


def test_a_tie_that_rounding_would_break_is_a_tie() -> None:
    assert 0.2 * 5 + 0.2 * 1 != 0.2 * 3 + 0.2 * 3
    result = smaa.from_draws([[[5.0, 1.0], [3.0, 3.0]]], [0.2, 0.2])
    assert_array_equal(result.pairwise_winning, np.full((2, 2), 0.5))


def test_a_group_of_three_splits_in_thirds_that_add_to_one() -> None:
    result = smaa.from_draws(np.ones((7, 3, 2)), [0.3, 0.7])
    assert_allclose(result.rank_acceptability, np.full((3, 3), 1 / 3), rtol=1e-15)
    assert_array_equal(result.rank_acceptability_se, np.zeros((3, 3)))


def test_one_alternative_is_first_in_every_draw() -> None:
    result = smaa.from_draws(np.ones((4, 1, 2)), [0.5, 0.5])
    assert_array_equal(result.rank_acceptability, [[1.0]])
    assert_array_equal(result.pairwise_winning, [[0.5]])
    assert_array_equal(result.expected_rank, [1.0])


def test_what_is_dominated_is_never_first_and_has_no_central_weights() -> None:
    rng = np.random.default_rng(3)
    best = rng.random((500, 1, 3))
    values = np.concatenate([best, best - 0.01], axis=1)
    result = smaa.from_draws(values, rng.dirichlet(np.ones(3), 500))
    assert result.rank_acceptability[1, 0] == 0
    assert np.isnan(result.central_weights[1]).all()
    factors = smaa.confidence_factors(values, result.central_weights)
    assert factors[0] == 1
    assert np.isnan(factors[1])


def test_shares_have_the_error_of_a_proportion() -> None:
    rng = np.random.default_rng(5)
    values, weights = rng.random((3000, 4, 3)), rng.dirichlet(np.ones(3), 3000)
    result = smaa.from_draws(values, weights)
    for name in ("rank_acceptability", "pairwise_winning"):
        share = getattr(result, name)
        error = np.sqrt(share * (1 - share) / 3000)
        if name == "pairwise_winning":
            np.fill_diagonal(error, 0)
        assert_allclose(getattr(result, f"{name}_se"), error, atol=1e-9)
    assert_allclose(result.support_se, 3000 * result.rank_acceptability_se[:, 0], atol=1e-6)


def test_errors_of_central_weights_are_those_of_a_mean() -> None:
    rng = np.random.default_rng(6)
    values, weights = rng.random((400, 2, 2)), rng.dirichlet(np.ones(2), 400)
    result = smaa.from_draws(values, weights)
    worths = (values * weights[:, None]).sum(axis=2)
    chosen = weights[worths[:, 0] > worths[:, 1]]
    expected = chosen.std(axis=0, ddof=1) / np.sqrt(len(chosen))
    assert_allclose(result.central_weights_se[0], expected, rtol=1e-9)


def test_one_supporting_draw_gives_no_error() -> None:
    values = np.array([[[1.0], [0.0]]] * 9 + [[[0.0], [1.0]]])
    result = smaa.from_draws(values, [1.0])
    assert_array_equal(result.central_weights, [[1.0], [1.0]])
    assert_array_equal(result.central_weights_se, [[0.0], [np.nan]])


def test_more_draws_than_one_chunk_count_the_same() -> None:
    rng = np.random.default_rng(8)
    values = rng.integers(1, 4, (2500, 3, 2)).astype(float)
    whole = smaa.from_draws(values, [0.5, 0.5])
    halves = [smaa.from_draws(part, [0.5, 0.5]) for part in (values[:1250], values[1250:])]
    mean = (halves[0].rank_acceptability + halves[1].rank_acceptability) / 2
    assert_allclose(whole.rank_acceptability, mean, rtol=1e-13)


@pytest.mark.parametrize(
    ("values", "weights", "words"),
    [
        (np.ones((2, 3)), [1.0], "values must be"),
        (np.ones((0, 3, 2)), [1.0, 1.0], "values must be"),
        (np.ones((2, 3, 2)), [1.0], "weights must be"),
        (np.ones((2, 3, 2)), np.ones((3, 2)), "weights must be"),
        (np.full((1, 2, 1), np.nan), [1.0], "finite"),
        (np.ones((1, 2, 1)), [np.inf], "finite"),
    ],
)
def test_draws_that_cannot_be_counted_are_refused(
    values: Floats, weights: Floats, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        smaa.from_draws(values, weights)


def test_central_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="central_weights has shape"):
        smaa.confidence_factors(np.ones((5, 3, 2)), np.ones((2, 2)))


def test_confidence_factors_share_a_tied_first_place() -> None:
    factors = smaa.confidence_factors(np.ones((5, 2, 2)), np.full((2, 2), 0.5))
    assert_array_equal(factors, [0.5, 0.5])
