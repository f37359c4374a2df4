"""Which share of the field a few technologies beat, day after day: one in the accent, the others
beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from publishing.charts.chart import Drawing, Trace, scatter
from publishing.charts.days import break_lines, break_words, padded
from publishing.charts.look import ACCENT, EDGE, FAN80, FAN95, INK2, lines, printed
from publishing.results import RankThen
from publishing.wording import share_of_draws

HEIGHT = 520
TOP, FOOT, LEFT = 16, 56, 48
RIGHT, RIGHT_NARROW = 250, 128
LABEL_HEIGHT = 17


@dataclass(frozen=True)
class RankedOnDays:
    """`stretches` are runs of days that may be joined: one engine, one lens, one series, no day
    without."""

    slug: str
    name: str
    stretches: tuple[tuple[tuple[date, RankThen], ...], ...]

    @property
    def last(self) -> tuple[date, RankThen]:
        return self.stretches[-1][-1]


def ranking_history_figure(rows: Sequence[RankedOnDays], *, breaks: Sequence[date]) -> Drawing:
    """The first of the rows is the subject: its interval is drawn as a band."""
    values = [100 * rank.beaten for row in rows for _, rank in _points(row)]
    ends = [
        100 * end for _, rank in _points(rows[0]) for end in (rank.beaten_low, rank.beaten_high)
    ]
    span = (min(*values, *ends) - 2.0, max(*values, *ends) + 2.0)
    traces = [*_band(rows[0])]
    for row in reversed(rows[1:]):
        traces += _lines(row, EDGE, 1.5)
    traces += _lines(rows[0], ACCENT, 3)
    layout = {
        "height": HEIGHT,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": FOOT},
        "xaxis": {
            "type": "date",
            "nticks": 6,
            "showgrid": False,
            "ticks": "outside",
            "range": padded([day for row in rows for day, _ in _points(row)]),
        },
        "yaxis": {
            "range": list(span),
            "title": {"text": "beats so many of 100 others in the field"},
            "nticks": 6,
        },
        "annotations": [*_names(rows, span, RIGHT), *break_words(breaks, "another method")],
        "shapes": break_lines(breaks),
    }
    narrow = {
        "margin.r": RIGHT_NARROW,
        "margin.l": 40,
        "xaxis.nticks": 3,
        "annotations": [*_names(rows, span, RIGHT_NARROW), *break_words(breaks, "another method")],
    }
    return Drawing(traces=traces, layout=layout, narrow=narrow)


def _points(row: RankedOnDays) -> Iterator[tuple[date, RankThen]]:
    for stretch in row.stretches:
        yield from stretch


def _band(row: RankedOnDays) -> Iterator[Trace]:
    for stretch in row.stretches:
        days = [day.isoformat() for day, _ in stretch]
        lows = [100 * rank.beaten_low for _, rank in stretch]
        highs = [100 * rank.beaten_high for _, rank in stretch]
        if len(stretch) == 1:
            # A day alone has no width to fill.
            yield scatter(
                x=days * 2,
                y=[lows[0], highs[0]],
                mode="lines",
                line={"color": FAN80, "width": 9},
                hoverinfo="skip",
            )
            continue
        yield scatter(
            x=[*days, *reversed(days)],
            y=[*lows, *reversed(highs)],
            mode="lines",
            fill="toself",
            fillcolor=FAN95,
            line={"width": 0.75, "color": EDGE},
            hoverinfo="skip",
        )


def _lines(row: RankedOnDays, colour: str, width: float) -> Iterator[Trace]:
    for stretch in row.stretches:
        yield scatter(
            x=[day.isoformat() for day, _ in stretch],
            y=[100 * rank.beaten for _, rank in stretch],
            mode="lines+markers",
            line={"color": colour, "width": width},
            marker={"color": colour, "size": 4 + 2 * width},
            hoverinfo="text",
            hovertext=[_said(row.name, day, rank) for day, rank in stretch],
        )


def _said(name: str, day: date, rank: RankThen) -> str:
    return lines(
        f"{printed(name, width=420)}, {day.day} {day:%b %Y}",
        f"beats {share_of_draws(rank.beaten)} of 100 others",
        f"expected rank {rank.expected_rank:.1f}, band {rank.band}",
        f"90 of 100 draws between {rank.rank_low} and {rank.rank_high}",
    )


def _names(
    rows: Sequence[RankedOnDays], span: tuple[float, float], room: int
) -> list[dict[str, Any]]:
    """Each name at the end of its line, moved apart where lines end close together."""
    ordered = sorted(rows, key=lambda row: -row.last[1].beaten)
    apart = LABEL_HEIGHT * (span[1] - span[0]) / (HEIGHT - TOP - FOOT)
    # From the top down, as `spaced` counts.
    downward = [span[1] - 100 * row.last[1].beaten for row in ordered]
    placed = spaced(downward, apart=apart, last=span[1] - span[0])
    places = [span[1] - place for place in placed]
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 10,
            "y": place,
            "yanchor": "middle",
            "showarrow": False,
            "text": _end_words(row, room - 14.0),
            "font": {
                "color": ACCENT if row is rows[0] else INK2,
                "size": 14,
                "weight": 650 if row is rows[0] else 400,
            },
        }
        for row, place in zip(ordered, places, strict=True)
    ]


def spaced(places: Sequence[float], *, apart: float, last: float) -> list[float]:
    """The places, in order, moved as little down, and at the end up, as keeps them apart."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + apart) if found else place)
    limit = last - apart / 2
    for i in reversed(range(len(found))):
        found[i] = min(found[i], limit)
        limit = found[i] - apart
    return found


def _end_words(row: RankedOnDays, room: float) -> str:
    name = printed(row.name, width=room - 34)
    return f"{share_of_draws(row.last[1].beaten)}  {name}"
