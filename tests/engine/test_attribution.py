import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import permutations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scoring.engine import smaa
from scoring.engine.attribution import CAUSES, Attribution, Side, attribute
from scoring.engine.chances import Constants
from scoring.engine.common_draws import Rules
from scoring.engine.lenses import EVEN_HANDED, SHIPPED, Lens, Slider
from scoring.engine.scores import Technology, Window
from tests.engine.made import made_card, made_technology, random_technologies

DRAWS = 96
PLAIN = Rules(EVEN_HANDED)
OTHER_LENS = Lens("slid", "Slid", Slider((5, 1, 1, 1, 2)))
OTHER_METHOD = Constants(medium=(0.8, 0.1, 0.0), spacing=1.0)
LATER = Rules(OTHER_LENS, OTHER_METHOD)


def aged(technology: Technology, age: str) -> Technology:
    return replace(technology, cards=tuple(replace(card, age=age) for card in technology.cards))


def column(result: Attribution, cause: str) -> np.ndarray:
    return result.expected_parts[:, CAUSES.index(cause)]


OWN_OLD = made_technology("a", "3", viability="2")
OWN_NEW = made_technology("a", "3", viability="4")
BROKEN_OLD, BROKEN_NEW = made_technology("b", "2/3"), made_technology("b", "4")
AGING = made_technology("c", "3", impact="5+ high")
STILL, GONE, COMING = (
    made_technology("d", "3", novelty="5"),
    made_technology("e", "4"),
    made_technology("f", "3", impact="4"),
)
BEFORE = Side([OWN_OLD, BROKEN_OLD, AGING, STILL, GONE], PLAIN)
AFTER = Side([OWN_NEW, BROKEN_NEW, aged(AGING, "stale"), STILL, COMING], LATER)


@cache
def expected_ranks(happened: frozenset[str]) -> Mapping[str, float]:
    """Expected ranks where these causes have come about, ranked for themselves; own is a's."""
    technologies = [
        OWN_NEW if "own" in happened else OWN_OLD,
        BROKEN_NEW if "series" in happened else BROKEN_OLD,
        aged(AGING, "stale") if "calendar" in happened else AGING,
        STILL,
        COMING if "entries" in happened else GONE,
    ]
    lens = OTHER_LENS if "lens" in happened else EVEN_HANDED
    constants = OTHER_METHOD if "method" in happened else Constants()
    result = smaa.rank(technologies, lens, draws=DRAWS, seed=3, constants=constants)
    return dict(zip(result.ids, result.expected_rank.tolist(), strict=True))


def by_brute_force(subject: str) -> Mapping[str, float]:
    """The mean over all orders of the causes, as the subject sees them."""
    # To all but a, the change of a's scores is one of the others'.
    of_a, idle = ("own", "others") if subject == "a" else ("others", "own")
    parts = dict.fromkeys(CAUSES, 0.0)
    orders = list(permutations(CAUSES))
    for order in orders:
        seen = ["own" if cause == of_a else cause for cause in order if cause != idle]
        ranks = [expected_ranks(frozenset(seen[:place]))[subject] for place in range(len(seen) + 1)]
        causes = [cause for cause in order if cause != idle]
        for cause, earlier, later in zip(causes, ranks[:-1], ranks[1:], strict=True):
            parts[cause] += (later - earlier) / len(orders)
    return parts


@pytest.mark.parametrize("subject", ["a", "b", "c", "d"])
def test_parts_are_those_of_ranking_every_world_by_itself(subject: str) -> None:
    result = attribute(BEFORE, AFTER, draws=DRAWS, seed=3, breaks={"b"})
    row = result.expected_parts[result.ids.index(subject)]
    expected = by_brute_force(subject)
    assert_allclose(row, [expected[cause] for cause in CAUSES], atol=1e-9)
    assert (np.abs(row) > 1e-6).sum() >= 5


def test_ends_are_the_expected_ranks_of_the_two_rankings() -> None:
    result = attribute(BEFORE, AFTER, draws=DRAWS, seed=3, breaks={"b"})
    ends = ((BEFORE, result.expected_before), (AFTER, result.expected_after))
    for side, expected in ends:
        ranked = smaa.rank(
            side.technologies,
            side.rules.lens,
            draws=DRAWS,
            seed=3,
            constants=side.rules.constants,
        )
        rows = [ranked.ids.index(name) for name in result.ids]
        assert_allclose(expected, ranked.expected_rank[rows], rtol=1e-12)
    assert (result.added, result.removed) == (("f",), ("e",))


@pytest.mark.parametrize("seed", range(4))
def test_parts_add_up_to_the_change(seed: int) -> None:
    old, new = random_technologies(9, seed), random_technologies(10, seed + 50)[1:]
    result = attribute(Side(old, PLAIN), Side(new, LATER), draws=64, seed=seed, breaks={"t003"})
    change = result.expected_after - result.expected_before
    assert_allclose(result.expected_parts.sum(axis=1), change, atol=1e-12)
    beaten = result.share_after - result.share_before
    assert_allclose(result.share_parts.sum(axis=1), beaten, atol=1e-12)


def test_going_back_gives_every_part_the_other_sign() -> None:
    younger = Side([OWN_NEW, BROKEN_NEW, AGING, STILL, COMING], LATER)
    there = attribute(BEFORE, younger, draws=DRAWS, seed=3, breaks={"b"})
    back = attribute(younger, BEFORE, draws=DRAWS, seed=3, breaks={"b"})
    assert_allclose(back.expected_parts, -there.expected_parts, atol=1e-12)


def test_two_that_change_alike_are_given_alike() -> None:
    # Twins have streams of their own, so they are alike up to the noise of their draws.
    old = [made_technology(name, "2 high") for name in ("x", "y")]
    new = [made_technology(name, "4 high") for name in ("x", "y")]
    field = [made_technology("z", "3 high")]
    result = attribute(Side([*old, *field], PLAIN), Side([*new, *field], PLAIN), draws=4096, seed=1)
    assert_allclose(result.expected_parts[0], result.expected_parts[1], atol=0.03)
    assert_allclose(column(result, "own")[:2], -1.5, atol=0.05)
    assert_allclose(column(result, "others"), [0.5, 0.5, 2.0], atol=0.05)


def test_a_technology_whose_scores_stayed_owes_nothing_to_its_own() -> None:
    result = attribute(BEFORE, AFTER, draws=DRAWS, seed=3, breaks={"b"})
    assert_array_equal(column(result, "own")[1:], 0)
    assert column(result, "own")[0] < -0.3


def test_nothing_is_given_where_nothing_changed() -> None:
    side = Side(random_technologies(6, 1), PLAIN)
    assert_array_equal(attribute(side, side, draws=64, seed=1).expected_parts, 0)


def test_a_change_of_series_is_nobodys_own_change() -> None:
    new = Side([OWN_NEW, *BEFORE.technologies[1:]], PLAIN)
    result = attribute(BEFORE, new, draws=DRAWS, seed=3, breaks={"a"})
    assert_array_equal(column(result, "own"), 0)
    assert_array_equal(column(result, "others"), 0)
    assert_allclose(
        column(result, "series"), result.expected_after - result.expected_before, atol=1e-12
    )


def test_an_entry_moves_ranks_but_not_the_share_of_the_common_field() -> None:
    new = Side([*BEFORE.technologies, COMING], PLAIN)
    result = attribute(BEFORE, new, draws=DRAWS, seed=3)
    assert (column(result, "entries") > 0).all()
    assert_array_equal(result.share_parts, 0)
    assert_array_equal(result.share_after, result.share_before)


def test_a_card_that_was_said_again_is_an_own_change_and_one_that_aged_is_not() -> None:
    others = [made_technology("x", "3 low"), made_technology("y", "4")]
    sides = [Side([aged(OWN_OLD, age), *others], PLAIN) for age in ("stale", "fresh")]
    again = attribute(sides[0], sides[1], draws=DRAWS, seed=3)
    older = attribute(sides[1], sides[0], draws=DRAWS, seed=3)
    assert column(again, "own")[0] != 0
    assert column(again, "calendar")[0] == 0
    assert column(older, "own")[0] == 0
    assert column(older, "calendar")[0] == -column(again, "own")[0]


def test_a_second_opinion_is_an_own_change() -> None:
    both = Technology("a", (OWN_OLD.cards[0], made_card("5")))
    result = attribute(BEFORE, Side([both, *BEFORE.technologies[1:]], PLAIN), draws=DRAWS, seed=3)
    assert column(result, "own")[0] < 0
    assert_array_equal(column(result, "entries"), 0)


def test_under_a_horizon_a_later_date_is_the_calendar_s_and_a_moved_window_ones_own() -> None:
    lens = SHIPPED["adopter"]
    windows = [Window("a", 2027, 2029), Window("b", 2031, 2033), Window("c", 2028, 2040)]
    old = [replace(made_technology(w.id, "3"), window=w) for w in windows]
    passed = replace(windows[0], is_closed=False, age="stale")
    new = [replace(old[0], window=passed), old[1], replace(old[2], window=Window("c", 2027, 2027))]
    early, late = (Rules(lens, today=datetime.date(year, 6, 1)) for year in (2026, 2030))
    result = attribute(Side(old, early), Side(new, late), draws=DRAWS, seed=3)
    assert np.abs(column(result, "calendar"))[:2].min() > 0.1
    assert_array_equal(column(result, "own")[:2], 0)
    assert column(result, "own")[2] != 0
    for side, expected in (
        (Side(old, early), result.expected_before),
        (Side(new, late), result.expected_after),
    ):
        ranked = smaa.rank(side.technologies, lens, draws=DRAWS, seed=3, today=side.rules.today)
        assert_allclose(expected, ranked.expected_rank, rtol=1e-12)


def test_a_card_that_expires_beside_a_new_one_still_has_its_change_explained() -> None:
    first, second = made_card("2"), made_card("4")
    unfit = made_card("4", viability="not yet assessed")
    old = Technology("a", (first, unfit))
    new = Technology("a", (replace(first, age="expired"), second))
    field = [made_technology("x", "3"), made_technology("y", "3")]
    result = attribute(Side([old, *field], PLAIN), Side([new, *field], PLAIN), draws=96, seed=1)
    change = result.expected_after - result.expected_before
    assert_allclose(result.expected_parts.sum(axis=1), change, atol=1e-12)
    assert change[0] < -0.5


def test_a_technology_alone_has_no_field_to_beat() -> None:
    result = attribute(Side([OWN_OLD], PLAIN), Side([OWN_NEW], PLAIN), draws=64, seed=1)
    assert np.isnan(result.share_before).all()
    assert_array_equal(result.expected_parts, 0)


def test_nobody_in_common_leaves_nothing_to_explain() -> None:
    result = attribute(Side([OWN_OLD], PLAIN), Side([STILL], PLAIN), draws=64, seed=1)
    assert (result.ids, result.expected_parts.shape) == ((), (0, len(CAUSES)))
