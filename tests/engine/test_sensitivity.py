from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.common_draws import Draws, Rules
from scoring.engine.lenses import EVEN_HANDED
from scoring.engine.scores import DIMENSIONS, LEVELS, Scenario, Score, Technology
from scoring.engine.sensitivity import (
    Flip,
    alternatives,
    expected_ranks,
    flips,
    level_text,
    shifted,
    under_other_constants,
)
from tests.engine.made import made_card, made_score, made_technology, random_technologies

RULES = Rules(EVEN_HANDED)
DRAWS = 320


def standing(technologies: list[Technology], draws: int = DRAWS) -> dict[str, float]:
    result = smaa.rank(technologies, EVEN_HANDED, draws=draws, seed=1)
    return dict(zip(result.ids, result.expected_rank.tolist(), strict=True))


def found_flips(technologies: list[Technology], draws: int = DRAWS) -> tuple[Flip, ...]:
    expected = standing(technologies, draws)
    return flips(technologies, RULES, expected=expected, draws=draws, seed=1)


def with_score(technology: Technology, dimension: str, score: Score) -> Technology:
    lead, *others = technology.cards
    card = replace(lead, scores={**lead.scores, dimension: score})
    return replace(technology, cards=(card, *others))


def test_expected_ranks_are_those_of_the_ranking() -> None:
    technologies = random_technologies(12, seed=4)
    ranks = expected_ranks(technologies, RULES, Draws(DRAWS, 1))
    assert_allclose(ranks, list(standing(technologies).values()), rtol=1e-12)


def test_each_alternative_is_a_ranking_under_other_constants() -> None:
    technologies = random_technologies(8, seed=5)
    result = under_other_constants(technologies, RULES, draws=DRAWS, seed=1)
    for column, constants in enumerate(alternatives(Constants()).values()):
        ranked = smaa.rank(technologies, EVEN_HANDED, draws=DRAWS, seed=1, constants=constants)
        assert_allclose(result.by_name[:, column], ranked.expected_rank, rtol=1e-12)
    assert np.abs(result.by_name - result.expected_rank[:, None]).max() > 0.05


def test_constants_that_nothing_depends_on_move_nothing() -> None:
    technologies = [made_technology("a", "3"), made_technology("b", "2")]
    result = under_other_constants(technologies, RULES, draws=DRAWS, seed=1)
    for name in ("found nothing means level 1", "found nothing means any level"):
        column = result.by_name[:, result.names.index(name)]
        assert_array_equal(column, result.expected_rank)


def test_what_was_looked_for_in_vain_depends_on_what_that_means() -> None:
    vain = made_technology("a", "3", novelty="looked and found nothing")
    field = [made_technology("b", "3"), made_technology("c", "3")]
    result = under_other_constants([vain, *field], RULES, draws=DRAWS, seed=1)
    of = dict(zip(result.names, result.by_name[0], strict=True))
    assert of["found nothing means level 1"] > of["found nothing means any level"] + 0.2


def brute_force(technologies: list[Technology], ahead: str, behind: str) -> dict[str, int]:
    """The fewest levels by which one score of either flips the two, each change ranked anew."""
    fewest: dict[str, int] = {}
    by_id = {technology.id: technology for technology in technologies}
    for name, direction in ((ahead, -1), (behind, 1)):
        for dimension in DIMENSIONS:
            score = by_id[name].cards[0].scores[dimension]
            for steps in range(1, 6):
                changed = shifted(score, dimension, direction * steps)
                if changed is None:
                    continue
                new = with_score(by_id[name], dimension, changed)
                ranks = standing([*(t for t in technologies if t.id != name), new], 96)
                if ranks[ahead] > ranks[behind]:
                    fewest[name] = min(steps, fewest.get(name, 9))
                    break
    return fewest


def test_flips_are_the_smallest_that_ranking_each_change_finds() -> None:
    technologies = random_technologies(4, seed=8)
    order = sorted(standing(technologies, 96).items(), key=lambda row: row[1])
    found = found_flips(technologies, 96)
    for (ahead, _), (behind, _) in pairwise(order):
        of_pair = {flip.id: flip.steps for flip in found if flip.ahead == ahead}
        assert of_pair == brute_force(technologies, ahead, behind)


def test_what_a_flip_says_is_what_the_ranking_with_it_says() -> None:
    technologies = random_technologies(7, seed=9)
    by_id = {technology.id: technology for technology in technologies}
    result = smaa.rank(technologies, EVEN_HANDED, draws=DRAWS, seed=1)
    found = found_flips(technologies)
    assert len(found) >= 6
    for flip in found:
        new = with_score(by_id[flip.id], flip.dimension, _like(by_id[flip.id], flip))
        then = smaa.rank(
            [*(t for t in technologies if t.id != flip.id), new], EVEN_HANDED, draws=DRAWS, seed=1
        )
        a, b = then.ids.index(flip.ahead), then.ids.index(flip.behind)
        assert then.expected_rank[a] > then.expected_rank[b]
        assert flip.share_ahead == pytest.approx(result.pairwise_winning[a, b])
        assert flip.share_ahead_then == pytest.approx(then.pairwise_winning[a, b])
        row = then.ids.index(flip.id)
        assert flip.expected_rank_then == pytest.approx(then.expected_rank[row])


def _like(technology: Technology, flip: Flip) -> Score:
    score = technology.cards[0].scores[flip.dimension]
    assert level_text(score) == flip.level
    said = made_score(flip.level_then)
    return replace(said, certainty=score.certainty)


def test_neighbours_that_no_score_can_flip_give_none() -> None:
    apart = [made_technology("a", "5 high", impact="5+ high"), made_technology("b", "1 high")]
    assert found_flips(apart) == ()


def test_two_that_stand_the_same_are_in_no_order_to_flip() -> None:
    twins = [made_technology("a", "3"), made_technology("b", "3")]
    expected = {"a": 1.5, "b": 1.5}
    assert flips(twins, RULES, expected=expected, draws=DRAWS, seed=1) == ()


def test_a_score_that_scenarios_stand_in_for_flips_nobody() -> None:
    sure = (Scenario("4", 1.0),)
    told = Technology("a", (made_card("4", scenarios=sure),))
    found = found_flips([told, made_technology("b", "3")])
    assert {flip.dimension for flip in found if flip.id == "a"} <= set(DIMENSIONS) - {"impact"}


def test_order_of_input_changes_no_flip() -> None:
    technologies = random_technologies(6, seed=3)
    assert found_flips(technologies) == found_flips(technologies[::-1])


@pytest.mark.parametrize(
    ("said", "dimension", "steps", "then"),
    [
        ("3", "novelty", 1, "4"),
        ("3/4", "novelty", 1, "4/5"),
        ("4/5", "novelty", 1, "5"),
        ("5", "novelty", 1, None),
        ("5", "impact", 1, "5+"),
        ("5+", "impact", 1, None),
        ("5+", "impact", -1, "5"),
        ("1/2", "impact", -1, "1"),
        ("1", "impact", -1, None),
        ("2", "drivers", 3, "5"),
        ("2", "drivers", 4, None),
    ],
)
def test_scores_move_on_their_scale(
    said: str, dimension: str, steps: int, then: str | None
) -> None:
    moved = shifted(made_score(said), dimension, steps)
    assert (level_text(moved) if moved else None) == then
    assert all(level in LEVELS for level in (then or "1").split("/"))
