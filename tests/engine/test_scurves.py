import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from scoring.engine import reference, scurves
from scoring.engine.paths import PathForecast
from scoring.engine.scurves import Ceiling

CLASS = reference.adoption()
YEARS = [2004, 2006, 2007, 2008, 2010, 2012]
SHARES = [2.0, 4.5, 6.0, 9.0, 15.0, 21.0]
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


def foreseen(
    shares: list[float],
    horizons: list[float],
    *,
    seed: int = 1,
    ceiling: Ceiling = None,
    draws: int = 4000,
) -> PathForecast:
    return scurves.forecast(
        YEARS[: len(shares)],
        shares,
        horizons,
        reference=CLASS,
        seed=seed,
        ceiling=ceiling,
        draws=draws,
    )


def one_past_adoption(ceiling: float) -> reference.Reference:
    row = {"ceiling_pct": ceiling, "b_logistic": 0.2, "s_logistic": 0.1}
    return reference.from_rows([{**row, "b_gompertz": 0.14, "s_gompertz": 0.08}])


def plain_weights(
    years: np.ndarray, shares: np.ndarray, draws: int, rng: np.random.Generator
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Particles and weights of forecasting by the formula, each ceiling refused that is too low."""
    ceiling = 101 * stats.logistic.cdf(np.log(80 / 21) + 0.5 * rng.standard_normal(draws))
    gompertz = rng.random(draws) < 0.5
    speed = np.where(gompertz, 0.14, 0.2) * np.exp(0.4 * rng.standard_normal(draws))
    noise = np.where(gompertz, 0.08, 0.1) * np.exp(0.35 * rng.standard_normal(draws))
    theta = rng.uniform(0, 0.8, draws)
    reached = np.maximum(ceiling, shares.max() + 1e-9)
    ratio = shares[:, None] / reached
    z = np.where(gompertz, -np.log(-np.log(ratio)), np.log(ratio / (1 - ratio)))
    slope = np.where(gompertz, -1 / np.log(ratio), 1 / (1 - ratio)) / shares[:, None]
    gaps = np.diff(years)[:, None]
    density = stats.norm.logpdf(np.diff(z, axis=0), speed * gaps, noise * np.sqrt(gaps)).sum(axis=0)
    density += np.log(slope[1:]).sum(axis=0)
    weights = np.exp(density * (1 + theta**2) / (1 + theta) ** 2)
    weights[ceiling <= shares.max()] = 0
    drawn = {"ceiling": reached, "gompertz": gompertz, "noise": noise, "theta": theta}
    return drawn | {"speed": speed, "z": z[-1]}, weights


@pytest.mark.parametrize("kept", [1, 6])
def test_forecasts_are_what_the_formula_says_of_plain_particles(kept: int) -> None:
    years, shares = np.array(YEARS[:kept]), np.array(SHARES[:kept])
    rng = np.random.default_rng(4)
    drawn, weights = plain_weights(years, shares, 200_000, rng)
    theta = drawn["theta"]
    ahead = drawn["noise"] * np.sqrt((8 * (1 + theta**2) + 14 * theta) / (1 + theta**2))
    z = drawn["z"] + 8 * drawn["speed"] + ahead * rng.standard_t(5, len(theta))
    ratio = np.where(drawn["gompertz"], np.exp(-np.exp(-z)), stats.logistic.cdf(z))
    later = np.minimum(ratio * drawn["ceiling"], 100)
    order = np.argsort(later)
    places = np.searchsorted(np.cumsum(weights[order]) / weights.sum(), LEVELS)
    found = scurves.forecast(
        years, shares, [years[-1] + 8], reference=one_past_adoption(80), seed=3, draws=40_000
    )
    assert_allclose(found.quantiles(LEVELS)[:, 0], later[order][places], rtol=0.03, atol=0.1)


@settings(max_examples=25)
@given(
    shares=st.lists(st.floats(0.01, 99.9), min_size=1, max_size=6),
    seed=st.integers(0, 2**32),
    horizons=st.lists(st.floats(2012.01, 2090), min_size=1, max_size=4),
)
def test_every_share_lies_between_nothing_and_all(
    shares: list[float], seed: int, horizons: list[float]
) -> None:
    found = foreseen(shares, horizons, seed=seed, draws=500)
    assert np.all(found.samples > 0)
    assert np.all(found.samples <= 100)
    assert found.effective_sample_size >= 1


@settings(max_examples=25)
@given(ceiling=st.floats(22, 100), width=st.floats(0, 50), seed=st.integers(0, 2**32))
def test_a_ceiling_that_is_given_is_never_reached(ceiling: float, width: float, seed: int) -> None:
    limits = (max(ceiling - width, 1.0), ceiling)
    found = foreseen(SHARES, [2013, 2100], seed=seed, ceiling=limits, draws=500)
    assert np.all((found.samples > 0) & (found.samples < ceiling))


def test_far_ahead_nothing_but_the_ceiling_is_left() -> None:
    found = foreseen(SHARES, [2190], ceiling=60.0)
    assert_allclose(found.quantiles([0.5]), 60, rtol=1e-3)


def test_a_range_cuts_the_ceilings_of_the_past() -> None:
    free, cut = foreseen(SHARES, [2190]), foreseen(SHARES, [2190], ceiling=(40, 60))
    assert free.quantiles([0.5])[0, 0] > 80
    assert 40 < cut.quantiles([0.1])[0, 0] < cut.quantiles([0.9])[0, 0] < 60


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, again = foreseen(SHARES, [2020]), foreseen(SHARES, [2020])
    assert first.samples.tobytes() == again.samples.tobytes()
    assert foreseen(SHARES, [2020], seed=2).samples.tobytes() != first.samples.tobytes()


def test_whole_years_follow_the_same_paths_whatever_else_is_asked() -> None:
    alone = foreseen(SHARES, [2013, 2030])
    among = foreseen(SHARES, [2012.5, 2013, 2020, 2030, 2035])
    assert_array_equal(alone.samples, among.samples[:, [1, 3]])


def test_early_shares_near_zero_are_left_out() -> None:
    late = scurves.forecast(
        [2008, 2009, 2010, 2011], [1.5, 3, 5, 8], [2020], reference=CLASS, seed=1, draws=500
    )
    early = scurves.forecast(
        [1995, 2001, 2008, 2009, 2010, 2011],
        [0.0, 0.02, 1.5, 3, 5, 8],
        [2020],
        reference=CLASS,
        seed=1,
        draws=500,
    )
    assert_array_equal(late.samples, early.samples)
    assert early.observations == 4


def test_a_share_of_all_stays_near_all() -> None:
    found = scurves.forecast([2000, 2001, 2002], [97, 99, 100], [2003], reference=CLASS, seed=1)
    assert found.quantiles([0.1])[0, 0] > 98


def test_one_point_leaves_the_reference_class_in_charge() -> None:
    assert foreseen(SHARES[:1], [2020]).reference_dominates
    assert not foreseen(SHARES, [2020]).reference_dominates


@pytest.mark.parametrize(
    ("shares", "ceiling", "sentence"),
    [
        ([5, 120], None, "the share 120 of 2006 is not between 0 and 100"),
        ([-1, 5], None, "the share -1 of 2004 is not between 0 and 100"),
        ([5, 0], None, "the last share, of 2006, is 0"),
        ([5, 50], 50, "the share 50 of 2006 is not below the ceiling, 50"),
        ([5, 60], (40, 55), "the share 60 of 2006 is not below the ceiling, 55"),
        ([5, 6], (60, 40), "the ceiling (60, 40) is none"),
        ([5, 6], 140, "the ceiling 140 is none"),
        ([5, 6], float("nan"), "the ceiling nan is none"),
        ([5, float("nan")], None, "share number 2 is nan"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    shares: list[float], ceiling: Ceiling, sentence: str
) -> None:
    with pytest.raises(ValueError) as refusal:
        foreseen(shares, [2030], ceiling=ceiling)
    assert sentence in str(refusal.value)
