"""The loops of a ranking by compiled kernels: the same keys and counts as the plain ones."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.counts import Counts
from scoring.engine.lenses import WEAKEST_LINK
from scoring.engine.plain_loops import Block, Codes, Keys, key_bits
from scoring.engine.replicates import ReplicateCells
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import LevelSampler, gap_quantiles, spacing_keys
from scoring.engine.scores import DIMENSIONS, LEVELS
from scoring.engine.streams import TOP, states
from scoring.engine.units import CODE_BITS, WORTH_UNIT
from scoring.engine.views import View

NEVER = TOP + 1
"""A cut that no lane reaches; lanes are not cut off at TOP - 1 here."""
ABREAST = 64
"""Ranks are filled up to a multiple of so many draws, so that no slow tail is left over."""


class CompiledLoops:
    """Draws and counts a block of draws by kernels, the module of that name."""

    def __init__(self, sampler: LevelSampler, kernels: Any) -> None:
        self.kernels, self.m = kernels, len(sampler)
        count = np.zeros(self.m, dtype=np.int64)
        for variants in sampler.variants:
            count[variants.rows] += 1
        self.first = np.concatenate([[0], np.cumsum(count)])
        self.cuts = np.empty((self.first[-1], sampler.dimensions, len(LEVELS) - 1), np.int64)
        self.ends = np.full(len(self.cuts), NEVER)
        for k, variants in enumerate(sampler.variants):
            self.cuts[self.first[variants.rows] + k] = _reachable(variants.level_cuts)
            if k:
                ends = sampler.variant_cuts[variants.rows, k - 1]
                self.ends[self.first[variants.rows] + k - 1] = _reachable(ends)
        self.keys_of = np.ascontiguousarray(sampler.lanes.keys)

    def weigh(self, view: View, chunk: int, weights: Floats) -> Integers:
        if view.lens.rule == WEAKEST_LINK or not np.isfinite(view.spacing):
            return view.weighted(chunk, weights)
        weighted = np.empty((len(DIMENSIONS), len(LEVELS), len(weights)), np.int64)
        moved, tables = states(chunk, len(weights)), gap_quantiles(view.spacing)
        self.kernels.weigh(spacing_keys(view.seed), moved, tables, weights, WORTH_UNIT, weighted)
        return weighted

    def keys(self, block: Block) -> tuple[Keys, Codes]:
        keys = np.empty((block.draws, self.m), np.int64)
        codes = np.empty((self.m, block.draws), np.uint32)
        places = np.arange(len(block.weighted)) * CODE_BITS
        code_bits = CODE_BITS * block.weights.shape[1]
        # A level's worth and its place in the code are added in one go.
        rises = np.diff(block.weighted, axis=1) << code_bits
        rises += np.left_shift(1, places)[:, None, None]
        more = block.timing << code_bits
        more += block.classes.astype(np.int64) << CODE_BITS * len(places)
        self.kernels.fill_keys(
            self.keys_of,
            states(block.chunk, block.draws, block.start),
            self.first,
            self.cuts,
            self.ends,
            rises,
            block.weighted[:, 0].sum(axis=0) << code_bits,
            more,
            code_bits,
            key_bits(self.m),
            keys,
            codes,
        )
        keys.sort(axis=1)
        return keys, codes

    def count(self, keys: Keys, codes: Codes, block: Block, counts: Counts) -> None:
        draws = len(keys)
        stood = np.empty(keys.shape, np.int32)
        ranks = np.zeros((self.m, -(-draws // ABREAST) * ABREAST), np.int16)
        self.kernels.walk(
            keys,
            key_bits(self.m),
            stood,
            counts.balance,
            counts.support,
            counts.first_weights,
            block.weights,
        )
        self.kernels.add_ranks(stood, ranks, counts.shares)
        self.kernels.add_pairs(ranks, draws, counts.balance)
        self.kernels.add_thirds(
            stood, block.thirds, counts.twice_rank, counts.when_light, counts.when_heavy
        )
        self.kernels.add_levels(ranks, codes, counts.level_draws, counts.level_ranks)

    def close(self, counts: Counts, ranks: ReplicateCells, balance: ReplicateCells) -> None:
        self.kernels.close_ranks(counts.shares, ranks.total, ranks.squares)
        self.kernels.close_balance(counts.balance, balance.total, balance.squares)


def _reachable(cuts: NDArray[np.uint16]) -> NDArray[np.int64]:
    return np.where(cuts == TOP, NEVER, cuts.astype(np.int64))
