"""How the numbers are made, with the scale in its own words."""

from dataclasses import dataclass

from assessments.values.meanings import (
    MEANINGS,
    QUESTIONS,
    UNSCORED_MEANINGS,
    WINDOW_MEANINGS,
    LevelMeaning,
)
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension
from publishing.agreement import AgreementTable, agreement_table
from publishing.pages.published import Published


@dataclass(frozen=True)
class DimensionScale:
    name: str
    question: str
    levels: tuple[tuple[str, LevelMeaning], ...]


@dataclass(frozen=True)
class MethodPage:
    scales: tuple[DimensionScale, ...]
    timing_question: str
    window_words: tuple[tuple[str, str], ...]
    unscored: tuple[tuple[str, str], ...]
    agreement: AgreementTable


def method_page(published: Published) -> MethodPage:
    return MethodPage(
        scales=tuple(
            DimensionScale(
                dimension.value.capitalize(),
                QUESTIONS[dimension],
                tuple(MEANINGS[dimension].items()),
            )
            for dimension in LEVEL_DIMENSIONS
        ),
        timing_question=QUESTIONS[Dimension.TIMING],
        window_words=tuple((word.value, text) for word, text in WINDOW_MEANINGS.items()),
        unscored=tuple((reason.value, text) for reason, text in UNSCORED_MEANINGS.items()),
        agreement=agreement_table(published),
    )
