from datetime import date

import pytest

from assessments.values.meanings import (
    CERTAINTY_MEANINGS,
    MEANINGS,
    QUESTIONS,
    UNSCORED_MEANINGS,
    WINDOW_CERTAINTY_MEANINGS,
    WINDOW_MEANINGS,
)
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Dimension,
    UnscoredReason,
    WindowWord,
    are_neighbours,
    levels_of,
    next_level,
    window_word,
)
from assessments.values.scores import split_span


def test_six_dimensions_keep_their_order() -> None:
    assert ",".join(Dimension) == "viability,drivers,novelty,diffusion,impact,timing"
    assert tuple(Dimension)[:5] == LEVEL_DIMENSIONS


def test_only_impact_goes_beyond_five() -> None:
    assert levels_of(Dimension.IMPACT) == ("1", "2", "3", "4", "5", "5+")
    assert levels_of(Dimension.VIABILITY) == ("1", "2", "3", "4", "5")
    assert levels_of(Dimension.TIMING) == ()


def test_five_plus_is_the_level_above_five_and_the_last() -> None:
    assert next_level(Dimension.IMPACT, "5") == "5+"
    assert next_level(Dimension.IMPACT, "5+") is None
    assert next_level(Dimension.NOVELTY, "5") is None
    assert next_level(Dimension.NOVELTY, "6") is None


@pytest.mark.parametrize(
    ("dimension", "low", "high", "expected"),
    [
        (Dimension.DRIVERS, "3", "4", True),
        (Dimension.DRIVERS, "4", "3", False),
        (Dimension.DRIVERS, "3", "5", False),
        (Dimension.DRIVERS, "3", "3", False),
        (Dimension.DRIVERS, "5", "5+", False),
        (Dimension.IMPACT, "5", "5+", True),
    ],
)
def test_span_is_of_neighbours_low_first(
    dimension: Dimension, low: str, high: str, *, expected: bool
) -> None:
    assert are_neighbours(dimension, low, high) is expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("4", ("4", None)),
        ("3/4", ("3", "4")),
        ("5+", ("5+", None)),
        ("5/5+", ("5", "5+")),
        ("4/3", None),
        ("3/", None),
        ("3/4/5", None),
        ("", None),
        ("7", None),
        ("\uff14", None),
        (" 4", None),
        ("4 (digest) / 5 (body)", None),
    ],
)
def test_span_is_read_as_printed(text: str, span: tuple[str, str | None] | None) -> None:
    assert split_span(text, Dimension.IMPACT) == span


@pytest.mark.parametrize(
    ("year_from", "year_to", "word"),
    [
        (2020, 2025, WindowWord.PASSED),
        (2020, 2026, WindowWord.NOW),
        (2020, None, WindowWord.NOW),
        (2027, 2030, WindowWord.NOW),
        (2028, 2031, WindowWord.SOON),
        (2030, None, WindowWord.SOON),
        (2031, 2036, WindowWord.LATER),
        (2035, None, WindowWord.LATER),
        (2036, None, WindowWord.DISTANT),
    ],
)
def test_window_is_worded_from_the_date_it_is_seen(
    year_from: int, year_to: int | None, word: WindowWord
) -> None:
    assert window_word(year_from, year_to, on=date(2026, 8, 31)) is word


@pytest.mark.parametrize("dimension", LEVEL_DIMENSIONS)
def test_every_level_has_its_own_words_and_two_examples(dimension: Dimension) -> None:
    meanings = MEANINGS[dimension]
    assert tuple(meanings) == levels_of(dimension)
    assert len({meaning.heading for meaning in meanings.values()}) == len(meanings)
    for meaning in meanings.values():
        assert len(meaning.heading) <= 30
        assert meaning.text.endswith(".")
        assert len(set(meaning.examples)) == 2


def test_every_choice_of_the_editor_has_a_meaning() -> None:
    assert set(QUESTIONS) == set(Dimension)
    assert set(CERTAINTY_MEANINGS) == set(WINDOW_CERTAINTY_MEANINGS) == set(Certainty)
    assert set(UNSCORED_MEANINGS) == set(UnscoredReason)
    assert set(WINDOW_MEANINGS) == set(WindowWord)
