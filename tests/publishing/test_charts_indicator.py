"""The chart of an indicator: what was measured, a fan over it, and a snapshot's references."""

import pytest

from evidence.selectors import Series, indicator_series, vintages_of
from publishing.charts.indicator import Fan, indicator_figure
from publishing.pages.indicators.detail import indicator_page, revised
from tests.evidence.builders import VINTAGE, indicator, row

pytestmark = pytest.mark.django_db


def price() -> Series:
    indicator("price", row("2020", "100"), row("2021", "10"), row("2022", "1"))
    return indicator_series("price")


def test_wide_prices_are_drawn_by_their_ratios_with_ticks_in_plain_numbers() -> None:
    figure = indicator_figure(price()).figure
    axis = figure["layout"]["yaxis"]
    assert axis["type"] == "log"
    assert {"1", "10", "100"} <= set(axis["ticktext"])
    assert list(figure["data"][0]["y"]) == [100, 10, 1]


def test_a_fan_is_three_bands_and_a_median_beneath_what_was_measured() -> None:
    levels = ("0.025", "0.1", "0.25", "0.5", "0.75", "0.9", "0.975")
    fan = Fan((2023.0, 2024.0), {level: (1.0 + n, 2.0 + n) for n, level in enumerate(levels)})
    data = indicator_figure(price(), fan=fan).figure["data"]
    assert [trace.get("fill") for trace in data] == ["toself"] * 3 + [None, None]
    assert list(data[3]["y"]) == [4.0, 5.0]
    assert data[-1]["mode"] == "lines+markers"


def test_a_snapshot_has_no_line_between_its_dots_and_a_level_for_each_reference() -> None:
    rows = (row("2023-02-24", "68", label="A"), row("", "100", label="R"))
    facts = {"cadence": "day", "kind": "performance", "is_snapshot": True}
    indicator("grades", *rows, **facts)
    dots, reference = indicator_figure(indicator_series("grades")).figure["data"]
    assert dots["mode"] == "markers+text"
    assert set(reference["y"]) == {100}


def test_a_name_with_markup_is_printed_and_does_nothing() -> None:
    indicator("odd", row("2020", "1", label="<b>x</b>"), unit="<i>USD</i>")
    figure = indicator_figure(indicator_series("odd")).figure
    assert "<b>" not in str(figure["data"])
    assert "<i>" not in str(figure["layout"]["yaxis"])


def test_only_figures_with_more_than_one_vintage_are_listed_as_revised() -> None:
    made = indicator(
        "price", row("2020", "1"), row("2021", "2"), row("2020", "1.1", VINTAGE.replace(month=9))
    )
    (one,) = revised(vintages_of(made.slug), by_label=False)
    assert (one.period, [row.value for row in one.vintages]) == ("2020", [1.0, 1.1])


def test_the_page_says_how_a_share_moved_in_points_and_a_price_in_per_cent() -> None:
    indicator("share", row("2020", "5"), row("2022", "9"), kind="share")
    page = indicator_page(indicator_series("share"), (), can_write=False)
    assert page.headline.endswith("rose from 5 % in 2020 to 9 % in 2022.")
    assert page.chart
    assert "+2 points a year" in page.chart.sentence
    fell = indicator_page(price(), (), can_write=False)
    assert fell.chart
    assert "−90 % a year" in fell.chart.sentence
