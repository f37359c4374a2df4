"""The loops of a large ranking, compiled: the same integers as `large_loops.PlainCounting`.

Like `kernels.py` it is loaded by name alone, where numba is at hand.
"""

from typing import Any

import numpy as np
from numba import int16, int64, njit
from numpy.typing import NDArray

from scoring.engine.results import Integers

Ranks = NDArray[np.int32]
Thirds = NDArray[np.uint8]
AT_ONCE = 256
"""Draws whose balance surely fits into 16 bits, of which a processor adds many in one go."""


@njit("void(i8[:,::1], i8, i4[:,::1])", nogil=True, cache=True)
def stand(keys: Integers, bits: int, stood: Ranks) -> None:
    draws, m = keys.shape
    mask = (int64(1) << bits) - 1
    for d in range(draws):
        row, stands = keys[d], stood[d]
        start = 0
        while start < m:
            worth = row[m - 1 - start] >> bits
            end = start + 1
            while end < m and row[m - 1 - end] >> bits == worth:
                end += 1
            for place in range(m - end, m - start):
                stands[row[place] & mask] = start + end + 1
            start = end


@njit(
    "void(i8[:,::1], i8, i8[:,::1], i8[::1], i8, i8[:,::1], i8[::1], i8[:,::1])",
    nogil=True,
    cache=True,
)
def add_first_places(
    keys: Integers,
    bits: int,
    weights: Integers,
    limits: Integers,
    one: int,
    tops: Integers,
    support: Integers,
    firsts: Integers,
) -> None:
    draws, m = keys.shape
    mask = (int64(1) << bits) - 1
    last = limits[len(limits) - 1]
    for d in range(draws):
        row = keys[d]
        start = 0
        while start < last and start < m:
            worth = row[m - 1 - start] >> bits
            end = start + 1
            while end < m and row[m - 1 - end] >> bits == worth:
                end += 1
            size = end - start
            for place in range(m - end, m - start):
                i = row[place] & mask
                for k in range(len(limits)):
                    within = min(end, limits[k]) - start
                    if within > 0:
                        tops[i, k] += one * within // size
                if start == 0:
                    support[i] += one // size
                    for j in range(weights.shape[1]):
                        firsts[i, j] += weights[d, j] // size
            start = end


@njit("void(i4[:,::1], u1[:,::1], i8[::1], i8[:,::1], i8[:,::1])", nogil=True, cache=True)
def add_thirds(
    stood: Ranks, thirds: Thirds, total: Integers, light: Integers, heavy: Integers
) -> None:
    draws, m = stood.shape
    for d in range(draws):
        row = stood[d]
        for i in range(m):
            total[i] += row[i]
        for j in range(thirds.shape[1]):
            if thirds[d, j] & 1:
                for i in range(m):
                    light[j, i] += row[i]
            if thirds[d, j] & 2:
                for i in range(m):
                    heavy[j, i] += row[i]


RANKS = "i8, i8[:,::1], i8[:,::1], i8[:,::1], i8[:,::1], i8[:,:,::1]"


@njit([f"void(i2[:,::1], {RANKS})", f"void(i4[:,::1], {RANKS})"], nogil=True, cache=True)
def add_ranks(
    twice: Any,
    width: int,
    start: Integers,
    step: Integers,
    bars: Integers,
    below: Integers,
    window: Integers,
) -> None:
    m, draws = twice.shape
    cells = window.shape[2]
    for i in range(m):
        own, bar = twice[i], bars[i]
        for d in range(draws):
            rank = (int64(own[d]) + 1) >> 1
            bar[(rank - 1) // width] += 1
        for which in range(2):
            first, size = start[which, i], step[which, i]
            stop = first + size * cells
            counted = window[which, i]
            short = int64(0)
            for d in range(draws):
                rank = (int64(own[d]) + 1) >> 1
                if rank < first:
                    short += 1
                elif rank < stop:
                    counted[(rank - first) // size] += 1
            below[which, i] += short


@njit(
    ["void(i2[:,::1], i4[:,::1], i8[::1])", "void(i4[:,::1], i4[:,::1], i8[::1])"],
    nogil=True,
    cache=True,
)
def add_balance(twice: Any, pairs: NDArray[np.int32], balance: Integers) -> None:
    draws = twice.shape[1]
    for p in range(len(pairs)):
        one, other = twice[pairs[p, 0]], twice[pairs[p, 1]]
        total = int64(0)
        for begin in range(0, draws, AT_ONCE):
            ahead = int16(0)
            for d in range(begin, min(begin + AT_ONCE, draws)):
                ahead = int16(ahead + int16(one[d] < other[d]) - int16(other[d] < one[d]))
            total += ahead
        balance[p] += total
