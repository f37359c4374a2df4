import datetime

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import smaa
from scoring.engine.common_draws import Rules
from scoring.engine.confidence import MOST_DRAWN, confidence
from scoring.engine.lenses import SHIPPED, Lens, WholeSimplex
from scoring.engine.ranking import draw_plan
from scoring.engine.results import Floats
from scoring.engine.sampling import LevelSampler
from scoring.engine.scores import Technology
from tests.engine.made import SURE, made_technology, random_technologies

DRAWS = 3_200
EQUAL_STEPS = Lens("equal", "Equal steps", WholeSimplex(), spacing=np.inf)


def judged(technologies: list[Technology], rules: Rules) -> tuple[Floats, Floats]:
    result = smaa.rank(
        technologies, rules.lens, draws=DRAWS, seed=5, constants=rules.constants, today=rules.today
    )
    found = confidence(technologies, rules, result)
    return found.first, found.top_10


def test_equals_share_the_places() -> None:
    alike = [made_technology(name) for name in ("a", "b", "c", "d")]
    first, top_10 = judged(alike, Rules(EQUAL_STEPS, SURE))
    assert_allclose(first, 0.25)
    assert_allclose(top_10, 1.0)


def test_an_exact_specialist_is_first_under_its_own_weights() -> None:
    one = made_technology("one", "1", impact="5", viability="2")
    other = made_technology("other", "1", viability="5", impact="2")
    never = made_technology("never", "1", impact="2", viability="2")
    first, top_10 = judged([one, other, never], Rules(EQUAL_STEPS, SURE))
    assert_allclose(first[[1, 2]], 1.0)
    assert np.isnan(first[0])
    assert np.isnan(top_10[0])


def test_it_agrees_with_the_plain_index_on_the_same_draws() -> None:
    technologies = random_technologies(14, seed=3)
    rules = Rules(EQUAL_STEPS)
    result = smaa.rank(technologies, EQUAL_STEPS, draws=DRAWS, seed=5)
    sampler = LevelSampler(technologies, {}, rules.constants, 5)
    sizes = [size for _, _, size in draw_plan(DRAWS)[1]]
    count = int(np.searchsorted(np.cumsum(sizes), MOST_DRAWN)) + 1
    levels = np.concatenate([sampler.draw(k, sizes[k]) for k in range(count)], axis=2)
    central = np.where(result.support[:, None] >= 100, result.central_weights, np.nan)
    expected = smaa.confidence_factors(levels.transpose(2, 1, 0) / 4.0, central)
    found = confidence(technologies, rules, result)
    assert np.isfinite(expected).any()
    assert_allclose(found.first, expected, atol=1e-3)
    assert (found.top_10[np.isfinite(expected)] >= expected[np.isfinite(expected)]).all()


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_every_lens_has_it(key: str) -> None:
    rules = Rules(SHIPPED[key], today=datetime.date(2026, 11, 21))
    first, top_10 = judged(random_technologies(12, seed=1), rules)
    kept = np.isfinite(first)
    assert kept.any()
    assert ((first[kept] >= 0) & (top_10[kept] <= 1) & (first[kept] <= top_10[kept])).all()


def test_none_is_ranked_by_nothing() -> None:
    first, _ = judged([], Rules(EQUAL_STEPS))
    assert len(first) == 0
