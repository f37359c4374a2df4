"""How the chance of a prediction moved from run to run."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.charts.chart import Table
from publishing.figures.chances import ChanceThen, chances_drawing
from publishing.pages.prediction.facts import PredictionFacts
from publishing.pages.prediction.words import of_100
from publishing.pages.published import day_words
from scoring.predictions import ProbabilityPoint

MOST_ROWS = 60
COLUMNS = ("Day", "Pooled, of 100", "Low", "High", "Model, of 100", "Members", "Run", "Why")


@dataclass(frozen=True)
class ChancesPart:
    sentence: str
    drawing: SafeString
    table: Table
    left_out: int


def chances_part(facts: PredictionFacts) -> ChancesPart | None:
    """None where chances are hidden, or before there are two of them."""
    if not has_chances(facts):
        return None
    points = moved(facts.history)
    sentence = _sentence(points)
    rows = [_then(point) for point in points[-MOST_ROWS:]]
    return ChancesPart(
        sentence=sentence,
        drawing=chances_drawing(rows, words=sentence),
        table=chances_table(points),
        left_out=max(len(points) - MOST_ROWS, 0),
    )


def has_chances(facts: PredictionFacts) -> bool:
    return not facts.is_hidden and len(moved(facts.history)) > 1


def moved(points: tuple[ProbabilityPoint, ...]) -> list[ProbabilityPoint]:
    """The last run of each day, without days on which nothing moved; the newest always stays."""
    days = {point.as_of: point for point in points}
    found: list[ProbabilityPoint] = []
    for point in days.values():
        if not found or _said(point) != _said(found[-1]) or point is points[-1]:
            found.append(point)
    return found


def _said(point: ProbabilityPoint) -> tuple[float | None, ...]:
    return point.pool, point.low, point.high, point.model


def _then(point: ProbabilityPoint) -> ChanceThen:
    return ChanceThen(point.as_of, point.pool, point.low, point.high, point.model)


def chances_table(points: list[ProbabilityPoint]) -> Table:
    """Newest first."""
    return Table(COLUMNS, tuple(_row(point) for point in reversed(points)))


def _row(point: ProbabilityPoint) -> tuple[str | float | int | None, ...]:
    chances = (point.pool, point.low, point.high, point.model)
    pool, low, high, model = (None if p is None else round(100 * p, 1) for p in chances)
    return (
        point.as_of.isoformat(),
        pool,
        low,
        high,
        model,
        point.members,
        point.run_id,
        point.reason,
    )


def _sentence(points: list[ProbabilityPoint]) -> str:
    whose = "pool" if points[-1].pool is not None else "model"
    known = [point for point in points if getattr(point, whose) is not None]
    first, last = known[0], known[-1]
    who = "The pooled chance" if whose == "pool" else "The model’s chance"
    before, after = getattr(first, whose), getattr(last, whose)
    if of_100(before) == of_100(after):
        return f"{who} is {of_100(after)}, as it was on {day_words(first.as_of)}."
    return f"{who} was {of_100(before)} on {day_words(first.as_of)}, and is {of_100(after)} now."
