"""The product's ranking: every score uncertain, every draw made here."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scoring.engine.bands import by_expected_rank, leader_bands
from scoring.engine.chances import Constants, Tables
from scoring.engine.compiled_loops import ABREAST
from scoring.engine.counts import Counts, no_counts
from scoring.engine.eligibility import admit, coverage
from scoring.engine.lenses import Lens, draw_weights
from scoring.engine.loops import Loops, loops_for
from scoring.engine.plain_loops import Block
from scoring.engine.ranking_tally import RankingTally, percentiles
from scoring.engine.results import Floats, RankingResult, Unranked
from scoring.engine.sampling import LevelSampler, OpeningSampler, opening_classes
from scoring.engine.scores import Technology
from scoring.engine.standings import MOST_DRAWS
from scoring.engine.units import MOST_TECHNOLOGIES, WEIGHT_UNIT
from scoring.engine.views import View, opening_sampler

Report = Callable[[int, int], None]
Plan = Sequence[tuple[int, int, int]]
"""Replicate, first draw in it and size of each chunk."""

SCRAMBLINGS = 16
FEWEST_DRAWS = 2 * SCRAMBLINGS
THREADS = 2
"""Most machines have two processors; every further thread holds counts of its own."""
CELLS_AT_ONCE = 2**18
"""Technologies times draws in a block; it changes no number."""


def rank(  # noqa: PLR0913
    technologies: Sequence[Technology],
    lens: Lens,
    *,
    draws: int,
    seed: int,
    tables: Tables | None = None,
    constants: Constants | None = None,
    report: Report | None = None,
    today: datetime.date | None = None,
    threads: int = THREADS,
    is_compiled: bool | None = None,
) -> RankingResult:
    """Rank technologies under uncertain weights, level values and scores.

    A draw takes weights from the lens, level values per dimension that all technologies
    share, and for each technology one of its cards, one face of that card's spans, a level in
    every dimension and, where the lens has a horizon, the year in which its market opens, counted
    from today. tables holds, for each dimension, the chances of levels 1 to 5 of what is not yet
    assessed; missing ones are even. report(done, total) is called after each scrambling, with
    chunks of draws. The answer depends on draws, seed, ids, cards, lens, tables, constants and,
    under a horizon, windows and today; not on the order of technologies or cards, on threads or
    on the loops (is_compiled, see `loops.loops_for`). Raises ValueError for an id that is there
    twice, for fewer than FEWEST_DRAWS draws, more than MOST_TECHNOLOGIES and a horizon without
    a date.

    Sources: Lahdelma & Salminen 2001, Operations Research 49:444-454; Lahdelma, Miettinen &
    Salminen 2003, EJOR 147:117-127 (ordinal criteria).
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws cannot be ranked by; ask for {FEWEST_DRAWS} or more")
    ranked, unranked = admit(technologies, lens.dimensions)
    if len(ranked) > MOST_TECHNOLOGIES:
        raise ValueError(
            f"{len(ranked)} technologies are too many here; rank {MOST_TECHNOLOGIES} or fewer"
        )
    constants = constants or Constants()
    sampler = LevelSampler(ranked, tables or {}, constants, seed)
    openings = opening_sampler(ranked, lens, today, seed)
    view = View(lens, constants, seed)
    sizes, plan = draw_plan(draws)
    weights = [
        draw_weights(lens, seed=seed, scrambling=r, draws=size) for r, size in enumerate(sizes)
    ]
    tally = RankingTally(len(ranked), np.concatenate(weights))
    loops = loops_for(sampler, draws, is_compiled=is_compiled)
    drawing = _Drawing(view, openings, loops, tally, weights)
    done = 0
    for replicate, (chunks, counts) in enumerate(drawing.counted(plan, threads)):
        tally.add(counts, weights[replicate], loops)
        drawing.spare(counts)
        done += chunks
        if report is not None:
            report(done, len(plan))
    return _result(lens, seed, (ranked, unranked), tally)


def draw_plan(draws: int) -> tuple[list[int], list[tuple[int, int, int]]]:
    """How many draws each scrambling takes, and the chunks in which they are taken."""
    return _replicate_sizes(draws), _plan(draws)


class _Drawing:
    """The replicates of a ranking, each counted by itself, in the order of their numbers."""

    def __init__(
        self,
        view: View,
        openings: OpeningSampler | None,
        loops: Loops,
        tally: RankingTally,
        weights: Sequence[Floats],
    ) -> None:
        self.view, self.openings, self.loops = view, openings, loops
        self.tally, self.weights = tally, weights
        self._spare: list[Counts] = []

    def counted(self, plan: Plan, threads: int) -> Iterator[tuple[int, Counts]]:
        """For each replicate its number of chunks and what was counted in them."""
        parts = [
            [(chunk, rows) for chunk, (of, *rows) in enumerate(plan) if of == replicate]
            for replicate in range(SCRAMBLINGS)
        ]
        with ThreadPoolExecutor(threads) as pool:
            count = map if threads == 1 else pool.map
            yield from count(self._replicate, range(SCRAMBLINGS), parts)

    def spare(self, counts: Counts) -> None:
        """Counts that were added up, for the next replicate to begin with."""
        counts.begin_anew()
        self._spare.append(counts)

    def _replicate(
        self, replicate: int, chunks: Sequence[tuple[int, list[int]]]
    ) -> tuple[int, Counts]:
        m, n = self.tally.m, self.weights[replicate].shape[1]
        counts = self._spare.pop() if self._spare else no_counts(m, n)
        for chunk, (start, size) in chunks:
            for block in self._blocks(chunk, self.weights[replicate][start : start + size]):
                self.loops.count(*self.loops.keys(block), block, counts)
        return len(chunks), counts

    def _blocks(self, chunk: int, weights: Floats) -> Iterator[Block]:
        """The draws of a chunk, as many at a time as stay near the processor."""
        view, openings = self.view, self.openings
        weighted, thirds = self.loops.weigh(view, chunk, weights), self.tally.thirds(weights)
        whole_weights = np.rint(weights * WEIGHT_UNIT).astype(np.int64)
        step = _draws_at_once(self.tally.m)
        for start in range(0, len(weights), step):
            rows = slice(start, start + step)
            part = weights[rows]
            opened = openings.draw(chunk, len(part), start) if openings else None
            yield Block(
                chunk=chunk,
                start=start,
                weighted=weighted[:, :, rows],
                timing=view.timing(opened, part),
                classes=opening_classes(np.zeros((0, len(part))) if opened is None else opened),
                thirds=thirds[rows],
                weights=whole_weights[rows],
            )


def _draws_at_once(m: int) -> int:
    step = CELLS_AT_ONCE // max(m, 1)
    return max(step - step % ABREAST, min(step, ABREAST), 1)


def _replicate_sizes(draws: int) -> list[int]:
    return [draws // SCRAMBLINGS + (r < draws % SCRAMBLINGS) for r in range(SCRAMBLINGS)]


def _plan(draws: int) -> list[tuple[int, int, int]]:
    """Replicate, first draw in it and size of each chunk; set by the number of draws alone."""
    return [
        (replicate, start, min(MOST_DRAWS, size - start))
        for replicate, size in enumerate(_replicate_sizes(draws))
        for start in range(0, size, MOST_DRAWS)
    ]


def _result(
    lens: Lens, seed: int, entries: tuple[list[Technology], list[Unranked]], tally: RankingTally
) -> RankingResult:
    ranked, unranked = entries
    ids = tuple(technology.id for technology in ranked)
    expected_rank = tally.rank_sum.mean()
    acceptability, acceptability_se = tally.ranks.mean_and_error()
    low, high = percentiles(acceptability, (0.05, 0.95))
    pairwise, pairwise_se = tally.pairwise_winning()
    return RankingResult(
        lens=lens.key,
        dimensions=lens.dimensions,
        draws=tally.draws,
        seed=seed,
        scramblings=SCRAMBLINGS,
        ids=ids,
        coverage=tuple(coverage(technology, lens.dimensions) for technology in ranked),
        unranked=tuple(unranked),
        expected_rank=expected_rank,
        expected_rank_se=tally.rank_sum.error(),
        rank_low=low,
        rank_high=high,
        band=leader_bands(by_expected_rank(expected_rank, ids), pairwise),
        p_first=tally.top_share(1),
        p_first_se=tally.top_share_error(1),
        p_top_3=tally.top_share(3),
        p_top_3_se=tally.top_share_error(3),
        p_top_10=tally.top_share(10),
        p_top_10_se=tally.top_share_error(10),
        rank_acceptability=acceptability,
        rank_acceptability_se=acceptability_se,
        pairwise_winning=pairwise,
        pairwise_winning_se=pairwise_se,
        support=tally.support,
        central_weights=tally.central_weights(),
        lift=tally.lift(),
        lift_se=tally.lift_error(),
        level_share=tally.level_share(),
        rank_by_level=tally.rank_by_level(),
    )
