"""The product's ranking: every score uncertain, every draw made here."""

from collections.abc import Callable, Sequence

import numpy as np

from scoring.engine.bands import by_expected_rank, leader_bands
from scoring.engine.chances import Constants, Tables
from scoring.engine.eligibility import admit, coverage
from scoring.engine.lenses import Lens, draw_weights
from scoring.engine.ranking_tally import RankingTally
from scoring.engine.results import RankingResult, Unranked
from scoring.engine.sampling import LevelSampler, level_values, worths
from scoring.engine.scores import DIMENSIONS, Technology
from scoring.engine.standings import MOST_DRAWS, stand

Report = Callable[[int, int], None]

SCRAMBLINGS = 16
FEWEST_DRAWS = 2 * SCRAMBLINGS


def rank(  # noqa: PLR0913
    technologies: Sequence[Technology],
    lens: Lens,
    *,
    draws: int,
    seed: int,
    tables: Tables | None = None,
    constants: Constants | None = None,
    report: Report | None = None,
) -> RankingResult:
    """Rank technologies under uncertain weights, level values and scores.

    A draw takes weights from the lens (scrambled Sobol points), level values per dimension
    that all technologies share, and for each technology one of its cards, one face of that
    card's spans and a level in every dimension. tables holds, for each dimension, the chances of
    levels 1 to 5 of what is not yet assessed; missing ones are even. report(done, total) is
    called after each chunk. The answer depends on draws, seed, ids, cards, lens, tables
    and constants, and not on the order of technologies or cards. Raises ValueError for an id
    that is there twice and for fewer than FEWEST_DRAWS draws.

    Sources: Lahdelma & Salminen 2001, Operations Research 49:444-454; Lahdelma, Miettinen &
    Salminen 2003, EJOR 147:117-127 (ordinal criteria).
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws cannot be ranked by; ask for {FEWEST_DRAWS} or more")
    ranked, unranked = admit(technologies)
    constants = constants or Constants()
    sampler = LevelSampler(ranked, tables or {}, constants, seed)
    weights = [
        draw_weights(lens, seed=seed, scrambling=r, draws=size)
        for r, size in enumerate(_replicate_sizes(draws))
    ]
    tally = RankingTally(len(ranked), np.concatenate(weights))
    plan = _plan(draws)
    for chunk, (replicate, start, size) in enumerate(plan):
        part = weights[replicate][start : start + size]
        levels = sampler.draw(chunk, size)
        values = [level_values(name, constants.spacing, seed, chunk, size) for name in DIMENSIONS]
        tally.add(stand(np.ascontiguousarray(worths(levels, values, part).T)), part, levels)
        if start + size == len(weights[replicate]):
            tally.close_replicate(len(weights[replicate]))
        if report is not None:
            report(chunk + 1, len(plan))
    return _result(lens, seed, (ranked, unranked), tally)


def draw_plan(draws: int) -> tuple[list[int], list[tuple[int, int, int]]]:
    """How many draws each scrambling takes, and the chunks in which they are taken."""
    return _replicate_sizes(draws), _plan(draws)


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
    expected_rank, pairwise = tally.rank_sum.mean(), tally.pairwise_winning()
    return RankingResult(
        lens=lens.key,
        dimensions=DIMENSIONS,
        draws=int(tally.ranks.draws),
        seed=seed,
        scramblings=SCRAMBLINGS,
        ids=ids,
        coverage=tuple(coverage(technology.cards[0]) for technology in ranked),
        unranked=tuple(unranked),
        expected_rank=expected_rank,
        expected_rank_se=tally.rank_sum.error(),
        rank_low=tally.percentile(0.05),
        rank_high=tally.percentile(0.95),
        band=leader_bands(by_expected_rank(expected_rank, ids), pairwise),
        p_first=tally.top_share(1),
        p_first_se=tally.top_share_error(1),
        p_top_3=tally.top_share(3),
        p_top_3_se=tally.top_share_error(3),
        p_top_10=tally.top_share(10),
        p_top_10_se=tally.top_share_error(10),
        rank_acceptability=tally.ranks.mean(),
        rank_acceptability_se=tally.ranks.error(),
        pairwise_winning=pairwise,
        pairwise_winning_se=tally.balance.error() / 2,
        support=tally.support,
        central_weights=tally.central_weights(),
        lift=tally.lift(),
        lift_se=tally.lift_error(),
        level_share=tally.level_draws / tally.ranks.draws,
        rank_by_level=tally.rank_by_level(),
    )
