"""Sobol points, scrambled.

Written here, in 60 lines, because importing the statistics package that also has them takes a
second or more, and because stored results must not move with another package's version.
"""

import numpy as np
from numpy.typing import NDArray

from scoring.engine.results import Floats

Words = NDArray[np.uint64]

BITS = 32
MOST_DIMENSIONS = 8

POLYNOMIALS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (1, 0, (1,)),
    (2, 1, (1, 3)),
    (3, 1, (1, 3, 1)),
    (3, 2, (1, 1, 1)),
    (4, 1, (1, 1, 3, 3)),
    (4, 4, (1, 3, 5, 13)),
    (5, 2, (1, 1, 5, 5, 17)),
)
"""Degree, inner coefficients and first numbers for dimensions 2 to 8: Joe & Kuo 2008."""


def scrambled_points(count: int, dimensions: int, rng: np.random.Generator) -> Floats:
    """(count, dimensions) points strictly between 0 and 1, evenly spread, each uniform.

    Every set of scramblings is an independent replicate, so that the spread of replicate means
    gives an honest error. At most MOST_DIMENSIONS dimensions and 2**32 points.

    Sources: Joe & Kuo 2008, SIAM J. Sci. Comput. 30:2635-2654 (direction numbers); Matousek
    1998, J. Complexity 14:527-556 (random linear scrambling with a shift).
    """
    if dimensions > MOST_DIMENSIONS:
        raise ValueError(f"{dimensions} dimensions asked for; there are {MOST_DIMENSIONS}")
    points = np.empty((count, dimensions))
    flips = _flipped_bits(count)
    for j in range(dimensions):
        directions = _scramble(_directions(j), rng)
        shift = rng.integers(0, 2**BITS, dtype=np.uint64)
        words = np.bitwise_xor.accumulate(directions[flips]) ^ shift
        points[:, j] = (words.astype(np.float64) + 0.5) / 2.0**BITS
    return points


def _flipped_bits(count: int) -> NDArray[np.intp]:
    """Which direction each point adds to the one before it, in Gray-code order."""
    numbers = np.arange(count, dtype=np.uint64)
    lowest = numbers & (~numbers + np.uint64(1))
    flips = np.zeros(count, dtype=np.intp)
    flips[1:] = np.log2(lowest[1:].astype(np.float64)).astype(np.intp)
    if count:
        flips[0] = BITS  # the first point adds nothing
    return flips


def _directions(dimension: int) -> Words:
    """(BITS + 1,) direction words, the last of them nought."""
    numbers = _numbers(*POLYNOMIALS[dimension - 1]) if dimension else [1] * BITS
    words = [number << (BITS - 1 - bit) for bit, number in enumerate(numbers)]
    return np.array([*words, 0], dtype=np.uint64)


def _numbers(degree: int, inner: int, first: tuple[int, ...]) -> list[int]:
    numbers = list(first)
    for k in range(degree, BITS):
        number = numbers[k - degree] ^ (numbers[k - degree] << degree)
        for i in range(1, degree):
            if inner >> (degree - 1 - i) & 1:
                number ^= numbers[k - i] << i
        numbers.append(number)
    return numbers


def _scramble(directions: Words, rng: np.random.Generator) -> Words:
    """Mix each bit with random choices of the bits above it: lower triangular, so one to one."""
    scrambled = np.zeros_like(directions)
    for bit in range(BITS):
        own = 1 << (BITS - 1 - bit)
        above = int(rng.integers(0, 2**bit)) << (BITS - bit)
        mixed = np.bitwise_count(directions & np.uint64(own | above)) & np.uint8(1)
        scrambled |= mixed.astype(np.uint64) << np.uint64(BITS - 1 - bit)
    return scrambled
