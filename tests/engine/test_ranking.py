import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.lenses import EVEN_HANDED, Lens, Slider
from scoring.engine.results import RankingResult
from scoring.engine.scores import DIMENSIONS, Scenario, Technology
from tests.engine.made import SURE, made_card, made_technology, random_technologies


def ranked(*technologies: Technology, draws: int = 1600, seed: int = 1) -> RankingResult:
    return smaa.rank(technologies, EVEN_HANDED, draws=draws, seed=seed)


def sure(*technologies: Technology, draws: int = 320) -> RankingResult:
    return smaa.rank(technologies, EVEN_HANDED, draws=draws, seed=1, constants=SURE)


@settings(max_examples=25, derandomize=True)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_identities_hold_in_every_ranking(count: int, seed: int) -> None:
    result = ranked(*random_technologies(count, seed), draws=100)
    acceptability, pairwise = result.rank_acceptability, result.pairwise_winning
    assert_allclose(acceptability.sum(axis=1), 1)
    assert_allclose(acceptability.sum(axis=0), 1)
    assert_allclose(pairwise + pairwise.T, 1)
    assert_allclose(result.expected_rank, 0.5 + pairwise.sum(axis=0))
    assert_allclose(result.support.sum(), 100)
    assert_allclose(result.level_share.sum(axis=2), 1)
    assert (result.rank_low <= result.rank_high).all()


def test_adding_a_technology_changes_no_pair_of_others() -> None:
    few = random_technologies(7, seed=2)
    newcomer = made_technology("t0025", "4/5", impact="5+")
    before, after = ranked(*few), ranked(*few, newcomer)
    rows = [after.ids.index(name) for name in before.ids]
    assert_array_equal(after.pairwise_winning[np.ix_(rows, rows)], before.pairwise_winning)


def test_an_unscored_newcomer_changes_no_pair_of_others() -> None:
    few = random_technologies(4, seed=2)
    newcomer = made_technology("zz", novelty="not yet assessed")
    before, after = ranked(*few), ranked(*few, newcomer)
    assert_array_equal(after.pairwise_winning[:4, :4], before.pairwise_winning)


def test_order_of_input_changes_no_byte() -> None:
    technologies = random_technologies(9, seed=3)
    technologies.append(Technology("two", (made_card("2"), made_card("4/5"))))
    order = np.random.default_rng(1).permutation(len(technologies))
    shuffled = [technologies[i] for i in order]
    one, other = ranked(*technologies), ranked(*shuffled)
    assert smaa.arrays(one) == smaa.arrays(other)
    assert json.dumps(smaa.headline(one)) == json.dumps(smaa.headline(other))


def test_the_same_question_has_the_same_bytes_and_another_seed_has_not() -> None:
    technologies = random_technologies(5, seed=4)
    packed = [smaa.arrays(ranked(*technologies, seed=seed)) for seed in (1, 1, 2)]
    assert packed[0] == packed[1] != packed[2]


def test_worse_in_every_draw_is_never_first() -> None:
    result = sure(made_technology("best", "4"), made_technology("worse", "3", impact="4"))
    assert result.p_first.tolist() == [1, 0]
    assert result.rank_acceptability[1].tolist() == [0, 1]
    assert np.isnan(result.central_weights[1]).all()
    assert result.pairwise_winning[0, 1] == 1


def test_exact_duplicates_tie_in_every_draw() -> None:
    result = sure(made_technology("a"), made_technology("b"), made_technology("c", "2"))
    assert_array_equal(result.pairwise_winning[:2, :2], np.full((2, 2), 0.5))
    assert_array_equal(result.expected_rank, [1.5, 1.5, 3])
    assert_array_equal(result.p_first, [0.5, 0.5, 0])


def test_uncertain_duplicates_are_level() -> None:
    result = ranked(made_technology("a"), made_technology("b"), draws=4000)
    miss = abs(result.pairwise_winning[0, 1] - 0.5)
    assert 0 < miss < 4 * result.pairwise_winning_se[0, 1]


def test_one_technology_is_first_and_sure() -> None:
    result = ranked(made_technology("only"))
    row = smaa.headline(result)["technologies"][0]
    assert (row["expected_rank"], row["rank_low"], row["rank_high"], row["band"]) == (1, 1, 1, 1)
    assert (row["p_first"], row["p_top_3"], row["p_first_se"]) == (1, 1, 0)


def test_no_technologies_make_an_empty_ranking() -> None:
    result = ranked()
    assert smaa.headline(result)["technologies"] == []
    assert smaa.read_arrays(smaa.arrays(result))["rank_acceptability"].shape == (0, 0)


def test_all_missing_is_listed_and_ranks_nobody() -> None:
    result = ranked(made_technology("a", "not yet assessed"))
    assert result.ids == ()
    assert result.unranked[0].not_ranked_because == "viability is not scored"
    assert smaa.headline(result)["technologies"][0]["is_ranked"] is False


def test_five_plus_beats_five_by_impact_alone() -> None:
    result = sure(made_technology("a", "5", impact="5+"), made_technology("b", "5"))
    assert result.pairwise_winning[0, 1] == 1


def test_five_plus_only_ranks_above_level_four_nearly_always() -> None:
    result = ranked(made_technology("a", impact="5+"), made_technology("b", impact="4"))
    assert 0.6 < result.pairwise_winning[0, 1] < 1


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_higher_level_never_loses_ground(dimension: str) -> None:
    others = random_technologies(5, seed=6)
    ranks = [
        ranked(made_technology("mine", **{dimension: level}), *others).expected_rank[0]
        for level in "12345"
    ]
    assert ranks == sorted(ranks, reverse=True)


def test_two_sure_technologies_follow_the_closed_form() -> None:
    """One better by equal steps on viability, the other on two: weights decide."""
    technologies = [
        made_technology("a", "1", viability="5"),
        made_technology("b", "1", drivers="5", novelty="5"),
    ]
    result = sure(*technologies, draws=16_000)
    miss = abs(result.pairwise_winning[0, 1] - 0.25)
    assert miss < 4 * result.pairwise_winning_se[0, 1]


def test_each_best_in_its_own_dimension_has_every_rank_equally_often() -> None:
    technologies = [made_technology(name, "1", **{name: "5"}) for name in DIMENSIONS]
    result = sure(*technologies, draws=8000)
    miss = np.abs(result.rank_acceptability - 0.2)
    assert (miss < 4 * result.rank_acceptability_se + 1e-9).all()
    own = [result.central_weights[result.ids.index(name), j] for j, name in enumerate(DIMENSIONS)]
    assert_allclose(own, 137 / 300, atol=0.01)


def test_a_dimension_lifts_what_is_strong_in_it() -> None:
    result = sure(
        made_technology("strong", viability="5", impact="1"),
        made_technology("even", "3"),
    )
    lift = dict(zip(DIMENSIONS, result.lift[1], strict=True))
    assert result.ids[1] == "strong"
    assert lift["viability"] > 0.5
    assert lift["impact"] < -0.5
    assert abs(lift["novelty"]) < 0.2


def test_weights_that_never_vary_have_no_lift() -> None:
    lens = Lens(key="fixed", name="Fixed", region=Slider((1.0, 0.0, 0.0, 0.0, 0.0)))
    technologies = random_technologies(3, seed=1)
    result = smaa.rank(technologies, lens, draws=100, seed=1)
    assert np.isnan(result.lift).all()
    assert smaa.headline(result)["technologies"][0]["lift"]["impact"] is None


def test_own_levels_explain_the_rank() -> None:
    result = ranked(made_technology("a", "3 low"), *random_technologies(6, seed=7), draws=8000)
    by_level = result.rank_by_level[0, 0]
    assert_allclose((by_level * result.level_share[0, 0])[:5].sum(), result.expected_rank[0])
    assert (np.diff(by_level[:5]) < 0).all()
    assert np.isnan(by_level[5])


def test_percentiles_hold_nine_tenths_of_the_draws() -> None:
    result = ranked(*random_technologies(12, seed=8))
    for i, row in enumerate(result.rank_acceptability):
        low, high = result.rank_low[i], result.rank_high[i]
        assert row[: low - 1].sum() < 0.05
        assert row[:low].sum() >= 0.05 - 1e-9
        assert row[:high].sum() >= 0.95 - 1e-9
        assert row[: high - 1].sum() < 0.95


def test_scenarios_take_the_place_of_the_stated_impact() -> None:
    scenarios = (Scenario("1", 0.5), Scenario("5+", 0.5))
    card = made_card("3", scenarios=scenarios, impact="not yet assessed")
    result = ranked(Technology("a", (card,)))
    assert result.coverage == ("5/5",)
    assert set(np.flatnonzero(result.level_share[0, 4])) == {0, 5}


def test_wider_spacing_moves_no_sure_order_but_moves_shares() -> None:
    technologies = [made_technology("a", "2", impact="4"), made_technology("b", "3", impact="1")]
    shares = [
        smaa.rank(
            technologies,
            EVEN_HANDED,
            draws=1600,
            seed=1,
            constants=Constants(SURE.low, SURE.medium, SURE.high, spacing),
        ).pairwise_winning[0, 1]
        for spacing in (1.0, np.inf)
    ]
    assert abs(shares[0] - shares[1]) > 0.01


def test_progress_is_reported_to_the_end() -> None:
    heard: list[tuple[int, int]] = []
    smaa.rank(
        random_technologies(2, seed=1),
        EVEN_HANDED,
        draws=20_000,
        seed=1,
        report=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(2 * k + 2, 32) for k in range(16)]


def test_too_few_draws_and_doubled_ids_are_refused() -> None:
    with pytest.raises(ValueError, match="31 draws"):
        ranked(draws=31)
    with pytest.raises(ValueError, match="a is there twice"):
        ranked(made_technology("a"), made_technology("a", "4"))
