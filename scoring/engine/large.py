"""Rankings of more technologies than pairs of them fit into memory, in parts or in one go.

A pilot of few draws puts technologies in an order; the many draws then count what the pilot
says is worth counting, in whole numbers. Whoever counts which part, and in whatever order the
parts are put together, the bytes of the answer are the same.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.eligibility import admit
from scoring.engine.large_draws import Drawn, Question
from scoring.engine.large_pilot import Frame, pilot
from scoring.engine.large_plan import (
    LARGE,
    SCRAMBLINGS,
    WHOLE_UP_TO,
    Chunk,
    ChunkRange,
    chunks_of,
    parts_of,
    scrambling_sizes,
)
from scoring.engine.large_results import large_result
from scoring.engine.large_tally import LargeTally, Totals, narrowed
from scoring.engine.lenses import draw_weights
from scoring.engine.results import LargeRankingResult
from scoring.engine.scores import Technology

MOST_TECHNOLOGIES = 2**18 - 1
"""A technology's number has 18 of the 64 bits that it is sorted by."""
CHUNKS_WITH_LEVELS = 64
"""About so many chunks, evenly spread, count levels too."""

__all__ = [
    "ChunkRange",
    "Drawn",
    "Frame",
    "LargeRanking",
    "Question",
    "is_large",
    "is_worth_cutting",
    "rank",
]


def is_large(technologies: Sequence[object]) -> bool:
    return len(technologies) > LARGE


def is_worth_cutting(technologies: int, draws: int) -> bool:
    """Whether several workers are sooner done than one."""
    return technologies > LARGE and technologies * draws > WHOLE_UP_TO


class LargeRanking:
    """A ranking before its draws. Everything follows from question and technologies."""

    def __init__(self, question: Question, technologies: Sequence[Technology]) -> None:
        """technologies: more than LARGE of them. Raises ValueError for an id that is there
        twice and where hardly any can be ranked."""
        self.question = question
        self.ranked, self.unranked = admit(technologies, question.lens.dimensions)
        if len(self.ranked) > MOST_TECHNOLOGIES:
            raise ValueError(
                f"{len(self.ranked):,} technologies are more than the {MOST_TECHNOLOGIES:,} that"
                " can be ranked at once; rank them field by field"
            )
        self.chunks: list[Chunk] = chunks_of(question.draws, len(self.ranked))
        self.parts: list[ChunkRange] = parts_of(self.chunks, len(self.ranked))

    def pilot(self, heard: Callable[[], None]) -> Frame:
        return pilot(self.question, self.ranked, heard)

    def drawn(self, frame: Frame) -> Drawn:
        return Drawn(self.question, [self.ranked[i] for i in frame.order])

    def count(
        self, part: ChunkRange, frame: Frame, drawn: Drawn, heard: Callable[[], None]
    ) -> dict[str, NDArray[np.integer[Any]]]:
        """What these chunks add; `heard` is called after each."""
        chunks = self.chunks[part.first : part.stop]
        scrambling = chunks[0].scrambling
        weights = draw_weights(
            self.question.lens,
            seed=self.question.seed,
            scrambling=scrambling,
            draws=scrambling_sizes(self.question.draws)[scrambling],
        )
        tally = LargeTally(frame, drawn, weights.shape[1])
        every = max(len(self.chunks) // CHUNKS_WITH_LEVELS, 1)
        for chunk in chunks:
            own = weights[chunk.start : chunk.start + chunk.size]
            tally.add(chunk.number, own, with_levels=chunk.number % every == 0)
            heard()
        return narrowed(tally.sums)

    def totals(self, frame: Frame) -> Totals:
        return Totals(frame, len(self.question.lens.dimensions), SCRAMBLINGS)

    def add(self, totals: Totals, part: ChunkRange, counted: Mapping[str, NDArray[Any]]) -> None:
        totals.add(self.chunks[part.first].scrambling, counted)

    def result(self, frame: Frame, totals: Totals) -> LargeRankingResult:
        return large_result(self.question, (self.ranked, self.unranked), frame, totals)


def rank(
    question: Question,
    technologies: Sequence[Technology],
    report: Callable[[int, int], None] | None = None,
) -> LargeRankingResult:
    """All parts, one after the other."""
    ranking = LargeRanking(question, technologies)
    total, done = len(ranking.chunks), 0

    def heard() -> None:
        nonlocal done
        done += 1
        if report is not None:
            report(done, total)

    frame = ranking.pilot(lambda: report(0, total) if report is not None else None)
    totals, drawn = ranking.totals(frame), ranking.drawn(frame)
    for part in ranking.parts:
        ranking.add(totals, part, ranking.count(part, frame, drawn, heard))
    return ranking.result(frame, totals)
