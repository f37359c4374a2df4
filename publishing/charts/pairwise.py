"""How often each technology is ahead of each other, as tints of one colour with the number."""

from collections.abc import Iterator, Sequence

from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.look import (
    ACCENT,
    CELL,
    FAN50,
    FAN80,
    FAN95,
    INK,
    ON_ACCENT,
    PAGE,
    lines,
    printed,
)
from publishing.wording import share_of_draws

DARK_FROM = 0.8
CELL_HEIGHT, LEAST_CELL_WIDTH = 26, 30
TOP, LEFT, LEFT_NARROW = 150, 210, 150
SCALE = [
    (0.0, PAGE),
    (0.2, PAGE),
    (0.2, FAN95),
    (0.4, FAN95),
    (0.4, FAN80),
    (0.6, FAN80),
    (0.6, FAN50),
    (DARK_FROM, FAN50),
    (DARK_FROM, ACCENT),
    (1.0, ACCENT),
]


def pairwise_figure(names: Sequence[str], shares: Sequence[Sequence[float | None]]) -> Drawing:
    """`shares[i][j]` is how often i is ahead of j, None on the diagonal. The tints change where
    the words do: 20, 40, 60 and 80 of 100."""
    count = len(names)
    places = list(range(count))
    heat = {
        "type": "heatmap",
        "x": places,
        "y": places,
        "z": [list(row) for row in shares],
        "zmin": 0,
        "zmax": 1,
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hoverinfo": "text",
        "hovertext": [
            [_said(names[i], names[j], share) for j, share in enumerate(row)]
            for i, row in enumerate(shares)
        ],
    }
    layout = {
        "height": TOP + count * CELL_HEIGHT + 12,
        "margin": {"l": LEFT, "r": 12, "t": TOP, "b": 12},
        "xaxis": {
            "side": "top",
            "tickvals": places,
            "ticktext": [printed(name, width=140, size=13) for name in names],
            "tickangle": -50,
            "showgrid": False,
            "ticks": "",
            "range": [-0.5, count - 0.5],
        },
        "yaxis": {
            "range": [count - 0.5, -0.5],
            "tickvals": places,
            "ticktext": [printed(name, width=LEFT - 16, size=13) for name in names],
            "showgrid": False,
            "ticks": "",
        },
    }
    narrow = {
        "margin.l": LEFT_NARROW,
        "yaxis.ticktext": [printed(name, width=LEFT_NARROW - 22, size=13) for name in names],
    }
    least_width = LEFT_NARROW + 12 + count * LEAST_CELL_WIDTH
    return Drawing([heat, *_numbers(shares)], layout, narrow, least_width)


def _numbers(shares: Sequence[Sequence[float | None]]) -> Iterator[Trace]:
    """The numbers in the cells, each in the ink that its tint needs."""
    found = [
        (i, j, share)
        for i, row in enumerate(shares)
        for j, share in enumerate(row)
        if share is not None
    ]
    for colour, is_dark in ((INK, False), (ON_ACCENT, True)):
        here = [cell for cell in found if (cell[2] >= DARK_FROM) == is_dark]
        yield scatter(
            x=[j for _, j, _ in here],
            y=[i for i, _, _ in here],
            mode="text",
            text=[_cell(share) for _, _, share in here],
            textfont={"size": CELL, "color": colour},
            hoverinfo="skip",
        )


def _cell(share: float | None) -> str:
    return "" if share is None else printed(share_of_draws(share))


def _said(first: str, second: str, share: float | None) -> str:
    if share is None:
        return ""
    return lines(
        f"{printed(first, width=420)}",
        f"ahead of {printed(second, width=420)}",
        f"in {_cell(share)} of 100 draws",
    )
