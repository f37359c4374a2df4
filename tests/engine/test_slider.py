import numpy as np
import pytest
from scipy.special import gammaincinv

from scoring.engine import smaa
from scoring.engine.lenses import Lens, Slider
from scoring.engine.scores import DIMENSIONS
from scoring.engine.slider import rank_by_slider, slider_weights
from scoring.engine.slider_draws import SliderDraws, draws_for, slider_draws
from tests.engine.made import made_technology, random_technologies

CENTRE = (30.0, 20.0, 10.0, 25.0, 15.0)


@pytest.fixture(scope="module")
def hundred() -> SliderDraws:
    return slider_draws(random_technologies(100, seed=4), seed=9)


def test_a_slider_of_a_hundred_agrees_with_a_run_of_65536_draws(hundred: SliderDraws) -> None:
    found = rank_by_slider(hundred, Slider(CENTRE))
    lens = Lens(key="own", name="Own", region=Slider(CENTRE))
    run = smaa.rank(random_technologies(100, seed=4), lens, draws=65_536, seed=2)
    assert found.ids == run.ids
    assert np.abs(found.expected_rank - run.expected_rank).max() < 0.5
    assert np.abs(found.p_top_10 - run.p_top_10).max() < 0.03
    assert np.abs(found.rank_high - run.rank_high).max() <= 2
    assert np.abs(found.rank_acceptability - run.rank_acceptability).max() < 0.03


def test_its_errors_are_those_of_its_draws(hundred: SliderDraws) -> None:
    lens = Lens(key="own", name="Own", region=Slider(CENTRE))
    run = smaa.rank(random_technologies(100, seed=4), lens, draws=65_536, seed=2)
    found = rank_by_slider(hundred, Slider(CENTRE))
    errors = np.hypot(found.expected_rank_se, run.expected_rank_se)
    inside = np.abs(found.expected_rank - run.expected_rank) < 2.13 * errors
    assert inside.mean() > 0.85
    assert found.expected_rank_se.max() < 0.25


def test_its_weights_are_those_of_the_slider_s_region(hundred: SliderDraws) -> None:
    """All weight on one dimension: the order is that of the levels there."""
    alone = rank_by_slider(hundred, Slider((0.0, 0.0, 0.0, 0.0, 1.0)))
    tilted = rank_by_slider(hundred, Slider((0.0, 0.0, 0.0, 0.0, 7.0)))
    assert np.array_equal(alone.twice_rank, tilted.twice_rank)
    by_impact = hundred.values[DIMENSIONS.index("impact")]
    better = by_impact[:, 0] > by_impact[:, 1]
    assert np.array_equal(alone.twice_rank[:, 0] < alone.twice_rank[:, 1], better)


@pytest.mark.parametrize(
    "centre", [CENTRE, (100.0, 1.0, 1.0, 0.0, 0.0), (1.0, 2.0, 97.0, 50.0, 3.0)]
)
def test_weights_are_read_off_the_gamma_quantiles(
    hundred: SliderDraws, centre: tuple[float, ...]
) -> None:
    shapes = 60 * np.array(centre) / sum(centre)
    exact = np.where(shapes > 0, gammaincinv(np.maximum(shapes, 1e-9), hundred.points), 0.0)
    found = slider_weights(Slider(centre), hundred.points)
    assert np.abs(found - exact / exact.sum(axis=1, keepdims=True)).max() < 1e-5


def test_indices_agree_with_each_other(hundred: SliderDraws) -> None:
    found = rank_by_slider(hundred, Slider(CENTRE))
    ranks = np.arange(1, 101)
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(100))
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(100))
    assert found.rank_acceptability @ ranks == pytest.approx(found.expected_rank)
    assert found.share_ahead(3, 8) + found.share_ahead(8, 3) == pytest.approx(1.0)
    losses = sum(found.share_ahead(other, 0) for other in range(1, 100))
    assert found.expected_rank[0] == pytest.approx(1 + losses)


def test_equals_share_their_ranks() -> None:
    twins = [made_technology(name, "3 high") for name in "ab"]
    exact = dict.fromkeys(DIMENSIONS, (0.0, 0.0, 1.0, 0.0, 0.0))
    unknown = [made_technology(name, "3", novelty="not yet assessed") for name in "ab"]
    drawn = slider_draws(unknown, seed=1, tables=exact)
    assert rank_by_slider(drawn, Slider(CENTRE)).expected_rank == pytest.approx([1.5, 1.5], abs=0.1)
    pair = rank_by_slider(slider_draws(twins, seed=1), Slider(CENTRE))
    assert pair.expected_rank.sum() == pytest.approx(3.0)
    assert pair.band.tolist() == [1, 1]


def test_a_better_one_leads_a_band_of_its_own_and_one_alone_is_first() -> None:
    apart = [made_technology("good", "5 high"), made_technology("poor", "1 high")]
    found = rank_by_slider(slider_draws(apart, seed=1), Slider(CENTRE))
    assert found.band.tolist() == [1, 2]
    assert found.p_first[0] > 0.99
    alone = rank_by_slider(slider_draws(apart[:1], seed=1), Slider(CENTRE))
    assert alone.expected_rank.tolist() == [1.0]
    assert alone.p_top_10.tolist() == [1.0]


def test_neither_order_nor_another_technology_moves_a_pair() -> None:
    few = random_technologies(6, seed=3)
    slider = Slider(CENTRE)
    found = rank_by_slider(slider_draws(few, seed=5), slider)
    turned = rank_by_slider(slider_draws(few[::-1], seed=5), slider)
    fewer = rank_by_slider(slider_draws(few[:5], seed=5), slider)
    assert np.array_equal(found.twice_rank, turned.twice_rank)
    assert found.share_ahead(1, 4) == fewer.share_ahead(1, 4)


def test_more_technologies_have_fewer_draws() -> None:
    assert [draws_for(m) for m in (0, 1, 100, 128, 129, 300, 1000, 5000)] == [
        *(4096, 4096, 4096, 4096, 2048, 1024, 1024, 1024),
    ]
