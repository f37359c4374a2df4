"""The product's ranking: every score uncertain, every draw made here."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.bands import by_expected_rank, leader_bands
from scoring.engine.chances import Constants, Tables
from scoring.engine.eligibility import admit, coverage
from scoring.engine.lenses import WEAKEST_LINK, Lens, draw_weights
from scoring.engine.ranking_tally import RankingTally
from scoring.engine.results import Floats, RankingResult, Unranked
from scoring.engine.sampling import (
    Levels,
    LevelSampler,
    OpeningSampler,
    by_weakest_link,
    level_values,
    opening_classes,
    worths,
)
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
    today: datetime.date | None = None,
) -> RankingResult:
    """Rank technologies under uncertain weights, level values and scores.

    A draw takes weights from the lens, level values per dimension that all technologies
    share, and for each technology one of its cards, one face of that card's spans, a level in
    every dimension and, where the lens has a horizon, the year in which its market opens, counted
    from today. tables holds, for each dimension, the chances of levels 1 to 5 of what is not yet
    assessed; missing ones are even. report(done, total) is called after each chunk. The answer
    depends on draws, seed, ids, cards, lens, tables, constants and, under a horizon, windows and
    today, and not on the order of technologies or cards. Raises ValueError for an id that is
    there twice, for fewer than FEWEST_DRAWS draws and for a horizon without a date.

    Sources: Lahdelma & Salminen 2001, Operations Research 49:444-454; Lahdelma, Miettinen &
    Salminen 2003, EJOR 147:117-127 (ordinal criteria).
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws cannot be ranked by; ask for {FEWEST_DRAWS} or more")
    ranked, unranked = admit(technologies, lens.dimensions)
    constants = constants or Constants()
    sampler = LevelSampler(ranked, tables or {}, constants, seed)
    openings = opening_sampler(ranked, lens, today, seed)
    view = View(lens, constants, seed)
    weights = [
        draw_weights(lens, seed=seed, scrambling=r, draws=size)
        for r, size in enumerate(_replicate_sizes(draws))
    ]
    tally = RankingTally(len(ranked), np.concatenate(weights))
    plan = _plan(draws)
    for chunk, (replicate, start, size) in enumerate(plan):
        part = weights[replicate][start : start + size]
        levels = sampler.draw(chunk, size)
        opened = openings.draw(chunk, size) if openings else None
        values = view.worths(chunk, levels, part, opened)
        tally.add(stand(np.ascontiguousarray(values.T)), part, _counted(levels, opened))
        if start + size == len(weights[replicate]):
            tally.close_replicate(len(weights[replicate]))
        if report is not None:
            report(chunk + 1, len(plan))
    return _result(lens, seed, (ranked, unranked), tally)


def draw_plan(draws: int) -> tuple[list[int], list[tuple[int, int, int]]]:
    """How many draws each scrambling takes, and the chunks in which they are taken."""
    return _replicate_sizes(draws), _plan(draws)


@dataclass(frozen=True)
class View:
    """How a lens reads levels and openings as one worth."""

    lens: Lens
    constants: Constants
    seed: int

    def worths(self, chunk: int, levels: Levels, weights: Floats, opened: Floats | None) -> Floats:
        """(technologies, draws)"""
        lens, size = self.lens, len(weights)
        spacing = self.constants.spacing if lens.spacing is None else lens.spacing
        values = [level_values(name, spacing, self.seed, chunk, size) for name in DIMENSIONS]
        if lens.rule == WEAKEST_LINK:
            floor = self.constants.floor
            values = [by_weakest_link(by_level, floor) for by_level in values]
            opened = None if opened is None else by_weakest_link(opened, floor)
        return worths(levels, values, weights, opened)


def opening_sampler(
    ranked: Sequence[Technology], lens: Lens, today: datetime.date | None, seed: int
) -> OpeningSampler | None:
    if lens.horizon is None:
        return None
    if today is None:
        raise ValueError(f"{lens.name} counts years from the ranking's date; give it as today")
    return OpeningSampler(ranked, lens.horizon, today, seed)


def _counted(levels: Levels, opened: Floats | None) -> Levels:
    """Levels with the classes of openings below them, where there are any."""
    return levels if opened is None else np.concatenate([levels, opening_classes(opened)[None]])


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
        dimensions=lens.dimensions,
        draws=int(tally.ranks.draws),
        seed=seed,
        scramblings=SCRAMBLINGS,
        ids=ids,
        coverage=tuple(coverage(technology, lens.dimensions) for technology in ranked),
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
