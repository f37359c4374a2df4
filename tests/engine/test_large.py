"""A large ranking is held against the whole one: with few technologies both take the same draws."""

import datetime
import itertools

import numpy as np
import pytest

from scoring.engine import large, smaa
from scoring.engine.large_draws import Question
from scoring.engine.large_plan import SCRAMBLINGS, chunks_of, parts_of
from scoring.engine.large_tally import bar_width
from scoring.engine.lenses import SHIPPED
from scoring.engine.packing import pack, unpack
from scoring.engine.results import LargeRankingResult, RankingResult
from scoring.engine.scores import Technology, Window
from tests.engine.made import made_technology, random_technologies

DRAWS, SEED, MANY = 4_000, 7, 90
EVEN = SHIPPED["even-handed"]
FIELD = random_technologies(MANY, seed=3)


@pytest.fixture(scope="module")
def question() -> Question:
    return Question(EVEN, DRAWS, SEED)


@pytest.fixture(scope="module")
def found(question: Question) -> LargeRankingResult:
    return large.rank(question, FIELD)


@pytest.fixture(scope="module")
def whole() -> RankingResult:
    return smaa.rank(FIELD, EVEN, draws=DRAWS, seed=SEED)


def bytes_of(result: LargeRankingResult) -> bytes:
    return smaa.arrays(result)


def in_parts(question: Question, technologies: list[Technology]) -> LargeRankingResult:
    """Each part as if by a worker of its own, the last one first; what is passed on are bytes."""
    ranking = large.LargeRanking(question, technologies)
    frame = large.Frame.from_named(unpack(pack(ranking.pilot(lambda: None).named())))
    totals = ranking.totals(frame)
    for part in reversed(ranking.parts):
        counted = ranking.count(part, frame, ranking.drawn(frame), lambda: None)
        ranking.add(totals, part, unpack(pack(counted)))
    return ranking.result(frame, totals)


def test_what_is_counted_of_each_technology_is_what_the_whole_ranking_counts(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    assert found.ids == whole.ids
    assert np.array_equal(found.expected_rank, whole.expected_rank)
    for name in ("p_first", "p_top_3", "p_top_10", "central_weights", "lift", "support"):
        one, other = getattr(found, name), getattr(whole, name)
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6, err_msg=name)


def test_errors_are_those_of_the_whole_ranking(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    for name in ("expected_rank_se", "p_first_se", "p_top_3_se", "p_top_10_se", "lift_se"):
        one, other = getattr(found, name), getattr(whole, name)
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-7, err_msg=name)


def test_pairs_that_were_compared_have_the_share_of_the_whole_ranking(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    first, second = found.pair.T
    np.testing.assert_allclose(found.pair_winning, whole.pairwise_winning[first, second])
    np.testing.assert_allclose(
        found.pair_winning_se, whole.pairwise_winning_se[first, second], atol=1e-12
    )
    assert (first < second).all()
    assert len({tuple(pair) for pair in found.pair.tolist()}) == len(found.pair)


def test_each_technology_is_compared_with_twenty_at_least(found: LargeRankingResult) -> None:
    assert np.bincount(found.pair.ravel(), minlength=MANY).min() >= 20


def test_rank_intervals_are_those_of_the_whole_ranking_but_for_shared_ranks(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    assert (found.rank_step == 1).all()
    assert np.abs(found.rank_low - whole.rank_low).max() <= 1
    assert np.abs(found.rank_high - whole.rank_high).max() <= 1


def test_bands_are_those_of_the_whole_ranking_where_the_pilot_foresaw_their_leaders(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    assert np.array_equal(found.band == 1, whole.band == 1)
    assert (found.band == whole.band).mean() > 0.8
    assert abs(int(found.band.max() - whole.band.max())) <= 1


def test_bands_follow_the_order(found: LargeRankingResult) -> None:
    order = np.argsort(found.expected_rank, kind="stable")
    steps = np.diff(found.band[order])
    assert set(steps.tolist()) <= {0, 1}


def test_bars_hold_every_draw_once(found: LargeRankingResult) -> None:
    assert found.rank_bars.shape == (MANY, -(-MANY // bar_width(MANY)))
    np.testing.assert_allclose(found.rank_bars.sum(axis=1), 1.0)
    middles = np.arange(found.rank_bars.shape[1]) * found.bar_width + (found.bar_width + 1) / 2
    means = (found.rank_bars * middles).sum(axis=1)
    assert np.abs(means - found.expected_rank).max() < 1


def test_levels_are_counted_in_some_of_the_draws(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    np.testing.assert_allclose(found.level_share, whole.level_share, atol=0.05)
    np.testing.assert_allclose(found.level_share.sum(axis=2), 1.0)


def test_a_window_with_steps_is_off_by_less_than_a_step(
    question: Question, whole: RankingResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("large_pilot", "large_tally", "large_results"):
        monkeypatch.setattr(f"scoring.engine.{module}.CELLS", 4)
    coarse = large.rank(question, FIELD)
    assert coarse.rank_step.max() > 1
    assert (np.abs(coarse.rank_low - whole.rank_low) <= coarse.rank_step[0]).all()
    assert (np.abs(coarse.rank_high - whole.rank_high) <= coarse.rank_step[1]).all()


def test_parts_in_any_order_and_any_cut_give_the_same_bytes(
    question: Question, found: LargeRankingResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.engine.large_plan.CELLS_A_PART", 64 * MANY)
    result = in_parts(question, FIELD)
    assert bytes_of(result) == bytes_of(found)
    assert smaa.headline(result) == smaa.headline(found)


def test_the_order_of_input_changes_nothing(question: Question, found: LargeRankingResult) -> None:
    assert bytes_of(large.rank(question, FIELD[::-1])) == bytes_of(found)


@pytest.mark.parametrize("key", ["even-handed", "ten-year-fund", "weakest-link"])
def test_compiled_loops_count_as_the_plain_ones_do(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="without numba there are only the plain loops")
    field = [*FIELD, *(Technology(f"twin {k}", FIELD[0].cards) for k in range(20))]
    windows = [Technology(one.id, one.cards, Window(one.id, start=2028, end=2033)) for one in field]
    question = Question(SHIPPED[key], 1_000, SEED, today=datetime.date(2026, 11, 21))
    packed = []
    for least in (10**12, 0):
        for module in ("loops", "large_loops"):
            monkeypatch.setattr(f"scoring.engine.{module}.WORTH_LOADING", least)
        packed.append(bytes_of(in_parts(question, windows)))
    assert packed[0] == packed[1]


def test_the_pilot_travels_as_bytes(question: Question) -> None:
    frame = large.LargeRanking(question, FIELD).pilot(lambda: None)
    again = large.Frame.from_named(unpack(pack(frame.named())))
    for name, values in frame.named().items():
        assert np.array_equal(values, again.named()[name]), name


def test_a_headline_has_the_shape_of_any_other(
    found: LargeRankingResult, whole: RankingResult
) -> None:
    ours, theirs = smaa.headline(found), smaa.headline(whole)
    assert ours.keys() == theirs.keys()
    first, other = ours["technologies"][0], theirs["technologies"][0]
    assert first.keys() == other.keys()
    assert [row["id"] for row in ours["technologies"]] == [
        row["id"] for row in theirs["technologies"]
    ]


def test_who_cannot_be_ranked_is_listed(question: Question) -> None:
    found = large.rank(question, [*FIELD, made_technology("blank", viability="not yet assessed")])
    assert [entry.id for entry in found.unranked] == ["blank"]
    assert "blank" not in found.ids


def test_more_than_a_key_has_room_for_are_refused(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "MOST_TECHNOLOGIES", MANY - 1)
    with pytest.raises(ValueError, match="90 technologies are more than the 89"):
        large.rank(question, FIELD)


def test_progress_is_told_chunk_by_chunk() -> None:
    told: list[tuple[int, int]] = []
    large.rank(Question(EVEN, 320, SEED), FIELD, lambda done, total: told.append((done, total)))
    assert told[-SCRAMBLINGS:] == [(k + 1, SCRAMBLINGS) for k in range(SCRAMBLINGS)]
    assert set(told[:-SCRAMBLINGS]) == {(0, SCRAMBLINGS)}


def test_a_lens_with_a_horizon_counts_six_dimensions() -> None:
    lens, today = SHIPPED["ten-year-fund"], datetime.date(2026, 11, 21)
    field = [
        Technology(one.id, one.cards, Window(one.id, start=year, end=year + 4))
        for one, year in zip(FIELD, itertools.cycle([2027, 2030, 2040]), strict=False)
    ]
    found = large.rank(Question(lens, 1_600, SEED, today=today), field)
    whole = smaa.rank(field, lens, draws=1_600, seed=SEED, today=today)
    assert found.lift.shape == (MANY, 6)
    assert np.array_equal(found.expected_rank, whole.expected_rank)


def test_chunks_hold_every_draw_once_and_fit_into_memory() -> None:
    for draws, many in ((100_000, 10_000), (10_000, 1_001), (33, 500_000)):
        chunks = chunks_of(draws, many)
        assert sum(chunk.size for chunk in chunks) == draws
        assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
        assert max(chunk.size for chunk in chunks) * many <= max(2_500_000, 16 * many)


def test_parts_hold_every_chunk_once_and_one_scrambling_each() -> None:
    chunks = chunks_of(100_000, 20_000)
    parts = parts_of(chunks, 20_000)
    assert len(parts) == 2 * SCRAMBLINGS
    held = [k for part in parts for k in range(part.first, part.stop)]
    assert held == list(range(len(chunks)))
    for part in parts:
        assert len({chunks[k].scrambling for k in range(part.first, part.stop)}) == 1
