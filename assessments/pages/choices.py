"""What the editor offers beside each choice: meanings, examples, reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.values.meanings import MEANINGS, UNSCORED_MEANINGS
from assessments.values.scale import Certainty, Dimension, UnscoredReason, levels_of

_SHARES = {
    Certainty.HIGH: "80 of 100 or more",
    Certainty.MEDIUM: "60 to 80 of 100",
    Certainty.LOW: "under 60 of 100",
}
_WINDOW_SHARES = {
    Certainty.HIGH: "80 of 100 that it does",
    Certainty.MEDIUM: "60 of 100 that it does",
    Certainty.LOW: "40 of 100 that it does",
}


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True)
class LevelChoice:
    """A level to choose; `former` tags the level of the revision that is built on."""

    level: str
    heading: str
    text: str
    examples: str
    is_chosen: bool
    former: str


def level_choices(
    dimension: Dimension, chosen: str, former: Mapping[str, str]
) -> tuple[LevelChoice, ...]:
    """None for timing. `former` is the tag of each level that has one."""
    meanings = MEANINGS.get(dimension, {})
    return tuple(
        LevelChoice(
            level=level,
            heading=meanings[level].heading,
            text=meanings[level].text,
            examples="; ".join(meanings[level].examples),
            is_chosen=level == chosen,
            former=former.get(level, ""),
        )
        for level in levels_of(dimension)
    )


def certainty_choices(dimension: Dimension, chosen: str) -> tuple[Choice, ...]:
    shares = _WINDOW_SHARES if dimension is Dimension.TIMING else _SHARES
    return tuple(
        Choice(certainty.value, certainty.value, share, certainty.value == chosen)
        for certainty, share in shares.items()
    )


def reason_choices(chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(reason.value, reason.value.capitalize(), UNSCORED_MEANINGS[reason], reason == chosen)
        for reason in UnscoredReason
    )
