from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from publishing.figures.rank_rows import RankRow
from publishing.pages.compare.sentences import headline
from publishing.pages.pairs import pairs_page
from publishing.pages.ranking import ranking_page
from publishing.pairwise import rank_shares_of, share_ahead_of, word_between
from publishing.results import Ranking
from tests.publishing.made import RUN, card, published, ranked

WHOLE: dict[str, NDArray[Any]] = {
    "ids": np.array(["a", "b"]),
    "pairwise_winning": np.array([[0.5, 0.9], [0.1, 0.5]]),
    "rank_acceptability": np.array([[0.9, 0.1], [0.1, 0.9]]),
}
SOME: dict[str, NDArray[Any]] = {
    "ids": np.array(["a", "b", "c"]),
    "pair": np.array([[0, 1], [1, 2]]),
    "pair_winning": np.array([0.9, 0.3]),
    "rank_bars": np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]),
    "bar_width": np.array(2),
}


def test_a_ranking_of_few_knows_every_pair() -> None:
    share = share_ahead_of(WHOLE)
    assert (share("a", "b"), share("b", "a"), share("a", "a")) == (0.9, 0.1, 0.5)


def test_a_ranking_of_very_many_knows_the_pairs_that_it_counted() -> None:
    share = share_ahead_of(SOME)
    assert share("a", "b") == 0.9
    assert share("c", "b") == pytest.approx(0.7)
    assert share("b", "b") == 0.5
    assert share("a", "c") is None


def test_bars_of_very_many_ranks_gather_as_many_as_were_counted_together() -> None:
    shares, wide = rank_shares_of(SOME, 0)
    bars = RankRow(tuple(shares), 1.4, 1, 3, wide).bars
    assert [(bar.rank, bar.wide, bar.share) for bar in bars] == [(1, 2, 0.75), (3, 2, 0.25)]
    assert rank_shares_of(WHOLE, 1) == ((0.1, 0.9), 1)


@pytest.fixture
def uncounted() -> Ranking:
    rows = tuple(ranked(slug, 1, place + 1.0) for place, slug in enumerate("abc"))
    return Ranking(run=RUN, rows=rows, share_ahead=share_ahead_of(SOME), field_size=3)


def test_no_word_stands_for_a_pair_that_was_not_counted(uncounted: Ranking) -> None:
    assert word_between(uncounted, "a", "b") == "ahead"
    assert word_between(uncounted, "a", "c") == ""


def test_pages_do_without_pairs_that_were_not_counted(uncounted: Ranking) -> None:
    record = published(*(card(slug) for slug in "abc"), ranking=uncounted)
    assert pairs_page(record).lede.startswith("Settled means")
    assert "1 of two pairs" in pairs_page(record).lede
    assert ranking_page(record).bands[0].rows
    words = headline([card("a"), card("c")], uncounted)
    assert "only neighbours are compared" in words
