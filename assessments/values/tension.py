"""Where the evidence of a published card and its score went apart.

The thresholds are proposals. A strong citation counts 3, a moderate one 2, a weak one 1: upwards
where it raises, downwards where it lowers, and nothing where it supports. From MOVED on a second
look is asked for: one strong citation, or a moderate and a weak one. A moderate
one is enough where the score went the other way.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessments.values.citations import Direction, Strength
from assessments.values.scale import Dimension, levels_of

WEIGHTS = {Strength.WEAK: 1, Strength.MODERATE: 2, Strength.STRONG: 3}
SIGNS = {Direction.RAISES: 1, Direction.LOWERS: -1, Direction.SUPPORTS: 0}
MOVED = 3
AGAINST = 2
# An open window is taken to last as long as pages take it to.
OPEN_YEARS = 14

Content = Mapping[str, Any]
Cited = Mapping[str, Any]


class Kind(StrEnum):
    EVIDENCE_MOVED = "evidence moved"
    SCORE_MOVED = "score moved alone"
    AGAINST_EVIDENCE = "score moved against its evidence"


@dataclass(frozen=True)
class Tension:
    """`net` is the weight of what changed, upwards where it is positive; `added` and `gone` are
    the citations that make it up, and `by` how far the score itself moved."""

    dimension: Dimension
    kind: Kind
    net: int
    added: tuple[Cited, ...] = ()
    gone: tuple[Cited, ...] = ()
    by: float = 0.0


def tensions(history: Sequence[Content], retracted: Container[str] = ()) -> list[Tension]:
    """Of the published states of one card, oldest first; `retracted` are keys of items.

    A card that never cited anything has none: there is no evidence that could stay behind.
    """
    if not any(state.get("citations") for state in history):
        return []
    found = [_tension(dimension, history, retracted) for dimension in Dimension]
    return [tension for tension in found if tension]


def _tension(
    dimension: Dimension, history: Sequence[Content], retracted: Container[str]
) -> Tension | None:
    weighed = last_weighed(dimension, history)
    since = _evidence_since(dimension, history[weighed], history[-1], retracted)
    if abs(since.net) >= MOVED:
        return since if _can_follow(history[-1]["scores"][dimension], since, dimension) else None
    if weighed and not since.added and not since.gone:
        former = last_weighed(dimension, history[:weighed])
        return _of_step(dimension, history[former], history[weighed])
    return None


def last_weighed(dimension: Dimension, history: Sequence[Content]) -> int:
    """The state in which somebody last gave this score, its certainty or its reason anew: whoever
    rewrites the reason has weighed what was cited by then."""
    places = range(len(history) - 1, 0, -1)
    scores = [state["scores"][dimension] for state in history]
    return next((place for place in places if scores[place] != scores[place - 1]), 0)


def last_looked_at(dimension: Dimension, history: Sequence[Content]) -> int:
    """The newest state in which the score, its reason or what is cited for it changed: whoever
    changed one of them has seen what was known by then."""
    weighed, cited = last_weighed(dimension, history), [_cited(dimension, one) for one in history]
    later = range(len(history) - 1, weighed, -1)
    return next((place for place in later if cited[place] != cited[place - 1]), weighed)


def _evidence_since(
    dimension: Dimension, then: Content, today: Content, retracted: Container[str]
) -> Tension:
    """What was cited, taken out or retracted since the score was weighed. What was retracted
    before that and is cited still counts as gone: it bears nothing."""
    old, new = _cited(dimension, then), _cited(dimension, today)
    standing = {key: one for key, one in new.items() if one["item"] not in retracted}
    added = tuple(standing[key] for key in standing if key not in old)
    gone = tuple(old[key] for key in old if key not in standing)
    net = _weight(added) - _weight(gone)
    return Tension(dimension, Kind.EVIDENCE_MOVED, net, added, gone)


def _of_step(dimension: Dimension, before: Content, after: Content) -> Tension | None:
    """Whether the score moved without any evidence that came since it was weighed before, or
    the other way."""
    by = _position(after, dimension) - _position(before, dimension)
    if not by:
        return None
    change = _evidence_since(dimension, before, after, ())
    if not change.added and not change.gone:
        return Tension(dimension, Kind.SCORE_MOVED, 0, by=by)
    if abs(change.net) >= AGAINST and change.net * by < 0:
        kind = Kind.AGAINST_EVIDENCE
        return Tension(dimension, kind, change.net, change.added, change.gone, by)
    return None


def _cited(dimension: Dimension, state: Content) -> dict[tuple[str, ...], Cited]:
    """The citations of the dimension, by all that decides what they weigh."""
    parts = ("item", "quote", "direction", "strength")
    rows = [one for one in state.get("citations", ()) if one["dimension"] == dimension]
    return {tuple(str(one[part]) for part in parts): one for one in rows}


def _weight(citations: Iterable[Cited]) -> int:
    return sum(
        SIGNS[Direction(one["direction"])] * WEIGHTS[Strength(one["strength"])] for one in citations
    )


def _position(state: Content, dimension: Dimension) -> float:
    """Where the score stands on its scale or in time; nowhere is before everything."""
    score = state["scores"][dimension]
    if dimension is Dimension.TIMING:
        first = score["from"]
        if first is None:
            return 0.0
        last = first + OPEN_YEARS if score["to"] is None else score["to"]
        return float((first + last) / 2)
    places = [_place(dimension, score[key]) for key in ("level", "level_to") if score[key]]
    return sum(places) / len(places) if places else 0.0


def _place(dimension: Dimension, level: str) -> int:
    return levels_of(dimension).index(level) + 1


def _can_follow(score: Content, since: Tension, dimension: Dimension) -> bool:
    """No level lies beyond the last one of the scale."""
    if dimension is Dimension.TIMING or score["level"] is None:
        return True
    levels = levels_of(dimension)
    end = levels[-1] if since.net > 0 else levels[0]
    return not (score["level"] == end and score["level_to"] is None)
