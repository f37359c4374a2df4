"""The profile: one row a dimension, one mark a technology, its certainty as an error bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.dimension_rows import LEGEND_ABOVE, dimension_axis, row_edges
from publishing.charts.look import INK2, INK3, field_colour, lines, printed
from publishing.figures.shapes import Shape

LEVELS = ("1", "2", "3", "4", "5", "5+")
LANE = 19
ROW_PADDING = 20
HEAD, FOOT = 52, 56
LEFT, LEFT_NARROW, LEGEND_LINE = 96, 84, 21


@dataclass(frozen=True)
class ProfileScore:
    """`position` counts levels from 1, 5+ being 6; half a step is a span. `low` and `high` are
    where the error bar ends. Without a position, `words` say why."""

    words: str
    certainty: str = ""
    position: float | None = None
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Profiled:
    name: str
    shape: Shape
    colour: str
    scores: tuple[ProfileScore, ...]


def profile_figure(technologies: Sequence[Profiled], dimensions: Sequence[str]) -> Drawing:
    """Rows from the top down in the order of `dimensions`; in each, technologies likewise."""
    row = len(technologies) * LANE + ROW_PADDING
    traces = []
    for place, technology in enumerate(technologies):
        offset = (place - (len(technologies) - 1) / 2) * LANE / row
        traces.append(_marks(technology, offset, dimensions))
        traces += _missing(technology, offset)
    return Drawing(traces=traces, layout=_layout(row, dimensions), narrow={"margin.l": LEFT_NARROW})


def _marks(technology: Profiled, offset: float, dimensions: Sequence[str]) -> Trace:
    found = [
        (i, score, score.position)
        for i, score in enumerate(technology.scores)
        if score.position is not None
    ]
    return scatter(
        name=printed(technology.name, width=300),
        x=[position for _, _, position in found],
        y=[i + offset for i, _, _ in found],
        mode="markers",
        showlegend=True,
        marker={
            "symbol": technology.shape.plotly,
            "size": 13,
            "color": field_colour(technology.colour),
            "line": {"width": 0},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [score.high - position for _, score, position in found],
            "arrayminus": [position - score.low for _, score, position in found],
            "color": INK2,
            "thickness": 1.5,
            "width": 4,
        },
        hoverinfo="text",
        hovertext=[_said(technology.name, dimensions[i], score) for i, score, _ in found],
    )


def _missing(technology: Profiled, offset: float) -> list[Trace]:
    """The reason stands in the row in place of a mark."""
    found = [(i, score) for i, score in enumerate(technology.scores) if score.position is None]
    if not found:
        return []
    return [
        scatter(
            x=[0.62] * len(found),
            y=[i + offset for i, _ in found],
            mode="markers+text",
            text=[f" {printed(score.words)}" for _, score in found],
            textposition="middle right",
            textfont={"color": INK3, "size": 13},
            marker={"symbol": f"{technology.shape.plotly}-open", "size": 10, "color": INK3},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _said(name: str, dimension: str, score: ProfileScore) -> str:
    sure = f"{score.certainty} certainty" if score.certainty else "no certainty stated"
    return lines(f"{printed(name, width=420)}", f"{dimension}: {printed(score.words)}", sure)


def _layout(row: int, dimensions: Sequence[str]) -> dict[str, Any]:
    count = len(dimensions)
    return {
        "showlegend": True,
        "height": HEAD + count * row + FOOT,
        "margin": {"l": LEFT, "r": 16, "t": HEAD, "b": FOOT},
        "xaxis": {
            "range": [0.4, 6.5],
            "tickvals": list(range(1, len(LEVELS) + 1)),
            "ticktext": list(LEVELS),
            "title": {"text": "level, from low to high"},
        },
        "yaxis": dimension_axis(dimensions),
        "legend": LEGEND_ABOVE,
        "shapes": row_edges(dimensions),
    }
