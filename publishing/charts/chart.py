"""A chart with all that belongs to it: its sentence, its table and its downloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from publishing.charts.look import template
from rest.bodies import csv_lines

Cell = str | int | float | None
Trace = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """What a chart shows, in rows; the first cell of each names it. None is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def csv(self) -> str:
        return b"".join(csv_lines(self.columns, self.rows)).decode()


def scatter(**settings: Any) -> Trace:
    return {"type": "scatter", **settings}


@dataclass(frozen=True)
class Drawing:
    """Traces and layout; `narrow` holds settings by their dotted names. Where the page is
    narrower than `least_width`, the drawing is moved sideways."""

    traces: Sequence[Trace]
    layout: Mapping[str, Any]
    narrow: Mapping[str, Any] = field(default_factory=dict)
    least_width: int = 0

    @property
    def figure(self) -> dict[str, Any]:
        """Checked by Plotly's own schema."""
        layout = {"template": template(), "uirevision": "kept", **self.layout}
        drawn: dict[str, Any] = go.Figure(data=list(self.traces), layout=layout).to_plotly_json()
        return {**drawn, "narrow": dict(self.narrow), "leastWidth": self.least_width}


@dataclass(frozen=True)
class Chart:
    """`name` is the chart's place on the page and the name of its files."""

    name: str
    heading: str
    sentence: str
    drawing: Drawing
    table: Table
    caption: str
    csv_url: str

    @property
    def figure(self) -> Mapping[str, Any]:
        """What goes to the browser as data, made where a page shows it; what it calls `narrow`
        are the settings for a narrow page."""
        return self.drawing.figure

    @property
    def data_id(self) -> str:
        return f"{self.name}-figure"
