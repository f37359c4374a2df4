import re

import pytest

from publishing.figures.rank_rows import RankRow, axis_ranks, common_scale, rank_drawing
from tests.publishing.drawings import all_of, words_of

EVEN = RankRow(shares=(0.25, 0.25, 0.25, 0.25), expected=2.5, low=1, high=4)
SURE = RankRow(shares=(0.9, 0.1, 0.0, 0.0), expected=1.1, low=1, high=2)


def per_cent(value: str | None) -> float:
    assert value
    assert value.endswith("%")
    return float(value[:-1])


def bars_of(markup: str) -> list[tuple[float, float, float]]:
    """Left edge, width and height of every bar, in tenths of a rank and pixels."""
    (path,) = [path for path in all_of(markup, "path") if path.get("class") == "bar"]
    drawn = re.findall(r"M([\d.]+) 38V([\d.]+)h([\d.]+)V38", path.attrib["d"])
    return [(float(left), float(wide), 38 - float(top)) for left, top, wide in drawn]


def test_bars_are_in_proportion_on_the_common_scale() -> None:
    half = RankRow(shares=(0.2, 0.1, 0.0, 0.0), expected=1.3, low=1, high=2)
    tall, low = (height for _, _, height in bars_of(rank_drawing(half, ranks=4, scale=0.2)))
    assert tall == pytest.approx(2 * low, abs=0.1)


def test_bars_stay_within_the_row_and_beside_one_another() -> None:
    bars = bars_of(rank_drawing(EVEN, ranks=4, scale=0.25))
    edges = [edge for left, wide, _ in bars for edge in (left, left + wide)]
    assert len(bars) == 4
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= 40


def test_the_interval_runs_from_low_to_high_with_the_expected_rank_on_it() -> None:
    markup = rank_drawing(EVEN, ranks=4, scale=0.25)
    line = next(
        row
        for row in all_of(markup, "line")
        if row.get("class") == "interval" and row.get("x1") != row.get("x2")
    )
    dot = next(row for row in all_of(markup, "circle") if row.get("class") == "expected")
    low, high = per_cent(line.get("x1")), per_cent(line.get("x2"))
    assert (low, high) == (12.5, 87.5)
    assert per_cent(dot.get("cx")) == 50


def test_a_bar_that_is_too_tall_is_cut_and_prints_its_number() -> None:
    assert words_of(rank_drawing(SURE, ranks=4, scale=0.25)) == ["first in 90 of 100"]
    assert words_of(rank_drawing(EVEN, ranks=4, scale=0.25)) == []


def test_the_scale_lets_at_most_two_rows_be_cut() -> None:
    rows = [RankRow((share, 1 - share), 1.5, 1, 2) for share in (0.99, 0.98, 0.7, 0.6, 0.5)]
    scale = common_scale(rows)
    assert scale == 0.7
    assert sum(max(row.shares) > scale for row in rows) == 2


def test_the_scale_of_no_rows_is_still_a_number() -> None:
    assert common_scale([]) > 0


@pytest.mark.parametrize("ranks", [1, 2, 7, 26, 99, 100, 1000])
def test_the_axis_names_few_ranks_and_none_beside_the_last(ranks: int) -> None:
    shown = axis_ranks(ranks)
    assert len(shown) <= 6
    assert all(1 < rank < ranks for rank in shown)


def test_the_row_is_read_aloud_with_its_interval() -> None:
    assert EVEN.words == "expected rank 2.5; 90 of 100 draws between 1 and 4"
    assert EVEN.words in rank_drawing(EVEN, ranks=4, scale=0.25)


def test_very_many_ranks_are_gathered_into_few_bars() -> None:
    row = RankRow(shares=(1 / 1000,) * 1000, expected=500.5, low=51, high=950)
    assert len(row.bars) == 59
    assert sum(bar.share for bar in row.bars) == pytest.approx(1)
    markup = rank_drawing(row, ranks=1000, scale=0.1)
    assert len(bars_of(markup)) == 59
