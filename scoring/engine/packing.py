"""Named arrays as bytes and back: the same arrays always give the same bytes."""

import json
import zlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

MAGIC = b"bellwether.arrays/1\n"


def pack(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Compressed bytes: one line of JSON (name, type, shape of each, sorted), then the data."""
    ordered = {
        name: array.astype(array.dtype.newbyteorder("<"), order="C", copy=False)
        for name, array in sorted(arrays.items())
    }
    head = json.dumps([[name, a.dtype.str, a.shape] for name, a in ordered.items()])
    body = b"".join(array.tobytes() for array in ordered.values())
    return MAGIC + zlib.compress(head.encode("ascii") + b"\n" + body, level=6)


def unpack(packed: bytes) -> dict[str, NDArray[np.generic]]:
    """The arrays that were packed; ValueError where the bytes are something else."""
    if not packed.startswith(MAGIC):
        raise ValueError("these bytes are no packed arrays; they start with another mark")
    head, _, body = zlib.decompress(packed[len(MAGIC) :]).partition(b"\n")
    arrays, start = {}, 0
    for name, dtype, shape in json.loads(head):
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(body, dtype=dtype, count=count, offset=start)
        arrays[name] = array.reshape(shape)
        start += array.nbytes
    return arrays
