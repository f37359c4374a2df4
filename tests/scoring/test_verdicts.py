"""What figures say of a prediction, by its rules."""

import datetime

import pytest

from evidence.values.periods import time_of_period
from scoring.readings import Reading
from scoring.verdicts import Figure, verdict

MARCH = datetime.date(2025, 3, 1)


def figure(period: str, value: float, vintage: datetime.date = MARCH, **facts: bool) -> Figure:
    return Figure(int(value * 1000), period, time_of_period(period), value, vintage, **facts)


def reading(window: str = "at", **changes: object) -> Reading:
    facts = {
        "comparator": "at most",
        "threshold": 100.0,
        "baseline_time": None,
        "window": window,
        "window_from": None,
        "deadline": 2030.0,
        "is_first_vintage": True,
    }
    return Reading(**(facts | changes))  # type: ignore[arg-type]


def said(asked: Reading, *figures: Figure, kind: str = "yes or no") -> str | None:
    found = verdict(kind, asked, figures, cadence="year", is_read_out=True)
    return found.outcome if found else None


def test_at_the_deadline_the_figure_of_the_deadline_decides() -> None:
    assert said(reading(), figure("2029", 50)) is None
    assert said(reading(), figure("2029", 150), figure("2030", 100)) == "yes"
    assert said(reading(), figure("2029", 50), figure("2030", 101)) == "no"


def test_any_time_by_is_yes_at_the_first_crossing_and_no_only_at_the_end() -> None:
    asked = reading("any time by")
    found = verdict(
        "yes or no",
        asked,
        [figure("2027", 120), figure("2028", 99), figure("2029", 130)],
        cadence="year",
        is_read_out=False,
    )
    assert found is not None
    assert (found.outcome, found.happened_on) == ("yes", datetime.date(2028, 12, 31))
    assert found.figure.period == "2028"
    assert said(asked, figure("2029", 130)) is None
    assert said(asked, figure("2029", 130), figure("2030", 110)) == "no"
    assert said(asked, figure("2031", 50)) is None


def test_an_average_waits_for_every_figure_of_its_window() -> None:
    asked = reading("average over", window_from=2028.0)
    assert said(asked, figure("2028", 90), figure("2030", 90)) is None
    assert said(asked, figure("2028", 90), figure("2029", 120), figure("2030", 90)) == "yes"
    assert said(asked, figure("2028", 90), figure("2029", 121), figure("2030", 90)) == "no"


def test_the_rule_on_vintages_picks_the_figure() -> None:
    later = datetime.date(2031, 9, 1)
    figures = [figure("2030", 105), figure("2030", 95, later)]
    assert said(reading(), *figures) == "no"
    assert said(reading(is_first_vintage=False), *figures) == "yes"


def test_a_figure_that_was_taken_back_never_came() -> None:
    later = datetime.date(2031, 9, 1)
    gone = figure("2030", 95, later, is_withdrawn=True)
    assert said(reading(is_first_vintage=False), figure("2030", 105), gone) is None
    first_gone = figure("2030", 95, is_withdrawn=True)
    assert said(reading(), first_gone, figure("2030", 105, later)) == "no"


def test_a_change_is_counted_from_the_baseline_of_the_same_edition() -> None:
    asked = reading(comparator="at least", threshold=1.2, baseline_time=2022.0)
    rebased = datetime.date(2031, 3, 1)
    figures = [figure("2022", 100), figure("2022", 50, rebased), figure("2030", 61, rebased)]
    assert said(asked, *figures) == "yes"
    assert said(asked, figure("2030", 61, rebased)) is None


def test_a_number_is_read_and_a_date_is_found() -> None:
    number = reading(comparator=None, threshold=None)
    found = verdict("number", number, [figure("2030", 42)], cadence="year", is_read_out=True)
    assert found is not None
    assert (found.outcome, found.value) == ("number", 42)
    asked = reading("any time by")
    assert said(asked, figure("2026", 80), kind="date") == "date"
    assert said(asked, figure("2030", 180), kind="date") == "no"


@pytest.mark.parametrize(("is_read_out", "expected"), [(False, None), (True, "no")])
def test_a_daily_series_has_said_all_once_it_is_read(
    *, is_read_out: bool, expected: str | None
) -> None:
    asked = reading(deadline=time_of_period("2030-12-31"))
    figures = [figure("2030-12-29", 120)]
    found = verdict("yes or no", asked, figures, cadence="day", is_read_out=is_read_out)
    assert (found.outcome if found else None) == expected
