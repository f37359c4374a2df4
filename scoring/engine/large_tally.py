"""What is counted in a part of a large ranking: whole numbers, so that parts add up exactly."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.large_draws import Drawn, by_technology
from scoring.engine.large_loops import TOPS, Sums
from scoring.engine.large_pairs import compared_pairs
from scoring.engine.large_pilot import CELLS, Frame
from scoring.engine.plain_loops import Codes
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import LEVELS
from scoring.engine.units import CODE_BITS, WEIGHT_UNIT

LEVEL = np.uint32((1 << CODE_BITS) - 1)
BARS = 60

BY_SCRAMBLING = (
    "draws",
    "rank_sum",
    "tops",
    "balance",
    "when_light",
    "when_heavy",
    "light_draws",
    "heavy_draws",
)
"""What errors are made of; the rest is added over all scramblings."""


def bar_width(m: int) -> int:
    """How many ranks share a bar."""
    return -(-m // BARS)


def empty_sums(frame: Frame, pairs: int, dimensions: int) -> Sums:
    m, n = len(frame.order), dimensions
    shapes: dict[str, tuple[int, ...]] = {
        "draws": (),
        "rank_sum": (m,),
        "tops": (m, len(TOPS)),
        "balance": (pairs,),
        "when_light": (n, m),
        "when_heavy": (n, m),
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

    def __init__(self, frame: Frame, drawn: Drawn, dimensions: int) -> None:
        self.frame, self.drawn, self.m = frame, drawn, len(frame.order)
        self.pairs = compared_pairs(self.m, frame.leaders)
        self.sums = empty_sums(frame, len(self.pairs), dimensions)
        self.windows = {"start": frame.window_start, "step": frame.window_step}

    def add(self, number: int, weights: Floats, *, with_levels: bool) -> None:
        """Draw and count the chunk of that number, whose weights are (draws, dimensions)."""
        sums, count, bits = self.sums, self.drawn.counting, self.drawn.bits
        keys, codes = self.drawn.chunk(number, weights)
        thirds = self._thirds(weights)
        whole_weights = np.rint(weights * WEIGHT_UNIT).astype(np.int64)
        stood = count.stand(keys, bits)
        twice = by_technology(stood)
        sums["draws"] += len(weights)
        sums["light_draws"] += (thirds & 1 > 0).sum(axis=0)
        sums["heavy_draws"] += (thirds & 2 > 0).sum(axis=0)
        count.add_first_places(keys, bits, whole_weights, sums)
        count.add_thirds(stood, thirds, sums)
        count.add_ranks(twice, self.windows, bar_width(self.m), sums)
        count.add_balance(twice, self.pairs, sums["balance"])
        if with_levels:
            self._add_levels(twice, codes)

    def _thirds(self, weights: Floats) -> NDArray[np.uint8]:
        light = (weights <= self.frame.third).astype(np.uint8)
        heavy = (weights >= self.frame.two_thirds).astype(np.uint8)
        thirds: NDArray[np.uint8] = light + heavy * np.uint8(2)
        return thirds

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


class Totals:
    """Parts put together, in whichever order they come."""

    def __init__(self, frame: Frame, dimensions: int, scramblings: int) -> None:
        self.pairs = compared_pairs(len(frame.order), frame.leaders)
        empty = empty_sums(frame, len(self.pairs), dimensions)
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
