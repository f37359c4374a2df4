"""Scores against scoringrules, closed forms and what makes a score proper."""

from collections.abc import Callable

import numpy as np
import pytest
import scoringrules
from numpy.testing import assert_allclose
from scipy.stats import norm

from scoring.engine.proper_scores import (
    ALPHAS,
    brier,
    capped,
    crps_samples,
    interval_ends,
    interval_score,
    log_score,
    skill,
    weighted_interval_score,
)
from scoring.engine.results import Floats

RNG = np.random.default_rng(5)
OUTCOMES = RNG.integers(0, 2, 200)
FORECASTS = RNG.uniform(0.01, 0.99, 200)
TRUTHS = RNG.normal(size=40)
SAMPLES = RNG.normal(0.3, 1.4, (40, 500))


def test_brier_is_that_of_scoringrules() -> None:
    expected = scoringrules.brier_score(OUTCOMES, FORECASTS)
    assert_allclose(brier(OUTCOMES, FORECASTS), expected, rtol=1e-12)


def test_log_score_is_that_of_scoringrules() -> None:
    expected = scoringrules.log_score(OUTCOMES, FORECASTS)
    assert_allclose(log_score(OUTCOMES, FORECASTS), expected, rtol=1e-12)


def test_one_certain_error_costs_a_finite_log_score() -> None:
    assert_allclose(log_score([1, 0], [0.0, 1.0]), -np.log(0.005))
    assert_allclose(log_score([1, 0], [1.0, 0.0]), -np.log(0.995))


def test_crps_is_that_of_scoringrules() -> None:
    expected = scoringrules.crps_ensemble(TRUTHS, SAMPLES, estimator="nrg")
    assert_allclose(crps_samples(TRUTHS, SAMPLES), expected, rtol=1e-10)


def test_crps_is_half_of_the_pairs_by_hand() -> None:
    assert_allclose(crps_samples(2.0, [1.0, 4.0]), 1.5 - 0.5 * 6 / 4)
    assert_allclose(crps_samples(2.0, [5.0]), 3.0)


def test_crps_of_a_normal_has_its_closed_form() -> None:
    levels = (np.arange(20_000) + 0.5) / 20_000
    for truth in (-1.0, 0.0, 2.5):
        exact = truth * (2 * norm.cdf(truth) - 1) + 2 * norm.pdf(truth) - 1 / np.sqrt(np.pi)
        assert_allclose(crps_samples(truth, norm.ppf(levels)), exact, rtol=1e-3)


def test_interval_score_is_that_of_scoringrules() -> None:
    low, high = np.quantile(SAMPLES, [0.1, 0.9], axis=1)
    expected = scoringrules.interval_score(TRUTHS, low, high, 0.2)
    assert_allclose(interval_score(TRUTHS, low, high, 0.2), expected, rtol=1e-12)


@pytest.mark.parametrize(("truth", "score"), [(0.0, 2.0), (4.0, 32.0), (-1.5, 7.0)])
def test_an_interval_pays_for_its_width_and_for_what_it_misses(truth: float, score: float) -> None:
    assert_allclose(interval_score(truth, -1.0, 1.0, 0.2), score)


def test_weighted_interval_score_is_that_of_scoringrules() -> None:
    median, low, high = interval_ends(SAMPLES)
    expected = scoringrules.weighted_interval_score(
        TRUTHS, median, low, high, np.array(ALPHAS), backend="numba"
    )
    assert_allclose(weighted_interval_score(TRUTHS, median, low, high), expected, rtol=1e-10)


def test_weighted_interval_score_by_hand() -> None:
    found = weighted_interval_score(1.0, 3.0, [2.0, 0.0], [4.0, 6.0], alpha=(0.5, 0.2))
    assert_allclose(found, (0.5 * 2 + 0.25 * (2 + 4 * 1) + 0.1 * 6) / 2.5)


def test_many_intervals_approach_the_crps() -> None:
    alphas = np.arange(1, 1_000) / 1_000
    low, high = norm.ppf(alphas / 2), norm.ppf(1 - alphas / 2)
    found = weighted_interval_score(1.2, 0.0, low, high, alpha=alphas)
    exact = 1.2 * (2 * norm.cdf(1.2) - 1) + 2 * norm.pdf(1.2) - 1 / np.sqrt(np.pi)
    assert_allclose(found, exact, rtol=5e-3)


def test_the_houses_intervals_hold_half_four_fifths_and_nineteen_twentieths() -> None:
    median, low, high = interval_ends(np.arange(1001.0))
    assert_allclose(median, 500.0)
    assert_allclose(low, [250.0, 100.0, 25.0])
    assert_allclose(high, [750.0, 900.0, 975.0])


@pytest.mark.parametrize("score", [brier, log_score])
def test_nobody_gains_by_saying_something_else(score: Callable[..., Floats]) -> None:
    said = np.linspace(0.01, 0.99, 99)
    for believed in (0.2, 0.5, 0.83):
        expected = believed * score(1, said) + (1 - believed) * score(0, said)
        assert_allclose(said[np.argmin(expected)], believed, atol=1e-9)


def test_dates_beyond_the_cap_are_one_and_the_same() -> None:
    drawn = [2028.0, 2032.0, np.inf, np.inf]
    found = crps_samples(capped(np.inf, 2030.0), capped(drawn, 2030.0))
    assert_allclose(found, crps_samples(2030.0, [2028.0, 2030.0, 2030.0, 2030.0]))


def test_with_a_cap_nobody_gains_by_hiding_that_it_may_never_happen() -> None:
    """Believing in 40 % never, the honest share of infinite dates scores best."""
    truths = capped([2027.0] * 6 + [np.inf] * 4, 2035.0)
    scores = []
    for never in range(11):
        drawn = capped([2027.0] * (10 - never) + [np.inf] * never, 2035.0)
        scores.append(crps_samples(truths, np.broadcast_to(drawn, (10, 10))).mean())
    assert int(np.argmin(scores)) == 4


def test_skill_is_the_share_of_the_baselines_error_that_is_saved() -> None:
    assert_allclose(skill([0.1, 0.2], [0.2, 0.4]), 0.5)
    assert_allclose(skill([0.3], [0.3]), 0.0)


def test_what_cannot_be_scored_is_refused() -> None:
    refusals = (
        (lambda: brier([0.5], [0.5]), "0 or 1"),
        (lambda: brier([1], [1.2]), "from 0 to 1"),
        (lambda: log_score([1], [np.nan]), "from 0 to 1"),
        (lambda: crps_samples([1.0], [np.nan]), "not finite"),
        (lambda: crps_samples([1.0, 2.0], [[1.0, 2.0]]), "one row"),
        (lambda: interval_score(1.0, 2.0, 1.0, 0.2), "exchange"),
        (lambda: interval_score(1.0, 1.0, 2.0, 1.0), "alpha"),
        (lambda: weighted_interval_score(1.0, 1.0, [0.0], [2.0]), "as many"),
        (lambda: capped([np.nan], 2030.0), "numbers"),
        (lambda: capped([2030.0], np.inf), "finite"),
        (lambda: skill([], []), "as many"),
        (lambda: skill([0.1], [0.0]), "not defined"),
    )
    for score, sentence in refusals:
        with pytest.raises(ValueError, match=sentence):
            score()
