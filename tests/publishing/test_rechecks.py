"""Which cards a second look could move furthest."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from publishing.rechecks import last_said, ranks_at_stake, ranks_words, stake_words


def answer(day: date, said: str = "still right", revision: int = 7) -> Any:
    return {3: SimpleNamespace(as_of=day, answer=said, revision_id=revision)}


CARD: Any = SimpleNamespace(card_id=3, revision_id=7, as_of=date(2025, 11, 1))


def test_moves_are_taken_together_and_grow_with_the_root_of_time() -> None:
    assert ranks_at_stake([3.0, 4.0], 12) == pytest.approx(5.0)
    assert ranks_at_stake([3.0, 4.0], 3) == pytest.approx(2.5)
    assert ranks_at_stake([3.0, 4.0], 0) == 0
    assert ranks_at_stake([3.0, 4.0], 90) == ranks_at_stake([3.0, 4.0], 36)
    assert ranks_at_stake([], 12) == 0


def test_what_a_round_found_right_was_said_that_day() -> None:
    assert last_said(CARD, answer(date(2026, 10, 3))) == date(2026, 10, 3)


def test_what_was_found_open_or_said_of_another_revision_makes_nothing_younger() -> None:
    assert last_said(CARD, {}) == CARD.as_of
    assert last_said(CARD, answer(date(2026, 10, 3), "open")) == CARD.as_of
    assert last_said(CARD, answer(date(2026, 10, 3), revision=6)) == CARD.as_of


def test_ranks_are_words() -> None:
    assert ranks_words(3.21) == "a second look could move it by about 3.2 ranks"
    assert "hardly" in ranks_words(0.0)


def test_a_row_says_nothing_of_what_would_hardly_move() -> None:
    assert stake_words(0.04) == ""
    assert stake_words(2.81) == "a second look could move it by about 2.8 ranks"
