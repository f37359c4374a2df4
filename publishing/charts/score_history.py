"""The levels of one technology by date: a row a dimension, a step a change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.days import break_lines, break_words, padded
from publishing.charts.look import INK, INK2, lines, printed

ROW, GAP = 96, 0.02
TOP, FOOT, LEFT = 24, 44, 128


@dataclass(frozen=True)
class LevelThen:
    """A level as a revision states it, `low` and `high` being the ends of its error bar."""

    day: date
    printed: str
    certainty: str
    position: float
    low: float
    high: float


@dataclass(frozen=True)
class LevelsOnDays:
    """Of one dimension; a stretch ends where the series changes or no level is stated, and
    stands until the day it is drawn to."""

    dimension: str
    stretches: tuple[tuple[tuple[LevelThen, ...], date], ...]


def score_history_figure(
    rows: Sequence[LevelsOnDays], *, breaks: Sequence[date], first: date, last: date
) -> Drawing:
    count = len(rows)
    traces = [trace for place, row in enumerate(rows) for trace in _row(row, place)]
    layout: dict[str, Any] = {
        "height": TOP + count * ROW + FOOT,
        "margin": {"l": LEFT, "r": 20, "t": TOP, "b": FOOT},
        "xaxis": {
            "type": "date",
            "nticks": 6,
            "range": padded([first, last]),
            "anchor": f"y{count}",
            "ticks": "outside",
        },
        "annotations": [*_titles(rows), *break_words(breaks, "another series")],
        "shapes": break_lines(breaks),
    }
    for place, row in enumerate(rows):
        layout[_axis_name(place)] = {
            "domain": _domain(place, count),
            "range": [0.5, 6.5 if row.dimension == "impact" else 5.5],
            "tickvals": [1, 3, 6] if row.dimension == "impact" else [1, 3, 5],
            "ticktext": ["1", "3", "5+"] if row.dimension == "impact" else ["1", "3", "5"],
            "fixedrange": True,
        }
    return Drawing(traces=traces, layout=layout, narrow={"xaxis.nticks": 3, "margin.l": 104})


def _axis_name(place: int) -> str:
    return f"yaxis{place + 1}" if place else "yaxis"


def _domain(place: int, count: int) -> list[float]:
    return [1 - (place + 1) / count + GAP, 1 - place / count - GAP]


def _row(row: LevelsOnDays, place: int) -> Iterator[Trace]:
    axis = f"y{place + 1}" if place else "y"
    for stretch, until in row.stretches:
        days = [level.day.isoformat() for level in stretch]
        places = [level.position for level in stretch]
        yield scatter(
            x=[*days, until.isoformat()],
            y=[*places, places[-1]],
            yaxis=axis,
            mode="lines",
            line={"color": INK, "width": 2, "shape": "hv"},
            hoverinfo="skip",
        )
        yield scatter(
            x=days,
            y=places,
            yaxis=axis,
            mode="markers",
            marker={"color": INK, "size": 9},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [level.high - level.position for level in stretch],
                "arrayminus": [level.position - level.low for level in stretch],
                "color": INK2,
                "thickness": 1.5,
                "width": 4,
            },
            hoverinfo="text",
            hovertext=[_said(row.dimension, level) for level in stretch],
        )


def _said(dimension: str, level: LevelThen) -> str:
    sure = f"{level.certainty} certainty" if level.certainty else "no certainty stated"
    day = f"{level.day.day} {level.day:%b %Y}"
    return lines(f"{dimension.capitalize()} {printed(level.printed)}", day, sure)


def _titles(rows: Sequence[LevelsOnDays]) -> list[dict[str, Any]]:
    return [
        {
            "text": row.dimension.capitalize(),
            "x": 0,
            "xref": "paper",
            "xanchor": "right",
            "xshift": -30,
            "y": sum(_domain(place, len(rows))) / 2,
            "yref": "paper",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 14, "color": INK},
        }
        for place, row in enumerate(rows)
    ]
