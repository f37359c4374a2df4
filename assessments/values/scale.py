"""The scale that cards are written on: dimensions, levels, certainty, windows."""

from datetime import date
from enum import StrEnum


class Dimension(StrEnum):
    VIABILITY = "viability"
    DRIVERS = "drivers"
    NOVELTY = "novelty"
    DIFFUSION = "diffusion"
    IMPACT = "impact"
    TIMING = "timing"


class Certainty(StrEnum):
    """How sure the analyst is of giving the same level in twelve months."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class UnscoredReason(StrEnum):
    NOT_YET_ASSESSED = "not yet assessed"
    FOUND_NOTHING = "looked and found nothing"
    NOT_APPLICABLE = "not applicable"


class RatingValue(StrEnum):
    UNDERRATED = "underrated"
    FAIRLY_RATED = "fairly rated"
    OVERRATED = "overrated"
    TOO_EARLY = "too early to say"


class Origin(StrEnum):
    HAND = "hand"
    MACHINE_DRAFT = "machine draft"
    IMPORTED = "imported"


class Role(StrEnum):
    LEAD = "lead"
    SECOND_OPINION = "second opinion"


class Detail(StrEnum):
    SKETCH = "sketch"
    FULL = "full"


class WindowWord(StrEnum):
    """How far off a window is; shown beside it and never stored."""

    PASSED = "Passed"
    NOW = "Now"
    SOON = "Soon"
    LATER = "Later"
    DISTANT = "Distant"


# The dimensions that carry a level; timing carries a window instead.
LEVEL_DIMENSIONS = (
    Dimension.VIABILITY,
    Dimension.DRIVERS,
    Dimension.NOVELTY,
    Dimension.DIFFUSION,
    Dimension.IMPACT,
)
DEFAULT_PERSPECTIVE = "ten-year venture fund"
HOUSE_SERIES = "house"

_LEVELS = ("1", "2", "3", "4", "5")
_IMPACT_LEVELS = (*_LEVELS, "5+")
_SOON_YEARS, _LATER_YEARS, _DISTANT_YEARS = 2, 5, 10


def levels_of(dimension: Dimension) -> tuple[str, ...]:
    """The dimension's levels from lowest to highest; none for timing."""
    if dimension is Dimension.TIMING:
        return ()
    return _IMPACT_LEVELS if dimension is Dimension.IMPACT else _LEVELS


def next_level(dimension: Dimension, level: str) -> str | None:
    """The level just above, or None for the highest and for what is no level."""
    levels = levels_of(dimension)
    if level not in levels[:-1]:
        return None
    return levels[levels.index(level) + 1]


def are_neighbours(dimension: Dimension, low: str, high: str) -> bool:
    """Whether a score may span the two levels, the lower one first."""
    return next_level(dimension, low) == high


def window_word(year_from: int, year_to: int | None, *, on: date) -> WindowWord:
    """How far off the window opens, seen from the date; passed when it ended before that year."""
    if year_to is not None and year_to < on.year:
        return WindowWord.PASSED
    years_off = year_from - on.year
    if years_off < _SOON_YEARS:
        return WindowWord.NOW
    if years_off < _LATER_YEARS:
        return WindowWord.SOON
    return WindowWord.LATER if years_off < _DISTANT_YEARS else WindowWord.DISTANT


def window_of_word(word: WindowWord, *, on: date) -> tuple[int, int | None]:
    """The years that a sketch means by the word on that date; the distant ones have no end."""
    year = on.year
    return {
        WindowWord.PASSED: (year - 1, year - 1),
        WindowWord.NOW: (year, year + _SOON_YEARS - 1),
        WindowWord.SOON: (year + _SOON_YEARS, year + _LATER_YEARS - 1),
        WindowWord.LATER: (year + _LATER_YEARS, year + _DISTANT_YEARS - 1),
        WindowWord.DISTANT: (year + _DISTANT_YEARS, None),
    }[word]
