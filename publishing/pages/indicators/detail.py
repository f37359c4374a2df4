"""One indicator: what was measured, every vintage of it, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from evidence.selectors import Series, Vintage, latest_point
from publishing.charts.chart import Chart, Table
from publishing.charts.indicator import Fan, indicator_figure
from publishing.figures.scales import number_words
from publishing.pages.indicators.ahead import Ahead
from publishing.pages.published import day_words
from publishing.wording import counted

COLUMNS = ("Period", "Value", "Label", "Published on", "Source", "Note")
FEW = 5


@dataclass(frozen=True)
class Revised:
    """A figure of which there is more than one vintage, the newest last."""

    period: str
    label: str
    vintages: tuple[Vintage, ...]


@dataclass(frozen=True)
class IndicatorPage:
    """`facts` are pairs of a term and what is known."""

    series: Series
    headline: str
    lede: str
    chart: Chart | None
    facts: tuple[tuple[str, str], ...]
    revised: tuple[Revised, ...]
    can_write: bool
    json_url: str
    csv_url: str
    ahead: Ahead | None = None


def indicator_page(
    series: Series, vintages: Sequence[Vintage], *, can_write: bool, ahead: Ahead | None = None
) -> IndicatorPage:
    files = {"slug": series.slug, "extension": "csv"}
    return IndicatorPage(
        series=series,
        headline=_headline(series),
        lede=_lede(series),
        chart=indicator_chart(series, fan=ahead.fan if ahead else None) if series.points else None,
        facts=tuple(_facts(series)),
        revised=revised(vintages, by_label=series.is_snapshot),
        can_write=can_write,
        json_url=reverse("api:indicator-detail", kwargs={"slug": series.slug}),
        csv_url=reverse("api:observation-list-file", kwargs=files),
        ahead=ahead,
    )


def indicator_chart(series: Series, *, fan: Fan | None = None) -> Chart:
    kind = "Snapshot, never extrapolated" if series.is_snapshot else "What was measured"
    return Chart(
        name="history",
        heading=f"{kind}: {series.unit}",
        sentence=_sentence(series),
        drawing=indicator_figure(series, fan=fan),
        table=indicator_table(series),
        caption=_caption(series),
        csv_url=reverse("publishing:indicator-history-csv", kwargs={"slug": series.slug}),
    )


def indicator_table(series: Series) -> Table:
    rows = [
        (
            point.period or "no date",
            point.entered,
            point.label,
            point.vintage.isoformat(),
            point.source or series.publisher,
            point.note,
        )
        for point in reversed(series.points)
    ]
    return Table(COLUMNS, tuple(rows))


def revised(vintages: Sequence[Vintage], *, by_label: bool) -> tuple[Revised, ...]:
    def same(row: Vintage) -> tuple[str, str]:
        return row.period, row.label if by_label else ""

    found = [(key, tuple(rows)) for key, rows in groupby(vintages, same)]
    return tuple(
        Revised(period, label, rows) for (period, label), rows in reversed(found) if len(rows) > 1
    )


def _headline(series: Series) -> str:
    dated = [point for point in series.points if point.time is not None]
    if series.is_snapshot:
        return f"{series.name}: a snapshot of {counted(len(series.points), 'figure')}."
    if not dated:
        return f"{series.name}: nothing is recorded yet."
    first, last = dated[0], dated[-1]
    end = f"{_figure(series, last.value)} in {last.period}"
    if len(dated) == 1 or last.value == first.value:
        since = "" if len(dated) == 1 else f", as in {first.period}"
        return f"{series.name}: {end}{since}."
    went = "rose" if last.value > first.value else "fell"
    return f"{series.name} {went} from {_figure(series, first.value)} in {first.period} to {end}."


def _figure(series: Series, value: float) -> str:
    return f"{number_words(value)} %" if series.kind == "share" else number_words(value)


def _lede(series: Series) -> str:
    direction = "Less is progress." if series.progress == "down" else "More is progress."
    last = latest_point(series)
    if series.is_snapshot:
        return (
            "Several things graded once, side by side. Such figures are shown and never"
            f" extrapolated. {direction}"
        )
    few = len(series.times)
    if last and few < FEW:
        return f"{direction} With fewer than five figures, what came before elsewhere dominates."
    return direction


def _sentence(series: Series) -> str:
    dated = [point for point in series.points if point.time is not None]
    if series.is_snapshot:
        undated = len(series.points) - len(dated)
        return (
            f"{counted(len(dated), 'dated figure').capitalize()} and"
            f" {counted(undated, 'reference')} without a date, in {series.unit}."
        )
    years = max(dated[-1].time or 0, 0) - (dated[0].time or 0)
    rate = _rate(series, years)
    span = f"from {dated[0].period} to {dated[-1].period}" if years else f"of {dated[0].period}"
    return f"{counted(len(dated), 'figure').capitalize()} {span}{rate}."


def _rate(series: Series, years: float) -> str:
    """The mean change a year, in the words of the kind."""
    first, last = series.values[0], series.values[-1]
    if years < 1:
        return ""
    if series.kind == "share":
        return f", {_signed((last - first) / years)} points a year on average"
    if first <= 0 or last <= 0:
        return ""
    return f", {_signed(100 * ((last / first) ** (1 / years) - 1))} % a year on average"


def _signed(number: float) -> str:
    return f"{number:+.2g}".replace("-", "−")


def _caption(series: Series) -> str:
    source = f"Source: {series.publisher}"
    licence = f", {series.licence}" if series.licence else ""
    shown = (
        "Dots are dated figures, dotted lines are references without a date."
        if series.is_snapshot
        else "Each dot is the newest vintage of its period."
    )
    return f"{source}{licence}. {shown}"


def _facts(series: Series) -> list[tuple[str, str]]:
    facts = [
        ("Unit", series.unit),
        ("Kind", "snapshot" if series.is_snapshot else series.kind),
        ("One figure a", series.cadence),
        ("Where", series.geography or "not said"),
        ("Published by", series.publisher),
    ]
    if series.release_lag_days:
        days = counted(series.release_lag_days, "day")
        facts.append(("Appears", f"about {days} after the end of a {series.cadence}"))
    if series.ceiling:
        low, high = series.ceiling
        facts.append(("Ceiling", f"between {low:g} and {high:g} %, as the team sees it"))
    if series.comparability:
        facts.append(("Comparable", series.comparability))
    newest = max((point.vintage for point in series.points), default=None)
    if newest:
        facts.append(("Newest vintage", day_words(newest)))
    return facts
