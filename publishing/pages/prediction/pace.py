"""Whether the figures since a prediction was made kept the pace that it needs."""

import math
from dataclasses import dataclass

from evidence.values import decimal_year
from publishing.pages.prediction.facts import YES_NO, PredictionFacts
from publishing.pages.prediction.fan import time_cell
from publishing.pages.prediction.words import with_unit

ENOUGH = 1e-9


@dataclass(frozen=True)
class Checkpoint:
    """A figure beside what the pace needed by then."""

    time: str
    value: str
    needed: str
    is_on_pace: bool


@dataclass(frozen=True)
class Pace:
    sentence: str
    rows: tuple[Checkpoint, ...]


def pace_of(facts: PredictionFacts) -> Pace | None:
    """None without a threshold on a series, or before a figure of a later time has come."""
    threshold, end = facts.threshold, facts.deadline_time
    if facts.series is None or threshold is None or end is None or facts.record.kind != YES_NO:
        return None
    points = list(zip(facts.series.times, facts.series.values, strict=True))
    said = decimal_year(facts.record.as_of)
    known = [
        point
        for point, row in zip(points, _dated(facts), strict=True)
        if row <= facts.record.as_of.toordinal() and point[0] < said
    ]
    if not known or known[-1][0] >= end - ENOUGH:
        return None
    start = known[-1]
    later = [row for row in points if start[0] < row[0] <= end + ENOUGH]
    rows = tuple(_checkpoint(row, start, (end, threshold), facts) for row in later)
    return Pace(_sentence(rows), rows) if rows else None


def _dated(facts: PredictionFacts) -> list[int]:
    """The day on which each figure was published."""
    points = facts.series.points if facts.series else ()
    return [point.vintage.toordinal() for point in points if point.time is not None]


def needed_at(time: float, start: tuple[float, float], goal: tuple[float, float]) -> float:
    """On a straight way from the figure known when the prediction was made to the threshold at the
    deadline; by ratios where both are positive."""
    share = (time - start[0]) / (goal[0] - start[0])
    if start[1] > 0 and goal[1] > 0:
        return math.exp(math.log(start[1]) + share * (math.log(goal[1]) - math.log(start[1])))
    return start[1] + share * (goal[1] - start[1])


def _checkpoint(
    row: tuple[float, float],
    start: tuple[float, float],
    goal: tuple[float, float],
    facts: PredictionFacts,
) -> Checkpoint:
    time, value = row
    needed = needed_at(time, start, goal)
    slack = ENOUGH * max(abs(value), abs(needed))
    return Checkpoint(
        time=time_cell(time),
        value=with_unit(value, facts.unit),
        needed=with_unit(needed, facts.unit),
        is_on_pace=value >= needed - slack if facts.is_above else value <= needed + slack,
    )


def _sentence(rows: tuple[Checkpoint, ...]) -> str:
    """On pace, or behind since the first figure from which on it never was again."""
    if rows[-1].is_on_pace:
        return f"On pace: {rows[-1].value} in {rows[-1].time}, and {rows[-1].needed} was needed."
    since = rows[-1].time
    for row in reversed(rows):
        if row.is_on_pace:
            break
        since = row.time
    last = rows[-1]
    return f"Behind since {since}: {last.value} in {last.time}, and {last.needed} was needed."
