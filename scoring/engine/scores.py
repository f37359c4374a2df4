"""What a card says, as the engine takes it: plain frozen values, checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass

DIMENSIONS = ("viability", "drivers", "novelty", "diffusion", "impact")
TIMING = "timing"
RANKED_BY = (*DIMENSIONS, TIMING)
"""All that a lens can weigh: timing last, and only where the lens has a horizon."""
LEVELS = ("1", "2", "3", "4", "5", "5+")
PLAIN_LEVELS = 5
"""Levels of every dimension; 5+ comes on top of them for impact alone."""
CERTAINTIES = ("low", "medium", "high")
NOT_YET_ASSESSED = "not yet assessed"
FOUND_NOTHING = "looked and found nothing"
NOT_APPLICABLE = "not applicable"
UNSCORED = (NOT_YET_ASSESSED, FOUND_NOTHING, NOT_APPLICABLE)
AGES = ("fresh", "stale", "expired")
NEVER_BY_VIABILITY = (0.50, 0.40, 0.25, 0.10, 0.03)
NEVER_UNSCORED = 0.25


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
class Window:
    """One technology's timing as its lead card states it, and what is recorded of its market.

    start and end are whole years, the end included; end None leaves the window open, start None
    asks for the reason in unscored. viability: the stated level, or both of a span. p_never
    None is guessed. is_closed False says that nobody vouches for the market being closed today.
    """

    id: str
    start: int | None
    end: int | None = None
    certainty: str | None = None
    unscored: str | None = None
    viability: tuple[str, ...] = ()
    p_never: float | None = None
    open_since: int | None = None
    is_closed: bool = True
    age: str = "fresh"

    def __post_init__(self) -> None:
        require_one_of(self.age, AGES, "age")
        for level in self.viability:
            require_one_of(level, LEVELS[:PLAIN_LEVELS], "level of viability")
        if self.start is None:
            require_one_of(self.unscored, UNSCORED, "reason for no window")
            if self.end is not None:
                raise ValueError(f"{self.id}: the window ends in {self.end} and has no start")
        if self.p_never is not None and not 0 <= self.p_never <= 1:
            raise ValueError(f"{self.id}: p_never is {self.p_never}; it must be 0 to 1")

    def never_share(self) -> float:
        """Stated, or else guessed from viability; the middle where that is not scored."""
        if self.p_never is not None:
            return self.p_never
        guesses = [NEVER_BY_VIABILITY[LEVELS.index(level)] for level in self.viability]
        return sum(guesses) / len(guesses) if guesses else NEVER_UNSCORED


@dataclass(frozen=True)
class Technology:
    """A permanent id and the cards that speak for it, the lead card first.

    window is that of the lead card, as the outlook reads it; a lens without a horizon never
    asks for it.
    """

    id: str
    cards: tuple[CardScores, ...]
    window: Window | None = None


def require_one_of(value: str | None, allowed: tuple[str, ...], what: str) -> None:
    """The value is one of those allowed, or ValueError names it."""
    if value not in allowed:
        raise ValueError(f"{value!r} is no {what}; it is one of {', '.join(allowed)}")
