"""What a difference of worth is made of: a bar a dimension, from nought to its part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.dimension_rows import LEGEND_ABOVE, dimension_axis, row_edges
from publishing.charts.look import INK, INK3, field_colour, lines, printed
from publishing.figures.shapes import Shape

LANE, ROW_PADDING = 22, 18
HEAD, FOOT, LEFT, LEFT_NARROW = 44, 58, 96, 78
LEAST_REACH = 2.0
# Beyond the longest bar there is room for its number.
ROOM, ROOM_NARROW = 1.25, 1.6


@dataclass(frozen=True)
class Against:
    """One of those that the first is held against; `parts` in points of 100, by dimension, are
    above nought where they speak for the first."""

    name: str
    shape: Shape
    colour: str
    parts: tuple[float, ...]
    decides: tuple[str, ...]


def parts_figure(first: str, others: Sequence[Against], dimensions: Sequence[str]) -> Drawing:
    row = len(others) * LANE + ROW_PADDING
    traces = []
    for place, other in enumerate(others):
        offset = (place - (len(others) - 1) / 2) * LANE / row
        traces += [_bars(other, offset), _ends(first, other, offset, dimensions)]
    reach = max((abs(part) for other in others for part in other.parts), default=0.0)
    reach = max(reach, LEAST_REACH)
    narrow = {
        "margin.l": LEFT_NARROW,
        "xaxis.range": [-reach * ROOM_NARROW, reach * ROOM_NARROW],
        "xaxis.title.text": "points of worth",
    }
    return Drawing(traces, _layout(row, dimensions, reach * ROOM), narrow)


def _bars(other: Against, offset: float) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for i, part in enumerate(other.parts):
        x += [0.0, part, None]
        y += [i + offset, i + offset, None]
    bar = {"width": 7, "color": field_colour(other.colour)}
    return scatter(x=x, y=y, mode="lines", line=bar, hoverinfo="skip", showlegend=False)


def _ends(first: str, other: Against, offset: float, dimensions: Sequence[str]) -> Trace:
    return scatter(
        name=f"against {printed(other.name, width=280)}",
        x=list(other.parts),
        y=[i + offset for i in range(len(other.parts))],
        mode="markers+text",
        text=[signed(part) for part in other.parts],
        textposition=["middle right" if part >= 0 else "middle left" for part in other.parts],
        textfont={"size": 13, "color": INK},
        cliponaxis=False,
        showlegend=True,
        marker={
            "symbol": other.shape.plotly,
            "size": 13,
            "color": field_colour(other.colour),
            "line": {"width": 0},
        },
        hoverinfo="text",
        hovertext=[
            lines(
                f"{printed(first, width=420)} against",
                printed(other.name, width=420),
                f"{name}: {signed(part)} points; decides {decides} of 100 draws",
            )
            for name, part, decides in zip(dimensions, other.parts, other.decides, strict=True)
        ],
    )


def signed(part: float) -> str:
    """With its sign, and a true minus; what rounds to nought has none."""
    shown = round(part, 1) + 0.0
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{abs(shown):.1f}"


def _layout(row: int, dimensions: Sequence[str], reach: float) -> dict[str, Any]:
    count = len(dimensions)
    nought = {
        "type": "line",
        "layer": "below",
        "x0": 0,
        "x1": 0,
        "y0": -0.5,
        "y1": count - 0.5,
        "line": {"color": INK3, "width": 1},
    }
    return {
        "showlegend": True,
        "height": HEAD + count * row + FOOT,
        "margin": {"l": LEFT, "r": 12, "t": HEAD, "b": FOOT},
        "xaxis": {
            "range": [-reach, reach],
            "nticks": 6,
            "title": {"text": "points of worth: left for the other, right for the first"},
        },
        "yaxis": dimension_axis(dimensions),
        "legend": LEGEND_ABOVE,
        "shapes": [*row_edges(dimensions), nought],
    }
