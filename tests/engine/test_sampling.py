import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine.chances import Constants, card_chances
from scoring.engine.sampling import LevelSampler, level_values
from scoring.engine.scores import Technology
from scoring.engine.streams import TOP, cut_points, outcomes
from tests.engine.made import SURE, made_card, made_technology


def drawn_shares(technology: Technology, constants: Constants | None = None) -> np.ndarray:
    sampler = LevelSampler([technology], {}, constants or Constants(), 1)
    levels = np.concatenate([sampler.draw(chunk, 1024) for chunk in range(20)], axis=2)
    return np.array([[(levels[j, 0] == k).mean() for k in range(6)] for j in range(5)])


def test_levels_are_drawn_as_often_as_stated() -> None:
    card = made_card("2 low", viability="5 high", impact="5+", novelty="3")
    expected = card_chances(card, {}, Constants())[0]
    error = np.sqrt(expected * (1 - expected) / 20_480) + 2 / TOP
    shares = drawn_shares(Technology("a", (card,)))
    assert (np.abs(shares - expected) <= 4 * error).all()


def test_cuts_at_the_ends_are_never_and_always_reached() -> None:
    chances = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    lane = np.tile(np.array([0, 7, TOP - 1], dtype=np.uint16), (3, 1))
    assert outcomes(lane, cut_points(chances)).tolist() == [[1] * 3, [0] * 3, [2] * 3]


def test_spans_move_together() -> None:
    technology = made_technology("a", "1/2", impact="4/5")
    levels = LevelSampler([technology], {}, SURE, 1).draw(0, 1000)[:, 0]
    assert set(map(tuple, levels.T.tolist())) == {(0, 0, 0, 0, 3), (1, 1, 1, 1, 4)}
    assert abs((levels[4] == 4).mean() - 0.5) < 4 * 0.5 / np.sqrt(1000)


def test_one_analyst_speaks_in_a_draw() -> None:
    technology = Technology("a", (made_card("1"), made_card("5"), made_card("3")))
    levels = LevelSampler([technology], {}, SURE, 1).draw(0, 3000)[:, 0]
    assert set(map(tuple, levels.T.tolist())) == {(0,) * 5, (2,) * 5, (4,) * 5}
    for level in (0, 2, 4):
        assert abs((levels[0] == level).mean() - 1 / 3) < 4 * np.sqrt(2 / 9 / 3000)


def test_analysts_weigh_the_same_whether_or_not_one_gives_a_span() -> None:
    technology = Technology("a", (made_card("1/2"), made_card("5")))
    levels = LevelSampler([technology], {}, SURE, 1).draw(0, 4000)[0, 0]
    assert abs((levels == 4).mean() - 0.5) < 4 * 0.5 / np.sqrt(4000)


def test_the_order_of_cards_changes_no_draw() -> None:
    cards = (made_card("1"), made_card("5"), made_card("3/4"))
    draws = [
        LevelSampler([Technology("a", order)], {}, Constants(), 1).draw(0, 500)
        for order in (cards, cards[::-1])
    ]
    assert np.array_equal(*draws)


def test_a_technology_draws_the_same_in_any_company() -> None:
    alone = LevelSampler([made_technology("a")], {}, Constants(), 1)
    crowd = [made_technology("b", "2/3"), made_technology("a"), made_technology("c")]
    together = LevelSampler(crowd, {}, Constants(), 1)
    for chunk, size in ((0, 625), (3, 1001)):
        assert np.array_equal(alone.draw(chunk, size)[:, 0], together.draw(chunk, size)[:, 1])


def test_chunks_seeds_and_ids_have_streams_of_their_own() -> None:
    streams = [
        LevelSampler([made_technology(name)], {}, Constants(low=(1, 1, 1)), seed).draw(chunk, 400)
        for name, seed, chunk in (("a", 1, 0), ("b", 1, 0), ("a", 2, 0), ("a", 1, 1))
    ]
    for other in streams[1:]:
        assert 0.2 < (streams[0] == other).mean() < 0.7


@pytest.mark.parametrize("spacing", [1.0, 4.0, np.inf])
def test_level_values_rise_from_nought_to_one_and_five_plus_is_above(spacing: float) -> None:
    values = level_values("impact", spacing, 1, 0, 4000)
    assert (values[0] == 0).all()
    assert (values[4] == 1).all()
    assert (np.diff(values, axis=0) > 0).all()
    assert_allclose(values.mean(axis=1), [0, 0.25, 0.5, 0.75, 1, 1.25], atol=0.015)


def test_the_gap_above_five_is_spread_like_the_others() -> None:
    gaps = np.diff(level_values("impact", 4.0, 1, 0, 20_000), axis=0)
    assert_allclose(gaps.std(axis=1), np.sqrt(0.25 * 0.75 / 17), rtol=0.03)


def test_endless_spacing_makes_equal_steps() -> None:
    values = level_values("impact", np.inf, 1, 0, 2)
    assert_allclose(values[:, 0], [0, 0.25, 0.5, 0.75, 1, 1.25])


def test_dimensions_have_spacings_of_their_own() -> None:
    one, other = (level_values(name, 4.0, 1, 0, 50) for name in ("impact", "novelty"))
    assert not np.isclose(one[1:4], other[1:4]).any(axis=0).all()
