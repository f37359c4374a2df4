import datetime

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import smaa
from scoring.engine.horizons import STEPS, Horizon, opening_values
from scoring.engine.lenses import SHIPPED, WEAKEST_LINK, Lens, WholeSimplex
from scoring.engine.sampling import OpeningSampler, by_weakest_link, opening_classes
from scoring.engine.scores import Technology, Window
from scoring.engine.windows import decimal_year, window_distribution
from tests.engine.made import SURE, made_card, made_technology

TODAY = datetime.date(2026, 1, 1)
FUND = Horizon(full_from=1, full_to=5, zero_at=9, if_open=0.5)
ADOPTER = Horizon(full_from=0, full_to=2, zero_at=5, if_open=1)


def opening(name: str, window: Window | None, **levels: str) -> Technology:
    return Technology(name, (made_card(**levels),), window)


def test_value_is_full_inside_the_horizon_and_falls_to_nought_after_it() -> None:
    years = np.array([0.0, 0.5, 1.0, 3.0, 5.0, 7.0, 9.0, 30.0])
    assert_allclose(FUND.values(years), [0.5, 0.75, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0])
    assert_allclose(ADOPTER.values(np.array([0.0, 2.0, 3.5, 5.0])), [1.0, 1.0, 0.5, 0.0])


def test_an_opening_that_should_have_come_and_was_not_recorded_is_worth_nothing() -> None:
    assert_allclose(FUND.values(np.array([-3.0, -0.01])), [0.0, 0.0])
    assert_allclose(ADOPTER.values(np.array([-0.01])), [0.0])


@pytest.mark.parametrize("years", [(2, 1, 5), (-1, 2, 5), (0, 5, 5)])
def test_a_horizon_that_runs_backwards_is_refused(years: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="let the years rise"):
        Horizon(*years, if_open=1)


def test_the_worth_of_an_open_market_is_refused_outside_nought_to_one() -> None:
    with pytest.raises(ValueError, match="it must be 0 to 1"):
        Horizon(0, 2, 5, if_open=2)


def test_the_year_is_that_of_the_outlook_with_its_never() -> None:
    window = Window("a", 2028, 2030, "high", viability=("3",), p_never=0.4)
    worth = opening_values(window, FUND, TODAY)
    years = window_distribution(2028, 2030, "high").if_closed_at(decimal_year(TODAY))
    ever = 0.6
    full = ever * (years.probability_by(2031.0) - years.probability_by(2027.0))
    some = ever * years.probability_by(2035.0)
    assert_allclose((worth == 1).mean(), full, atol=1.5 / STEPS)
    assert_allclose((worth > 0).mean(), some, atol=1.5 / STEPS)


def test_a_window_that_has_passed_earns_the_best_value_only_once_it_is_recorded() -> None:
    passed = Window("a", 2019, 2022, "medium", viability=("5",), p_never=0.0, is_closed=False)
    ahead = Window("b", 2026, 2027, "medium", viability=("5",), p_never=0.0)
    recorded = Window("c", 2019, 2022, "medium", viability=("5",), open_since=2021)
    means = [opening_values(window, ADOPTER, TODAY).mean() for window in (passed, ahead, recorded)]
    assert means[0] < 0.2
    assert 0.8 < means[1] < means[2] == 1.0


def test_without_a_window_the_reason_decides() -> None:
    unseen = opening_values(Window("a", None, unscored="not yet assessed"), FUND, TODAY)
    nothing = opening_values(Window("a", None, unscored="looked and found nothing"), FUND, TODAY)
    assert_allclose(unseen.mean(), 0.5)
    assert_allclose(nothing.mean(), 0.25)
    assert nothing.max() < 0.5
    assert np.array_equal(opening_values(None, FUND, TODAY), unseen)


def test_an_opening_later_than_the_date_is_refused() -> None:
    with pytest.raises(ValueError, match="later than 2026-01-01"):
        opening_values(Window("a", 2020, open_since=2027), FUND, TODAY)


def test_openings_are_drawn_alike_whoever_else_is_there() -> None:
    window = Window("a", 2028, 2030, viability=("3",))
    crowd = [opening(name, window) for name in ("a", "b", "c")]
    alone = OpeningSampler(crowd[1:2], FUND, TODAY, 1).draw(3, 200)
    together = OpeningSampler(crowd, FUND, TODAY, 1).draw(3, 200)
    assert np.array_equal(alone[0], together[1])
    assert not np.array_equal(together[0], together[1])


def test_a_lens_with_a_horizon_ranks_by_six_and_the_earlier_market_first() -> None:
    soon = opening("soon", Window("soon", 2027, 2028, "high", viability=("3",), p_never=0.0))
    late = opening("late", Window("late", 2060, 2062, "high", viability=("3",), p_never=0.0))
    result = smaa.rank(
        [soon, late], SHIPPED["adopter"], draws=640, seed=1, constants=SURE, today=TODAY
    )
    assert result.dimensions[-1] == "timing"
    assert result.coverage == ("6/6", "6/6")
    assert result.expected_rank[1] < 1.1
    assert result.central_weights.shape == result.lift.shape == (2, 6)
    assert_allclose(result.level_share.sum(axis=2), 1)
    assert result.level_share[0, 5, 0] > 0.99


def test_without_a_horizon_windows_change_nothing() -> None:
    window = Window("a", 2027, 2028, "high", viability=("3",))
    plain, timed = (
        smaa.rank(
            [opening("a", w, impact="5"), made_technology("b")],
            SHIPPED["even-handed"],
            draws=640,
            seed=1,
        )
        for w in (None, window)
    )
    assert np.array_equal(plain.rank_acceptability, timed.rank_acceptability)
    assert plain.coverage == timed.coverage == ("5/5", "5/5")


def test_a_technology_that_timing_does_not_apply_to_is_listed_under_a_horizon() -> None:
    beyond = opening("a", Window("a", None, unscored="not applicable"))
    unseen = opening("b", Window("b", None, unscored="not yet assessed"))
    result = smaa.rank([beyond, unseen], SHIPPED["adopter"], draws=64, seed=1, today=TODAY)
    assert result.ids == ("b",)
    assert result.coverage == ("5/6",)
    assert result.unranked[0].not_ranked_because == "timing does not apply to it"
    without = smaa.rank([beyond, unseen], SHIPPED["moonshot"], draws=64, seed=1)
    assert without.ids == ("a", "b")


def test_a_horizon_asks_for_the_date_it_counts_from() -> None:
    with pytest.raises(ValueError, match="Adopter counts years from the ranking's date"):
        smaa.rank([made_technology("a")], SHIPPED["adopter"], draws=64, seed=1)


def test_the_weakest_link_is_the_weighted_geometric_mean_above_a_floor() -> None:
    values = np.array([0.0, 0.25, 1.0, 1.25])
    assert_allclose(np.exp(by_weakest_link(values, 0.1)), [0.1, 0.325, 1.0, 1.225])


def test_the_weakest_link_puts_the_even_profile_before_the_uneven_one() -> None:
    uneven = made_technology("uneven", "4", viability="1", impact="5")
    even = made_technology("even", "3")
    mean, weakest = (
        smaa.rank([uneven, even], SHIPPED[key], draws=1600, seed=1, constants=SURE)
        for key in ("even-handed", "weakest-link")
    )
    assert mean.expected_rank[1] < mean.expected_rank[0]
    assert weakest.expected_rank[0] < mean.expected_rank[0]


def test_equals_stay_equal_under_the_weakest_link() -> None:
    twins = [made_technology(name, "2", impact="5+ high") for name in ("a", "b")]
    result = smaa.rank(twins, SHIPPED["weakest-link"], draws=320, seed=1, constants=SURE)
    assert_allclose(result.expected_rank, 1.5)


def test_a_lens_can_join_horizon_and_weakest_link() -> None:
    lens = Lens("both", "Both", WholeSimplex(), horizon=ADOPTER, rule=WEAKEST_LINK)
    window = Window("a", 2027, 2028, viability=("3",))
    technologies = [opening("a", window, novelty="1"), opening("b", None, novelty="5")]
    result = smaa.rank(technologies, lens, draws=320, seed=1, today=TODAY)
    assert_allclose(result.expected_rank.sum(), 3)


def test_openings_are_counted_by_fifths_of_their_worth() -> None:
    worth = np.array([[0.0, 0.1, 0.2, 0.79, 0.8, 0.99, 1.0]])
    assert opening_classes(worth).tolist() == [[0, 0, 1, 3, 4, 4, 5]]
