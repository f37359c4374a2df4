"""Words for the window in which a threshold counts."""

from typing import Any

import numpy as np
import pytest

from scoring.engine.thresholds import probability
from tests.engine.test_thresholds import lognormal_walk

YEARS = np.arange(2026.0, 2036.0)
PATHS = lognormal_walk(500)


@pytest.mark.parametrize(
    ("also", "window"),
    [
        ("at a date", "at"),
        ("at any time by", "any time by"),
        ("average", "average over"),
        ("average of", "average over"),
    ],
)
def test_other_words_for_a_window_mean_the_same(also: str, window: str) -> None:
    asked: dict[str, Any] = {"comparator": "at least", "threshold": 105.0, "deadline": 2030.0}
    first = probability(PATHS, YEARS, window=also, **asked)
    assert first == probability(PATHS, YEARS, window=window, **asked)


def test_words_that_mean_no_window_are_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="'until' is no window; use one of at, any time by"):
        probability(
            PATHS, YEARS, comparator="at least", threshold=1.0, window="until", deadline=2030.0
        )
