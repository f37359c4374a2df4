import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine.chances import Constants, card_chances, held_certainty, spread_level
from scoring.engine.scores import CERTAINTIES, CardScores, Scenario, Score
from tests.engine.made import made_card, made_score

IMPACT = 4
PROPOSED = Constants()


def impact_chances(text: str, **others: object) -> list[float]:
    card = made_card(impact=text)
    card = CardScores(card.scores, **others)  # type: ignore[arg-type]
    return list(card_chances(card, {}, PROPOSED)[:, IMPACT].mean(axis=0))


@pytest.mark.parametrize("certainty", CERTAINTIES)
@pytest.mark.parametrize("level", range(5))
def test_chances_add_to_one_and_the_stated_level_is_the_likeliest(
    certainty: str, level: int
) -> None:
    chances = spread_level(level, PROPOSED.kernel(certainty), 5)
    assert_allclose(chances.sum(), 1)
    assert chances.argmax() == level
    assert (np.sort(chances)[-2:] == np.unique(chances)[-2:]).all()
    assert chances[5] == 0


def test_the_kernel_in_the_middle_is_the_proposed_one() -> None:
    assert_allclose(
        spread_level(2, PROPOSED.kernel("medium"), 5), [0.02, 0.17, 0.62, 0.17, 0.02, 0]
    )


def test_the_kernel_is_cut_at_the_end_and_made_to_add_up() -> None:
    chances = spread_level(0, PROPOSED.kernel("low"), 5)
    assert_allclose(chances, np.array([0.42, 0.22, 0.07, 0, 0, 0]) / 0.71)


def test_more_certainty_never_lowers_the_stated_level() -> None:
    for level in range(5):
        held = [spread_level(level, PROPOSED.kernel(word), 5)[level] for word in CERTAINTIES]
        assert held == sorted(held)


def test_five_plus_is_reached_only_where_stated() -> None:
    assert impact_chances("5")[5] == 0
    assert_allclose(impact_chances("5+"), np.array([0, 0, 0, 0.02, 0.17, 0.62]) / 0.81)
    assert impact_chances("5/5+")[5] > 0.3


def test_five_plus_is_reached_by_scenario() -> None:
    scenarios = (Scenario("3", 0.75), Scenario("5+", 0.25))
    assert_allclose(impact_chances("3", scenarios=scenarios), [0, 0, 0.75, 0, 0, 0.25])


@pytest.mark.parametrize(
    "scenarios",
    [
        (Scenario("3", 0.5),),
        (Scenario("3", 0.5), Scenario("5+", None)),
        (Scenario("3", 0.5), Scenario(None, 0.5)),
        (Scenario("3", 0.6), Scenario("4", 0.6)),
    ],
)
def test_scenarios_that_do_not_add_to_one_are_left_aside(scenarios: tuple[Scenario, ...]) -> None:
    assert_allclose(impact_chances("3", scenarios=scenarios), impact_chances("3"))


def test_spans_of_a_card_are_all_low_or_all_high() -> None:
    chances = card_chances(made_card(novelty="1/2", impact="4/5"), {}, PROPOSED)
    assert chances.shape[0] == 2
    assert chances[:, 2].argmax(axis=1).tolist() == [0, 1]
    assert chances[:, IMPACT].argmax(axis=1).tolist() == [3, 4]


def test_a_card_without_spans_has_one_face() -> None:
    assert card_chances(made_card(), {}, PROPOSED).shape == (1, 5, 6)


def test_what_is_not_assessed_follows_the_table() -> None:
    card = made_card(novelty="not yet assessed")
    table = (0.1, 0.2, 0.3, 0.4, 0.0)
    assert_allclose(card_chances(card, {"novelty": table}, PROPOSED)[0, 2, :5], table)
    assert_allclose(card_chances(card, {}, PROPOSED)[0, 2], [0.2] * 5 + [0])


def test_a_search_without_result_means_levels_one_to_three() -> None:
    chances = card_chances(made_card(novelty="looked and found nothing"), {}, PROPOSED)
    assert_allclose(chances[0, 2], [1 / 3] * 3 + [0] * 3)


def test_no_certainty_is_medium_and_age_takes_one_class() -> None:
    assert held_certainty(None, "fresh") == "medium"
    assert [held_certainty(word, "stale") for word in CERTAINTIES] == ["low", "low", "medium"]
    fresh, stale = (card_chances(made_card("3 high", age=age), {}, PROPOSED) for age in AGED)
    assert fresh[0, 0, 2] > stale[0, 0, 2]


AGED = ("fresh", "stale")


def test_chances_that_are_none_are_refused() -> None:
    card = made_card(novelty="not yet assessed")
    with pytest.raises(ValueError, match="are no chances"):
        card_chances(card, {"novelty": (0.0,) * 5}, PROPOSED)


@pytest.mark.parametrize("text", ["6", "3/5", "5+/5", "3 certain", "not known"])
def test_scores_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        made_score(text)


def test_only_impact_can_be_five_plus() -> None:
    with pytest.raises(ValueError, match="only impact"):
        made_card(novelty="5+")


def test_a_card_names_every_dimension() -> None:
    with pytest.raises(ValueError, match="drivers is missing"):
        CardScores({"viability": Score("3")})
