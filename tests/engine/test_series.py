import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from scoring.engine import reference, scurves, series
from scoring.engine.paths import PathForecast, error_variance

CLASS = reference.performance()
YEARS = [2010, 2011, 2012, 2014, 2015, 2016, 2018]
COSTS = [120.0, 101.0, 88.0, 70.0, 66.0, 52.0, 40.0]
LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def foreseen(
    values: list[float], horizons: list[float], *, seed: int = 1, progress: str = "down"
) -> PathForecast:
    years = YEARS[: len(values)]
    return series.forecast(
        years, values, horizons, reference=CLASS, seed=seed, draws=2000, progress=progress
    )


def certain_class(drift: float, noise: float) -> reference.Reference:
    return reference.from_rows([{"mu": drift, "K": noise}])


def test_one_point_leaves_the_reference_class_itself() -> None:
    draws = 200_000
    found = series.forecast(
        [2020], [8.0], [2021], reference=certain_class(-0.1, 0.2), seed=1, draws=draws
    )
    rng = np.random.default_rng(7)
    noise = 0.2 * np.exp(0.35 * rng.standard_normal(draws))
    drift = -0.1 + np.hypot(0.021, 0.35 * noise) * rng.standard_normal(draws)
    moved = drift + noise * rng.standard_t(5, draws)
    expected = 8 * np.exp(np.quantile(moved, LEVELS))
    assert_allclose(found.quantiles(LEVELS)[:, 0], expected, rtol=0.025)
    assert_allclose(found.effective_sample_size, draws)
    assert found.reference_dominates
    assert found.observations == 1


def test_drift_and_noise_seen_are_weighed_as_their_densities_say() -> None:
    """Plain weights of particles whose drifts are drawn beforehand answer the same."""
    logs = -0.2 * np.arange(11) + 0.1 * (np.arange(11) % 2)
    found = series.forecast(
        np.arange(2000, 2011),
        np.exp(logs),
        [2020],
        reference=certain_class(-0.1, 0.1),
        seed=2,
        draws=200_000,
    )
    seen, noise_seen = np.diff(logs).mean(), np.diff(logs).std(ddof=1)
    rng = np.random.default_rng(11)
    noise = 0.1 * np.exp(0.35 * rng.standard_normal(800_000))
    drift = -0.1 + np.hypot(0.021, 0.35 * noise) * rng.standard_normal(len(noise))
    theta = rng.uniform(0, 0.8, len(noise))
    error = noise**2 * ((1 + theta) ** 2 * 9 + 1 + theta**2) / (100 * (1 + theta**2))
    weights = stats.norm.pdf(seen, drift, np.sqrt(error))
    weights *= stats.chi2.pdf(9 * noise_seen**2 / noise**2, 9) / noise**2
    ahead = noise * np.sqrt((10 * (1 + theta**2) + 18 * theta) / (1 + theta**2))
    moved = 10 * drift + ahead * rng.standard_t(5, len(noise))
    order = np.argsort(moved)
    shares = np.cumsum(weights[order]) / weights.sum()
    expected = moved[order][np.searchsorted(shares, LEVELS)]
    assert_allclose(np.log(found.quantiles(LEVELS)[:, 0]) - logs[-1], expected, atol=0.025)


def test_a_horizon_s_error_is_student_t_of_farmer_and_lafond_s_variance() -> None:
    theta = np.full(40_000, 0.63)
    offsets = np.array([0.5, 1.0, 2.5, 10.0])
    from_paths = series.shock_paths(offsets, theta, 3, "test")
    for k, offset in enumerate(offsets):
        scaled = from_paths[:, k] / np.sqrt(error_variance(offset, 0.63))
        assert stats.kstest(scaled, stats.t(5).cdf).pvalue > 0.001
    expected = (10 * (1 + 0.63**2) + 2 * 0.63 * 9) / (1 + 0.63**2)
    assert_allclose(error_variance(np.array([10.0]), 0.63), expected)


def test_paths_hang_together_as_the_moving_average_does() -> None:
    theta = np.full(200_000, 0.5)
    steps = np.diff(series.shock_paths(np.array([1.0, 2.0, 3.0, 4.0]), theta, 5, "test"))
    ranks = stats.spearmanr(steps).statistic
    neighbours = 0.5 / (1 + 0.5**2)
    assert_allclose(ranks[0, 1], 6 / np.pi * np.arcsin(neighbours / 2), atol=0.03)
    assert abs(ranks[0, 2]) < 0.015


@pytest.mark.parametrize("kept", [1, 2, 3, 7])
def test_another_unit_leaves_the_ratios_alone(kept: int) -> None:
    here = foreseen(COSTS[:kept], [2021, 2030])
    there = foreseen([1000 * cost for cost in COSTS[:kept]], [2021, 2030])
    assert_allclose(there.quantiles(LEVELS), 1000 * here.quantiles(LEVELS), rtol=1e-9)


@settings(max_examples=20)
@given(
    values=st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=7),
    seed=st.integers(0, 2**32),
)
def test_the_other_direction_is_the_mirror_image(values: list[float], seed: int) -> None:
    falling = foreseen(values, [2019, 2025.5], seed=seed)
    rising = foreseen([1 / value for value in values], [2019, 2025.5], seed=seed, progress="up")
    assert_allclose(rising.samples, 1 / falling.samples, rtol=1e-9)
    assert rising.reference_dominates == falling.reference_dominates


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, again = foreseen(COSTS, [2030]), foreseen(COSTS, [2030])
    assert first.samples.tobytes() == again.samples.tobytes()
    assert foreseen(COSTS, [2030], seed=2).samples.tobytes() != first.samples.tobytes()


def test_whole_years_follow_the_same_paths_whatever_else_is_asked() -> None:
    alone = foreseen(COSTS, [2020, 2030])
    among = foreseen(COSTS, [2019, 2020, 2020.5, 2025.25, 2030, 2035])
    assert_array_equal(alone.samples, among.samples[:, [1, 4]])


def test_the_order_of_observations_is_of_no_matter() -> None:
    turned = series.forecast(YEARS[::-1], COSTS[::-1], [2030], reference=CLASS, seed=1, draws=2000)
    assert_array_equal(turned.samples, foreseen(COSTS, [2030]).samples)


def test_a_short_history_leaves_the_reference_class_in_charge_and_a_long_one_does_not() -> None:
    assert foreseen(COSTS[:2], [2030]).reference_dominates
    long = series.forecast(
        np.arange(1980, 2020),
        np.exp(-0.05 * np.arange(40) + 0.01 * (np.arange(40) % 2)),
        [2030],
        reference=CLASS,
        seed=1,
    )
    assert not long.reference_dominates


def test_a_history_without_any_error_still_leaves_some_doubt() -> None:
    years = np.arange(1960, 2020)
    found = series.forecast(years, 0.95 ** (years - 1960), [2020], reference=CLASS, seed=1)
    low, high = np.log(found.quantiles([0.1, 0.9])[:, 0])
    least = CLASS.values[:, 1].min() * np.exp(-4 * 0.35)
    assert high - low > 2 * least * stats.t(5).ppf(0.9)


def test_extreme_values_stay_positive_and_finite() -> None:
    found = series.forecast(
        [2000, 2001], [1e-300, 1e300], [2010, 2200], reference=CLASS, seed=1, draws=500
    )
    assert np.all(np.isfinite(found.samples))
    assert np.all(found.samples > 0)


@pytest.mark.parametrize(
    ("years", "values", "horizons", "sentence"),
    [
        ([2020, 2021], [3, 0], [2030], "the value 0 of 2021 is not above 0"),
        ([2020, 2021], [3, -2], [2030], "the value -2 of 2021 is not above 0"),
        ([2020, 2020], [3, 2], [2030], "the year 2020 is there twice"),
        ([2020, 2021], [3, float("nan")], [2030], "value number 2 is nan"),
        ([2020, float("inf")], [3, 2], [2030], "year number 2 is inf"),
        ([2020, 2021], [3, 2], [2021], "the horizon 2021 is not after the last observation, 2021"),
        ([2020, 2021], [3, 2], [2500], "more than 200 years after"),
        ([2020, 2021], [3, 2], [], "no horizon was asked for"),
        ([], [], [2030], "there is no observation"),
        ([2020, 2021], [3], [2030], "there are 2 years and 1 values"),
        ([2020], ["three"], [2030], "a value is no number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    years: list[float], values: list[float], horizons: list[float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        series.forecast(years, values, horizons, reference=CLASS, seed=1)


def test_options_that_mean_nothing_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="progress is 'sideways'"):
        foreseen(COSTS, [2030], progress="sideways")
    with pytest.raises(ValueError, match="20 draws are too few"):
        series.forecast([2020], [1], [2030], reference=CLASS, seed=1, draws=20)
    with pytest.raises(ValueError, match="the reference class is one of adoption"):
        series.forecast([2020], [1], [2030], reference=reference.adoption(), seed=1)
    with pytest.raises(ValueError, match="the reference class is one of performance"):
        scurves.forecast([2020], [1], [2030], reference=CLASS, seed=1)
    with pytest.raises(ValueError, match="are no shares"):
        foreseen(COSTS, [2030]).quantiles([0.5, 90])
