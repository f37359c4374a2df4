"""What one person can say of a prediction, and what is wrong with saying it."""

import math
from dataclasses import dataclass
from datetime import date

from assessments.values.fields import FieldProblem
from assessments.values.prediction import LARGEST, Kind

LEAST_P, MOST_P = 0.01, 0.99
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.01, 0.99
FIRST_YEAR, LAST_YEAR = 1900.0, 2200.0
OF_CHANCE = (
    "Give a chance from 1 to 99 in 100. At 0 or 100 nothing that happens could change your mind,"
    " and a single surprise would outweigh everything else you ever forecast."
)


@dataclass(frozen=True)
class Points:
    """Four points of a number or a day: the truth lies from lowest to highest with that
    confidence. Days are years with a fraction."""

    lowest: float
    best: float
    highest: float
    confidence: float


@dataclass(frozen=True)
class Opinion:
    """A chance for yes or no; four points for a number or a date, and for a date how likely it is
    that the day never comes."""

    p: float | None = None
    points: Points | None = None
    p_never: float | None = None
    expires_on: date | None = None
    note: str = ""


def wrong_opinion(kind: Kind, opinion: Opinion) -> list[FieldProblem]:
    """Every reason why a prediction of that kind cannot take the opinion."""
    if kind == Kind.YES_NO:
        return _wrong_chance(opinion)
    return [*_wrong_points(kind, opinion), *_wrong_never(kind, opinion)]


def _wrong_chance(opinion: Opinion) -> list[FieldProblem]:
    found = []
    if opinion.p is None or not LEAST_P <= opinion.p <= MOST_P:
        found.append(_problem("p", opinion.p, OF_CHANCE))
    if opinion.points or opinion.p_never is not None:
        message = "This is a question of yes or no. Give one chance and no points."
        found.append(_problem("points", None, message))
    return found


def _wrong_points(kind: Kind, opinion: Opinion) -> list[FieldProblem]:
    points = opinion.points
    if points is None:
        message = "Give four points: lowest, best guess, highest, and how sure you are."
        return [_problem("points", None, message)]
    found = []
    if opinion.p is not None:
        message = "This asks for a number or a day. Give four points and no chance."
        found.append(_problem("p", opinion.p, message))
    low, high = (-LARGEST, LARGEST) if kind == Kind.NUMBER else (FIRST_YEAR, LAST_YEAR)
    values = (points.lowest, points.best, points.highest)
    if not all(math.isfinite(value) and low <= value <= high for value in values):
        message = f"Give finite numbers from {low:.15g} to {high:.15g}."
        found.append(_problem("points", None, message))
    elif not points.lowest <= points.best <= points.highest or points.lowest == points.highest:
        message = "Put the points in order: lowest, best guess, highest, not all the same."
        found.append(_problem("points", None, message))
    if not LEAST_CONFIDENCE <= points.confidence <= MOST_CONFIDENCE:
        message = (
            "Say how sure you are that the truth lies between lowest and highest: more than 0 and"
            " less than 100 in 100."
        )
        found.append(_problem("confidence", points.confidence, message))
    return found


def _wrong_never(kind: Kind, opinion: Opinion) -> list[FieldProblem]:
    never = opinion.p_never
    if never is None:
        return []
    if kind != Kind.DATE:
        message = "A number has no “never”. Leave that chance out."
        return [_problem("p_never", never, message)]
    if not 0 <= never <= MOST_P:
        message = "Give the chance that it never happens, from 0 to 99 in 100."
        return [_problem("p_never", never, message)]
    return []


def _problem(field: str, value: object, message: str) -> FieldProblem:
    return FieldProblem(field, "" if value is None else str(value), message)
