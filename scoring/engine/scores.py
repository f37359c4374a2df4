"""What a card says, as the engine takes it: plain frozen values, checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass

DIMENSIONS = ("viability", "drivers", "novelty", "diffusion", "impact")
LEVELS = ("1", "2", "3", "4", "5", "5+")
PLAIN_LEVELS = 5
"""Levels of every dimension; 5+ comes on top of them for impact alone."""
CERTAINTIES = ("low", "medium", "high")
NOT_YET_ASSESSED = "not yet assessed"
FOUND_NOTHING = "looked and found nothing"
NOT_APPLICABLE = "not applicable"
UNSCORED = (NOT_YET_ASSESSED, FOUND_NOTHING, NOT_APPLICABLE)
AGES = ("fresh", "stale", "expired")


@dataclass(frozen=True)
class Score:
    """One dimension of one card: a level, a span of two neighbouring levels, or a reason."""

    level: str | None
    level_to: str | None = None
    certainty: str | None = None
    unscored: str | None = None

    def __post_init__(self) -> None:
        if self.certainty is not None:
            require_one_of(self.certainty, CERTAINTIES, "certainty")
        if self.level is None:
            require_one_of(self.unscored, UNSCORED, "reason for no level")
            return
        require_one_of(self.level, LEVELS, "level")
        if self.level_to is not None:
            require_one_of(self.level_to, LEVELS, "level")
            if LEVELS.index(self.level_to) != LEVELS.index(self.level) + 1:
                raise ValueError(
                    f"{self.level}/{self.level_to} is no span; a span names a level and the next"
                )

    @property
    def is_scored(self) -> bool:
        return self.level is not None

    def stated(self) -> tuple[int, ...]:
        """Index in LEVELS of the level, or of both ends of the span."""
        return tuple(LEVELS.index(level) for level in (self.level, self.level_to) if level)


@dataclass(frozen=True)
class Scenario:
    """One outcome of impact that a card describes; either part may be missing."""

    level: str | None
    probability: float | None

    def __post_init__(self) -> None:
        if self.level is not None:
            require_one_of(self.level, LEVELS, "scenario's impact level")
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ValueError(f"a scenario's probability is {self.probability}; it must be 0 to 1")


@dataclass(frozen=True)
class CardScores:
    """One analyst's scores of one technology, and how old they are at the ranking's date."""

    scores: Mapping[str, Score]
    scenarios: tuple[Scenario, ...] = ()
    age: str = "fresh"

    def __post_init__(self) -> None:
        require_one_of(self.age, AGES, "age")
        for dimension in DIMENSIONS:
            if dimension not in self.scores:
                raise ValueError(f"{dimension} is missing; give a level or say why there is none")
            if dimension != "impact" and LEVELS.index("5+") in self.scores[dimension].stated():
                raise ValueError(f"{dimension} is 5+, which only impact can be")


@dataclass(frozen=True)
class Technology:
    """A permanent id and the cards that speak for it, the lead card first."""

    id: str
    cards: tuple[CardScores, ...]


def require_one_of(value: str | None, allowed: tuple[str, ...], what: str) -> None:
    """The value is one of those allowed, or ValueError names it."""
    if value not in allowed:
        raise ValueError(f"{value!r} is no {what}; it is one of {', '.join(allowed)}")
