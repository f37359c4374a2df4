"""How often forecasts of about the same chance came true, with bands, on the line of honesty."""

from collections.abc import Sequence
from dataclasses import dataclass

from publishing.charts.chart import Drawing, Table, Trace, scatter
from publishing.charts.look import ACCENT, EDGE, INK2, lines, printed
from publishing.wording import share_of_draws
from scoring.track_record import Calibration, CalibrationBin

HEIGHT, LEFT, RIGHT, TOP, FOOT = 440, 64, 24, 20, 56
SIGNS = ("circle", "square", "diamond", "triangle-up", "cross")
MOST = len(SIGNS)
COLUMNS = ("Who", "Said on average, of 100", "Came true, of 100", "Low", "High", "Forecasts")


@dataclass(frozen=True)
class Curve:
    """A curve with the name that people know its forecaster by."""

    name: str
    found: Calibration


def calibration_figure(curves: Sequence[Curve]) -> Drawing:
    """The first curve in the accent, all others behind it."""
    honest = scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": EDGE, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    traces = [honest, *(_curve(curve, place) for place, curve in enumerate(curves[:MOST]))]
    axis = {"range": [-2, 102], "tickvals": [0, 25, 50, 75, 100], "fixedrange": True}
    layout = {
        "height": HEIGHT,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": FOOT},
        "xaxis": axis | {"title": {"text": "chance that was given, of 100"}},
        "yaxis": axis | {"title": {"text": "came true, of 100"}},
        "annotations": [_honesty()],
    }
    return Drawing(traces, layout, {"margin.l": 52})


def _honesty() -> dict[str, object]:
    return {
        "x": 88,
        "y": 96,
        "text": "as often as said",
        "showarrow": False,
        "xanchor": "right",
        "font": {"color": INK2, "size": 13},
    }


def _curve(curve: Curve, place: int) -> Trace:
    bins = curve.found.bins
    colour = INK2 if place else ACCENT
    return scatter(
        name=printed(curve.name),
        x=[100 * one.p for one in bins],
        y=[100 * one.share for one in bins],
        mode="lines+markers",
        line={"color": colour, "width": 1.5 if place else 2.5},
        marker={"color": colour, "size": 9, "symbol": SIGNS[place]},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * (one.high - one.share) for one in bins],
            "arrayminus": [100 * (one.share - one.low) for one in bins],
            "color": colour,
            "thickness": 1.25,
            "width": 4,
        },
        hoverinfo="text",
        hovertext=[_said(curve.name, one) for one in bins],
    )


def _said(name: str, one: CalibrationBin) -> str:
    return lines(
        printed(name),
        f"said {share_of_draws(one.p)} of 100 in {one.n} forecasts",
        f"came true {share_of_draws(one.share)} of 100,"
        f" {share_of_draws(one.low)} to {share_of_draws(one.high)}",
    )


def calibration_table(curves: Sequence[Curve]) -> Table:
    rows = tuple(
        (
            curve.name,
            round(100 * one.p, 1),
            round(100 * one.share, 1),
            round(100 * one.low, 1),
            round(100 * one.high, 1),
            one.n,
        )
        for curve in curves
        for one in curve.found.bins
    )
    return Table(COLUMNS, rows)
