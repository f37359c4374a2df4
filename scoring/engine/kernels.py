"""The loops of a ranking, compiled: the same integers as the plain ones, in less time.

No module imports this one by name: it costs numba, for which a process that ranks little or
nothing should not pay. `loops.py` loads it. What each loop does and the shapes of its arrays
stand with its plain twin in `plain_loops.py`.
"""

from typing import Any

import numpy as np
from numba import int16, int64, njit, uint32, uint64
from numpy.typing import NDArray

from scoring.engine.results import Floats, Integers
from scoring.engine.units import CODE_BITS, UNIT

Words = NDArray[np.uint64]
Codes = NDArray[np.uint32]
Counted = NDArray[np.int32]
Ranks = NDArray[np.int16]
Thirds = NDArray[np.uint8]

FIRST_FACTOR, SECOND_FACTOR = uint64(0xBF58476D1CE4E5B9), uint64(0x94D049BB133111EB)
LANE = uint64(0xFFFF)
LANE_BITS = 16
LEVEL = uint32((1 << CODE_BITS) - 1)
TILE = 8
SIZE_BITS = 14
"""Low bits of where a technology stands, for how many stand there; above them twice the rank."""
SIZE = (1 << SIZE_BITS) - 1
SUM_BITS = 21


@njit(inline="always")
def mixed(state: Any) -> Any:
    state = (state ^ (state >> uint64(30))) * FIRST_FACTOR
    state = (state ^ (state >> uint64(27))) * SECOND_FACTOR
    return state ^ (state >> uint64(31))


@njit(
    "void(u8[:,::1], u8[::1], f8[:,::1], f8[:,::1], f8, i8[:,:,::1])",
    nogil=True,
    cache=True,
)
def weigh(
    keys: Words, moved: Words, tables: Floats, weights: Floats, unit: float, weighted: Integers
) -> None:
    draws, dimensions = len(moved), len(keys)
    parts = tables.shape[1] - 1
    read = np.empty(4)
    for j in range(dimensions):
        for d in range(draws):
            for k in range(4):
                word = mixed(keys[j, k] + moved[d])
                place = ((float(word >> uint64(12)) + 0.5) * 2.0**-52) * parts
                below = int64(place)
                table = tables[k % 3]
                low = table[below]
                read[k] = low + (place - below) * (table[below + 1] - low)
            weight = weights[d, j]
            left, value = 1.0, 0.0
            weighted[j, 0, d] = 0
            for level in range(3):
                gap = left * read[level]
                value = value + gap
                left = left - gap
                weighted[j, level + 1, d] = int64(np.rint((value * weight) * unit))
            weighted[j, 4, d] = int64(np.rint((1.0 * weight) * unit))
            weighted[j, 5, d] = int64(np.rint(((1.0 + read[3]) * weight) * unit))


@njit(inline="always")
def add_steps(words: Words, shift: Any, cuts: Integers, rises: Integers, worth: Integers) -> None:
    cut1, cut2, cut3, cut4 = cuts[0], cuts[1], cuts[2], cuts[3]
    up1, up2, up3, up4 = rises[0], rises[1], rises[2], rises[3]
    for d in range(len(worth)):
        lane = int64((words[d] >> shift) & LANE)
        worth[d] += (
            (up1[d] if lane >= cut1 else 0)
            + (up2[d] if lane >= cut2 else 0)
            + (up3[d] if lane >= cut3 else 0)
            + (up4[d] if lane >= cut4 else 0)
        )
    cut5, up5 = cuts[4], rises[4]
    if cut5 <= 0xFFFF:
        for d in range(len(worth)):
            worth[d] += up5[d] if int64((words[d] >> shift) & LANE) >= cut5 else 0


@njit(
    "void(u8[:,::1], u8[::1], i8[::1], i8[:,:,::1], i8[::1], i8[:,:,::1], i8[::1], i8[:,::1],"
    " i8, i8, i8[:,::1], u4[:,::1])",
    nogil=True,
    cache=True,
)
def fill_keys(
    keys_of: Words,
    moved: Words,
    first: Integers,
    cuts: Integers,
    ends: Integers,
    rises: Integers,
    lowest: Integers,
    more: Integers,
    code_bits: int,
    bits: int,
    keys: Integers,
    codes: Codes,
) -> None:
    draws, m = keys.shape
    dimensions = len(rises)
    mask = (int64(1) << code_bits) - 1
    words = np.empty((2, draws), np.uint64)
    worth, tile = np.empty(draws, np.int64), np.empty((TILE, draws), np.int64)
    for i in range(m):
        for w in range(2):
            key, drawn = keys_of[w, i], words[w]
            for d in range(draws):
                drawn[d] = mixed(key + moved[d])
        kept = tile[i % TILE]
        for v in range(first[i], first[i + 1]):
            total = kept if v == first[i] else worth
            total[:] = lowest
            for j in range(dimensions):
                add_steps(words[j >> 2], uint64(LANE_BITS * (j & 3)), cuts[v, j], rises[j], total)
            if v > first[i]:
                drawn, shift = words[dimensions >> 2], uint64(LANE_BITS * (dimensions & 3))
                begin, end = ends[v - 1], ends[v]
                for d in range(draws):
                    lane = int64((drawn[d] >> shift) & LANE)
                    kept[d] = worth[d] if begin <= lane < end else kept[d]
        if len(more):
            for d in range(draws):
                kept[d] += more[i, d]
        for d in range(draws):
            codes[i, d] = kept[d] & mask
            kept[d] = ((kept[d] >> code_bits) << bits) | i
        held = i % TILE + 1
        if held == TILE or i == m - 1:
            for d in range(draws):
                for t in range(held):
                    keys[d, i + 1 - held + t] = tile[t, d]


@njit(
    "void(i8[:,::1], i8, i4[:,::1], i4[:,::1], i8[::1], i8[:,::1], i8[:,::1])",
    nogil=True,
    cache=True,
)
def walk(
    keys: Integers,
    bits: int,
    stood: Counted,
    balance: Counted,
    support: Integers,
    firsts: Integers,
    weights: Integers,
) -> None:
    draws, m = keys.shape
    mask = (int64(1) << bits) - 1
    for d in range(draws):
        row, stands = keys[d], stood[d]
        top = m - 1
        while top >= 0:
            key, start = row[top], m - 1 - top
            if top == 0 or (row[top - 1] ^ key) >> bits:
                stands[key & mask] = ((2 * start + 2) << SIZE_BITS) | 1
                top -= 1
                continue
            low = top - 1
            while low > 0 and not (row[low - 1] ^ key) >> bits:
                low -= 1
            size = top - low + 1
            stand = ((2 * start + size + 1) << SIZE_BITS) | size
            for place in range(low, top + 1):
                one = row[place] & mask
                stands[one] = stand
                for other in range(place + 1, top + 1):
                    # Equals stand by number, the lowest first.
                    balance[one, row[other] & mask] += 1
            top = low - 1
        size = stands[row[m - 1] & mask] & SIZE
        for place in range(m - size, m):
            one = row[place] & mask
            support[one] += UNIT // size
            for j in range(weights.shape[1]):
                firsts[one, j] += weights[d, j] // size


@njit("void(i4[:,::1], i2[:,::1], i8[:,::1])", nogil=True, cache=True)
def add_ranks(stood: Counted, ranks: Ranks, shares: Integers) -> None:
    """Also fills ranks, where technologies are rows."""
    draws, m = stood.shape
    share = np.empty(m + 1, np.int64)
    for size in range(1, m + 1):
        share[size] = UNIT // size
    own = np.empty((TILE, draws), np.int32)
    for begin in range(0, m, TILE):
        held = min(TILE, m - begin)
        for d in range(draws):
            for t in range(held):
                own[t, d] = stood[d, begin + t]
        for t in range(held):
            row, steps = ranks[begin + t], shares[begin + t]
            for d in range(draws):
                size = int64(own[t, d] & SIZE)
                rank = int64(own[t, d] >> SIZE_BITS)
                row[d] = rank
                start = (rank - size - 1) >> 1
                steps[start] += share[size]
                steps[start + size] -= share[size]


@njit("void(i4[:,::1], u1[:,::1], i8[::1], i8[:,::1], i8[:,::1])", nogil=True, cache=True)
def add_thirds(
    stood: Counted, thirds: Thirds, total: Integers, light: Integers, heavy: Integers
) -> None:
    draws, m = stood.shape
    row = np.empty(m, np.int64)
    for d in range(draws):
        for i in range(m):
            row[i] = stood[d, i] >> SIZE_BITS
            total[i] += row[i]
        for j in range(thirds.shape[1]):
            if thirds[d, j] & 1:
                for i in range(m):
                    light[j, i] += row[i]
            if thirds[d, j] & 2:
                for i in range(m):
                    heavy[j, i] += row[i]


@njit("void(i2[:,::1], u4[:,::1], i8[:,:,::1], i8[:,:,::1])", nogil=True, cache=True)
def add_levels(ranks: Ranks, codes: Codes, level_draws: Integers, level_ranks: Integers) -> None:
    m, draws = codes.shape
    # Draws are counted above the sum of ranks in 32 bits, so many at a time as leave room for it.
    step = min(1 << (31 - SUM_BITS), (1 << SUM_BITS) // (2 * m + 1))
    for i in range(m):
        for j in range(level_draws.shape[1]):
            shift = uint32(CODE_BITS * j)
            times, summed = level_draws[i, j], level_ranks[i, j]
            for start in range(0, draws, step):
                own, coded = ranks[i, start : start + step], codes[i, start : start + step]
                level0, level1, level2 = uint32(0), uint32(0), uint32(0)
                level3, level4, level5 = uint32(0), uint32(0), uint32(0)
                for d in range(len(coded)):
                    level = uint32((coded[d] >> shift) & LEVEL)
                    add = uint32(uint32(own[d]) + uint32(1 << SUM_BITS))
                    level0 = uint32(level0 + add)
                    level1 = uint32(level1 + (add if level == 1 else uint32(0)))
                    level2 = uint32(level2 + (add if level == 2 else uint32(0)))
                    level3 = uint32(level3 + (add if level == 3 else uint32(0)))
                    level4 = uint32(level4 + (add if level == 4 else uint32(0)))
                    level5 = uint32(level5 + (add if level == 5 else uint32(0)))
                rest = uint32(uint32(level1 + level2) + uint32(level3 + level4))
                level0 = uint32(level0 - uint32(rest + level5))
                for k, level in enumerate((level0, level1, level2, level3, level4, level5)):
                    times[k] += level >> SUM_BITS
                    summed[k] += level & ((1 << SUM_BITS) - 1)


@njit("void(i2[:,::1], i8, i4[:,::1])", nogil=True, cache=True)
def add_pairs(ranks: Ranks, draws: int, balance: Counted) -> None:
    m = len(ranks)
    for i in range(0, m, 4):
        # Four rows are held against each row below them, which is so read only once.
        one, two, three, four = (
            ranks[i], ranks[min(i + 1, m - 1)], ranks[min(i + 2, m - 1)], ranks[min(i + 3, m - 1)]
        )  # fmt: skip
        for j in range(i + 1, m):
            other = ranks[j]
            first, second, third, fourth = int16(0), int16(0), int16(0), int16(0)
            for d in range(len(other)):
                rank = other[d]
                first = int16(first + int16(one[d] < rank))
                second = int16(second + int16(two[d] < rank))
                third = int16(third + int16(three[d] < rank))
                fourth = int16(fourth + int16(four[d] < rank))
            balance[i, j] += 2 * first - draws
            if j > i + 1:
                balance[i + 1, j] += 2 * second - draws
            if j > i + 2:
                balance[i + 2, j] += 2 * third - draws
            if j > i + 3:
                balance[i + 3, j] += 2 * fourth - draws


@njit("void(i8[:,::1], i8[:,::1], f8[:,::1])", nogil=True, cache=True)
def close_ranks(shares: Integers, total: Integers, squares: Floats) -> None:
    m = len(shares)
    for i in range(m):
        held = int64(0)
        for place in range(m):
            held += shares[i, place]
            shares[i, place] = 0
            total[i, place] += held
            share = float(held) / UNIT
            squares[i, place] += share * share
        shares[i, m] = 0


@njit("void(i4[:,::1], i8[:,::1], f8[:,::1])", nogil=True, cache=True)
def close_balance(balance: Counted, total: Integers, squares: Floats) -> None:
    m = len(balance)
    for i in range(m):
        for j in range(i + 1, m):
            held = int64(balance[i, j])
            balance[i, j] = 0
            total[i, j] += held
            squares[i, j] += float(held) * float(held)
