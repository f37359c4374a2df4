"""Means over draws, with errors from the spread of independent replicates."""

import numpy as np
from numpy.typing import NDArray

from scoring.engine.results import Floats, Integers

ROUNDING = 1e-13
ROWS_AT_ONCE = 2**16
"""Cells of a large array that are gone over at once, so that they stay near the processor."""


class ReplicateSums:
    """Sums over the draws of each replicate in turn; only what errors need is kept."""

    def __init__(self, *shape: int) -> None:
        self.total = np.zeros(shape)
        self.squares, self.cross = np.zeros(shape), np.zeros(shape)
        self.draws: Floats = np.zeros(())
        self.squared_draws: Floats = np.zeros(())
        self.replicates = 0

    def close(self, sums: Floats, draws: Floats | int) -> None:
        """A replicate of that many draws: one number, or one for each of the last axis."""
        self.total += sums
        self.squares += sums**2
        self.cross += sums * draws
        self.draws = self.draws + draws
        self.squared_draws = self.squared_draws + np.square(draws)
        self.replicates += 1

    def mean(self) -> Floats:
        """NaN where there were no draws."""
        mean: Floats = self.total / np.where(self.draws > 0, self.draws, np.nan)
        return mean

    def error(self) -> Floats:
        """Standard error of the mean, a ratio of sums, with replicates - 1 degrees of freedom."""
        mean = self.mean()
        spread = self.squares - 2 * mean * self.cross + mean**2 * self.squared_draws
        # What rounding leaves of a spread of nought is nought.
        spread = np.where(spread <= ROUNDING * self.squares, 0.0, spread)
        scale = self.replicates / (self.replicates - 1)
        error: Floats = np.sqrt(spread * scale) / np.where(self.draws > 0, self.draws, np.nan)
        return error


class ReplicateCells:
    """The same for (m, m) whole numbers, in less room and fewer passes.

    Replicates come by falling number of draws, which is one of two neighbouring numbers, so that
    the sum of products of cells and draws follows from what the longer ones came to.
    """

    def __init__(self, m: int, unit: int) -> None:
        self.unit = unit
        self.total: Integers = np.zeros((m, m), np.int64)
        self.squares = np.zeros((m, m))
        """Of sums in whole draws, not units; loops add to both of these."""
        self.longer: NDArray[np.int64] | None = None
        self.sizes: list[int] = []

    def begin(self, draws: int) -> None:
        """Before a replicate of that many draws is added."""
        if self.sizes and self.longer is None and draws < self.sizes[-1]:
            self.longer = self.total.copy()
        self.sizes.append(draws)

    def mean_and_error(self) -> tuple[Floats, Floats]:
        """They take the room of the sums, which are gone afterwards."""
        m = len(self.total)
        mean, error = self.total.view(np.float64), self.squares
        step = max(ROWS_AT_ONCE // max(m, 1), 1)
        for start in range(0, m, step):
            rows = slice(start, start + step)
            mean[rows], error[rows] = self._rows(rows)
        return mean, error

    def _rows(self, rows: slice) -> tuple[Floats, Floats]:
        draws, short = sum(self.sizes), self.sizes[-1]
        total = self.total[rows] / self.unit
        mean = total / draws
        cross = short * total
        if self.longer is not None:
            cross += self.longer[rows] / self.unit * (self.sizes[0] - short)
        squares = self.squares[rows]
        spread = squares - 2 * mean * cross + mean**2 * sum(size**2 for size in self.sizes)
        spread = np.where(spread <= ROUNDING * squares, 0.0, spread)
        replicates = len(self.sizes)
        return mean, np.sqrt(spread * (replicates / (replicates - 1))) / draws
