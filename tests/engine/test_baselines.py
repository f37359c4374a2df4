import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from scoring.engine import baselines
from scoring.engine.baselines import Walk

YEARS = np.arange(2000, 2006)
COSTS = np.array([100.0, 88.0, 80.0, 66.0, 63.0, 50.0])
LEVELS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])


def farmer_lafond(m: int, tau: float, theta: float) -> float:
    """A times 1 + theta^2, which is in units of the variance of one shock."""
    steps = 1 + 2 * (m - 1) * theta / m + theta**2
    return -2 * theta + steps * (tau + tau**2 / m)


def walked(years: np.ndarray, horizon: float, theta: float) -> Walk:
    return baselines.drift_walk(years, np.exp(-0.1 * years), [horizon], theta=theta)


@pytest.mark.parametrize(
    ("m", "tau", "theta", "variance"),
    [(5, 1, 0.63, 1.626), (5, 10, 0.63, 70.887), (20, 10, 0.25, 22.562)],
)
def test_the_variance_of_errors_is_farmer_and_lafond_s(
    m: int, tau: int, theta: float, variance: float
) -> None:
    found = walked(np.arange(m + 1.0), m + tau, theta).error_variances()[0]
    assert_allclose(found * (1 + theta**2), variance, atol=0.0005)
    assert_allclose(found * (1 + theta**2), farmer_lafond(m, tau, theta))


def test_quantiles_are_those_of_student_s_t_around_the_mean_step() -> None:
    found = baselines.drift_walk(YEARS, COSTS, [2006, 2015])
    steps = np.diff(np.log(COSTS))
    for column, tau in enumerate((1, 10)):
        spread = steps.std(ddof=1) * np.sqrt(farmer_lafond(5, tau, 0.63) / (1 + 0.63**2))
        expected = stats.t(4, np.log(50) + tau * steps.mean(), spread).ppf(LEVELS)
        assert_allclose(np.log(found.quantiles(LEVELS)[:, column]), expected)


@pytest.mark.parametrize("theta", [0.0, 0.63])
def test_paths_have_the_quantiles_of_the_formula_at_each_horizon(theta: float) -> None:
    found = baselines.drift_walk(YEARS, COSTS, [2005.5, 2006, 2015], theta=theta)
    paths = found.paths(seed=1, draws=40_000)
    spread = found.noise * np.sqrt(found.error_variances())
    error = (np.log(paths.samples) - found.last - found.drift * found.offsets) / spread
    for column in range(3):
        assert stats.kstest(error[:, column], stats.t(4).cdf).pvalue > 0.001


def test_uneven_years_are_weighed_by_their_gaps() -> None:
    years, logs = np.array([2000.0, 2001.0, 2005.0]), np.array([3.0, 2.8, 2.2])
    found = baselines.drift_walk(years, np.exp(logs), [2006])
    drift = -0.8 / 5
    squares = (-0.2 - drift) ** 2 + (-0.6 - 4 * drift) ** 2 / 4
    assert_allclose([found.drift, found.noise], [drift, np.sqrt(squares)])
    assert (found.span, found.freedom) == (5.0, 1)


def test_the_naive_walk_stays_where_it_is() -> None:
    found = baselines.naive_walk(YEARS, COSTS, [2009])
    spread = np.sqrt(np.mean(np.diff(np.log(COSTS)) ** 2) * 4)
    expected = 50 * np.exp(spread * stats.t(5).ppf(LEVELS))
    assert_allclose(found.quantiles(LEVELS)[:, 0], expected)
    drawn = found.paths(seed=1, draws=200_000).quantiles([0.1, 0.5, 0.9])[:, 0]
    assert_allclose(drawn, expected[[1, 3, 5]], rtol=0.01)


def test_logit_drift_follows_a_logistic_curve_without_error() -> None:
    shares = 100 / (1 + np.exp(-0.3 * (YEARS - 2008)))
    found = baselines.logit_drift(YEARS, shares, [2020, 2008])
    assert_allclose(found.quantiles(LEVELS)[:, 0], 100 / (1 + np.exp(-3.6)), rtol=1e-6)
    assert_allclose(found.quantiles(LEVELS)[:, 1], 50, rtol=1e-6)


def test_shares_stay_between_nothing_and_all() -> None:
    years, shares = [2000, 2001, 2002, 2003], [0, 30, 90, 100]
    for baseline in (baselines.logit_drift, baselines.linear_drift, baselines.naive_share):
        samples = baseline(years, shares, [2004, 2030]).paths(seed=1, draws=500).samples
        assert np.all((samples >= 0) & (samples <= 100))


def test_linear_drift_moves_by_points() -> None:
    found = baselines.linear_drift([2000, 2001, 2002], [10, 14, 16], [2004])
    assert_allclose(found.quantiles([0.5])[0, 0], 22)


def test_two_points_are_too_few_for_a_spread() -> None:
    with pytest.raises(ValueError, match="the drift walk needs 3 points and there are 2"):
        baselines.drift_walk([2000, 2001], [3, 2], [2002])
    with pytest.raises(ValueError, match="the naive share needs 3 points and there is 1"):
        baselines.naive_share([2000], [3], [2002])
    with pytest.raises(ValueError, match="the value 0 of 2001 is not above 0"):
        baselines.drift_walk([2000, 2001, 2002], [3, 0, 2], [2003])
    with pytest.raises(ValueError, match="the share 101 of 2001 is not between 0 and 100"):
        baselines.logit_drift([2000, 2001, 2002], [3, 101, 2], [2003])
