"""Reliability curves: exact identities, closed forms, and bands that hold what they claim."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from scoring.engine.calibration import (
    Curve,
    curve,
    may_be_shown,
    pit,
    pit_histogram,
)

PAIRS = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0.0, 1.0) | st.sampled_from([0.1, 0.5, 0.9])),
    min_size=1,
    max_size=60,
)


def made(n: int, seed: int = 1, tilt: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    p = rng.uniform(0.02, 0.98, n)
    return (rng.uniform(size=n) < np.clip(p + tilt, 0, 1)).astype(float), p


def whole(found: Curve) -> float:
    return found.reliability - found.resolution + found.uncertainty + found.within_bins


@settings(max_examples=50)
@given(pairs=PAIRS, bins=st.integers(1, 8))
def test_the_parts_of_the_brier_score_add_up(pairs: list[tuple[int, float]], bins: int) -> None:
    observed, p = zip(*pairs, strict=True)
    found = curve(observed, p, bins=bins)
    assert_allclose(whole(found), found.brier, atol=1e-12)
    assert sum(part.n for part in found.bins) == found.n
    assert 1 <= len(found.bins) <= bins


def test_two_probabilities_split_as_murphy_has_it() -> None:
    found = curve([0, 0, 0, 1, 1, 1, 1, 0], [0.2] * 4 + [0.8] * 4, bins=2)
    assert_allclose(found.reliability, 0.05**2)
    assert_allclose(found.resolution, 0.25**2)
    assert_allclose(found.uncertainty, 0.25)
    assert_allclose(found.within_bins, 0.0, atol=1e-15)
    assert [(part.n, part.p_mean, part.share) for part in found.bins] == [
        (4, pytest.approx(0.2), 0.25),
        (4, pytest.approx(0.8), 0.75),
    ]


def test_bins_hold_equally_many() -> None:
    observed, p = made(200)
    assert [part.n for part in curve(observed, p).bins] == [40] * 5


def test_equal_probabilities_stay_together() -> None:
    found = curve([0, 1] * 10, [0.5] * 18 + [0.6] * 2)
    assert [part.n for part in found.bins] == [18, 2]


def test_the_order_of_the_forecasts_is_of_no_account() -> None:
    observed, p = made(90)
    p = np.round(p, 1)
    order = np.random.default_rng(2).permutation(90)
    one, two = curve(observed, p), curve(observed[order], p[order])
    assert_allclose([part.share for part in one.bins], [part.share for part in two.bins])
    assert_allclose(one.reliability, two.reliability)


def test_the_same_seed_gives_the_same_bands() -> None:
    observed, p = made(60)
    assert curve(observed, p, seed=3) == curve(observed, p, seed=3)
    assert curve(observed, p, seed=3) != curve(observed, p, seed=4)


def test_bands_hold_nine_truths_in_ten() -> None:
    held = []
    for seed in range(60):
        observed, p = made(250, seed)
        held += [part.low <= part.p_mean <= part.high for part in curve(observed, p).bins]
    assert 0.84 <= np.mean(held) <= 0.96


def test_a_bin_without_surprises_still_has_a_band() -> None:
    found = curve(np.zeros(20), np.full(20, 0.02), bins=1).bins[0]
    assert found.share == 0.0
    assert found.high > 0.0


def test_forecasts_of_one_question_are_one_witness() -> None:
    observed, p = made(40)
    often = np.repeat(np.arange(40), 25)
    alone = curve(observed, p)
    repeated = curve(observed[often], p[often], questions=[f"q{k}" for k in often])
    blind = curve(observed[often], p[often])
    assert (alone.questions, repeated.questions, blind.questions) == (40, 40, 1000)
    assert_allclose(repeated.brier_high - repeated.brier_low, alone.brier_high - alone.brier_low)
    assert blind.brier_high - blind.brier_low < 0.5 * (alone.brier_high - alone.brier_low)


def test_who_leans_is_caught() -> None:
    observed, p = made(4_000, tilt=-0.2)
    inside = [part.low <= part.p_mean <= part.high for part in curve(observed, p).bins[1:]]
    assert not any(inside)


def test_few_predictions_are_not_shown() -> None:
    assert [may_be_shown("person", n) for n in (9, 10)] == [False, True]
    assert [may_be_shown("topic", n) for n in (9, 10)] == [False, True]
    for by in ("dimension", "domain", "certainty"):
        assert [may_be_shown(by, n) for n in (10, 29, 30)] == [False, False, True]
    with pytest.raises(ValueError, match="grouping"):
        may_be_shown("mood", 100)


def test_the_pit_is_the_share_below_with_ties_half() -> None:
    assert_allclose(pit([2.0, 9.0], [[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]]), [0.375, 1.0])


def test_right_forecasts_give_an_even_histogram_and_narrow_ones_heaps_at_the_ends() -> None:
    rng = np.random.default_rng(4)
    truths = rng.normal(size=2_000)
    samples = rng.normal(size=(2_000, 400))
    right = pit_histogram(pit(truths, samples))
    narrow = pit_histogram(pit(truths, samples * 0.4))
    assert right.n == 2_000
    assert sum(right.low <= count <= right.high for count in right.counts) >= 7
    assert min(narrow.counts[0], narrow.counts[-1]) > 2 * right.high


def test_what_makes_no_curve_is_refused() -> None:
    refusals = (
        (lambda: curve([], []), "at least one"),
        (lambda: curve([1, 0], [0.5, 0.5, 0.5][:2], bins=0), "bins"),
        (lambda: curve([2], [0.5]), "0 or 1"),
        (lambda: curve([1], [np.nan]), "from 0 to 1"),
        (lambda: curve([1, 0], [0.5, 0.5], questions=["a"]), "named"),
        (lambda: pit([1.0], [[np.inf]]), "finite"),
        (lambda: pit([1.0, 2.0], [[1.0]]), "one row"),
        (lambda: pit_histogram([1.1]), "PIT"),
        (lambda: pit_histogram([0.5], bins=1), "two"),
    )
    for ask, sentence in refusals:
        with pytest.raises(ValueError, match=sentence):
            ask()
