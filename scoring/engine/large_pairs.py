"""Which pairs of a large ranking are compared; rows are technologies in the order of the pilot."""

import numpy as np
from numpy.typing import NDArray

from scoring.engine.results import Integers

SIDE = 10
"""Neighbours on each side that a technology is compared with."""
FIRST, LAST = 40, 2 * SIDE + 1
"""So many of the first and of the last are all compared with each other."""


def compared_pairs(m: int, leaders: Integers) -> NDArray[np.int32]:
    """(pairs, 2) rows, the lower one first, sorted and each pair once.

    leaders (leaders, 3): a row and the rows, from and up to which, that it is compared with.
    """
    row = np.arange(m)
    found = [np.stack([row[:-away], row[away:]], axis=1) for away in range(1, SIDE + 1)]
    for block in (row[:FIRST], row[-LAST:]):
        first, second = np.triu_indices(len(block), 1)
        found.append(np.stack([block[first], block[second]], axis=1))
    for leader, start, stop in leaders.tolist():
        others = np.arange(start, stop)
        found.append(np.stack([np.full(len(others), leader), others], axis=1))
    pairs = np.sort(np.concatenate(found), axis=1)
    keys = np.unique(pairs[:, 0] * m + pairs[:, 1])
    kept = np.stack([keys // m, keys % m], axis=1)
    compared: NDArray[np.int32] = kept[kept[:, 0] != kept[:, 1]].astype(np.int32)
    return compared


class PairTable:
    """Looks up a number that is known of some pairs; the other way round it changes its sign."""

    def __init__(self, m: int, pairs: NDArray[np.int32], values: Integers) -> None:
        self.m, self.values = m, values
        self.keys = pairs[:, 0].astype(np.int64) * m + pairs[:, 1]

    def against(self, row: int, others: Integers) -> Integers:
        """(others,) of the pairs of a row with these, nought with itself; all of them known."""
        low, high = np.minimum(row, others), np.maximum(row, others)
        is_other = low != high
        found = np.zeros(len(others), dtype=np.int64)
        place = np.searchsorted(self.keys, (low * self.m + high)[is_other])
        found[is_other] = self.values[place]
        return np.where(others < row, -found, found)
