"""Counter-based random streams: the same seed, names and chunk always give the same numbers.

Sources of the generators: Salmon, Moraes, Dror & Shaw 2011, SC11, "Parallel random numbers: as
easy as 1, 2, 3" (Philox 4x64), for what all technologies share; Steele, Lea & Flood 2014,
OOPSLA, "Fast splittable pseudorandom number generators" (SplitMix64), for lanes, since it is a
formula of key and counter without any state, which is the same in every language.
"""

import hashlib
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

TOP = 65535
"""Lanes are whole numbers from 0 to TOP - 1, so that a cut at TOP is never reached."""
LANE_BITS, LANES_A_WORD = 16, 4

STEP = 0x9E3779B97F4A7C15
FACTORS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
SHIFTS = (30, 27, 31)
CHUNK_SHIFT = 32
"""Counters of a chunk lie 2**32 draws after those of the one before."""


def stream_key(seed: int, *names: str) -> int:
    """128 bits that belong to these names and this seed alone."""
    return int.from_bytes(_digest(seed, names)[:16], "little")


def _digest(seed: int, names: Sequence[str]) -> bytes:
    text = json.dumps([seed, *names], separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).digest()


def generator(seed: int, *names: str, chunk: int = 0) -> np.random.Generator:
    """A generator of its own for each chunk; chunks lie 2**64 blocks apart."""
    bits = np.random.Philox(key=stream_key(seed, *names), counter=chunk << 64)
    return np.random.Generator(bits)


def owner_keys(seed: int, owners: Sequence[str], purpose: str) -> Words:
    """(4, owners) keys that belong to each owner, this purpose and this seed alone."""
    digests = b"".join(_digest(seed, (purpose, owner)) for owner in owners)
    return np.ascontiguousarray(np.frombuffer(digests, "<u8").reshape(-1, 4).T.astype(np.uint64))


def mixed(state: Words) -> Words:
    """The words of SplitMix64 at these states; the state moves by STEP from word to word."""
    first, second, last = (np.uint64(shift) for shift in SHIFTS)
    words = (state ^ (state >> first)) * np.uint64(FACTORS[0])
    words = (words ^ (words >> second)) * np.uint64(FACTORS[1])
    moved: Words = words ^ (words >> last)
    return moved


def states(chunk: int, size: int, start: int = 0) -> Words:
    """(size,) how far the state has moved at each draw of a chunk, from its draw `start` on."""
    first = np.uint64((chunk << CHUNK_SHIFT) + start)
    return (first + np.arange(size, dtype=np.uint64)) * np.uint64(STEP)


def uniforms(words: Words) -> NDArray[np.float64]:
    """Numbers from 0 to 1, both left out, by the 52 highest bits."""
    return ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


class Lanes:
    """Short random integers by the name of their owner, many owners at little cost."""

    def __init__(
        self, seed: int, owners: Sequence[str], lanes: int, purpose: str = "technology"
    ) -> None:
        """Up to 16 lanes, four from a word; each word of an owner has a key of its own."""
        self.lanes = lanes
        self.keys = owner_keys(seed, owners, purpose)

    def draw(self, chunk: int, size: int, start: int = 0) -> NDArray[np.uint16]:
        """(lanes, owners, size) integers from 0 to TOP - 1, all equally likely but for the last."""
        drawn: NDArray[np.uint16] = np.empty((self.lanes, self.keys.shape[1], size), np.uint16)
        moved = states(chunk, size, start)
        for lane in range(self.lanes):
            word, place = divmod(lane, LANES_A_WORD)
            if place == 0:
                words = mixed(self.keys[word][:, None] + moved)
            drawn[lane] = (words >> np.uint64(LANE_BITS * place)).astype(np.uint16)
        np.minimum(drawn, TOP - 1, out=drawn)
        return drawn


def cut_points(chances: NDArray[np.float64]) -> NDArray[np.uint16]:
    """(..., k - 1) where a lane passes from one of k outcomes to the next, from (..., k) chances.

    The outcome of a lane is the number of cuts that it reaches. Chances are kept to 1/65535.
    """
    below: NDArray[np.float64] = np.minimum(np.cumsum(chances, axis=-1)[..., :-1], 1.0)
    return np.rint(below * TOP).astype(np.uint16)


def outcomes(lane: NDArray[np.uint16], cuts: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """(rows, size) number of each row's cuts (rows, k) that its lane (rows, size) reaches."""
    reached = np.zeros(lane.shape, dtype=np.uint8)
    for k in range(cuts.shape[1]):
        reached += lane >= cuts[:, k, None]
    return reached
