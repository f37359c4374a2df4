import datetime

import numpy as np
import pytest

from scoring.engine.outlook_record import Stated, checkpoints, slips
from scoring.engine.scores import Window
from scoring.engine.windows import decimal_year, window_distribution

TODAY = datetime.date(2026, 7, 2)


def said(year: int, start: int, end: int | None, certainty: str = "medium") -> Stated:
    window = Window("a", start, end, certainty, p_never=0.1)
    return Stated(datetime.date(year, 3, 1), window)


def test_a_passed_window_without_an_opening_is_scored_each_year() -> None:
    found = checkpoints([said(2019, 2021, 2024)], opened=None, today=TODAY)
    assert [row.on.year for row in found] == [2020, 2021, 2022, 2023, 2024, 2025, 2026]
    first = found[0]
    opening = window_distribution(2021, 2024, "medium").if_closed_at(2020.0)
    assert first.p == pytest.approx(0.9 * opening.probability_by(2025.0))
    assert first.brier == pytest.approx((first.p or 0) ** 2)
    assert first.log == pytest.approx(-np.log(1 - (first.p or 0)))
    assert (first.came, first.crps) == (False, None)
    assert (found[-1].p, found[-1].brier) == (None, None)


def test_a_window_that_held_scores_better_than_one_that_was_missed() -> None:
    (held, *_) = checkpoints([said(2019, 2021, 2024)], opened=2023, today=TODAY)
    (missed, *_) = checkpoints([said(2019, 2021, 2024)], opened=None, today=TODAY)
    assert held.came
    assert held.brier is not None
    assert missed.brier is not None
    assert held.brier < missed.brier
    assert held.crps is not None
    assert 0 < held.crps < 3


def test_checkpoints_end_with_the_opening_and_follow_the_standing_revision() -> None:
    stated = [said(2018, 2020, 2022), said(2020, 2022, 2025)]
    found = checkpoints(stated, opened=2022, today=TODAY)
    assert [(row.on.year, row.said_on.year) for row in found] == [
        (2019, 2018),
        (2020, 2018),
        (2021, 2020),
        (2022, 2020),
    ]


def test_what_is_not_due_is_not_scored() -> None:
    assert checkpoints([said(2019, 2024, 2030)], opened=None, today=TODAY) == ()
    assert checkpoints([said(2019, 2024, None)], opened=None, today=TODAY) == ()
    assert checkpoints([], opened=None, today=TODAY) == ()


def test_an_opening_far_from_the_window_costs_more_years() -> None:
    (near, *_) = checkpoints([said(2015, 2017, 2019)], opened=2018, today=TODAY)
    (far, *_) = checkpoints([said(2015, 2017, 2019)], opened=2025, today=TODAY)
    assert near.crps is not None
    assert far.crps is not None
    assert far.crps > near.crps + 3


def test_still_five_years_away_is_a_slip_of_a_year_a_year() -> None:
    found = slips([said(year, year + 4, year + 5) for year in (2020, 2022, 2024)])
    assert (found[0].moved, found[0].passed) == (None, None)
    for row in found[1:]:
        assert row.moved == pytest.approx(2.0, abs=0.01)
        assert row.passed == pytest.approx(2.0, abs=0.01)
    assert found[0].ahead == pytest.approx(found[2].ahead, abs=0.02)


def test_a_window_that_stays_comes_nearer() -> None:
    first, second = slips([said(2020, 2026, 2030), said(2024, 2026, 2030)])
    assert second.moved is not None
    assert 0 <= second.moved < 0.5
    assert second.ahead < first.ahead - 3
    assert first.median == pytest.approx(first.ahead + decimal_year(first.said_on))
