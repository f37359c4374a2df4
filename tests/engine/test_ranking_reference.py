"""The ranking against counting by hand: every draw in whole numbers, every share a fraction."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.lenses import EVEN_HANDED, draw_weights
from scoring.engine.ranking import draw_plan
from scoring.engine.results import RankingResult
from scoring.engine.sampling import LevelSampler, worths
from scoring.engine.scores import Technology
from scoring.engine.views import View
from tests.engine.made import SURE, made_card, made_technology, random_technologies

CARDS = (
    made_card("3"),
    made_card("3 low", impact="5+"),
    made_card("5", impact="5+ high"),
    made_card("2/3", novelty="not yet assessed"),
    made_card("4", diffusion="looked and found nothing"),
    made_card("1 high"),
)
MISSING = made_card("not yet assessed")


def drawn(
    technologies: Sequence[Technology], draws: int, seed: int, constants: Constants
) -> list[tuple[list[int], list[float]]]:
    """Of each draw the worths, in whole units, and the weights."""
    sampler = LevelSampler(technologies, {}, constants, seed)
    view = View(EVEN_HANDED, constants, seed)
    sizes, plan = draw_plan(draws)
    found = []
    for chunk, (replicate, start, size) in enumerate(plan):
        weights = draw_weights(EVEN_HANDED, seed=seed, scrambling=replicate, draws=sizes[replicate])
        part = weights[start : start + size]
        total = worths(sampler.draw(chunk, size), view.weighted(chunk, part))
        found += [(total[:, d].tolist(), part[d].tolist()) for d in range(size)]
    return found


def assert_is_counted_by_hand(result: RankingResult, constants: Constants, cards: dict) -> None:
    technologies = [Technology(name, cards[name]) for name in result.ids]
    m = len(technologies)
    ranks = [[Fraction(0)] * m for _ in range(m)]
    wins = [[Fraction(0)] * m for _ in range(m)]
    expected, support = [Fraction(0)] * m, [Fraction(0)] * m
    central = np.zeros((m, 5))
    for worth, weights in drawn(technologies, result.draws, result.seed, constants):
        for i in range(m):
            above, equal = sum(w > worth[i] for w in worth), sum(w == worth[i] for w in worth)
            for rank in range(above, above + equal):
                ranks[i][rank] += Fraction(1, equal)
            expected[i] += above + Fraction(equal + 1, 2)
            for j in range(m):
                wins[i][j] += Fraction((worth[i] > worth[j]) * 2 + (worth[i] == worth[j]), 2)
            if above == 0:
                support[i] += Fraction(1, equal)
                central[i] += np.array(weights) / equal
    exact = float(1 / Fraction(result.draws))
    assert_allclose(result.rank_acceptability, np.array(ranks, float).reshape(m, m) * exact, 1e-14)
    assert_allclose(result.pairwise_winning, np.array(wins, float).reshape(m, m) * exact, 1e-14)
    assert_allclose(result.expected_rank, np.array(expected, float) * exact, 1e-14)
    assert_array_equal(result.support, np.array(support, float))
    for i in range(m):
        if support[i]:
            assert_allclose(result.central_weights[i], central[i] / float(support[i]), atol=1e-10)
        else:
            assert np.isnan(result.central_weights[i]).all()


@settings(max_examples=25, derandomize=True)
@given(
    st.lists(st.sampled_from([*CARDS, MISSING]), max_size=6),
    st.integers(0, 2**32 - 1),
    st.integers(32, 80),
    st.sampled_from([Constants(), SURE, Constants(spacing=1.0)]),
)
def test_small_problems_are_counted_as_by_hand(
    cards: list, seed: int, draws: int, constants: Constants
) -> None:
    """Among them none, one, all missing, duplicates that tie in every draw, and 5+."""
    technologies = [Technology(f"t{i}", (card,)) for i, card in enumerate(cards)]
    result = smaa.rank(technologies, EVEN_HANDED, draws=draws, seed=seed, constants=constants)
    assert result.ids == tuple(t.id for t in technologies if t.cards[0] is not MISSING)
    assert_is_counted_by_hand(result, constants, {t.id: t.cards for t in technologies})


def test_threads_change_no_byte() -> None:
    technologies = random_technologies(8, seed=3)
    packed = [
        smaa.arrays(smaa.rank(technologies, EVEN_HANDED, draws=3000, seed=1, threads=threads))
        for threads in (1, 2, 4)
    ]
    assert packed[0] == packed[1] == packed[2]


def test_what_is_not_told_apart_changes_nothing_for_a_pair() -> None:
    """Whoever else is ranked, and under whatever id, a pair draws the same."""
    pair = [made_technology("a", "3"), made_technology("b", "3/4")]
    shares = [
        smaa.rank([*pair, *others], EVEN_HANDED, draws=1600, seed=1).pairwise_winning[0, 1]
        for others in ([], random_technologies(3, seed=1), [made_technology("x", "5")])
    ]
    assert len(set(shares)) == 1


def test_errors_are_honest() -> None:
    """Over 100 seeds, nominal 95 % intervals (Student t, 15 degrees of freedom)."""
    technologies = random_technologies(12, seed=11)
    truth = smaa.rank(technologies, EVEN_HANDED, draws=200_000, seed=12345)
    runs = [smaa.rank(technologies, EVEN_HANDED, draws=320, seed=seed) for seed in range(100)]
    for name in ("expected_rank", "p_first", "p_top_3", "p_top_10"):
        reach = np.array([2.131 * getattr(run, f"{name}_se") for run in runs])
        miss = np.array([getattr(run, name) - getattr(truth, name) for run in runs])
        assert 0.9 <= (np.abs(miss) <= reach).mean() <= 0.99, name
