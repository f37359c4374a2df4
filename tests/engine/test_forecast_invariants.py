"""From figures to a probability: what unit, direction and bar may and may not change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from scoring.engine.reference import adoption, performance
from scoring.engine.scurves import forecast as share_forecast
from scoring.engine.series import forecast
from scoring.engine.thresholds import first_passage, probability

YEARS = np.array([2016.0, 2017.0, 2019.0, 2020.0, 2021.0, 2023.0, 2025.0])
COSTS = np.array([210.0, 180.0, 150.0, 149.0, 122.0, 101.0, 80.0])
SHARES = np.array([2.0, 3.0, 6.0, 9.0, 13.0, 22.0, 31.0])
AHEAD = np.arange(2026.0, 2036.0)
DRAWS = 600
WINDOWS = st.sampled_from(["at", "any time by"])
MIRROR = {"at most": "at least", "below": "above"}


def asked(
    costs: np.ndarray,
    threshold: float,
    *,
    window: str,
    deadline: float,
    comparator: str,
    progress: str,
) -> float:
    paths = forecast(
        YEARS, costs, AHEAD, reference=performance(), seed=11, draws=DRAWS, progress=progress
    )
    return probability(
        paths.samples,
        paths.years,
        comparator=comparator,
        threshold=threshold,
        window=window,
        deadline=deadline,
        observed=(YEARS, costs),
    ).p


@settings(max_examples=15)
@given(
    unit=st.floats(1e-6, 1e6),
    threshold=st.floats(10.0, 120.0),
    window=WINDOWS,
    deadline=st.floats(2026.0, 2035.0),
)
def test_a_cost_in_another_unit_has_the_same_probability(
    unit: float, threshold: float, window: str, deadline: float
) -> None:
    common = {"window": window, "deadline": deadline, "comparator": "at most", "progress": "down"}
    ours = asked(COSTS, threshold, **common)
    assert asked(COSTS * unit, threshold * unit, **common) == pytest.approx(ours, abs=1 / DRAWS)


@settings(max_examples=15)
@given(
    threshold=st.floats(10.0, 120.0),
    window=WINDOWS,
    deadline=st.floats(2026.0, 2035.0),
    comparator=st.sampled_from(sorted(MIRROR)),
)
def test_performance_for_money_mirrors_money_for_performance(
    threshold: float, window: str, deadline: float, comparator: str
) -> None:
    cost = asked(
        COSTS, threshold, window=window, deadline=deadline, comparator=comparator, progress="down"
    )
    performance_for_money = asked(
        1 / COSTS,
        1 / threshold,
        window=window,
        deadline=deadline,
        comparator=MIRROR[comparator],
        progress="up",
    )
    assert performance_for_money == pytest.approx(cost, abs=1 / DRAWS)


@pytest.mark.parametrize("window", ["at", "any time by", "average over"])
def test_a_share_is_the_less_likely_to_be_reached_the_higher_it_is(window: str) -> None:
    paths = share_forecast(YEARS, SHARES, AHEAD, reference=adoption(), seed=3, draws=2_000)
    found = [
        probability(
            paths.samples,
            paths.years,
            comparator="at least",
            threshold=threshold,
            window=window,
            deadline=2031.0,
            observed=(YEARS, SHARES),
        ).p
        for threshold in np.linspace(20.0, 99.9, 25)
    ]
    assert np.all(np.diff(found) <= 0)
    assert found[-1] == 0.01


def test_by_a_year_is_never_less_likely_than_at_it() -> None:
    paths = forecast(YEARS, COSTS, AHEAD, reference=performance(), seed=5, draws=DRAWS)
    passage = first_passage(paths.samples, AHEAD, comparator="at most", threshold=50.0)
    for year in AHEAD:
        at, by = (
            probability(
                paths.samples,
                AHEAD,
                comparator="at most",
                threshold=50.0,
                window=window,
                deadline=year,
            ).share
            for window in ("at", "any time by")
        )
        assert at <= by
        assert_allclose(by, np.mean(passage <= year))
