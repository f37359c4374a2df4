import dataclasses
import datetime
import json
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.lenses import (
    SHIPPED,
    Bounds,
    Horizon,
    Lens,
    Slider,
    WholeSimplex,
    draw_weights,
    largest,
    lens_from,
    lens_values,
)
from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS, RANKED_BY
from tests.engine.made import random_technologies

ANY = (0.0,) * 5
ALL = (1.0,) * 5
WIDE = Bounds(lower=(0.0, 0.1, 0.0, 0.0, 0.2), upper=(0.4, 0.5, 0.3, 1.0, 0.6))
ORDERED = Bounds(ANY, ALL, (*largest("impact", DIMENSIONS), ("novelty", "drivers")))


def drawn(region: Bounds | Slider | WholeSimplex, draws: int, scrambling: int = 0) -> Floats:
    lens = Lens(key="mine", name="Mine", region=region)
    return draw_weights(lens, seed=7, scrambling=scrambling, draws=draws)


def lies_inside(weights: Floats, region: Bounds, slack: float = 1e-12) -> np.ndarray:
    inside = (weights >= np.array(region.lower) - slack).all(axis=1)
    inside &= (weights <= np.array(region.upper) + slack).all(axis=1)
    for more, less in region.order:
        inside &= weights[:, RANKED_BY.index(more)] >= weights[:, RANKED_BY.index(less)] - slack
    return inside


@pytest.mark.parametrize("region", [WIDE, ORDERED], ids=["bounds", "order"])
def test_a_region_is_drawn_as_rejection_would_draw_it(region: Bounds) -> None:
    rng = np.random.default_rng(1)
    even = rng.dirichlet(np.ones(5), 400_000)
    kept = even[lies_inside(even, region)]
    weights = drawn(region, 20_000)
    assert len(kept) > 5_000
    error = kept.std(axis=0) * np.sqrt(1 / len(kept) + 1 / len(weights))
    assert_allclose(weights.mean(axis=0), kept.mean(axis=0), atol=4 * error.max(), rtol=0)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        cut = np.quantile(kept, share, axis=0)
        below = (weights <= cut).mean(axis=0)
        far = 4 * np.sqrt(share * (1 - share) * (1 / len(kept) + 1 / len(weights)))
        assert_allclose(below, share, atol=far)
    assert_allclose(np.cov(weights.T), np.cov(kept.T), atol=0.0008)


@pytest.mark.parametrize("key", ["ten-year-fund", "moonshot", "adopter"])
def test_shipped_regions_hold_their_bounds_their_order_and_their_sum(key: str) -> None:
    lens = SHIPPED[key]
    weights = draw_weights(lens, seed=3, scrambling=2, draws=2_000)
    assert isinstance(lens.region, Bounds)
    assert weights.shape == (2_000, len(lens.dimensions))
    assert_allclose(weights.sum(axis=1), 1)
    assert lies_inside(weights, lens.region).all()


def test_draws_of_a_region_are_independent_of_each_other() -> None:
    weights = drawn(WIDE, 4_000)
    for weight in weights.T:
        assert abs(np.corrcoef(weight[:-1], weight[1:])[0, 1]) < 4 / np.sqrt(4_000)
    assert not np.isclose(weights, drawn(WIDE, 4_000, scrambling=1)).all(axis=1).any()


def test_a_thin_and_long_region_is_reached_from_end_to_end() -> None:
    thin = Bounds(lower=(0.0, 0.0, 0.1, 0.1, 0.1), upper=(0.7, 0.7, 0.11, 0.11, 0.11))
    weights = drawn(thin, 4_000)
    assert weights[:, 0].min() < 0.02
    assert weights[:, 0].max() > 0.66
    assert_allclose(weights[:, 0].mean(), weights[:, 1].mean(), atol=0.015)


@pytest.mark.parametrize(
    ("lower", "upper", "order", "sentence"),
    [
        ((0.4, 0.4, 0.4, 0.0, 0.0), ALL, (), "the lower bounds add up to 120 %"),
        (ANY, (0.2, 0.2, 0.2, 0.1, 0.1), (), "the upper bounds add up to 80 %"),
        ((0.2,) * 5, ALL, (), "the lower bounds add up to 100 %"),
        (ANY, (1.0, 1.0, 0.0, 1.0, 1.0), (), "novelty: 0 % to 0 % leaves no room"),
        (ANY, (1.0, 1.0, 1.0, 1.0, 1.5), (), "impact: a bound must be 0 to 100 %"),
        (
            (0.0, 0.0, 0.0, 0.4, 0.0),
            (1.0, 1.0, 1.0, 1.0, 0.3),
            (("impact", "diffusion"),),
            "impact weighs at most 30 % and should weigh more than diffusion",
        ),
        (
            ANY,
            (1.0, 1.0, 1.0, 1.0, 0.15),
            largest("impact", DIMENSIONS),
            "with the order, the upper bounds add up to 75 %",
        ),
        (ANY, ALL, (("impact", "novelty"), ("novelty", "impact")), "goes round in a circle"),
        (ANY, ALL, (("impact", "timing"),), "the order names impact and timing"),
    ],
)
def test_a_region_without_room_says_what_contradicts_what(
    lower: tuple[float, ...],
    upper: tuple[float, ...],
    order: Sequence[tuple[str, str]],
    sentence: str,
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Bounds(lower, upper, tuple(order))


def test_the_shipped_lenses_are_those_of_the_decision() -> None:
    assert list(SHIPPED) == [
        "even-handed",
        "ten-year-fund",
        "moonshot",
        "adopter",
        "with-timing",
        "ordinal-only",
        "weakest-link",
    ]
    assert [key for key, lens in SHIPPED.items() if lens.horizon] == [
        "ten-year-fund",
        "adopter",
        "with-timing",
    ]
    assert SHIPPED["ten-year-fund"].horizon == Horizon(1, 5, 9, 0.5)
    assert SHIPPED["adopter"].horizon == Horizon(0, 2, 5, 1)


@pytest.mark.parametrize("lens", [*SHIPPED.values(), Lens("s", "S", Slider((1, 2, 0, 4, 5)))])
def test_a_lens_is_read_back_from_its_values(lens: Lens) -> None:
    assert lens_from(json.loads(json.dumps(lens_values(lens)))) == lens


def test_equal_steps_have_a_word_because_json_has_none_for_infinity() -> None:
    lens = dataclasses.replace(SHIPPED["even-handed"], spacing=np.inf)
    assert lens_values(lens)["spacing"] == "equal steps"
    assert lens_from(lens_values(lens)) == lens


def test_weights_for_a_dimension_that_is_not_weighed_are_refused() -> None:
    values = lens_values(SHIPPED["adopter"]) | {"horizon": None}
    with pytest.raises(ValueError, match="timing has a weight and is not weighed"):
        lens_from(values)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"rule": "sum"}, "'sum' is no rule"), ({"spacing": 0.0}, "spacing 0 must be above 0")],
)
def test_a_lens_of_another_kind_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        dataclasses.replace(SHIPPED["even-handed"], **changes)  # type: ignore[arg-type]


def test_variants_share_their_draws_with_the_default() -> None:
    """Without uncertain spacing the ordinal variant differs by values alone: the same weights."""
    one, other = (
        draw_weights(SHIPPED[key], seed=3, scrambling=1, draws=100)
        for key in ("even-handed", "weakest-link")
    )
    assert np.array_equal(one, other)


def test_a_spacing_of_the_lens_goes_before_that_of_the_constants() -> None:
    technologies = random_technologies(6, seed=2)
    by_lens = smaa.rank(technologies, SHIPPED["ordinal-only"], draws=640, seed=1)
    by_constants = smaa.rank(
        technologies, SHIPPED["even-handed"], draws=640, seed=1, constants=Constants(spacing=1.0)
    )
    assert np.array_equal(by_lens.expected_rank, by_constants.expected_rank)
    assert by_lens.lens == "ordinal-only"


def test_errors_of_a_narrow_lens_hold_the_long_run_value() -> None:
    technologies = random_technologies(8, seed=4)
    today = datetime.date(2026, 1, 1)
    lens = SHIPPED["moonshot"]
    long_run = smaa.rank(technologies, lens, draws=60_000, seed=999, today=today)
    held = []
    for seed in range(40):
        short = smaa.rank(technologies, lens, draws=512, seed=seed, today=today)
        reach = 2.131 * np.hypot(short.expected_rank_se, long_run.expected_rank_se)
        held.append(np.abs(short.expected_rank - long_run.expected_rank) <= reach)
    assert 0.90 <= np.mean(held) <= 0.99
