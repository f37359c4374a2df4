"""What was measured, from period to period; a fan of what may follow can be laid over it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.selectors import Point, Series
from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.look import (
    ACCENT,
    FAN50,
    FAN80,
    FAN95,
    INK,
    INK2,
    INK3,
    lines,
    printed,
)
from publishing.figures.scales import number_words, scale_over, wants_log

HEIGHT = 420
LEFT, LEFT_NARROW, RIGHT, TOP, FOOT = 64, 52, 24, 20, 52
BANDS = (("0.025", "0.975", FAN95), ("0.1", "0.9", FAN80), ("0.25", "0.75", FAN50))
NAMES = {FAN95: "95 of 100 paths", FAN80: "80 of 100 paths", FAN50: "50 of 100 paths"}


@dataclass(frozen=True)
class Fan:
    """Quantiles of simulated paths, by their level, one value a year."""

    years: tuple[float, ...]
    quantiles: Mapping[str, Sequence[float]]


def indicator_figure(series: Series, *, fan: Fan | None = None) -> Drawing:
    """The figures in force on the axis of years. A snapshot is dots and dashed references, with
    no line between them."""
    dated = [point for point in series.points if point.time is not None]
    values = [point.value for point in dated]
    traces = [*_bands(fan), *_measured(series, dated), *_references(series, dated)]
    is_log = series.kind in {"cost", "performance"} and wants_log(values)
    layout = {
        "height": HEIGHT,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": FOOT},
        "xaxis": {"showgrid": False, "ticks": "outside", "nticks": 8, "tickformat": "d"},
        "yaxis": {
            "type": "log" if is_log else "linear",
            "rangemode": "normal" if is_log else "tozero",
            "title": {"text": printed(series.unit, width=HEIGHT - 80.0, size=13)},
            "nticks": 6,
            **(_log_ticks(values, fan) if is_log else {}),
        },
    }
    if _spans_little(dated):
        layout["xaxis"] = {**layout["xaxis"], **_days(dated)}  # type: ignore[dict-item]
    narrow = {"margin.l": LEFT_NARROW, "margin.r": 12, "xaxis.nticks": 4}
    return Drawing(traces, layout, narrow)


def _log_ticks(values: Sequence[float], fan: Fan | None) -> dict[str, Any]:
    """Few round values, as people write them."""
    ends = [] if fan is None else [*fan.quantiles["0.025"], *fan.quantiles["0.975"]]
    ticks = scale_over([*values, *ends], 0, HEIGHT, is_log=True).ticks
    return {"tickvals": list(ticks), "ticktext": [number_words(tick) for tick in ticks]}


def _bands(fan: Fan | None) -> Iterator[Trace]:
    if fan is None:
        return
    years = list(fan.years)
    for low, high, colour in BANDS:
        yield scatter(
            name=NAMES[colour],
            x=[*years, *reversed(years)],
            y=[*fan.quantiles[low], *reversed(fan.quantiles[high])],
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line={"width": 0},
            hoverinfo="skip",
        )
    yield scatter(
        name="median",
        x=years,
        y=list(fan.quantiles["0.5"]),
        mode="lines",
        line={"color": INK2, "width": 1.5, "dash": "dash"},
        hoverinfo="text",
        hovertext=[
            lines(f"{year:.0f}", f"median {number_words(value)}")
            for year, value in zip(years, fan.quantiles["0.5"], strict=True)
        ],
    )


def _measured(series: Series, dated: Sequence[Point]) -> Iterator[Trace]:
    if not dated:
        return
    drawn: dict[str, Any] = {
        "x": [point.time for point in dated],
        "y": [point.value for point in dated],
        "marker": {"color": ACCENT, "size": 8},
        "hoverinfo": "text",
        "hovertext": [_said(series, point) for point in dated],
    }
    if series.is_snapshot:
        names = [printed(point.label, width=120.0) for point in dated]
        words = {"text": names, "textposition": "top center", "textfont": {"color": INK}}
        yield scatter(mode="markers+text", cliponaxis=False, **drawn, **words)
    else:
        yield scatter(mode="lines+markers", line={"color": ACCENT, "width": 2}, **drawn)


def _references(series: Series, dated: Sequence[Point]) -> Iterator[Trace]:
    """What a snapshot holds without a date, as levels to hold the others against."""
    times = [point.time for point in dated if point.time is not None] or [0.0, 1.0]
    room = (max(times) - min(times)) * 0.25 or 0.05
    for point in series.points:
        if point.time is None:
            yield scatter(
                x=[min(times) - room, max(times) + room],
                y=[point.value, point.value],
                mode="lines+text",
                line={"color": INK3, "width": 1, "dash": "dot"},
                text=["", printed(f"{point.label}, a reference", width=200.0)],
                textposition="top left",
                textfont={"color": INK2},
                hoverinfo="skip",
            )


def _said(series: Series, point: Point) -> str:
    label = f", {printed(point.label, width=300.0)}" if point.label else ""
    return lines(
        f"{point.period}{label}",
        f"{number_words(point.value)} {printed(series.unit, width=300.0)}",
        f"published {point.vintage.isoformat()}",
    )


def _spans_little(dated: Sequence[Point]) -> bool:
    times = [point.time for point in dated if point.time is not None]
    return bool(times) and max(times) - min(times) < 1.5


def _days(dated: Sequence[Point]) -> dict[str, Any]:
    """Within one year the axis names the days themselves."""
    shown = {point.time: point.period for point in dated}
    return {"tickvals": list(shown), "ticktext": list(shown.values())}
