import numpy as np
import pytest

from scoring.engine.agreement import FEWEST_UNITS, agreement, ordinal_alpha

GAP = 0
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3),
    (GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP),
)


def units(rows: tuple[tuple[int, ...], ...] = OBSERVERS) -> list[list[float]]:
    return [[float(value) for value in unit if value] for unit in zip(*rows, strict=True)]


def test_the_published_example_of_four_observers_gives_its_alpha() -> None:
    """Krippendorff 2011, Computing Krippendorff's alpha-reliability, section C: ordinal 0.815."""
    assert ordinal_alpha(units()) == pytest.approx(0.815, abs=0.0005)


def test_two_units_of_two_values_have_the_closed_form() -> None:
    """(1, 1) and (1, 2): o = [[2, 1], [1, 0]], n = 3 and 1, so 1 - 3 * 2/(2 * 3) = 0."""
    assert ordinal_alpha([[1, 1], [1, 2]]) == pytest.approx(0.0)


def test_agreement_everywhere_is_one_and_opposite_scores_are_below_nought() -> None:
    assert ordinal_alpha([[1, 1], [3, 3], [5, 5]]) == 1.0
    assert ordinal_alpha([[1, 5], [5, 1], [1, 5]]) == pytest.approx(1 - 5 / 3)


def test_chance_gives_about_nought() -> None:
    rng = np.random.default_rng(1)
    drawn = rng.integers(1, 6, (4000, 2)).astype(float)
    assert abs(ordinal_alpha(drawn.tolist()) or 1.0) < 0.05


def test_only_the_order_of_values_counts() -> None:
    stretched = [[value**3 for value in unit] for unit in units()]
    assert ordinal_alpha(stretched) == ordinal_alpha(units())


@pytest.mark.parametrize("nothing", [[], [[3.0]], [[3.0, 3.0], [3.0, 3.0]]])
def test_without_two_values_in_pairs_there_is_no_alpha(nothing: list[list[float]]) -> None:
    assert ordinal_alpha(nothing) is None


def test_pairs_are_counted_by_their_distance() -> None:
    found = agreement([[3, 3], [3, 4], [2, 4], [3.5, 4], [5], [1, 1, 6]])
    assert (found.units, found.pairs, found.same, found.within_one, found.wide) == (5, 7, 2, 4, 3)


def test_alpha_waits_for_enough_units() -> None:
    few = units()[: FEWEST_UNITS - 1]
    assert agreement(few).alpha is None
    assert agreement(units()).alpha == pytest.approx(0.815, abs=0.0005)
