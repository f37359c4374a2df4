"""What is counted in a part of a large ranking: whole numbers, so that parts add up exactly."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.large_draws import by_technology
from scoring.engine.large_pilot import CELLS, Frame
from scoring.engine.plain_loops import Codes
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import LEVELS
from scoring.engine.standings import Standings
from scoring.engine.units import CODE_BITS

Sums = dict[str, Integers]

TOPS = (1, 3, 10)
ONE = 2**32
"""Shares of a place or a weight are counted in this unit."""
LEVEL = np.uint32((1 << CODE_BITS) - 1)
BARS = 60
SIDE = 10
"""Neighbours on each side, in the order of the pilot, that a technology is compared with."""
BLOCKS = {"head": slice(0, 40), "tail": slice(-2 * SIDE - 1, None)}
"""The first and the last of the pilot are all compared with each other."""

BY_SCRAMBLING = (
    "draws",
    "rank_sum",
    "tops",
    "near",
    "head",
    "tail",
    "leading",
    "when_light",
    "when_heavy",
    "light_draws",
    "heavy_draws",
)
"""What errors are made of; the rest is added over all scramblings."""


def bar_width(m: int) -> int:
    """How many ranks share a bar."""
    return -(-m // BARS)


def empty_sums(frame: Frame, dimensions: int) -> Sums:
    m, n = len(frame.order), dimensions
    shapes: dict[str, tuple[int, ...]] = {
        "draws": (),
        "rank_sum": (m,),
        "tops": (m, len(TOPS)),
        "near": (m, SIDE),
        **{name: (len(range(m)[rows]),) * 2 for name, rows in BLOCKS.items()},
        "leading": (int((frame.leaders[:, 2] - frame.leaders[:, 1]).sum()),),
        "when_light": (m, n),
        "when_heavy": (m, n),
        "light_draws": (n,),
        "heavy_draws": (n,),
        "bars": (m, -(-m // bar_width(m))),
        "below": (2, m),
        "window": (2, m, CELLS),
        "support": (m,),
        "first_weights": (m, n),
        "levels_drawn": (),
        "level_draws": (m, n, len(LEVELS)),
        "level_ranks": (m, n, len(LEVELS)),
    }
    return {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}


def narrowed(sums: Sums) -> dict[str, NDArray[np.integer[Any]]]:
    """The same numbers in the smallest integers that hold them, for the way."""
    return {name: _narrow(values) for name, values in sums.items()}


def _narrow(values: Integers) -> NDArray[np.integer[Any]]:
    lowest, highest = (int(values.min()), int(values.max())) if values.size else (0, 0)
    kinds = (np.int8, np.int16, np.int32, np.int64)
    fit = next(k for k in kinds if np.iinfo(k).min <= lowest and highest <= np.iinfo(k).max)
    return values.astype(fit)


class LargeTally:
    """Adds up chunks. Rows are technologies in the order of the frame."""

    def __init__(self, frame: Frame, dimensions: int) -> None:
        self.frame = frame
        self.sums = empty_sums(frame, dimensions)
        self.m = len(frame.order)
        ends = np.cumsum(frame.leaders[:, 2] - frame.leaders[:, 1])
        self.leading = list(pairwise([0, *ends.tolist()]))

    def add(self, standings: Standings, weights: Floats, codes: Codes | None) -> None:
        """Count a chunk; codes (m, draws) of levels are given where they are counted."""
        twice = by_technology(standings)
        self.sums["draws"] += len(weights)
        self.sums["rank_sum"] += standings.twice_rank.sum(axis=0, dtype=np.int64)
        self._add_tops(standings, weights)
        self._add_thirds(standings.twice_rank, weights)
        self._add_ranks((twice + 1) >> 1)
        self._add_pairs(twice)
        if codes is not None:
            self._add_levels(twice, codes)

    def _add_tops(self, standings: Standings, weights: Floats) -> None:
        reach = int((standings.first_place < TOPS[-1]).sum(axis=1).max())
        who = standings.order[:, :reach]
        first, size = standings.first_place[:, :reach], standings.group_size[:, :reach]
        for column, k in enumerate(TOPS):
            within = np.clip(np.minimum(first + size, k) - first, 0, None)
            self.sums["tops"][:, column] += self._units(who, within / size)
        share = np.where(first == 0, 1.0 / size, 0.0)
        self.sums["support"] += self._units(who, share)
        for j in range(weights.shape[1]):
            self.sums["first_weights"][:, j] += self._units(who, share * weights[:, j, None])

    def _units(self, who: NDArray[np.intp], shares: Floats) -> Integers:
        # Whole numbers below 2**53 are added exactly as floats.
        units = np.rint(shares * ONE)
        return np.bincount(who.ravel(), units.ravel(), self.m).astype(np.int64)

    def _add_thirds(self, twice_rank: NDArray[np.int32], weights: Floats) -> None:
        for name, mask in (
            ("light", weights <= self.frame.third),
            ("heavy", weights >= self.frame.two_thirds),
        ):
            self.sums[f"{name}_draws"] += mask.sum(axis=0)
            for j in range(weights.shape[1]):
                ranks = twice_rank[mask[:, j]].sum(axis=0, dtype=np.int64)
                self.sums[f"when_{name}"][:, j] += ranks

    def _add_ranks(self, ranks: NDArray[np.int32]) -> None:
        """ranks (m, draws): equals have the mean of their ranks, rounded up."""
        bars = self.sums["bars"]
        row = np.arange(self.m, dtype=np.intp)[:, None]
        cells = row * bars.shape[1] + (ranks - 1) // bar_width(self.m)
        bars += np.bincount(cells.ravel(), minlength=bars.size).reshape(bars.shape)
        for which in range(2):
            self._add_window(which, ranks)

    def _add_window(self, which: int, ranks: NDArray[np.int32]) -> None:
        start = self.frame.window_start[which].astype(ranks.dtype)[:, None]
        stop = start + self.frame.window_step[which][:, None] * CELLS
        is_below = ranks < start
        self.sums["below"][which] += is_below.sum(axis=1, dtype=np.int64)
        row, draw = np.nonzero(~is_below & (ranks < stop))
        step = self.frame.window_step[which][row]
        cells = row * CELLS + (ranks[row, draw] - self.frame.window_start[which][row]) // step
        window = self.sums["window"][which]
        window += np.bincount(cells, minlength=window.size).reshape(window.shape)

    def _add_pairs(self, twice: NDArray[np.int32]) -> None:
        for away in range(1, SIDE + 1):
            self.sums["near"][:-away, away - 1] += balance(twice[:-away], twice[away:])
        for name, rows in BLOCKS.items():
            block = twice[rows]
            for i, one in enumerate(block):
                self.sums[name][i] += balance(one[None], block)
        for (row, start, stop), (a, b) in zip(self.frame.leaders, self.leading, strict=True):
            self.sums["leading"][a:b] += balance(twice[row : row + 1], twice[start:stop])

    def _add_levels(self, twice: NDArray[np.int32], codes: Codes) -> None:
        size, shape = self.m * len(LEVELS), (self.m, len(LEVELS))
        row = np.arange(self.m, dtype=np.intp)[:, None] * len(LEVELS)
        ranks = twice.ravel()
        self.sums["levels_drawn"] += twice.shape[1]
        for j in range(self.sums["level_draws"].shape[1]):
            cells = (row + (codes >> np.uint32(CODE_BITS * j) & LEVEL)).ravel()
            self.sums["level_draws"][:, j] += np.bincount(cells, minlength=size).reshape(shape)
            counted = np.bincount(cells, ranks, size).astype(np.int64)
            self.sums["level_ranks"][:, j] += counted.reshape(shape)


def balance(ones: NDArray[np.int32], others: NDArray[np.int32]) -> Integers:
    """(rows,) draws in which one is ahead, less those in which the other is."""
    return _count(ones < others) - _count(others < ones)


def _count(is_so: NDArray[np.bool_]) -> Integers:
    counted: Integers = np.bitwise_count(np.packbits(is_so, axis=1)).sum(axis=1, dtype=np.int64)
    return counted


class Totals:
    """Parts put together, in whichever order they come."""

    def __init__(self, frame: Frame, dimensions: int, scramblings: int) -> None:
        empty = empty_sums(frame, dimensions)
        self.sums = {name: zero for name, zero in empty.items() if name not in BY_SCRAMBLING}
        self.by_scrambling = {
            name: np.zeros((scramblings, *empty[name].shape), dtype=np.int64)
            for name in BY_SCRAMBLING
        }

    def add(self, scrambling: int, sums: Mapping[str, NDArray[np.integer[Any]]]) -> None:
        for name, values in sums.items():
            if name in self.by_scrambling:
                self.by_scrambling[name][scrambling] += values
            else:
                self.sums[name] += values
