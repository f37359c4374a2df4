"""Published and closed-form cases, read from the field's data where it is at hand."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy.special import ndtr

from scoring.engine import smaa

Floats = NDArray[np.float64]

ROOT = Path(__file__).resolve().parents[2]
FIELD_DATA = (ROOT / os.environ.get("FIELD_DATA", "../shared")).resolve()
CASES = FIELD_DATA / "data" / "ranking_cases"

field_data = pytest.mark.skipif(
    not CASES.is_dir(), reason="the field's ranking cases are not here; set FIELD_DATA"
)


def case(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def uniform_weights(rng: np.random.Generator, draws: int, n: int) -> Floats:
    gaps = rng.standard_exponential((draws, n))
    return gaps / gaps.sum(axis=1, keepdims=True)


def thrombolytics_values(data: dict[str, Any], rng: np.random.Generator, draws: int) -> Floats:
    values = np.empty((draws, 2, 3))
    columns = {criterion["name"]: j for j, criterion in enumerate(data["criteria"])}
    for row in data["measurements"]:
        i, j = data["alternatives"].index(row["alternative"]), columns[row["criterion"]]
        low, high = data["criteria"][j]["scale"]
        values[:, i, j] = (high - rng.beta(row["alpha"], row["beta"], draws)) / (high - low)
    return values


def thrombolytics_weights(setting: str, rng: np.random.Generator, draws: int) -> Floats:
    weights = uniform_weights(rng, draws, 3)
    if setting == "no_preference":
        return weights
    if setting == "ordinal":
        return -np.sort(-weights, axis=1)[:, [0, 2, 1]]
    return np.array([4, 1, 2]) / 7


@field_data
@pytest.mark.parametrize("setting", ["no_preference", "ordinal", "exact"])
def test_thrombolytics_come_out_as_published(setting: str) -> None:
    data, rng = case("thrombolytics"), np.random.default_rng(20)
    values = thrombolytics_values(data, rng, 100_000)
    weights = thrombolytics_weights(setting, rng, 100_000)
    result = smaa.from_draws(values, weights)
    factors = smaa.confidence_factors(values, result.central_weights)
    expected, tolerance = data["recomputed_here"][setting], data["tolerance"]
    assert_allclose(
        result.rank_acceptability,
        expected["rank_acceptability"],
        atol=tolerance["rank_acceptability"],
    )
    assert_allclose(
        result.central_weights, expected["central_weights"], atol=tolerance["central_weights"]
    )
    assert_allclose(factors, expected["confidence_factors"], atol=tolerance["confidence_factors"])
    published = data["published"][setting]["ra1"]
    assert_allclose(
        result.rank_acceptability[:, 0], published, atol=tolerance["rank_acceptability"]
    )


@field_data
def test_unit_facts_of_an_earlier_implementation_hold() -> None:
    sure, single, one_criterion, _ = case("unit_facts")["cases"]
    values = np.repeat([[[1.0] * 3, [0.0] * 3]], 10, axis=0)
    result = smaa.from_draws(values, np.full(3, 1 / 3))
    assert_allclose(result.central_weights[0], sure["central_weight_A"])
    assert np.isnan(result.central_weights[1]).all()
    factors = smaa.confidence_factors(values, result.central_weights)
    assert_array_equal(factors, [1.0, np.nan])
    values[4] = values[4, ::-1]
    result = smaa.from_draws(values, np.full(3, 1 / 3))
    assert_allclose(result.central_weights[1], single["central_weight_B"])
    result = smaa.from_draws(values[:, :, :1], [1.0])
    off_diagonal = result.pairwise_winning * (1 - np.eye(2))
    assert_allclose(off_diagonal, one_criterion["pairwise_winning"])


@field_data
def test_fixed_scores_meet_the_closed_form_within_four_errors() -> None:
    rng = np.random.default_rng(21)
    for pair in case("closed_form")["two_alternatives_fixed_scores"]:
        scores = np.array([pair["scores_a"], pair["scores_b"]])
        weights = uniform_weights(rng, 50_000, scores.shape[1])
        result = smaa.from_draws(np.broadcast_to(scores, (50_000, *scores.shape)), weights)
        miss = abs(result.rank_acceptability[0, 0] - pair["prob_a_first"])
        assert miss < 4 * result.rank_acceptability_se[0, 0]


@field_data
def test_two_normals_meet_the_closed_form_within_four_errors() -> None:
    pair = case("closed_form")["one_criterion_two_normals"][0]
    draws = np.random.default_rng(22).normal(pair["mean"], pair["sd"], (50_000, 2))
    result = smaa.from_draws(draws[:, :, None], [1.0])
    miss = abs(result.rank_acceptability[0, 0] - pair["prob_a_first"])
    assert miss < 4 * result.rank_acceptability_se[0, 0]


def test_two_normals_follow_the_normal_difference() -> None:
    draws = np.random.default_rng(23).normal([1.0, 0.0], [1.0, 2.0], (50_000, 2))
    result = smaa.from_draws(draws[:, :, None], [1.0])
    miss = abs(result.pairwise_winning[0, 1] - ndtr(1 / np.sqrt(5)))
    assert miss < 4 * result.pairwise_winning_se[0, 1]


def test_two_scores_on_a_uniform_simplex_follow_the_segment() -> None:
    weights = uniform_weights(np.random.default_rng(24), 50_000, 2)
    values = np.broadcast_to([[3.0, 0.0], [0.0, 1.0]], (50_000, 2, 2))
    result = smaa.from_draws(values, weights)
    assert abs(result.rank_acceptability[0, 0] - 0.75) < 4 * result.rank_acceptability_se[0, 0]
    central = (result.rank_acceptability[:, :1] * result.central_weights).sum(axis=0)
    assert_allclose(central, weights.mean(axis=0))


def test_each_best_on_its_own_criterion_is_first_equally_often() -> None:
    weights = uniform_weights(np.random.default_rng(25), 20_000, 4)
    result = smaa.from_draws(np.broadcast_to(np.eye(4), (20_000, 4, 4)), weights)
    miss = np.abs(result.rank_acceptability - 0.25)
    assert (miss < 4 * result.rank_acceptability_se).all()
