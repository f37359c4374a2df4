"""Four points as a distribution, and pools of numbers and dates, by closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import lognorm, norm

from scoring.engine.estimates import LEVELS, Estimate, sample_quantiles
from scoring.engine.quantities import QuantityPool, Statement, pool_dates, pool_numbers

SCALED = {"log": (0.5, 2.0, 9.0), "plain": (-3.0, 1.0, 2.0), "share": (2.0, 10.0, 60.0)}
YEAR = 365.0


def dated(lowest: float, best: float, highest: float, confidence: float = 0.8) -> Estimate:
    return Estimate(lowest, best, highest, confidence, "plain")


def by(found: QuantityPool, level: float) -> float:
    return float(found.quantiles[round(level * 100) - 1])


@pytest.mark.parametrize("scale", sorted(SCALED))
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.9999])
def test_the_four_points_are_quantiles(scale: str, confidence: float) -> None:
    points = SCALED[scale]
    found = Estimate(*points, confidence, scale)
    tail = (1 - confidence) / 2
    assert_allclose(found.quantiles([tail, 0.5, 1 - tail]), points)
    assert_allclose([found.probability_below(at) for at in points], [tail, 0.5, 1 - tail])


def test_an_even_estimate_is_normal_on_its_scale() -> None:
    end = norm.ppf(0.9)
    found = Estimate(np.exp(-end), 1.0, np.exp(end), 0.8, "log")
    assert_allclose(found.quantiles(), lognorm.ppf(LEVELS, 1.0))


@given(
    points=st.lists(st.floats(0.01, 99.0), min_size=3, max_size=3, unique=True),
    confidence=st.floats(0.5, 0.99),
    scale=st.sampled_from(sorted(SCALED)),
)
def test_quantiles_rise_and_stay_where_the_quantity_lives(
    points: list[float], confidence: float, scale: str
) -> None:
    found = Estimate(*sorted(points), confidence, scale).quantiles()
    assert np.all(np.diff(found) >= 0)
    assert scale == "plain" or found[0] >= 0
    assert scale != "share" or found[-1] <= 100


def test_two_people_meet_half_way_on_the_scale() -> None:
    one, two = Estimate(1.0, 2.0, 4.0, 0.8), Estimate(4.0, 8.0, 16.0, 0.8)
    found = pool_numbers(
        [Statement("a", one), Statement("b", two)], question_life=YEAR, scale="log"
    )
    assert_allclose(found.median, 4.0)
    assert_allclose(found.quantiles, np.sqrt(one.quantiles() * two.quantiles()))
    assert (found.median_low, found.median_high) == (pytest.approx(2.0), pytest.approx(8.0))


def test_quantiles_that_are_averaged_keep_a_common_shape() -> None:
    rows = [Statement(k, dated(at - 1, at, at + 1)) for k, at in enumerate((0.0, 10.0, 50.0))]
    found = pool_numbers(rows, question_life=YEAR, scale="plain")
    assert_allclose(found.quantiles, dated(19.0, 20.0, 21.0).quantiles())


def test_the_model_counts_as_in_the_pool_of_probabilities() -> None:
    samples = lognorm.ppf((np.arange(4_000) + 0.5) / 4_000, 1.0, scale=8.0)
    said = [Statement("a", Estimate(1.0, 2.0, 4.0, 0.8))]
    for observations, share in ((5, 1 / 2), (4, 1 / 3)):
        found = pool_numbers(
            said, question_life=YEAR, scale="log", samples=samples, observations=observations
        )
        assert_allclose(found.model_share, share)
        assert_allclose(
            np.log(found.median), (1 - share) * np.log(2) + share * np.log(8), rtol=1e-3
        )


def test_an_old_estimate_counts_half_after_a_third_of_the_life() -> None:
    rows = [Statement("a", dated(-1, 0, 1)), Statement("b", dated(2, 3, 4), age=100.0)]
    assert_allclose(pool_numbers(rows, question_life=300.0, scale="plain").median, 1.0)


def test_alone_the_model_is_what_it_draws() -> None:
    samples = np.random.default_rng(1).uniform(1, 99, 500)
    found = pool_numbers([], question_life=YEAR, scale="share", samples=samples, observations=7)
    assert_allclose(found.quantiles, sample_quantiles(samples, "share"))
    assert found.parts[0].median_without is None


def test_never_takes_the_upper_levels_of_a_date() -> None:
    rows = [Statement(k, dated(2027.0, 2030.0, 2036.0), p_never=0.3) for k in "ab"]
    found = pool_dates(rows, question_life=YEAR)
    assert_allclose(found.p_beyond, 0.3)
    assert_allclose(by(found, 0.35), 2030.0)
    assert np.isinf(found.quantiles[69:]).all()
    assert np.isfinite(found.quantiles[:69]).all()


def test_nobody_who_says_never_leaves_no_never() -> None:
    found = pool_dates([Statement("a", dated(2027.0, 2030.0, 2036.0))], question_life=YEAR)
    assert found.p_beyond == 0.0
    assert np.isfinite(found.quantiles).all()


def test_beside_a_model_the_tail_of_an_estimate_counts_as_beyond_its_horizon() -> None:
    passages = np.concatenate([np.full(600, 2031.0), np.full(400, np.inf)])
    said = Statement("a", dated(2027.0, 2030.0, 2035.0, 0.8), p_never=0.2)
    found = pool_dates(
        [said], question_life=YEAR, passages=passages, horizon=2035.0, observations=9
    )
    person, model = found.parts
    assert_allclose(person.p_beyond, 1 - 0.8 * 0.9)
    assert_allclose(model.p_beyond, 0.4)
    odds = np.sqrt(person.p_beyond / (1 - person.p_beyond) * (0.4 / 0.6))
    assert_allclose(found.p_beyond, odds / (1 + odds))
    assert found.quantiles[np.isfinite(found.quantiles)].max() <= 2035.0


def test_who_thinks_nothing_will_happen_says_little_of_when() -> None:
    passages = np.full(1_000, np.inf)
    said = Statement("a", dated(2027.0, 2028.0, 2029.0))
    found = pool_dates(
        [said], question_life=YEAR, passages=passages, horizon=2040.0, observations=9
    )
    inside = by(found, 0.01)
    assert 2025.0 < inside < 2029.0


@given(
    rows=st.lists(
        st.tuples(st.floats(2026.0, 2040.0), st.floats(0.5, 9.0), st.floats(0.0, 0.9)),
        min_size=1,
        max_size=5,
    )
)
def test_pools_of_dates_rise_and_hold_their_median(rows: list[tuple[float, float, float]]) -> None:
    said = [
        Statement(k, dated(best - wide, best, best + wide), p_never=never)
        for k, (best, wide, never) in enumerate(rows)
    ]
    found = pool_dates(said, question_life=YEAR)
    finite = found.quantiles[np.isfinite(found.quantiles)]
    assert np.all(np.diff(finite) >= -1e-9)
    assert found.median_low <= found.median <= found.median_high
    assert_allclose(sum(part.weight for part in found.parts), 1.0)


@pytest.mark.parametrize(
    ("points", "scale", "sentence"),
    [
        ((1.0, 1.0, 2.0, 0.8), "log", "rise"),
        ((3.0, 2.0, 1.0, 0.8), "log", "rise"),
        ((-1.0, 2.0, 3.0, 0.8), "log", "positive"),
        ((1.0, 2.0, 100.0, 0.8), "share", "per cent"),
        ((1.0, np.nan, 3.0, 0.8), "log", "numbers"),
        ((1.0, 2.0, 3.0, 1.0), "log", "confidence"),
        ((1.0, 2.0, 3.0, 0.2), "log", "confidence"),
        ((1.0, 2.0, 3.0, 0.8), "odd", "scale"),
    ],
)
def test_points_without_sense_are_refused(
    points: tuple[float, ...], scale: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Estimate(*points, scale=scale)


def test_pools_without_sense_are_refused() -> None:
    said = [Statement("a", dated(1, 2, 3))]
    numbers = {"question_life": YEAR, "scale": "plain"}
    refusals = (
        (lambda: pool_numbers([], **numbers), "neither"),
        (lambda: pool_numbers(said * 2, **numbers), "twice"),
        (lambda: pool_numbers(said, question_life=YEAR, scale="log"), "scale"),
        (lambda: pool_numbers(said, question_life=-1.0, scale="plain"), "life"),
        (lambda: pool_numbers([Statement("a", dated(1, 2, 3), p_never=0.1)], **numbers), "never"),
        (lambda: pool_numbers(said, samples=[np.inf], **numbers), "finite"),
        (lambda: pool_dates(said, question_life=YEAR, passages=[2030.0]), "horizon"),
        (lambda: pool_dates([], question_life=YEAR), "neither"),
        (lambda: Statement("a", dated(1, 2, 3), p_never=1.0), "never"),
        (lambda: Statement("a", dated(1, 2, 3), age=-1.0), "age"),
        (lambda: sample_quantiles([0.0, 1.0], "log"), "positive"),
        (lambda: sample_quantiles([1.0, 101.0], "share"), "outside"),
    )
    for ask, sentence in refusals:
        with pytest.raises(ValueError, match=sentence):
            ask()
