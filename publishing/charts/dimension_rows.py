"""What drawings with a row a dimension share: the rows from the top down, and the legend above."""

from collections.abc import Sequence
from typing import Any

from publishing.charts.look import LINE


def dimension_axis(dimensions: Sequence[str]) -> dict[str, Any]:
    return {
        "range": [len(dimensions) - 0.5, -0.5],
        "tickvals": list(range(len(dimensions))),
        "ticktext": [name.capitalize() for name in dimensions],
        "tickfont": {"size": 14},
        "showgrid": False,
    }


def row_edges(dimensions: Sequence[str]) -> list[dict[str, Any]]:
    """A line above each row and one below the last."""
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": edge - 0.5,
            "y1": edge - 0.5,
            "line": {"color": LINE, "width": 1},
            "layer": "below",
        }
        for edge in range(len(dimensions) + 1)
    ]


LEGEND_ABOVE: dict[str, Any] = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "xref": "container",
    "y": 1,
    "yref": "container",
    "yanchor": "top",
    "itemsizing": "trace",
    "font": {"size": 14},
}
