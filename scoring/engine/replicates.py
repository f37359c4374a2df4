"""Means over draws, with errors from the spread of independent replicates."""

import numpy as np

from scoring.engine.results import Floats

ROUNDING = 1e-13


class ReplicateSums:
    """Sums over the draws of each replicate in turn; only what errors need is kept."""

    def __init__(self, *shape: int) -> None:
        self.current, self.total = np.zeros(shape), np.zeros(shape)
        self.squares, self.cross = np.zeros(shape), np.zeros(shape)
        self.draws: Floats = np.zeros(())
        self.squared_draws: Floats = np.zeros(())
        self.replicates = 0

    def add(self, sums: Floats) -> None:
        self.current += sums

    def close(self, draws: Floats | int) -> None:
        """End a replicate of that many draws: one number, or one for each of the last axis."""
        self.total += self.current
        self.squares += self.current**2
        self.cross += self.current * draws
        self.draws = self.draws + draws
        self.squared_draws = self.squared_draws + np.square(draws)
        self.current[...] = 0.0
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
