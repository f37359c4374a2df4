"""The refit against a plain optimiser, its prior, its cap and what a question may teach."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from scipy.special import expit

from scoring.engine.recalibration import UNLEARNT, Recalibration, ResolvedPool, refit


def resolved(
    number: int, shift: float, slope: float, *, people: int = 5, status_quo: str | None = "no"
) -> list[ResolvedPool]:
    rng = np.random.default_rng(11)
    log_odds = rng.normal(0.0, 1.5, number)
    sign = -1.0 if status_quo == "yes" else 1.0
    happened = rng.uniform(size=number) < expit(shift * sign + slope * log_odds)
    return [
        ResolvedPool(float(at), bool(yes), people, status_quo)
        for at, yes in zip(log_odds, happened, strict=True)
    ]


def test_nothing_resolved_leaves_the_prior() -> None:
    assert refit([]) == UNLEARNT == Recalibration(-0.2, 1.2, 0)


def test_the_refit_is_the_most_probable_shift_and_slope() -> None:
    pools = resolved(60, -0.5, 1.0)
    log_odds = np.array([pool.log_odds for pool in pools])
    happened = np.array([pool.is_yes for pool in pools])

    def loss(at: np.ndarray) -> float:
        logit = at[0] + at[1] * log_odds
        ridge = ((at[0] + 0.2) ** 2 + (at[1] - 1.2) ** 2) / (2 * 0.3**2)
        return float(np.logaddexp(0, np.where(happened, -logit, logit)).sum() + ridge)

    best = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead", options={"xatol": 1e-9}).x
    found = refit(pools)
    assert_allclose([found.shift, found.slope], best, atol=1e-5)
    assert found.questions == 60


def test_many_questions_overrule_the_prior() -> None:
    found = refit(resolved(6_000, 0.4, 0.8))
    assert_allclose([found.shift, found.slope], [0.4, 0.8], atol=0.1)


def test_the_slope_ends_at_one_and_a_half() -> None:
    pools = resolved(3_000, -0.6, 2.5)
    found = refit(pools)
    assert found.slope == 1.5

    def loss(shift: float) -> float:
        logit = np.array([shift + 1.5 * pool.log_odds for pool in pools])
        happened = np.array([pool.is_yes for pool in pools])
        wrong = np.logaddexp(0, np.where(happened, -logit, logit)).sum()
        return float(wrong + (shift + 0.2) ** 2 / 0.18)

    assert loss(found.shift) <= min(loss(found.shift + step) for step in (-1e-3, 1e-3))


def test_a_status_quo_of_yes_is_learnt_as_its_mirror() -> None:
    no = resolved(200, -0.6, 1.1)
    yes = [ResolvedPool(-pool.log_odds, not pool.is_yes, 5, "yes") for pool in no]
    assert_allclose(
        [refit(yes).shift, refit(yes).slope], [refit(no).shift, refit(no).slope], atol=1e-9
    )


def test_questions_without_a_status_quo_teach_the_slope_alone() -> None:
    found = refit(resolved(500, 0.0, 0.9, status_quo=None))
    assert found.shift == -0.2
    assert abs(found.slope - 0.9) < 0.2


def test_questions_of_two_people_teach_the_shift_alone() -> None:
    found = refit(resolved(2_000, 0.3, 1.0, people=2))
    assert found.slope == 1.2
    assert_allclose(found.shift, 0.3, atol=0.1)


def test_questions_that_all_agree_do_not_run_away() -> None:
    pools = [ResolvedPool(4.6, is_yes=True, people=5, status_quo="no")] * 500
    found = refit(pools)
    assert np.isfinite(found.shift)
    assert found.slope <= 1.5


@pytest.mark.parametrize("slope", [-0.1, 1.6, float("nan")])
def test_slopes_outside_the_range_are_refused(slope: float) -> None:
    with pytest.raises(ValueError, match="slope"):
        Recalibration(0.0, slope)


def test_a_question_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="leave it out"):
        refit([ResolvedPool(float("nan"), is_yes=True, people=5)])
