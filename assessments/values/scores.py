"""The scores of a card: five levels with their reasons, and the window."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.values import limits
from assessments.values.fields import CONTRADICTION, Fields, noun
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Dimension,
    UnscoredReason,
    are_neighbours,
    levels_of,
    next_level,
)
from intake.showing import shown


@dataclass(frozen=True)
class Score:
    """A level, or a span of two neighbours, or the reason why there is neither."""

    level: str | None = None
    level_to: str | None = None
    certainty: Certainty | None = None
    rationale: str = ""
    unscored_reason: UnscoredReason | None = None

    @property
    def is_scored(self) -> bool:
        return self.level is not None

    @property
    def printed(self) -> str:
        """ "4", "3/4", or "" when unscored."""
        return "/".join(level for level in (self.level, self.level_to) if level)

    def to_json(self) -> dict[str, object]:
        return {
            "level": self.level,
            "level_to": self.level_to,
            "certainty": self.certainty and self.certainty.value,
            "rationale": self.rationale,
            "unscored_reason": self.unscored_reason and self.unscored_reason.value,
        }


@dataclass(frozen=True)
class Timing:
    """The window from year to year, open without a last year, or why there is none."""

    year_from: int | None = None
    year_to: int | None = None
    certainty: Certainty | None = None
    rationale: str = ""
    unscored_reason: UnscoredReason | None = None

    @property
    def is_scored(self) -> bool:
        return self.year_from is not None

    @property
    def printed(self) -> str:
        """ "2025-2030", "2030+", or "" when unscored."""
        if self.year_from is None:
            return ""
        return f"{self.year_from}-{self.year_to}" if self.year_to else f"{self.year_from}+"

    def to_json(self) -> dict[str, object]:
        return {
            "from": self.year_from,
            "to": self.year_to,
            "certainty": self.certainty and self.certainty.value,
            "rationale": self.rationale,
            "unscored_reason": self.unscored_reason and self.unscored_reason.value,
        }


def read_scores(fields: Fields) -> tuple[Mapping[Dimension, Score], Timing]:
    """The five levels in their order, and the window; all six must be there."""
    scores = {dimension: _read_score(fields, dimension) for dimension in LEVEL_DIMENSIONS}
    timing = _read_timing(fields)
    fields.finish()
    return scores, timing


def split_span(text: str, dimension: Dimension) -> tuple[str, str | None] | None:
    """The levels that "4" or "3/4" spells, or None when it spells none on the scale."""
    low, slash, high = text.partition("/")
    if low not in levels_of(dimension):
        return None
    if not slash:
        return low, None
    return (low, high) if are_neighbours(dimension, low, high) else None


def _read_score(parent: Fields, dimension: Dimension) -> Score:
    if not parent.has(dimension):
        return Score()
    fields = parent.inner(dimension)
    score = Score(
        level=_level(fields, "level", dimension),
        level_to=_level(fields, "level_to", dimension),
        certainty=fields.optional_choice("certainty", Certainty),
        rationale=fields.text("rationale", limit=limits.RATIONALE),
        unscored_reason=fields.optional_choice("unscored_reason", UnscoredReason),
    )
    fields.finish()
    if fields.is_object:
        _check_either(fields, "level", f"Give {dimension} a level")
        _check_span(fields, score, dimension)
    return score


def _read_timing(parent: Fields) -> Timing:
    if not parent.has(Dimension.TIMING):
        return Timing()
    fields = parent.inner(Dimension.TIMING)
    timing = Timing(
        year_from=fields.year("from"),
        year_to=fields.year("to"),
        certainty=fields.optional_choice("certainty", Certainty),
        rationale=fields.text("rationale", limit=limits.RATIONALE),
        unscored_reason=fields.optional_choice("unscored_reason", UnscoredReason),
    )
    fields.finish()
    if fields.is_object:
        _check_either(fields, "from", "Give timing a first year")
        _check_window(fields, timing)
    return timing


def _level(fields: Fields, key: str, dimension: Dimension) -> str | None:
    raw = fields.raw(key)
    levels = levels_of(dimension)
    if raw is None or (isinstance(raw, str) and raw in levels):
        return raw
    listed = ", ".join(f'"{level}"' for level in levels)
    fields.note(key, raw, f"{noun(key)} of {dimension} must be one of {listed}, as text.")
    return None


def _check_either(fields: Fields, key: str, advice: str) -> None:
    is_scored = fields.raw(key) is not None
    reason = fields.raw("unscored_reason")
    if is_scored and reason is not None:
        message = "A scored dimension has no reason for being unscored; take one of the two out."
        fields.note("unscored_reason", reason, message)
    elif not is_scored and reason is None:
        listed = ", ".join(UnscoredReason)
        fields.note(key, None, f"{advice}, or say why it is unscored: {listed}.")


def _check_span(fields: Fields, score: Score, dimension: Dimension) -> None:
    if score.level_to is None:
        return
    if fields.raw("level") is None:
        message = "An upper level needs a lower one in level; give it, or take this one out."
        fields.note("level_to", score.level_to, message)
    elif score.level and not are_neighbours(dimension, score.level, score.level_to):
        above = next_level(dimension, score.level)
        advice = f"the level above {score.level} is {above}" if above else "there is none above"
        message = f"A score spans two neighbouring levels, the lower one first; {advice}."
        fields.note("level_to", score.level_to, message)


def _check_window(fields: Fields, timing: Timing) -> None:
    if timing.year_to is None:
        return
    if fields.raw("from") is None:
        message = "A last year needs a first one; give it in from, or take this one out."
        fields.note("to", timing.year_to, message)
    elif timing.year_from and timing.year_from > timing.year_to:
        message = f"The window ends before it begins, in {timing.year_from}; swap the two years."
        fields.note("to", timing.year_to, message, CONTRADICTION)


def check_reasons(fields: Fields, scores: Mapping[Dimension, Score], timing: Timing) -> None:
    """Notes every score that gives no reason."""
    entries: list[tuple[Dimension, Score | Timing]] = [*scores.items()]
    for dimension, score in [*entries, (Dimension.TIMING, timing)]:
        inner = fields.raw(dimension)
        given = inner.get("rationale") if isinstance(inner, dict) else None
        is_blank = given is None or (isinstance(given, str) and not given.strip())
        if score.is_scored and is_blank:
            message = f"Say in a sentence why {dimension} is {shown(score.printed)}."
            fields.note(f"{dimension}.rationale", given, message)
