"""Probabilities on paths against the closed form of a walk, and what no path may break."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.special import ndtr

from scoring.engine.results import Floats
from scoring.engine.thresholds import (
    Proof,
    first_passage,
    probability,
    quantities,
    values_at,
)

YEARS = np.arange(2026.0, 2036.0)
DRIFT, NOISE, START = 0.08, 0.2, 100.0
PAST = (np.array([2023.0, 2024.0, 2025.0]), np.array([80.0, 130.0, START]))
MIRROR = {"at least": "at most", "at most": "at least", "above": "below", "below": "above"}


def lognormal_walk(draws: int = 20_000, seed: int = 7, horizons: int = 10) -> Floats:
    steps = DRIFT + NOISE * np.random.default_rng(seed).standard_normal((draws, horizons))
    return START * np.exp(np.cumsum(steps, axis=1))


PATHS = lognormal_walk(2_000)
SMALL = np.array([[100.0, 120.0, 90.0], [100.0, 80.0, 160.0]])
SMALL_YEARS = np.array([2026.0, 2027.0, 2028.0])


@pytest.mark.parametrize("deadline", [2026.0, 2030.0, 2035.0])
@pytest.mark.parametrize("threshold", [70.0, 100.0, 150.0])
def test_a_lognormal_walk_at_a_date_has_its_closed_form(deadline: float, threshold: float) -> None:
    tau = deadline - 2025.0
    exact = ndtr((DRIFT * tau - np.log(threshold / START)) / (NOISE * np.sqrt(tau)))
    found = probability(
        lognormal_walk(),
        YEARS,
        comparator="at least",
        threshold=threshold,
        window="at",
        deadline=deadline,
    )
    assert abs(found.share - exact) < 4 * found.se


def test_the_running_extreme_of_fine_steps_approaches_the_reflection_principle() -> None:
    drift, noise, steps, level = 0.1, 0.3, 2_000, np.log(1.5)
    rng = np.random.default_rng(3)
    moves = drift / steps + noise * rng.standard_normal((4_000, steps)) / np.sqrt(steps)
    paths = np.exp(np.cumsum(moves, axis=1))
    exact = ndtr((drift - level) / noise) + np.exp(2 * drift * level / noise**2) * ndtr(
        (-drift - level) / noise
    )
    years = 2025.0 + np.arange(1, steps + 1) / steps
    found = probability(
        paths,
        years,
        comparator="at least",
        threshold=1.5,
        window="any time by",
        deadline=2026.0,
    )
    seen_too_seldom = 0.01
    assert -seen_too_seldom - 4 * found.se < found.share - exact < 4 * found.se


QUESTIONS = {
    "comparator": st.sampled_from(sorted(MIRROR)),
    "window": st.sampled_from(["at", "any time by"]),
    "threshold": st.floats(20.0, 900.0),
    "deadline": st.floats(2026.0, 2035.0),
}


@settings(max_examples=60)
@given(
    unit=st.floats(1e-9, 1e9),
    **QUESTIONS | {"window": st.sampled_from(["at", "any time by", "average over"])},
)
def test_another_unit_leaves_the_probability_unchanged(
    unit: float, comparator: str, window: str, threshold: float, deadline: float
) -> None:
    times, values = PAST
    ours, theirs = (
        probability(
            PATHS * factor,
            YEARS,
            comparator=comparator,
            threshold=threshold * factor,
            window=window,
            deadline=deadline,
            observed=(times, values * factor),
        )
        for factor in (1.0, unit)
    )
    assert (ours.p, ours.se, ours.is_met) == (theirs.p, theirs.se, theirs.is_met)


@settings(max_examples=60)
@given(**QUESTIONS)
def test_the_other_direction_mirrors_the_probability(
    comparator: str, window: str, threshold: float, deadline: float
) -> None:
    times, values = PAST
    ours = probability(
        PATHS,
        YEARS,
        comparator=comparator,
        threshold=threshold,
        window=window,
        deadline=deadline,
        observed=PAST,
    )
    mirrored = probability(
        1 / PATHS,
        YEARS,
        comparator=MIRROR[comparator],
        threshold=1 / threshold,
        window=window,
        deadline=deadline,
        observed=(times, 1 / values),
    )
    assert (ours.p, ours.is_met) == (mirrored.p, mirrored.is_met)


@settings(max_examples=60)
@given(
    step=st.floats(1.0, 3.0),
    comparator=QUESTIONS["comparator"],
    window=st.sampled_from(["at", "any time by", "average over"]),
    threshold=QUESTIONS["threshold"],
    year=st.integers(2026, 2035),
)
def test_a_higher_bar_is_never_easier_to_reach(
    step: float, comparator: str, window: str, threshold: float, year: int
) -> None:
    low, high = (
        probability(
            PATHS,
            YEARS,
            comparator=comparator,
            threshold=bar,
            window=window,
            deadline=float(year),
            observed=PAST,
        ).p
        for bar in (threshold, threshold * step)
    )
    assert low >= high if comparator in {"at least", "above"} else low <= high


@settings(max_examples=60)
@given(
    comparator=QUESTIONS["comparator"],
    threshold=QUESTIONS["threshold"],
    deadline=QUESTIONS["deadline"],
)
def test_at_least_and_below_share_out_the_draws(
    comparator: str, threshold: float, deadline: float
) -> None:
    other = {"at least": "below", "below": "at least", "at most": "above", "above": "at most"}
    asked = {"threshold": threshold, "deadline": deadline, "window": "at"}
    one = probability(PATHS, YEARS, comparator=comparator, **asked)
    two = probability(PATHS, YEARS, comparator=other[comparator], **asked)
    assert_allclose(one.share + two.share, 1.0)


@settings(max_examples=40)
@given(
    comparator=QUESTIONS["comparator"],
    threshold=QUESTIONS["threshold"],
    deadline=QUESTIONS["deadline"],
)
def test_first_passages_up_to_a_deadline_are_any_time_by(
    comparator: str, threshold: float, deadline: float
) -> None:
    passage = first_passage(PATHS, YEARS, comparator=comparator, threshold=threshold, observed=PAST)
    asked = probability(
        PATHS,
        YEARS,
        comparator=comparator,
        threshold=threshold,
        window="any time by",
        deadline=deadline,
        observed=PAST,
    )
    assert_allclose(np.mean(passage <= deadline + 1e-9), asked.share)


def test_inside_a_year_a_path_is_straight_on_the_log_scale() -> None:
    found = quantities(SMALL, SMALL_YEARS, window="at", deadline=2026.5)
    assert_allclose(found, np.sqrt([100 * 120.0, 100 * 80.0]))
    passage = first_passage(
        SMALL, SMALL_YEARS, comparator="at least", threshold=np.sqrt(100 * 120.0)
    )
    crossed = 2027 + np.log(np.sqrt(12_000) / 80) / np.log(2)
    assert_allclose(passage, [2026.5, crossed])


def test_what_is_not_positive_is_read_on_its_own_scale() -> None:
    paths = [[-2.0, 4.0], [0.0, 6.0]]
    assert_allclose(values_at(paths, [2026.0, 2027.0], 2026.5), [1.0, 3.0])


def test_before_the_first_path_it_runs_from_the_last_figure() -> None:
    found = values_at(SMALL, SMALL_YEARS, 2025.5, observed=([2025.0], [64.0]))
    assert_allclose(found, [80.0, 80.0])


def test_an_average_takes_the_figures_at_hand_as_well() -> None:
    observed = ([2024.0, 2025.0], [10.0, 20.0])
    found = quantities(
        SMALL,
        SMALL_YEARS,
        window="average over",
        deadline=2027.0,
        observed=observed,
        window_from=2025.0,
    )
    assert_allclose(found, [(20 + 100 + 120) / 3, (20 + 100 + 80) / 3])


def test_an_average_begins_with_the_year_of_its_deadline() -> None:
    months = 2026 + np.arange(24) / 12
    paths = np.vstack([np.arange(24.0), np.arange(24.0) * 2]) + 1
    found = quantities(paths, months, window="average over", deadline=2027 + 11 / 12)
    assert_allclose(found, [np.arange(13, 25).mean(), (np.arange(12, 24) * 2 + 1).mean()])


def test_a_change_counts_from_the_baseline_of_the_same_path() -> None:
    base = values_at(SMALL, SMALL_YEARS, 2026.0)
    asked = {"comparator": "at least", "window": "at", "deadline": 2028.0}
    for baseline in (base, 100.0):
        found = probability(SMALL, SMALL_YEARS, threshold=1.2, baseline=baseline, **asked)
        assert found.share == 0.5
    assert (
        probability(SMALL, SMALL_YEARS, threshold=1.2, baseline=[100.0, 200.0], **asked).share == 0
    )


def test_a_met_threshold_is_proved_by_its_figure() -> None:
    found = probability(
        PATHS,
        YEARS,
        comparator="at least",
        threshold=125.0,
        window="any time by",
        deadline=2030.0,
        observed=PAST,
    )
    assert (found.p, found.se, found.is_met, found.proof) == (1.0, 0.0, True, Proof(2024.0, 130.0))


def test_a_figure_from_before_the_window_proves_nothing() -> None:
    found = probability(
        PATHS,
        YEARS,
        comparator="at least",
        threshold=125.0,
        window="any time by",
        deadline=2030.0,
        observed=PAST,
        window_from=2025.0,
    )
    assert not found.is_met
    assert found.proof is None


def test_between_two_figures_of_the_past_nothing_is_read() -> None:
    asked = {
        "comparator": "at least",
        "threshold": 110.0,
        "observed": PAST,
        "window_from": 2024.5,
    }
    low = np.full((2, 10), 90.0)
    found = probability(low, YEARS, window="any time by", deadline=2030.0, **asked)
    assert found.share == 0.0
    assert np.isinf(first_passage(low, YEARS, **asked)).all()
    reached = first_passage(low, YEARS, comparator=">", threshold=100.0, observed=PAST)
    assert_allclose(reached, 2024.0)


def test_what_was_reached_once_does_not_decide_what_holds_at_a_date() -> None:
    found = probability(
        PATHS,
        YEARS,
        comparator="at least",
        threshold=125.0,
        window="at",
        deadline=2030.0,
        observed=PAST,
    )
    assert not found.is_met


@pytest.mark.parametrize(("comparator", "is_met"), [("at least", True), (">", False)])
def test_rounding_does_not_part_equals(comparator: str, is_met: bool) -> None:  # noqa: FBT001
    found = probability(
        SMALL,
        SMALL_YEARS,
        comparator=comparator,
        threshold=1.1,
        baseline=100.0,
        window="any time by",
        deadline=2026.0,
        observed=([2025.0], [110.0]),
    )
    assert found.is_met is is_met


@pytest.mark.parametrize(("threshold", "p"), [(1e9, 0.01), (1e-9, 0.99)])
def test_no_simulation_is_sure(threshold: float, p: float) -> None:
    found = probability(
        PATHS, YEARS, comparator="at least", threshold=threshold, window="at", deadline=2030.0
    )
    assert found.p == p
    assert 0 < found.se < 0.001


def test_resampled_draws_count_no_more_than_their_effective_number() -> None:
    asked = {"comparator": "at least", "threshold": 150.0, "window": "at", "deadline": 2030.0}
    full = probability(PATHS, YEARS, **asked)
    part = probability(PATHS, YEARS, effective_sample_size=500.0, **asked)
    more = probability(PATHS, YEARS, effective_sample_size=9_000.0, **asked)
    assert_allclose(part.se / full.se, 2.0, rtol=1e-2)
    assert more == full


def test_signs_are_words() -> None:
    asked = {"threshold": 150.0, "window": "at", "deadline": 2030.0}
    for sign, word in ((">=", "at least"), ("<=", "at most"), (">", "above"), ("<", "below")):
        found = [probability(PATHS, YEARS, comparator=c, **asked) for c in (sign, word)]
        assert found[0] == found[1]


GOOD = {"comparator": "at least", "threshold": 100.0, "window": "at", "deadline": 2030.0}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"comparator": "over"}, "no comparator"),
        ({"window": "during"}, "no window"),
        ({"threshold": np.nan}, "finite number"),
        ({"deadline": np.nan}, "calendar year"),
        ({"deadline": "2030-12-31"}, "calendar year"),
        ({"threshold": None}, "finite number"),
        ({"deadline": 2025.5}, "before the first figure"),
        ({"deadline": 2040.0}, "simulate further"),
        ({"baseline": np.nan}, "baseline is finite"),
        ({"baseline": [1.0, 2.0]}, "2000 draws"),
        ({"window": "any time by", "window_from": 2031.0}, "after the deadline"),
        ({"window": "average over", "deadline": 2030.7, "window_from": 2030.5}, "needs one"),
        ({"observed": (PAST[0] + 1, PAST[1])}, "from the last figure on"),
        ({"observed": ([2024.0], [np.nan])}, "leave it out"),
        ({"observed": ([2024.0, 2023.0], [1.0, 2.0])}, "rise"),
        ({"observed": PAST, "deadline": 2025.0, "threshold": 900.0}, "read the answer"),
        ({"effective_sample_size": 0.0}, "above 0"),
    ],
)
def test_what_cannot_be_answered_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        probability(PATHS, YEARS, **{**GOOD, **change})


@pytest.mark.parametrize(
    ("paths", "years"),
    [
        (PATHS[0], YEARS),
        (PATHS, YEARS[:-1]),
        (PATHS[:0], YEARS),
        (np.full((2, 10), np.nan), YEARS),
        (PATHS, YEARS[::-1]),
    ],
)
def test_paths_without_shape_or_order_are_refused(paths: Floats, years: Floats) -> None:
    with pytest.raises(ValueError, match=r"paths? |years"):
        probability(paths, years, **GOOD)


def test_how_much_is_not_asked_any_time_by() -> None:
    with pytest.raises(ValueError, match="a number is asked"):
        quantities(PATHS, YEARS, window="any time by", deadline=2030.0)
