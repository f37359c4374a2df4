"""What is counted over draws, in whole numbers: parts of it add up in any order."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scoring.engine.results import Integers
from scoring.engine.scores import LEVELS

Counted = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Counts:
    """Sums over draws of m technologies in n dimensions; loops add to them in place."""

    shares: Integers
    """(m, m + 1) shares of ranks in UNIT, as steps up and down along the ranks: a group of
    equals begins at its first rank and ends after its last."""
    balance: Counted
    """(m, m) above the diagonal: wins less losses."""
    twice_rank: Integers
    """(m,) sum of twice the rank."""
    when_light: Integers
    """(n, m) sum of twice the rank over draws in which the dimension weighs little."""
    when_heavy: Integers
    support: Integers
    """(m,) share of first places, in UNIT."""
    first_weights: Integers
    """(m, n) weights where it is first, in WEIGHT_UNIT."""
    level_draws: Integers
    """(m, n, 6)"""
    level_ranks: Integers
    """(m, n, 6) sum of twice the rank in those draws."""

    def add(self, other: "Counts") -> None:
        for field in fields(self):
            total: Integers = getattr(self, field.name)
            total += getattr(other, field.name)

    def begin_anew(self) -> None:
        """Forget all but ranks and balance, which `close` forgets as it reads them."""
        for name in ("twice_rank", "when_light", "when_heavy", "support", "first_weights"):
            getattr(self, name)[...] = 0
        self.level_draws[...] = 0
        self.level_ranks[...] = 0


def no_counts(m: int, n: int) -> Counts:
    """Nothing counted yet of m technologies in n dimensions."""
    levels = len(LEVELS)
    return Counts(
        shares=np.zeros((m, m + 1), np.int64),
        balance=np.zeros((m, m), np.int32),
        twice_rank=np.zeros(m, np.int64),
        when_light=np.zeros((n, m), np.int64),
        when_heavy=np.zeros((n, m), np.int64),
        support=np.zeros(m, np.int64),
        first_weights=np.zeros((m, n), np.int64),
        level_draws=np.zeros((m, n, levels), np.int64),
        level_ranks=np.zeros((m, n, levels), np.int64),
    )
