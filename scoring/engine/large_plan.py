"""How a large ranking is cut, by its inputs alone: chunks of draws, and parts made of chunks."""

from dataclasses import dataclass
from itertools import groupby, pairwise

SCRAMBLINGS = 16
LARGE = 1_000
"""Above so many technologies nothing of their number squared is kept."""
CELLS_A_CHUNK = 2_500_000
"""Technologies times draws that are in memory at once."""
MOST_DRAWS_A_CHUNK = 1_024
FEWEST_DRAWS_A_CHUNK = 16
CELLS_A_PART = 64_000_000
WHOLE_UP_TO = 32_000_000
"""Technologies times draws that one worker computes sooner than several could begin."""


@dataclass(frozen=True)
class Chunk:
    """Draws of one scrambling, from `start` on; `number` names its random streams."""

    number: int
    scrambling: int
    start: int
    size: int


@dataclass(frozen=True)
class ChunkRange:
    """Chunks from `first` up to and without `stop`, all of one scrambling."""

    first: int
    stop: int


def scrambling_sizes(draws: int) -> list[int]:
    return [draws // SCRAMBLINGS + (r < draws % SCRAMBLINGS) for r in range(SCRAMBLINGS)]


def chunks_of(draws: int, technologies: int, *, first_number: int = 0) -> list[Chunk]:
    """All draws, cut so that a chunk fits into memory whatever the number of technologies."""
    fitting = CELLS_A_CHUNK // max(technologies, 1)
    size = max(FEWEST_DRAWS_A_CHUNK, min(MOST_DRAWS_A_CHUNK, fitting))
    places = [
        (scrambling, start, min(size, total - start))
        for scrambling, total in enumerate(scrambling_sizes(draws))
        for start in range(0, total, size)
    ]
    return [Chunk(first_number + number, *place) for number, place in enumerate(places)]


def parts_of(chunks: list[Chunk], technologies: int) -> list[ChunkRange]:
    """A part is a scrambling, or an even share of one that is too long for one part."""
    parts: list[ChunkRange] = []
    for _, group in groupby(chunks, key=lambda chunk: chunk.scrambling):
        own = list(group)
        cells = sum(chunk.size for chunk in own) * technologies
        pieces = min(-(-cells // CELLS_A_PART), len(own))
        first = own[0].number
        cuts = [first + len(own) * k // pieces for k in range(pieces + 1)]
        parts += [ChunkRange(a, b) for a, b in pairwise(cuts)]
    return parts
