from datetime import date

import pytest

from evidence.values import (
    decimal_year,
    first_day,
    last_day,
    parse_period,
    time_of_deadline,
    time_of_period,
)
from intake.errors import IntakeError


@pytest.mark.parametrize(
    ("period", "time"),
    [("2022", 2022.0), ("2022-01", 2022.0), ("2022-07", 2022.5), ("2022-07-02", 2022 + 182 / 365)],
)
def test_a_period_has_a_place_on_the_axis_of_years(period: str, time: float) -> None:
    assert time_of_period(period) == pytest.approx(time, abs=1e-12)


@pytest.mark.parametrize(
    ("cadence", "day", "time"),
    [
        ("year", date(2030, 12, 31), 2030.0),
        ("year", date(2030, 12, 30), 2029.0),
        ("month", date(2030, 12, 31), 2030 + 11 / 12),
        ("month", date(2030, 12, 30), 2030 + 10 / 12),
        ("month", date(2030, 1, 30), 2029 + 11 / 12),
        ("month", date(2028, 2, 29), 2028 + 1 / 12),
        ("day", date(2030, 12, 31), 2030 + 364 / 365),
    ],
)
def test_a_deadline_counts_the_periods_that_have_ended(
    cadence: str, day: date, time: float
) -> None:
    assert time_of_deadline(cadence, day) == pytest.approx(time, abs=1e-12)


def test_a_year_of_366_days_ends_where_the_next_begins() -> None:
    assert decimal_year(date(2024, 12, 31)) == 2024 + 365 / 366


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-05", date(2024, 2, 5), date(2024, 2, 5)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: date, last: date) -> None:
    assert (first_day(period), last_day(period)) == (first, last)


@pytest.mark.parametrize(
    ("text", "cadence", "said"),
    [
        ("2022-05", "year", "a month, and this indicator has one figure a year"),
        ("2022", "day", "write it as 2022-05-17"),
        ("2022-13", "month", "does not exist"),
        ("2023-02-29", "day", "does not exist"),
        ("２０２２", "year", "no period"),
        ("0000", "year", "does not exist"),
        ("9999", "year", "from 1500 to 2200"),
        ("22", "year", "no period"),
        ("2022.5", "year", "no period"),
        ("", "year", "no period"),
    ],
)
def test_what_is_no_period_of_the_cadence_is_refused(text: str, cadence: str, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        parse_period(text, cadence)
