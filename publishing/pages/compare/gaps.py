"""In which dimensions compared technologies differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import LevelScore, level_score
from scoring.selectors import level_range


@dataclass(frozen=True)
class Gap:
    """A dimension that both judge; `steps` is above 0 where the first stands higher."""

    dimension: str
    first: LevelScore
    second: LevelScore
    steps: float


def place_of(score: LevelScore) -> float:
    """Levels count from 1 and 5+ is 6; a span is half a step up. For scored dimensions."""
    return level_range(score.level, score.level_to or None, None)[0]


def gaps(first: PublishedCard, second: PublishedCard) -> list[Gap]:
    found = []
    for dimension in LEVEL_DIMENSIONS:
        ours = level_score(first.card["scores"], dimension.value)
        theirs = level_score(second.card["scores"], dimension.value)
        if ours.level and theirs.level:
            steps = place_of(ours) - place_of(theirs)
            found.append(Gap(dimension.value, ours, theirs, steps))
    return found


@dataclass(frozen=True)
class Widest:
    """The dimension in which the highest and the lowest are furthest apart."""

    dimension: str
    highest: PublishedCard
    lowest: PublishedCard
    steps: float

    @property
    def levels(self) -> tuple[str, str]:
        return (
            level_score(self.highest.card["scores"], self.dimension).printed,
            level_score(self.lowest.card["scores"], self.dimension).printed,
        )


def widest(cards: Sequence[PublishedCard]) -> Widest | None:
    """None where fewer than two technologies have a level in any one dimension."""
    found = []
    for dimension in LEVEL_DIMENSIONS:
        placed = [
            (place_of(score), card)
            for card in cards
            if (score := level_score(card.card["scores"], dimension.value)).level
        ]
        if len(placed) > 1:
            high = max(placed, key=lambda row: row[0])
            low = min(placed, key=lambda row: row[0])
            found.append(Widest(dimension.value, high[1], low[1], high[0] - low[0]))
    return max(found, key=lambda row: row.steps, default=None)
