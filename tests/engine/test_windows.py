import datetime

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine.scores import CERTAINTIES
from scoring.engine.windows import YearDistribution, decimal_year, window_distribution

INSIDE = {"low": 0.4, "medium": 0.6, "high": 0.8}
BEFORE = {"low": 0.3, "medium": 0.2, "high": 0.1}


def student_cdf(x: float) -> float:
    """Closed form for four degrees of freedom."""
    u = x / np.sqrt(4 + x * x)
    return 0.5 + 0.75 * (u - u**3 / 3)


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_a_closed_window_is_the_central_interval(certainty: str) -> None:
    opening = window_distribution(2028, 2032, certainty)
    outside = (1 - INSIDE[certainty]) / 2
    assert_allclose(opening.probability_by(2028.0), outside)
    assert_allclose(opening.probability_by(2033.0), 1 - outside)
    assert_allclose(opening.quantile(0.5), 2030.5)


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_an_open_window_has_its_start_and_a_median_seven_years_on(certainty: str) -> None:
    opening = window_distribution(2030, None, certainty)
    assert_allclose(opening.probability_by(2030.0), BEFORE[certainty])
    assert_allclose(opening.quantile(0.5), 2037.0)


def test_no_certainty_is_medium() -> None:
    assert window_distribution(2028, 2030, None) == window_distribution(2028, 2030, "medium")


def test_one_year_is_a_window() -> None:
    opening = window_distribution(2030, 2030, "high")
    assert_allclose(opening.probability_by(2031.0) - opening.probability_by(2030.0), 0.8)


def test_the_family_is_student_with_four_degrees_of_freedom() -> None:
    opening = YearDistribution(2030.0, 2.0)
    for year in (2020.0, 2029.0, 2031.5, 2050.0):
        assert_allclose(opening.probability_by(year), student_cdf((year - 2030) / 2), rtol=1e-12)


@pytest.mark.parametrize("closed_until", [None, 2026.5, 2040.0])
def test_quantiles_and_probabilities_are_each_others_inverse(closed_until: float | None) -> None:
    opening = YearDistribution(2030.0, 2.0, closed_until)
    years = [opening.quantile(share) for share in (0.001, 0.1, 0.5, 0.9, 0.999)]
    assert years == sorted(years)
    assert_allclose([opening.probability_by(y) for y in years], [0.001, 0.1, 0.5, 0.9, 0.999])


def test_closed_today_leaves_the_past_empty_and_scales_the_rest() -> None:
    stated = window_distribution(2024, 2030, "medium")
    opening = stated.if_closed_at(2026.5)
    assert opening.probability_by(2026.5) == 0
    past = stated.probability_by(2026.5)
    expected = (stated.probability_by(2031.0) - past) / (1 - past)
    assert_allclose(opening.probability_by(2031.0), expected)


def test_a_window_long_past_keeps_its_digits() -> None:
    opening = window_distribution(2000, 2001, "high").if_closed_at(2030.0)
    years = [opening.probability_by(y) for y in (2030.1, 2031.0, 2040.0, 2100.0)]
    assert years == sorted(years)
    assert 0 < years[0] < 0.05
    assert years[-1] > 0.9


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="2030-2028 ends before"):
        window_distribution(2030, 2028, "high")


def test_days_become_parts_of_their_year() -> None:
    assert decimal_year(datetime.date(2026, 1, 1)) == 2026.0
    assert_allclose(decimal_year(datetime.date(2028, 12, 31)), 2028 + 365 / 366)
