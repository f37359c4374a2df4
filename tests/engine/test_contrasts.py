import datetime
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.contrasts import (
    CommonDraws,
    Contrast,
    contrasts,
    leading_dimensions,
    worth_parts,
)
from scoring.engine.lenses import EVEN_HANDED, SHIPPED, Lens, Slider
from scoring.engine.scores import DIMENSIONS, Technology, Window
from tests.engine.made import SURE, made_card, made_technology, random_technologies


def common(draws: int = 1600, seed: int = 1, constants: Constants | None = None) -> CommonDraws:
    return CommonDraws(EVEN_HANDED, draws=draws, seed=seed, constants=constants)


def contrast(
    one: Technology, other: Technology, draws: int = 1600, constants: Constants | None = None
) -> Contrast:
    return contrasts(one, [other], common(draws, constants=constants))[0]


def test_the_share_ahead_is_the_one_of_the_ranking_whoever_else_is_there() -> None:
    technologies = random_technologies(8, seed=4)
    technologies.append(Technology("two", (made_card("2"), made_card("4/5"))))
    result = smaa.rank(technologies, EVEN_HANDED, draws=3000, seed=1)
    for i, one in enumerate(technologies):
        others = [other for other in technologies if other is not one]
        found = contrasts(one, others, common(3000))
        expected = [result.pairwise_winning[i, result.ids.index(other.id)] for other in others]
        assert [row.other for row in found] == [other.id for other in others]
        assert_allclose([row.share_ahead for row in found], expected, atol=1e-12)


@pytest.mark.parametrize("key", ["ten-year-fund", "with-timing", "ordinal-only", "weakest-link"])
def test_the_share_ahead_is_the_one_of_the_ranking_under_every_lens(key: str) -> None:
    window = Window("t", start=2028, end=2033, certainty="medium", viability=("3",))
    technologies = [
        replace(one, window=replace(window, id=one.id, start=2026 + place, end=2031 + 2 * place))
        for place, one in enumerate(random_technologies(4, seed=4))
    ]
    today, lens = datetime.date(2026, 11, 21), SHIPPED[key]
    result = smaa.rank(technologies, lens, draws=960, seed=1, today=today)
    shared = CommonDraws(lens, draws=960, seed=1, today=today)
    found = contrasts(technologies[0], technologies[1:], shared)
    here = result.ids.index(technologies[0].id)
    for row in found:
        assert row.dimensions == lens.dimensions
        assert row.share_ahead == result.pairwise_winning[here, result.ids.index(row.other)]
        assert row.parts.sum() == pytest.approx(row.difference)


def test_a_pair_does_not_depend_on_who_else_is_asked_about() -> None:
    one, *others = random_technologies(5, seed=5)
    together = contrasts(one, others, common(320))
    for other, row in zip(others, together, strict=True):
        alone = contrast(one, other, draws=320)
        assert row.parts.tobytes() == alone.parts.tobytes()
        assert row.decides.tobytes() == alone.decides.tobytes()


def test_parts_are_the_closed_form_and_add_up() -> None:
    """Exact scores: the mean weight is 1/5, a level above 1 is worth a quarter on average."""
    one = made_technology("one", "3", diffusion="5", impact="5+")
    other = made_technology("other", "3", diffusion="2", novelty="4", impact="1")
    found = contrast(one, other, draws=16_000, constants=SURE)
    expected = [0.0, 0.0, -0.25 / 5, 0.75 / 5, 1.25 / 5]
    assert (np.abs(found.parts - expected) <= 4 * found.parts_se + 1e-15).all()
    assert found.parts.sum() == pytest.approx(found.difference)
    assert found.parts[0] == found.parts[1] == 0.0


def test_the_other_way_round_everything_turns_its_sign() -> None:
    one, other = random_technologies(2, seed=9)
    there, back = contrast(one, other), contrast(other, one)
    assert there.share_ahead + back.share_ahead == pytest.approx(1)
    assert_allclose(there.parts, -back.parts)
    assert_allclose(there.decides, back.decides)
    assert leading_dimensions(there.parts, DIMENSIONS) == leading_dimensions(
        -back.parts, DIMENSIONS
    )


def test_the_one_dimension_in_which_two_differ_decides_every_draw() -> None:
    one, other = made_technology("one", "3", drivers="4"), made_technology("other", "3")
    found = contrast(one, other, constants=SURE)
    assert found.share_ahead == 1.0
    assert found.decides.tolist() == [0.0, 1.0, 0.0, 0.0, 0.0]
    assert leading_dimensions(found.parts, DIMENSIONS) == ("drivers",)


def test_a_dimension_without_weight_has_no_part() -> None:
    lens = Lens("x", "X", Slider((1.0, 0.0, 1.0, 1.0, 1.0)))
    one, other = made_technology("one", drivers="5"), made_technology("other", drivers="1")
    found = contrasts(one, [other], CommonDraws(lens, draws=160, seed=1))[0]
    assert found.parts[1] == found.parts_se[1] == found.decides[1] == 0.0


def test_between_equals_nothing_decides_and_nothing_leads() -> None:
    found = contrast(made_technology("one"), made_technology("other"), constants=SURE)
    assert (found.share_ahead, found.difference) == (0.5, 0.0)
    assert not found.decides.any()
    assert leading_dimensions(found.parts, DIMENSIONS) == ()


@pytest.mark.parametrize(
    ("parts", "leading"),
    [
        ([0.6, 0.4, 0.0, 0.0, 0.0], ("viability",)),
        ([0.4, 0.1, 0.1, 0.3, 0.1], ("viability", "diffusion")),
        ([0.2, 0.2, 0.2, 0.2, 0.2], ()),
        ([-0.9, 0.0, 0.0, 1.0, 0.0], ("diffusion",)),
        ([-0.9, 0.0, 0.0, 0.0, -0.2], ()),
    ],
)
def test_mostly_names_the_fewest_dimensions_and_at_most_two(
    parts: list[float], leading: tuple[str, ...]
) -> None:
    assert leading_dimensions(np.array(parts), DIMENSIONS) == leading


def test_the_parts_of_all_pairs_follow_from_one_row_a_technology() -> None:
    technologies = random_technologies(6, seed=6)
    rows = worth_parts([*technologies, made_technology("gap", impact="not applicable")], common())
    assert sorted(rows) == [technology.id for technology in technologies]
    for found in contrasts(technologies[0], technologies[1:], common()):
        assert_allclose(rows[technologies[0].id] - rows[found.other], found.parts, atol=1e-12)


def test_errors_hold_the_long_run_parts() -> None:
    one, other = random_technologies(2, seed=11)
    long = contrast(one, other, draws=64_000).parts
    short = [contrasts(one, [other], common(640, s))[0] for s in range(40)]
    inside = np.mean([np.abs(row.parts - long) <= 2.13 * row.parts_se for row in short])
    assert 0.88 <= inside <= 0.99


def test_who_cannot_be_ranked_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="gap cannot be compared: impact is not scored"):
        contrast(made_technology("one"), made_technology("gap", impact="not yet assessed"))
    with pytest.raises(ValueError, match="one is there twice"):
        contrast(made_technology("one"), made_technology("one"))
    with pytest.raises(ValueError, match="31 draws"):
        contrast(made_technology("one"), made_technology("other"), draws=31)
