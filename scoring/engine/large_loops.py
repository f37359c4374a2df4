"""The loops of a large ranking, array by array, and the choice between them and compiled ones."""

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.engine.loops import WORTH_LOADING
from scoring.engine.plain_loops import Keys
from scoring.engine.results import Integers
from scoring.engine.standings import equal_groups, standings_of

Sums = dict[str, Integers]
Ranks = NDArray[np.int32]
Pairs = NDArray[np.int32]

TOPS = (1, 3, 10)
ONE = 2**32
"""A place among the first, shared by equals, is counted in this unit."""
PAIRS_AT_ONCE = 20_000


class Counting(Protocol):
    """Loops over draws that add to sums in place; all answer the same. m technologies, n draws.

    keys (n, m) are sorted, worth above `bits` low bits that name the technology; twice is twice
    the rank, equals sharing the mean of theirs.
    """

    def stand(self, keys: Keys, bits: int) -> Ranks:
        """(n, m) twice the rank."""

    def add_first_places(self, keys: Keys, bits: int, weights: Integers, sums: Sums) -> None:
        """weights (n, dimensions) in WEIGHT_UNIT."""

    def add_thirds(self, stood: Ranks, thirds: NDArray[np.uint8], sums: Sums) -> None:
        """stood (n, m); thirds (n, dimensions) 1 where it weighs little, 2 where much."""

    def add_ranks(
        self, twice: Ranks, windows: Mapping[str, Integers], width: int, sums: Sums
    ) -> None:
        """twice (m, n); windows by start and step, both (2, m)."""

    def add_balance(self, twice: Ranks, pairs: Pairs, balance: Integers) -> None:
        """Draws in which the first of each pair is ahead, less those in which the second is."""


def counting_for(m: int, draws: int, *, is_compiled: bool | None = None) -> Counting:
    """The loops for so many technologies and draws; is_compiled decides where it is given."""
    if is_compiled is None:
        is_compiled = m * draws >= WORTH_LOADING
    kernels = _kernels() if is_compiled else None
    return PlainCounting() if kernels is None else CompiledCounting(kernels)


@cache
def _kernels() -> Any:
    """The compiled loops, or None where numba is absent or may not keep what it compiles."""
    try:
        return importlib.import_module("scoring.engine.large_kernels")
    except (ImportError, RuntimeError):
        return None


class PlainCounting:
    def stand(self, keys: Keys, bits: int) -> Ranks:
        best_first = keys[:, ::-1]
        is_step = np.diff(best_first >> bits, axis=1) != 0
        return standings_of(best_first & ((1 << bits) - 1), is_step).twice_rank

    def add_first_places(self, keys: Keys, bits: int, weights: Integers, sums: Sums) -> None:
        # Only the places that matter, and as many more as a group of equals may reach over.
        tenth = keys[:, -TOPS[-1]] >> bits if keys.shape[1] >= TOPS[-1] else keys[:, 0] >> bits
        reach = max(int(((keys >> bits) >= tenth[:, None]).sum(axis=1).max()), 1)
        best_first = keys[:, -reach:][:, ::-1]
        who, worth = best_first & ((1 << bits) - 1), best_first >> bits
        first, last = equal_groups(np.diff(worth, axis=1) != 0)
        size = last - first + 1
        m = len(sums["support"])
        for column, k in enumerate(TOPS):
            within = np.clip(np.minimum(first + size, k) - first, 0, None)
            sums["tops"][:, column] += _summed(who, ONE * within // size, m)
        is_first = first == 0
        sums["support"] += _summed(who, np.where(is_first, ONE // size, 0), m)
        for j in range(weights.shape[1]):
            shares = np.where(is_first, weights[:, j, None] // size, 0)
            sums["first_weights"][:, j] += _summed(who, shares, m)

    def add_thirds(self, stood: Ranks, thirds: NDArray[np.uint8], sums: Sums) -> None:
        sums["rank_sum"] += stood.sum(axis=0, dtype=np.int64)
        for j in range(thirds.shape[1]):
            for name, bit in (("when_light", 1), ("when_heavy", 2)):
                is_so = thirds[:, j] & bit > 0
                sums[name][j] += stood[is_so].sum(axis=0, dtype=np.int64)

    def add_ranks(
        self, twice: Ranks, windows: Mapping[str, Integers], width: int, sums: Sums
    ) -> None:
        ranks, bars = (twice.astype(np.int32) + 1) >> 1, sums["bars"]
        row = np.arange(len(ranks), dtype=np.intp)[:, None]
        cells = row * bars.shape[1] + (ranks - 1) // width
        bars += np.bincount(cells.ravel(), minlength=bars.size).reshape(bars.shape)
        for which, (start, step) in enumerate(zip(windows["start"], windows["step"], strict=True)):
            window = sums["window"][which]
            stop = start + step * window.shape[1]
            is_below = ranks < start[:, None]
            sums["below"][which] += is_below.sum(axis=1, dtype=np.int64)
            at, draw = np.nonzero(~is_below & (ranks < stop[:, None]))
            cell = at * window.shape[1] + (ranks[at, draw] - start[at]) // step[at]
            window += np.bincount(cell, minlength=window.size).reshape(window.shape)

    def add_balance(self, twice: Ranks, pairs: Pairs, balance: Integers) -> None:
        for begin in range(0, len(pairs), PAIRS_AT_ONCE):
            rows = slice(begin, begin + PAIRS_AT_ONCE)
            ones, others = twice[pairs[rows, 0]], twice[pairs[rows, 1]]
            balance[rows] += _count(ones < others) - _count(others < ones)


class CompiledCounting:
    """The same by kernels, the module of that name."""

    def __init__(self, kernels: Any) -> None:
        self.kernels = kernels

    def stand(self, keys: Keys, bits: int) -> Ranks:
        stood = np.empty(keys.shape, dtype=np.int32)
        self.kernels.stand(keys, bits, stood)
        return stood

    def add_first_places(self, keys: Keys, bits: int, weights: Integers, sums: Sums) -> None:
        tops, support, firsts = sums["tops"], sums["support"], sums["first_weights"]
        limits = np.array(TOPS, dtype=np.int64)
        self.kernels.add_first_places(keys, bits, weights, limits, ONE, tops, support, firsts)

    def add_thirds(self, stood: Ranks, thirds: NDArray[np.uint8], sums: Sums) -> None:
        light, heavy = sums["when_light"], sums["when_heavy"]
        self.kernels.add_thirds(stood, thirds, sums["rank_sum"], light, heavy)

    def add_ranks(
        self, twice: Ranks, windows: Mapping[str, Integers], width: int, sums: Sums
    ) -> None:
        start, step = windows["start"], windows["step"]
        counted = sums["bars"], sums["below"], sums["window"]
        self.kernels.add_ranks(twice, width, start, step, *counted)

    def add_balance(self, twice: Ranks, pairs: Pairs, balance: Integers) -> None:
        self.kernels.add_balance(twice, pairs, balance)


def _summed(who: NDArray[np.intp], units: Integers, m: int) -> Integers:
    # A chunk's units stay below 2**53, up to which floats are exact.
    return np.bincount(who.ravel(), units.ravel(), m).astype(np.int64)


def _count(is_so: NDArray[np.bool_]) -> Integers:
    counted: Integers = np.bitwise_count(np.packbits(is_so, axis=1)).sum(axis=1, dtype=np.int64)
    return counted
