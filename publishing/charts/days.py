"""An axis of days, and the days from which on the numbers are made in another way."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from publishing.charts.look import INK2


def padded(days: Sequence[date]) -> list[str]:
    """From the first to the last day, with room for a mark at both ends."""
    first, last = min(days).toordinal(), max(days).toordinal()
    room = max((last - first) // 40, 1)
    return [date.fromordinal(end).isoformat() for end in (first - room, last + room)]


def break_lines(days: Sequence[date]) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "x0": day.isoformat(),
            "x1": day.isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": INK2, "width": 1, "dash": "dot"},
        }
        for day in days
    ]


def break_words(days: Sequence[date], words: str) -> list[dict[str, Any]]:
    return [
        {
            "x": day.isoformat(),
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": words,
            "showarrow": False,
            "font": {"color": INK2, "size": 13},
        }
        for day in days
    ]
