"""The loops of a ranking in plain numpy: what to trust, and what runs where numba is absent."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.counts import Counts
from scoring.engine.replicates import ReplicateCells
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import LevelSampler, worths
from scoring.engine.scores import LEVELS
from scoring.engine.standings import Standings, count_wins, standings_of
from scoring.engine.units import CODE_BITS, UNIT
from scoring.engine.views import View

Keys = NDArray[np.int64]
Codes = NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Block:
    """Some draws of a chunk, with what all technologies share in them; n draws."""

    chunk: int
    start: int
    weighted: Integers
    """(5, 6, n) weight times value of each level, in WORTH_UNIT."""
    timing: Integers
    """(technologies, n) the same of openings; no rows without a horizon."""
    classes: NDArray[np.uint8]
    """(technologies, n) the class of each opening."""
    thirds: NDArray[np.uint8]
    """(n, dimensions) 1 where the dimension weighs little, 2 where much, 3 where both."""
    weights: Integers
    """(n, dimensions) in WEIGHT_UNIT."""

    @property
    def draws(self) -> int:
        return len(self.weights)


def key_bits(m: int) -> int:
    """Low bits of a key, which name the technology; its worth stands above them."""
    return max(m - 1, 1).bit_length()


class PlainLoops:
    """Draws and counts a block of draws, array by array."""

    def __init__(self, sampler: LevelSampler) -> None:
        self.sampler = sampler

    def weigh(self, view: View, chunk: int, weights: Floats) -> Integers:
        """(5, 6, draws) weight times value of each level, in WORTH_UNIT."""
        return view.weighted(chunk, weights)

    def keys(self, block: Block) -> tuple[Keys, Codes]:
        """(n, m) keys, sorted by worth, and (m, n) codes of each technology's levels."""
        levels = self.sampler.draw(block.chunk, block.draws, block.start)
        total = worths(levels, block.weighted)
        code = np.zeros(total.shape, np.uint32)
        for j, drawn in enumerate(levels):
            code |= drawn.astype(np.uint32) << np.uint32(CODE_BITS * j)
        if len(block.timing):
            total += block.timing
            code |= block.classes.astype(np.uint32) << np.uint32(CODE_BITS * len(levels))
        m = len(total)
        keys = np.ascontiguousarray((total << key_bits(m)).T) | np.arange(m)
        keys.sort(axis=1)
        return keys, code

    def count(self, keys: Keys, codes: Codes, block: Block, counts: Counts) -> None:
        bits = key_bits(keys.shape[1])
        best_first = keys[:, ::-1]
        standings = standings_of(
            best_first & ((1 << bits) - 1), np.diff(best_first >> bits, axis=1) != 0
        )
        _count_ranks(standings, counts)
        wins = count_wins(standings.twice_rank)
        counts.balance[...] += np.triu(wins - wins.T, 1).astype(np.int32)
        _count_firsts(standings, block.weights, counts)
        _count_thirds(standings.twice_rank, block.thirds, counts)
        _count_levels(standings.twice_rank, codes, counts)

    def close(self, counts: Counts, ranks: ReplicateCells, balance: ReplicateCells) -> None:
        """Add the ranks and the balance of a replicate, and begin those anew."""
        held = counts.shares[:, :-1].cumsum(axis=1)
        ranks.total += held
        ranks.squares += (held / UNIT) ** 2
        balance.total += counts.balance
        balance.squares += counts.balance.astype(np.float64) ** 2
        counts.shares[...] = 0
        counts.balance[...] = 0


def _count_ranks(standings: Standings, counts: Counts) -> None:
    m = len(counts.balance)
    is_alone = standings.group_size == 1
    cells = standings.order[is_alone] * m + standings.first_place[is_alone]
    alone = UNIT * np.bincount(cells, minlength=m * m).reshape(m, m).astype(np.int64)
    counts.shares[:, :-1] += alone
    counts.shares[:, 1:] -= alone
    size = standings.group_size[~is_alone]
    start = standings.order[~is_alone] * (m + 1) + standings.first_place[~is_alone]
    steps = counts.shares.reshape(-1)
    np.add.at(steps, start, UNIT // size)
    np.subtract.at(steps, start + size, UNIT // size)


def _count_firsts(standings: Standings, weights: Integers, counts: Counts) -> None:
    draws, places = np.nonzero(standings.first_place == 0)
    firsts, size = standings.order[draws, places], standings.group_size[draws, places]
    np.add.at(counts.support, firsts, UNIT // size)
    np.add.at(counts.first_weights, firsts, weights[draws] // size[:, None])


def _count_thirds(twice_rank: NDArray[np.int32], thirds: NDArray[np.uint8], counts: Counts) -> None:
    counts.twice_rank[...] += twice_rank.sum(axis=0, dtype=np.int64)
    for j in range(thirds.shape[1]):
        is_light, is_heavy = thirds[:, j] & 1 > 0, thirds[:, j] & 2 > 0
        counts.when_light[j] += twice_rank[is_light].sum(axis=0, dtype=np.int64)
        counts.when_heavy[j] += twice_rank[is_heavy].sum(axis=0, dtype=np.int64)


def _count_levels(twice_rank: NDArray[np.int32], codes: Codes, counts: Counts) -> None:
    m, dimensions, _ = counts.level_draws.shape
    size = m * len(LEVELS)
    shape = (m, len(LEVELS))
    first_cell = np.arange(m)[:, None] * len(LEVELS)
    ranks: Floats = twice_rank.T.ravel().astype(np.float64)
    for j in range(dimensions):
        level = (codes >> np.uint32(CODE_BITS * j)) & np.uint32((1 << CODE_BITS) - 1)
        cells = (first_cell + level).ravel()
        counts.level_draws[:, j] += np.bincount(cells, minlength=size).reshape(shape)
        # Sums below 2**53 are exact.
        summed = np.bincount(cells, ranks, size).astype(np.int64)
        counts.level_ranks[:, j] += summed.reshape(shape)
