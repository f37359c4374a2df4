"""The pool against its formula worked by hand, and the refusals at its door."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.special import expit, logit

from scoring.engine.pooling import (
    ModelOpinion,
    Opinion,
    Pool,
    TrackRecord,
    effective_people,
    people_log_odds,
    people_weights,
    pool,
)
from scoring.engine.recalibration import NONE, UNLEARNT, Recalibration

YEAR = 365.0
PROBABILITIES = st.floats(0.001, 0.999)
CROWDS = st.lists(st.tuples(PROBABILITIES, st.floats(0.0, 3 * YEAR)), min_size=1, max_size=7)


def people(*said: float, age: float = 0.0) -> list[Opinion]:
    return [Opinion(f"p{k}", p, age) for k, p in enumerate(said)]


def shares(found: Pool) -> list[float]:
    return [part.weight for part in found.parts]


def test_three_people_and_the_model_follow_the_formula() -> None:
    opinions = [
        Opinion("a", 0.7, 0.0),
        Opinion("b", 0.4, YEAR / 3),
        Opinion("c", 0.2, 2 * YEAR / 3),
    ]
    found = pool(
        opinions,
        question_life=YEAR,
        model=ModelOpinion(0.3, observations=8),
        status_quo="no",
        recalibration=Recalibration(-0.3, 1.25),
    )
    mean = (4 * logit(0.7) + 2 * logit(0.4) + logit(0.2)) / 7
    n_eff = 3 / (1 + 2 * 0.5)
    expected = (1 * logit(0.3) + n_eff * (-0.3 + 1.25 * mean)) / (1 + n_eff)
    assert_allclose(found.log_odds, expected)
    assert_allclose(found.p, expit(expected))
    assert_allclose(found.model_share, 1 / (1 + n_eff))


def test_ten_who_agree_count_as_less_than_two() -> None:
    assert_allclose(effective_people(10), 10 / 5.5)
    assert [effective_people(n) for n in (0, 1, 3)] == [0.0, 1.0, 1.5]


@pytest.mark.parametrize(("observations", "weight"), [(1, 0.5), (4, 0.5), (5, 1.0), (50, 1.0)])
def test_a_model_of_few_observations_weighs_half(observations: int, weight: float) -> None:
    found = pool(people(0.5), question_life=YEAR, model=ModelOpinion(0.5, observations))
    assert_allclose(found.model_share, weight / (weight + 1))


def test_a_forecast_halves_with_every_third_of_the_life() -> None:
    opinions = [Opinion("now", 0.5, 10.0), Opinion("old", 0.5, 10.0 + 300.0)]
    assert_allclose(people_weights(opinions, 900.0), [2 / 3, 1 / 3])


def test_very_old_forecasts_still_have_weights() -> None:
    assert_allclose(people_weights(people(0.4, 0.6, age=1e7), YEAR), [0.5, 0.5])


@given(crowd=CROWDS, model=st.none() | st.tuples(PROBABILITIES, st.integers(1, 20)))
def test_parts_add_up_and_the_range_holds_the_pool(
    crowd: list[tuple[float, float]], model: tuple[float, int] | None
) -> None:
    found = pool(
        [Opinion(k, p, age) for k, (p, age) in enumerate(crowd)],
        question_life=YEAR,
        model=None if model is None else ModelOpinion(*model),
        status_quo="no",
    )
    assert_allclose(sum(shares(found)), 1.0)
    assert_allclose(sum(part.contribution for part in found.parts), found.log_odds, atol=1e-12)
    assert 0.01 <= found.low <= found.p <= found.high <= 0.99


@given(crowd=CROWDS, status_quo=st.sampled_from(["no", "yes"]))
def test_a_question_put_the_other_way_round_has_the_other_probability(
    crowd: list[tuple[float, float]], status_quo: str
) -> None:
    asked = [Opinion(k, p, age) for k, (p, age) in enumerate(crowd)]
    turned = [Opinion(k, 1 - p, age) for k, (p, age) in enumerate(crowd)]
    other = {"no": "yes", "yes": "no"}[status_quo]
    one = pool(asked, question_life=YEAR, status_quo=status_quo)
    two = pool(turned, question_life=YEAR, status_quo=other)
    assert_allclose(one.p, 1 - two.p, atol=1e-9)


def test_people_are_drawn_towards_the_status_quo() -> None:
    crowd = people(0.5, 0.5, 0.5)
    found = {
        answer: pool(crowd, question_life=YEAR, status_quo=answer).p
        for answer in ("no", None, "yes")
    }
    assert found["no"] < found[None] < found["yes"]
    assert_allclose(found[None], 0.5)


@pytest.mark.parametrize(("n", "slope"), [(1, 1.0), (2, 1.0), (3, 1.2), (4, 1.2)])
def test_fewer_than_three_people_are_not_drawn_apart(n: int, slope: float) -> None:
    found = pool(people(*[0.8] * n), question_life=YEAR)
    assert_allclose(found.log_odds, slope * logit(0.8))


def test_the_model_is_not_recalibrated() -> None:
    found = pool([], question_life=YEAR, model=ModelOpinion(0.8, 9), status_quo="no")
    assert_allclose(found.p, 0.8)
    assert [part.who for part in found.parts] == ["model"]
    assert found.parts[0].p_without is None
    assert (found.low, found.high, found.model_share) == (found.p, found.p, 1.0)


def test_each_part_says_what_the_pool_is_without_it() -> None:
    crowd = people(0.2, 0.5, 0.9)
    model = ModelOpinion(0.3, 9)
    found = pool(crowd, question_life=YEAR, model=model)
    again = [pool(crowd[:k] + crowd[k + 1 :], question_life=YEAR, model=model).p for k in range(3)]
    again.append(pool(crowd, question_life=YEAR).p)
    assert_allclose([part.p_without for part in found.parts], again)
    assert_allclose([found.low, found.high], [min(again), max(again)])


def test_opinions_are_clipped_before_they_are_pooled() -> None:
    found = pool(people(1e-9, 1e-9), question_life=YEAR, recalibration=NONE)
    assert_allclose(found.parts[0].p_counted, 0.01)
    assert found.parts[0].p == 1e-9


def test_a_record_counts_from_twenty_resolved_predictions_on() -> None:
    assert TrackRecord(19, brier=0.05, crowd_brier=0.25).weight == 1.0
    assert_allclose(TrackRecord(20, 0.05, 0.25).weight, 1 + (np.e - 1) * 0.5)
    assert_allclose(TrackRecord(60, 0.25, 0.05).weight, 1 + (1 / np.e - 1) * 0.75)
    better = Opinion("a", 0.9, record=TrackRecord(40, 0.1, 0.2))
    weights = people_weights([better, Opinion("b", 0.1)], YEAR)
    assert weights[0] > weights[1]


def test_the_mean_that_recalibration_learns_from_is_the_one_it_is_applied_to() -> None:
    crowd = [Opinion("a", 0.7, 0.0), Opinion("b", 0.4, 90.0), Opinion("c", 0.995, 200.0)]
    found = pool(crowd, question_life=YEAR, status_quo="yes", recalibration=UNLEARNT)
    assert_allclose(found.log_odds, 0.2 + 1.2 * people_log_odds(crowd, YEAR))


@pytest.mark.parametrize("p", [0.0, 1.0, float("nan"), -0.1, 1.1])
def test_what_is_certain_is_not_a_forecast(p: float) -> None:
    with pytest.raises(ValueError, match="neither"):
        Opinion("a", p)
    with pytest.raises(ValueError, match="neither"):
        ModelOpinion(p, 9)


def test_a_pool_without_sense_is_refused() -> None:
    for opinions, change, sentence in (
        ([], {}, "neither"),
        (people(0.5) * 2, {}, "twice"),
        (people(0.5), {"question_life": 0.0}, "life"),
        (people(0.5), {"status_quo": "maybe"}, "status quo"),
    ):
        with pytest.raises(ValueError, match=sentence):
            pool(opinions, **{"question_life": YEAR, **change})
    with pytest.raises(ValueError, match="age"):
        Opinion("a", 0.5, -1.0)
    with pytest.raises(ValueError, match="nobody"):
        people_log_odds([], YEAR)
