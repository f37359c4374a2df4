from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from evidence.selectors import (
    indicator_series,
    latest_point,
    public_indicators,
    series_of,
    visible_indicators,
)
from evidence.services import record_observations
from record.clock import today
from record.errors import DomainError
from tests.evidence.builders import VINTAGE, indicator, person, row

pytestmark = pytest.mark.django_db

LATER = date(2025, 9, 1)


def test_a_series_holds_the_newest_vintage_of_each_period_in_order() -> None:
    indicator("module-price", row("2021", "0.3"), row("2020", "0.4"), row("2020", "0.41", LATER))
    series = indicator_series("module-price")
    assert series.times == (2020.0, 2021.0)
    assert series.values == (0.41, 0.3)
    assert series.points[0].vintage == LATER


def test_what_was_published_later_was_not_known_then() -> None:
    made = indicator("module-price", row("2020", "0.4"))
    revised = row("2020", "0.41", today())
    record_observations(indicator=made, observed=[revised], by=person())
    assert indicator_series("module-price", known_on=today()).values == (0.41,)
    # It was not in the record yet either.
    assert indicator_series("module-price", known_on=today() - timedelta(days=1)).values == ()


def test_a_vintage_counts_from_the_day_it_was_published() -> None:
    later = today() + timedelta(days=5)
    indicator("module-price", row("2020", "0.4"), row("2020", "0.41", today()))
    assert indicator_series("module-price", known_on=later).values == (0.41,)


def test_a_figure_that_was_taken_back_is_left_out() -> None:
    made = indicator(
        "module-price",
        row("2020", "0.4"),
        row("2021", "0.3"),
    )
    back = row("2020", "", LATER, is_withdrawn=True)
    record_observations(indicator=made, observed=[back], by=person())
    assert indicator_series("module-price").times == (2021.0,)


def test_a_corrected_slip_stands_as_corrected() -> None:
    made = indicator("module-price", row("2020", "4"))
    again = row("2020", "0.4", is_correction=True)
    record_observations(indicator=made, observed=[again], by=person())
    assert indicator_series("module-price").values == (0.4,)


def test_a_snapshot_keeps_what_was_measured_side_by_side_and_the_undated_last() -> None:
    indicator(
        "gradings",
        row("", "100", label="Reference"),
        row("2023-03-13", "76", VINTAGE, label="B"),
        row("2023-03-13", "68", VINTAGE, label="A"),
        is_snapshot=True,
        cadence="day",
        kind="performance",
        progress="up",
    )
    series = indicator_series("gradings")
    assert [point.label for point in series.points] == ["A", "B", "Reference"]
    assert len(series.times) == len(series.values) == 2


def test_the_latest_point_is_that_of_the_latest_period() -> None:
    indicator("module-price", row("2021", "0.3"), row("2020", "0.4", LATER))
    indicator("empty")
    point = latest_point(indicator_series("module-price"))
    assert point
    assert point.period == "2021"
    assert latest_point(indicator_series("empty")) is None


def test_an_unknown_indicator_is_refused_by_name() -> None:
    with pytest.raises(DomainError, match="no indicator “nothing”"):
        indicator_series("nothing")


def test_readers_see_public_indicators_and_analysts_all() -> None:
    indicator("open")
    indicator("closed", is_public=False)
    assert [series.slug for series in public_indicators()] == ["open"]
    assert [series.slug for series in visible_indicators(person("rita", "reader"))] == ["open"]
    assert [series.slug for series in visible_indicators(person())] == ["closed", "open"]


@pytest.mark.parametrize("number", [1, 12])
def test_many_series_take_as_many_queries_as_one(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slugs = [f"indicator-{n}" for n in range(number)]
    for slug in slugs:
        indicator(slug, row("2020", "1"), row("2021", "2"))
    with django_assert_num_queries(2):
        found = series_of([*slugs, "nothing"])
    assert [len(series.points) for series in found.values()] == [2] * number
