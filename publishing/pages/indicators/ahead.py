"""Where an indicator may go: the fan of its newest forecast, and the predictions it decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.selectors import Series
from publishing.charts.chart import Table
from publishing.charts.indicator import Fan
from publishing.pages.prediction.fan import dominates_words, fan_table, time_cell
from publishing.pages.prediction.rows import CheckableRow, checkable_rows
from publishing.pages.prediction.words import with_unit
from publishing.pages.published import Published
from publishing.predicted import Predicted
from scoring.predictions import FanResult


@dataclass(frozen=True)
class Ahead:
    """`fan` is laid over the chart, `table` has its quantiles; without a forecast `why_none` says
    why. `rows` are the predictions that are read on the indicator."""

    fan: Fan | None
    table: Table | None
    sentence: str
    dominates: str
    why_none: str
    run_id: int
    rows: tuple[CheckableRow, ...]


def ahead_of(
    series: Series, found: FanResult | None, predicted: Iterable[Predicted], published: Published
) -> Ahead:
    """A snapshot has no fan, whatever a run says."""
    is_drawn = found is not None and bool(found.years) and not series.is_snapshot
    forecast = found if is_drawn else None
    deciding = [one for one in predicted if one.record.indicator == series.slug]
    return Ahead(
        fan=_fan(forecast),
        table=_table(forecast),
        sentence=_sentence(forecast, series),
        dominates=dominates_words(forecast),
        why_none=_why_none(found, series) if forecast is None else "",
        run_id=found.run_id if found else 0,
        rows=checkable_rows(deciding, published),
    )


def _fan(forecast: FanResult | None) -> Fan | None:
    """From the last figure on, where every path begins."""
    if forecast is None:
        return None
    time, value = forecast.history[-1]
    quantiles = {level: (value, *values) for level, values in forecast.quantiles.items()}
    return Fan(years=(time, *forecast.years), quantiles=quantiles)


def _table(forecast: FanResult | None) -> Table | None:
    """The quantiles of each year, without the column of what was measured."""
    if forecast is None:
        return None
    whole = fan_table(forecast, (), unit="")
    rows = tuple((row[0], *row[2:]) for row in whole.rows)
    return Table((whole.columns[0], *whole.columns[2:]), rows)


def _sentence(forecast: FanResult | None, series: Series) -> str:
    if forecast is None:
        return ""
    low, middle, high = (
        with_unit(forecast.quantiles[level][-1], series.unit) for level in ("0.1", "0.5", "0.9")
    )
    end = time_cell(forecast.years[-1])
    return f"In {end} the middle path is at {middle}; 80 of 100 paths end from {low} to {high}."


def _why_none(found: FanResult | None, series: Series) -> str:
    if series.is_snapshot:
        return "These figures are a snapshot, which is shown and never extrapolated."
    return (found.no_forecast_because if found else "") or "No forecast has been computed yet."
