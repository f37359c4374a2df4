import datetime
import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.engine import outlook
from scoring.engine.openings import Link
from scoring.engine.results import Contradiction, Outlook, OutlookResult
from scoring.engine.scores import Window
from scoring.engine.windows import decimal_year, window_distribution

TODAY = datetime.date(2026, 7, 2)


def simulated(*windows: Window, links: tuple[Link, ...] = (), draws: int = 400) -> OutlookResult:
    return outlook.simulate(windows, links, today=TODAY, horizon_year=2030, draws=draws, seed=1)


def only(window: Window) -> Outlook:
    return simulated(window).outlooks[0]


def test_a_projection_is_the_conditional_window_beside_never() -> None:
    found = only(Window("a", 2028, 2032, "high", p_never=0.2))
    opening = window_distribution(2028, 2032, "high").if_closed_at(decimal_year(TODAY))
    assert found.status == "projected"
    assert_allclose(found.p_open_by_horizon, 0.8 * opening.probability_by(2031.0))
    assert_allclose(found.year_p50, opening.quantile(0.5 / 0.8))
    assert found.p_never == 0.2
    assert not found.is_never_guessed


def test_quantiles_carry_their_share_of_all_cases() -> None:
    found = only(Window("a", 2028, 2034, "medium", p_never=0.05))
    opening = window_distribution(2028, 2034, "medium").if_closed_at(decimal_year(TODAY))
    years = (found.year_p10, found.year_p50, found.year_p90)
    by = [0.95 * opening.probability_by(year) for year in years if year is not None]
    assert_allclose(by, [0.1, 0.5, 0.9])


def test_quantiles_are_missing_where_never_dominates_them() -> None:
    half = only(Window("a", 2028, 2032, p_never=0.5))
    assert half.year_p10 is not None
    assert (half.year_p50, half.year_p90) == (None, None)
    never = only(Window("a", 2028, 2032, p_never=1.0))
    assert (never.year_p10, never.p_open_by_horizon) == (None, 0.0)


@pytest.mark.parametrize(
    ("viability", "guess"),
    [
        (("1",), 0.5),
        (("2",), 0.4),
        (("3",), 0.25),
        (("4",), 0.1),
        (("5",), 0.03),
        (("3", "4"), 0.175),
        ((), 0.25),
    ],
)
def test_never_is_guessed_from_viability_and_called_a_guess(
    viability: tuple[str, ...], guess: float
) -> None:
    found = only(Window("a", 2028, 2032, viability=viability))
    assert found.p_never is not None
    assert_allclose(found.p_never, guess)
    assert found.is_never_guessed


def test_open_since_is_a_fact() -> None:
    found = only(Window("a", None, unscored="not yet assessed", open_since=2023))
    assert (found.status, found.open_since, found.p_never) == ("open", 2023, 0.0)
    assert (found.p_open_by_horizon, found.year_p50) == (1.0, 2023.0)


def test_an_opening_later_than_today_is_refused() -> None:
    with pytest.raises(ValueError, match="open since 2027"):
        only(Window("a", 2025, open_since=2027))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not yet assessed", "not yet assessed"),
        ("looked and found nothing", "nothing was found"),
        ("not applicable", "does not apply"),
    ],
)
def test_unscored_timing_has_no_outlook_and_says_why(reason: str, words: str) -> None:
    found = only(Window("a", None, unscored=reason))
    assert found.status == "none"
    assert words in (found.no_outlook_because or "")
    assert (found.p_open_by_horizon, found.p_open_by_year) == (None, ())


def test_nothing_is_open_before_today_and_nothing_closes_again() -> None:
    found = simulated(Window("a", 2020, 2027, "high"))
    assert found.years == tuple(range(2026, 2046))
    assert_allclose(found.outlooks[0].p_open_by_year[4], found.outlooks[0].p_open_by_horizon)
    by_year = np.array(found.outlooks[0].p_open_by_year)
    assert (np.diff(by_year) > 0).all()
    assert by_year[-1] < 1 - 0.25 + 1e-9


def test_where_nobody_vouches_for_closed_the_window_stands_as_stated() -> None:
    found = only(Window("a", 2020, 2030, "high", p_never=0.0, is_closed=False))
    assert_allclose(found.p_open_by_horizon, 0.9)
    assert_allclose(found.year_p10, 2020.0)


def test_a_stale_card_counts_one_class_lower() -> None:
    stale = only(Window("a", 2028, 2032, "high", age="stale"))
    assert stale == only(Window("a", 2028, 2032, "medium"))


def test_sooner_windows_open_sooner() -> None:
    shares = [only(Window("a", start, start + 4)).p_open_by_horizon for start in range(2024, 2036)]
    assert shares == sorted(shares, key=lambda share: -(share or 0))


def test_links_move_no_stated_figure() -> None:
    windows = (Window("a", 2028, 2032), Window("b", 2027, 2031))
    links = (Link("a", "b", "requires"), Link("b", "a", "accelerates"))
    assert simulated(*windows, links=links).outlooks == simulated(*windows).outlooks


REQUIRES = (Link("a", "b", "requires"),)


@pytest.mark.parametrize(
    ("window", "required", "expected"),
    [
        (Window("a", 2026, 2028), Window("b", 2026, 2030), Contradiction("a", "b", 2028, 2030)),
        (Window("a", 2026, 2028), Window("b", 2026), Contradiction("a", "b", 2028, None)),
        (
            Window("a", 2020, 2024, open_since=2024),
            Window("b", 2026, 2030),
            Contradiction("a", "b", None, 2030),
        ),
        (Window("a", 2026, 2030), Window("b", 2026, 2030), None),
        (Window("a", 2026), Window("b", 2026, 2030), None),
        (Window("a", 2026), Window("b", 2030), None),
        (Window("a", 2026, 2028), Window("b", 2026, 2030, open_since=2025), None),
        (Window("a", 2026, 2028), Window("b", None, unscored="not yet assessed"), None),
    ],
)
def test_a_window_may_not_end_before_that_of_what_it_requires(
    window: Window, required: Window, expected: Contradiction | None
) -> None:
    found = simulated(window, required, links=REQUIRES).contradictions
    assert found == ((expected,) if expected else ())


def test_only_requirements_contradict_and_cycles_are_read() -> None:
    windows = (Window("a", 2026, 2028), Window("b", 2026, 2030))
    accelerates = (Link("a", "b", "accelerates"), Link("a", "gone", "requires"))
    assert simulated(*windows, links=accelerates).contradictions == ()
    cycle = (*REQUIRES, Link("b", "a", "requires"), *REQUIRES)
    found = simulated(*windows, links=cycle).contradictions
    assert [(told.id, told.requires, told.is_circle) for told in found] == [
        ("a", "b", True),
        ("b", "a", True),
    ]


def test_the_number_open_agrees_with_the_single_probabilities() -> None:
    windows = [Window(f"t{i:02}", 2026 + i // 2, 2030 + i // 2) for i in range(20)]
    number = simulated(*windows, draws=4000).number_open
    assert number.of == 20
    assert all(np.diff(number.expected) > 0)
    for low, middle, high, mean in zip(
        number.low, number.middle, number.high, number.expected, strict=True
    ):
        assert low <= middle <= high
        assert abs(middle - mean) <= 1


def test_what_is_open_or_without_outlook_is_counted_as_such() -> None:
    number = simulated(
        Window("a", None, unscored="not applicable"), Window("b", 2020, open_since=2022)
    ).number_open
    assert number.of == 1
    assert set(number.low) == set(number.high) == {1}


def test_a_shared_shock_widens_the_number_open() -> None:
    """Independent openings of this share would have a standard deviation of 5."""
    windows = [Window(f"t{i:03}", 2029, 2031, p_never=0.0) for i in range(100)]
    result = simulated(*windows, draws=4000)
    year = result.years.index(2030)
    share = result.outlooks[0].p_open_by_year[year]
    independent = 2 * 1.645 * np.sqrt(100 * share * (1 - share))
    assert result.number_open.high[year] - result.number_open.low[year] > 1.5 * independent


def test_order_of_input_changes_no_figure() -> None:
    windows = [Window(f"t{i}", 2026 + i, None if i % 2 else 2030 + i) for i in range(6)]
    one, other = simulated(*windows), simulated(*windows[::-1])
    assert outlook.headline(one) == outlook.headline(other)


def test_the_headline_is_json_in_the_agreed_shape() -> None:
    result = simulated(Window("a", 2028, 2032), Window("b", None, unscored="not applicable"))
    plain = json.loads(json.dumps(outlook.headline(result), allow_nan=False))
    row, missing = plain["technologies"]
    assert {"p_open_by_2030", "year_p10", "year_p50", "year_p90", "p_never"} <= set(row)
    assert missing["p_open_by_2030"] is None
    assert len(row["p_open_by_year"]) == len(plain["years"]) == 20
    assert plain["number_open"]["of"] == 1


def test_no_windows_make_an_empty_outlook() -> None:
    assert simulated().number_open.expected == (0.0,) * 20


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"start": None}, "no reason for no window"),
        ({"start": None, "end": 2030, "unscored": "not applicable"}, "has no start"),
        ({"start": 2028, "p_never": 1.5}, "must be 0 to 1"),
        ({"start": 2028, "viability": ("5+",)}, "level of viability"),
        ({"start": 2028, "age": "old"}, "is no age"),
    ],
)
def test_windows_that_cannot_be_read_are_refused(window: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Window("a", **window)  # type: ignore[arg-type]


def test_links_doubles_and_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="is no link"):
        Link("a", "b", "is like")
    with pytest.raises(ValueError, match="is there twice"):
        simulated(Window("a", 2028), Window("a", 2029))
    with pytest.raises(ValueError, match="too few"):
        simulated(draws=10)
