import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import sobol
from scoring.engine.lenses import EVEN_HANDED, Lens, Slider, WholeSimplex, draw_weights


def plain_points(count: int, dimensions: int) -> np.ndarray:
    flips = sobol._flipped_bits(count)
    words = [np.bitwise_xor.accumulate(sobol._directions(j)[flips]) for j in range(dimensions)]
    return np.array(words, dtype=float).T / 2.0**sobol.BITS


def test_first_points_of_two_dimensions_are_the_known_ones() -> None:
    expected = [[0, 0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75], [0.375, 0.375], [0.875, 0.875]]
    assert_allclose(plain_points(6, 2), expected)


def test_every_pair_of_dimensions_fills_every_elementary_square() -> None:
    """Projections of the first 256 points are permutations in each dimension."""
    points = plain_points(256, sobol.MOST_DIMENSIONS)
    for column in points.T:
        assert np.array_equal(np.sort(column) * 256, np.arange(256))
    assert len(np.unique(points @ np.pi ** np.arange(sobol.MOST_DIMENSIONS))) == 256


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scrambled_points_keep_one_point_in_each_interval(seed: int) -> None:
    points = sobol.scrambled_points(512, 4, np.random.default_rng(seed))
    assert ((points > 0) & (points < 1)).all()
    for column in points.T:
        assert np.array_equal(np.sort(np.floor(column * 512)), np.arange(512))


def test_scrambled_points_integrate_better_than_chance() -> None:
    misses = []
    for seed in range(20):
        points = sobol.scrambled_points(1024, 4, np.random.default_rng(seed))
        misses.append(float((points.prod(axis=1)).mean() - 1 / 16))
    chance = np.sqrt((1 / 81 - 1 / 256) / 1024)
    assert np.std(misses) < chance / 5
    assert abs(np.mean(misses)) < 4 * np.std(misses) / np.sqrt(20)


def test_too_many_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="9 dimensions"):
        sobol.scrambled_points(4, 9, np.random.default_rng(1))


def test_even_handed_weights_are_uniform_on_the_simplex() -> None:
    weights = draw_weights(EVEN_HANDED, seed=4, scrambling=0, draws=4096)
    assert_allclose(weights.sum(axis=1), 1)
    assert weights.min() >= 0
    assert_allclose(weights.mean(axis=0), 0.2, atol=0.002)
    assert_allclose(weights.var(axis=0), 4 / 150, rtol=0.03)
    for cut in (0.1, 0.3, 0.6):
        assert_allclose((weights > cut).mean(axis=0), (1 - cut) ** 4, atol=0.006)


def test_scramblings_are_independent_of_each_other_and_of_the_lens() -> None:
    one, other = (draw_weights(EVEN_HANDED, seed=4, scrambling=r, draws=64) for r in (0, 1))
    assert not np.isclose(one, other).all(axis=1).any()
    named = Lens(key="another", name="Another", region=WholeSimplex())
    assert np.array_equal(draw_weights(named, seed=4, scrambling=0, draws=64), one)


def test_a_slider_varies_around_its_centre_and_keeps_nought() -> None:
    lens = Lens(key="mine", name="Mine", region=Slider((40.0, 30.0, 20.0, 10.0, 0.0)))
    weights = draw_weights(lens, seed=4, scrambling=0, draws=4096)
    centre = np.array([0.4, 0.3, 0.2, 0.1, 0.0])
    assert_allclose(weights.sum(axis=1), 1)
    assert_allclose(weights.mean(axis=0), centre, atol=0.002)
    assert_allclose(weights.std(axis=0), np.sqrt(centre * (1 - centre) / 61), atol=0.002)
    assert (weights[:, 4] == 0).all()


@pytest.mark.parametrize("centre", [(0.0,) * 5, (-1.0, 1, 1, 1, 1), (np.nan, 1, 1, 1, 1)])
def test_a_slider_without_weight_is_refused(centre: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be used"):
        Slider(centre)


def test_a_slider_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 weights given for 5"):
        Lens(key="mine", name="Mine", region=Slider((1.0, 1.0)))
