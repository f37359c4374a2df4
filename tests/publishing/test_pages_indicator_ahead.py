"""The fan on the page of an indicator, and the predictions that it decides."""

from publishing.pages.indicators.ahead import ahead_of
from publishing.pages.indicators.detail import indicator_page
from tests.publishing.made import card, published
from tests.publishing.made_predictions import foretold
from tests.publishing.one_prediction import fan, series

PUBLISHED = published(card("edge-ai"))


def test_the_fan_begins_at_the_last_figure_and_has_a_table_of_quantiles() -> None:
    ahead = ahead_of(series(), fan(), (), PUBLISHED)
    assert ahead.fan is not None
    assert ahead.fan.years[:2] == (2025.0, 2026.0)
    assert {values[0] for values in ahead.fan.quantiles.values()} == {101.0}
    assert ahead.table is not None
    assert ahead.table.columns[:3] == ("Year", "2.5 %", "10 %")
    assert len(ahead.table.rows) == 10
    assert ahead.sentence == (
        "In 2035 the middle path is at 112; 80 of 100 paths end from 109 to 115."
    )
    assert ahead.run_id == 7


def test_a_snapshot_never_has_a_fan() -> None:
    ahead = ahead_of(series(is_snapshot=True), fan(), (), PUBLISHED)
    assert ahead.fan is None
    assert "never extrapolated" in ahead.why_none


def test_without_a_forecast_the_run_says_why() -> None:
    refused = fan(years=(), quantiles={}, no_forecast_because="One figure is below 0.")
    assert ahead_of(series(), refused, (), PUBLISHED).why_none == "One figure is below 0."
    assert "computed yet" in ahead_of(series(), None, (), PUBLISHED).why_none


def test_the_predictions_that_read_it_are_listed() -> None:
    found = (foretold("edge-ai-2030-1"),)
    here = series(slug="oecd-gdp-per-hour")
    (row,) = ahead_of(here, None, found, PUBLISHED).rows
    assert row.key == "edge-ai-2030-1"
    assert ahead_of(series(), None, found, PUBLISHED).rows == ()


def test_the_chart_of_the_indicator_draws_the_fan() -> None:
    ahead = ahead_of(series(), fan(), (), PUBLISHED)
    page = indicator_page(series(), (), can_write=False, ahead=ahead)
    assert page.chart is not None
    names = [trace.get("name") for trace in page.chart.figure["data"]]
    assert "80 of 100 paths" in names
