"""How every chart that one explores looks: one template, whose colours are the stylesheet's.

A colour is written as the token that carries it, such as `var(--ink)`. The browser puts in the
value that is in force, so that a chart follows the theme and each colour is written once.
"""

from functools import cache
from html import escape

import plotly.graph_objects as go

from publishing.figures.lettering import shortened

PAGE, INK, INK2, INK3 = "var(--page)", "var(--ink)", "var(--ink2)", "var(--ink3)"
LINE, EDGE, ACCENT, SHEET = "var(--line)", "var(--edge)", "var(--accent)", "var(--sheet)"
ON_ACCENT = "var(--on-accent)"
FAN95, FAN80, FAN50 = "var(--fan95)", "var(--fan80)", "var(--fan50)"
SANS = '"Source Sans 3", system-ui, sans-serif'
LABEL, AXIS, CELL = 14, 13, 12


@cache
def template() -> go.layout.Template:
    axis = {
        "gridcolor": LINE,
        "linecolor": INK,
        "zeroline": False,
        "automargin": False,
        "fixedrange": False,
        "tickfont": {"color": INK3, "size": AXIS},
        "title": {"font": {"color": INK3, "size": AXIS}, "standoff": 12},
    }
    layout = go.Layout(
        font={"family": SANS, "size": LABEL, "color": INK},
        paper_bgcolor=PAGE,
        plot_bgcolor=PAGE,
        hoverlabel={
            "bgcolor": SHEET,
            "bordercolor": EDGE,
            "font": {"family": SANS, "size": LABEL, "color": INK},
            "align": "left",
            "namelength": -1,
        },
        hovermode="closest",
        dragmode=False,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 48},
        xaxis=axis,
        yaxis=axis,
    )
    return go.layout.Template(layout=layout)


def field_colour(colour: str) -> str:
    """The token of a field's colour; the neutral one for fields that have none."""
    return f"var(--field-{'mobility' if colour == 'other' else colour})"


def printed(words: str, *, width: float = 0.0, size: float = LABEL) -> str:
    """Words as a chart may print them: what looks like a tag is shown and does nothing."""
    kept = shortened(words, size, width) if width else words
    return escape(kept, quote=False)


def lines(*rows: str) -> str:
    """Rows of a hover label, each already printed. No other tag than the break goes into a chart:
    Plotly writes bold and the like as a style attribute, which the policy refuses."""
    return "<br>".join(row for row in rows if row)
