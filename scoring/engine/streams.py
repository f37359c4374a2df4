"""Counter-based random streams: the same seed, names and chunk always give the same numbers.

Source of the generator: Salmon, Moraes, Dror & Shaw 2011, SC11, "Parallel random numbers: as
easy as 1, 2, 3" (Philox 4x64).
"""

import hashlib
import json

import numpy as np
from numpy.typing import NDArray

TOP = 65535
"""Lanes are whole numbers from 0 to TOP - 1, so that a cut at TOP is never reached."""


def stream_key(seed: int, *names: str) -> int:
    """128 bits that belong to these names and this seed alone."""
    text = json.dumps([seed, *names], separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:16], "little")


def generator(seed: int, *names: str, chunk: int = 0) -> np.random.Generator:
    """A generator of its own for each chunk; chunks lie 2**64 blocks apart."""
    bits = np.random.Philox(key=stream_key(seed, *names), counter=chunk << 64)
    return np.random.Generator(bits)


class Lanes:
    """Short random integers by the name of their owner, many owners at little cost."""

    def __init__(
        self, seed: int, owners: list[str], lanes: int, purpose: str = "technology"
    ) -> None:
        self.lanes = lanes
        self.bits = np.random.Philox(key=0)
        self.keys = [_halves(stream_key(seed, purpose, owner)) for owner in owners]

    def draw(self, chunk: int, size: int) -> NDArray[np.uint16]:
        """(lanes, owners, size) integers from 0 to TOP - 1, all equally likely but for the last."""
        drawn: NDArray[np.uint16] = np.empty((self.lanes, len(self.keys), size), np.uint16)
        words = -(-self.lanes * size // 4)
        for row, key in enumerate(self.keys):
            self._move_to(key, chunk)
            raw = self.bits.random_raw(words).astype("<u8", copy=False).view("<u2")
            drawn[:, row] = raw[: self.lanes * size].reshape(self.lanes, size)
        np.minimum(drawn, TOP - 1, out=drawn)
        return drawn

    def _move_to(self, key: NDArray[np.uint64], chunk: int) -> None:
        self.bits.state = {
            "bit_generator": "Philox",
            "state": {"counter": np.array([0, chunk, 0, 0], dtype=np.uint64), "key": key},
            "buffer": np.zeros(4, dtype=np.uint64),
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }


def _halves(key: int) -> NDArray[np.uint64]:
    return np.array([key & (2**64 - 1), key >> 64], dtype=np.uint64)


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
